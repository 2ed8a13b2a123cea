import { describe, expect, test } from 'vitest';
import { createSimulatedModem } from '../../../server/carriers/simulator/simulated-modem.ts';
import { decodeFromNetwork } from '../../../server/carriers/tpdu/network-pdu.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { seededRandom, Terminal } from './terminal.ts';

function reportIn(lines: readonly string[]): ReturnType<typeof decodeFromNetwork> {
  const pdu = lines[lines.findIndex((line) => line.startsWith('+CDS: ')) + 1];
  return decodeFromNetwork(pdu ?? '');
}

describe('delivery reports', () => {
  test('+CDS comes after the wait, with reference, number and status', async () => {
    const terminal = new Terminal();
    await terminal.ask('AT+CNMI=2,1,0,1,0');
    expect(await terminal.send()).toEqual(['+CMGS: 7', 'OK']);
    expect(await terminal.lines(500)).toEqual([]);
    const lines = await terminal.lines(300);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe(`+CDS: ${(lines[1] ?? '').length / 2 - 8}`);
    expect(reportIn(lines)).toMatchObject({ type: 'status-report', reference: 7, recipient: '66812345601', status: 0 });
    expect(await terminal.lines(60_000)).toEqual([]);
  });

  test('none comes for a submission that asked for none', async () => {
    const terminal = new Terminal();
    await terminal.ask('AT+CNMI=2,1,0,1,0');
    await terminal.send({ requestReport: false });
    expect(await terminal.lines(60_000)).toEqual([]);
  });

  test.each([
    ['66812345699', [0x43]],
    ['66812345698', []],
    ['66812345696', [0x20, 0x00]],
  ])('the rule of the last two digits: %s', async (destination, statuses) => {
    const terminal = new Terminal();
    await terminal.ask('AT+CNMI=2,1,0,1,0');
    await terminal.send({ destination });
    const lines = await terminal.lines(60_000);
    const reports = lines.filter((line) => !line.startsWith('+')).map((pdu) => decodeFromNetwork(pdu));
    expect(reports).toMatchObject(statuses.map((status) => ({ status })));
  });

  test('without AT+CNMI, or with nobody at the port, a real modem loses them', async () => {
    const terminal = new Terminal();
    await terminal.send();
    await terminal.clock.advance(1_000);
    await terminal.ask('AT+CNMI=2,1,0,1,0');
    await terminal.send();
    await terminal.port.close();
    await terminal.clock.advance(1_000);
    terminal.open();
    expect(await terminal.ask('AT+CNMI=2,1,0,1,0', 60_000)).toEqual(['OK']);
  });

  test('kept reports come when the port is open and AT+CNMI is set, not before, and once', async () => {
    const terminal = new Terminal({ profile: { keepReports: true } });
    await terminal.ask('AT+CNMI=2,1,0,1,0');
    await terminal.send();
    await terminal.port.close();
    await terminal.clock.advance(1_000);
    terminal.open();
    expect(await terminal.lines(60_000)).toEqual([]);
    const lines = await terminal.ask('AT+CNMI=2,1,0,1,0');
    expect(lines).toHaveLength(3);
    expect(reportIn(lines)).toMatchObject({ reference: 7, status: 0 });
    expect(await terminal.ask('AT+CNMI=2,1,0,1,0', 60_000)).toEqual(['OK']);
  });

  test('kept reports outlive an unplugged modem', async () => {
    const terminal = new Terminal({ profile: { keepReports: true } });
    await terminal.send();
    terminal.modem.unplug();
    await terminal.clock.advance(1_000);
    expect(terminal.modem.heldByNetwork).toBe(1);
    terminal.modem.plug();
    await terminal.clock.advance(1_000);
    terminal.open();
    expect(reportIn(await terminal.ask('AT+CNMI=2,1,0,1,0'))).toMatchObject({ reference: 7 });
  });

  test("the product's modem keeps reports", () => {
    const options = { clock: new ManualClock(), random: seededRandom() };
    expect(createSimulatedModem(options).profile.keepReports).toBe(true);
    expect(createSimulatedModem({ ...options, profile: { keepReports: false } }).profile.keepReports).toBe(false);
  });

  test('with ds=2 the report is stored in "SR" and announced under the name that the profile gives', async () => {
    const terminal = new Terminal({ profile: { cdsiNames: 'SM' } });
    await terminal.ask('AT+CNMI=2,1,0,2,0');
    await terminal.send();
    expect(await terminal.lines(800)).toEqual(['+CDSI: "SM",1']);
    expect(await terminal.ask('AT+CMGR=1')).toEqual(['+CMS ERROR: 321']);
    await terminal.ask('AT+CPMS="SR"');
    const [head, pdu] = await terminal.ask('AT+CMGR=1');
    expect(head).toMatch(/^\+CMGR: 0,,\d+$/);
    expect(decodeFromNetwork(pdu ?? '')).toMatchObject({ type: 'status-report', reference: 7 });
  });

  test('a modem whose AT+CNMI knows no reports stores kept ones among the messages', async () => {
    const cnmi = { mode: [0, 1, 2], mt: [0, 1], bm: [0], ds: [0], bfr: [0] };
    const terminal = new Terminal({ profile: { cnmi, keepReports: true } });
    await terminal.send();
    await terminal.clock.advance(1_000);
    const [, pdu] = await terminal.ask('AT+CMGL=4');
    expect(decodeFromNetwork(pdu ?? '')).toMatchObject({ type: 'status-report', reference: 7 });
  });
});

async function withService(): Promise<Terminal> {
  const terminal = new Terminal();
  await terminal.ask('AT+CSMS=1;+CNMI=2,2,0,1,0');
  return terminal;
}

describe('AT+CNMA', () => {
  test('the next one comes when the one before is acknowledged', async () => {
    const terminal = await withService();
    await terminal.send();
    await terminal.send();
    expect((await terminal.lines(1_000))[0]).toBe('+CDS: 25');
    expect(await terminal.lines(1_000)).toEqual([]);
    expect(await terminal.ask('AT+CNMA')).toHaveLength(3);
    expect(await terminal.ask('AT+CNMA')).toEqual(['OK']);
    expect(await terminal.ask('AT+CNMA')).toEqual(['+CMS ERROR: 340']);
  });

  test('without it routing is switched off and the message is stored', async () => {
    const terminal = await withService();
    terminal.modem.receive({ from: '66898765432', text: 'one' });
    terminal.modem.receive({ from: '66898765432', text: 'two' });
    expect((await terminal.lines())[0]).toBe('+CMT: ,22');
    expect(await terminal.ask('AT+CNMI?', 15_000)).toEqual(['+CNMI: 2,2,0,1,0', 'OK']);
    expect(await terminal.ask('AT+CNMI?')).toEqual(['+CNMI: 2,0,0,0,0', 'OK']);
    expect(terminal.modem.stored().map(({ pdu }) => decodeFromNetwork(pdu))).toMatchObject([
      { text: 'one' },
      { text: 'two' },
    ]);
  });

  test('with AT+CSMS=0 nothing waits for it', async () => {
    const terminal = new Terminal({ profile: { csms: 0 } });
    expect(await terminal.ask('AT+CSMS=1')).toEqual(['+CMS ERROR: 302']);
    await terminal.ask('AT+CNMI=2,2,0,1,0');
    terminal.modem.receive({ from: '66898765432', text: 'one' });
    terminal.modem.receive({ from: '66898765432', text: 'two' });
    expect(await terminal.lines()).toHaveLength(4);
    expect(await terminal.ask('AT+CNMA')).toEqual(['+CMS ERROR: 340']);
  });
});
