import { describe, expect, test } from 'vitest';
import { decodeFromNetwork } from '../../../server/carriers/tpdu/network-pdu.ts';
import { Terminal } from './terminal.ts';

const from = '66898765432';

describe('inbound messages', () => {
  test('are stored and announced, listed, read and deleted', async () => {
    const terminal = new Terminal();
    await terminal.ask('AT+CNMI=2,1,0,0,0');
    expect(terminal.modem.receive({ from, text: 'hello' })).toBe(1);
    terminal.modem.receive({ from, text: 'again' });
    expect(await terminal.lines()).toEqual(['+CMTI: "SM",1', '+CMTI: "SM",2']);
    const listing = await terminal.ask('AT+CMGL=4');
    expect(listing.map((line) => line.slice(0, 14))).toMatchObject(['+CMGL: 1,0,,24', {}, '+CMGL: 2,0,,24', {}, 'OK']);
    expect(decodeFromNetwork(listing[1] ?? '')).toMatchObject({ type: 'deliver', from, text: 'hello' });
    expect((await terminal.ask('AT+CMGR=2'))[0]).toBe('+CMGR: 1,,24');
    expect(await terminal.ask('AT+CMGD=1')).toEqual(['OK']);
    expect(await terminal.ask('AT+CMGD=?')).toEqual(['+CMGD: (2),(0-4)', 'OK']);
    expect(await terminal.ask('AT+CMGR=1')).toEqual(['+CMS ERROR: 321']);
    expect(await terminal.ask('AT+CMGD=99')).toEqual(['+CMS ERROR: 321']);
    expect(await terminal.ask('AT+CMGD=1,4;+CMGL=4')).toEqual(['OK']);
  });

  test('AT+CMGL lists what was not read, until it was', async () => {
    const terminal = new Terminal();
    terminal.modem.receive({ from, text: 'hello' });
    expect(await terminal.ask('AT+CMGL')).toHaveLength(3);
    expect(await terminal.ask('AT+CMGL=0')).toEqual(['OK']);
    expect(await terminal.ask('AT+CMGL=1')).toHaveLength(3);
    expect(await terminal.ask('AT+CMGL=5')).toEqual(['+CMS ERROR: 304']);
  });

  test('slots may count from 0, and an empty one may answer a bare OK', async () => {
    const terminal = new Terminal({ profile: { firstIndex: 0, emptySlot: 'ok' } });
    await terminal.ask('AT+CNMI=1,1');
    terminal.modem.receive({ from, text: 'hello' });
    expect(await terminal.lines()).toEqual(['+CMTI: "SM",0']);
    expect(await terminal.ask('AT+CMGR=1')).toEqual(['OK']);
    expect(await terminal.ask('AT+CMGR=30')).toEqual(['+CMS ERROR: 321']);
  });

  test('a long text comes in parts of one reference', async () => {
    const terminal = new Terminal();
    const text = 'ข้อความยาว '.repeat(15);
    expect(terminal.modem.receive({ from, text })).toBe(3);
    const parts = terminal.modem.stored().map(({ pdu }) => decodeFromNetwork(pdu));
    expect(parts).toMatchObject([1, 2, 3].map((part) => ({ type: 'deliver', concat: { part, partCount: 3 } })));
    expect(parts.map((part) => (part.type === 'deliver' ? part.text : '')).join('')).toBe(text);
  });

  test('with mt=2 they are passed on, and stored only while nobody reads', async () => {
    const terminal = new Terminal();
    await terminal.ask('AT+CNMI=2,2,0,0,0');
    terminal.modem.receive({ from, text: 'hello' });
    const [head, pdu] = await terminal.lines();
    expect(head).toBe('+CMT: ,24');
    expect(decodeFromNetwork(pdu ?? '')).toMatchObject({ from, text: 'hello' });
    await terminal.port.close();
    terminal.modem.receive({ from, text: 'nobody reads' });
    expect(terminal.modem.stored()).toHaveLength(1);
  });

  test('they stay on the SIM while no port is open, and with the network while there is no power', async () => {
    const terminal = new Terminal();
    await terminal.port.close();
    terminal.modem.receive({ from, text: 'on the SIM' });
    terminal.modem.unplug();
    terminal.modem.receive({ from, text: 'with the network' });
    expect([terminal.modem.stored().length, terminal.modem.heldByNetwork]).toEqual([1, 1]);
    terminal.modem.plug();
    await terminal.clock.advance(1_000);
    expect([terminal.modem.stored().length, terminal.modem.heldByNetwork]).toEqual([2, 0]);
  });

  test('a full memory leaves them with the network until a slot is free', async () => {
    const terminal = new Terminal({ profile: { slots: { SM: 2, ME: 0, SR: 0 } } });
    await terminal.ask('AT+CNMI=2,1,0,0,0');
    for (const text of ['1', '2', '3', '4']) terminal.modem.receive({ from, text });
    expect(await terminal.lines()).toEqual(['+CMTI: "SM",1', '+CMTI: "SM",2', '^SMMEMFULL: "SM"']);
    expect(await terminal.ask('AT+CPMS?')).toEqual(['+CPMS: "SM",2,2,"SM",2,2,"SM",2,2', 'OK']);
    expect(await terminal.ask('AT+CMGD=1')).toEqual(['OK', '+CMTI: "SM",1', '^SMMEMFULL: "SM"']);
    expect(terminal.modem.heldByNetwork).toBe(1);
  });

  test('AT+CPMS chooses where they go', async () => {
    const terminal = new Terminal();
    expect(await terminal.ask('AT+CPMS="SM","SM","ME"')).toEqual(['+CPMS: 0,30,0,30,0,100', 'OK']);
    await terminal.ask('AT+CNMI=2,1');
    terminal.modem.receive({ from, text: 'hello' });
    expect(await terminal.lines()).toEqual(['+CMTI: "ME",1']);
    expect(await terminal.ask('AT+CMGL=4')).toEqual(['OK']);
    expect(await terminal.ask('AT+CPMS="ME";+CMGL=4')).toHaveLength(4);
    for (const wrong of ['"XX"', '', '"SM","SR"', '"SM","SM","SR"', '"SM","SM","SM","SM"']) {
      expect(await terminal.ask(`AT+CPMS=${wrong}`)).toEqual(['+CMS ERROR: 302']);
    }
  });

  test('damaged octets are handed on as they are', async () => {
    const terminal = new Terminal();
    terminal.modem.receivePdu('07919471F6FFFFFFFF');
    expect(await terminal.ask('AT+CMGL=4')).toEqual(['+CMGL: 1,0,,1', '07919471F6FFFFFFFF', 'OK']);
  });

  test('text mode lists no PDUs', async () => {
    const terminal = new Terminal({ profile: { textModeAtBoot: true } });
    expect(await terminal.ask('AT+CMGL=4')).toEqual(['+CMS ERROR: 305']);
  });
});
