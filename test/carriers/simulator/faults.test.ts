import { describe, expect, test } from 'vitest';
import type { SimulatorFaults } from '../../../server/carriers/simulator/faults.ts';
import { decodeFromNetwork } from '../../../server/carriers/tpdu/network-pdu.ts';
import { submit, Terminal } from './terminal.ts';

async function withFaults(faults: Partial<SimulatorFaults>): Promise<Terminal> {
  const terminal = new Terminal();
  await terminal.ask('AT+CNMI=2,1,0,1,0;+CREG=1');
  Object.assign(terminal.modem.faults, faults);
  return terminal;
}

describe('slow', () => {
  test('latencyMs delays every answer', async () => {
    const terminal = await withFaults({ latencyMs: 300 });
    expect(await terminal.ask('AT', 299)).toEqual([]);
    expect(await terminal.lines(1)).toEqual(['OK']);
  });

  test('promptMs delays the prompt, submitMs the answer', async () => {
    const terminal = await withFaults({ promptMs: 5_000, submitMs: 9_880 });
    const { hex, tpduLength } = submit();
    expect(await terminal.ask(`AT+CMGS=${tpduLength}`, 4_999)).toEqual([]);
    expect(await terminal.lines(1)).toEqual(['> ']);
    await terminal.type(`${hex}\x1a`);
    expect(await terminal.lines(9_999)).not.toContain('OK');
    expect(await terminal.lines(1)).toContain('+CMGS: 7');
  });
});

describe('no answer', () => {
  test('silent: nothing comes, nothing is taken in, until it ends', async () => {
    const terminal = await withFaults({ silent: true });
    expect(await terminal.ask('AT', 60_000)).toEqual([]);
    terminal.modem.faults.silent = false;
    expect(await terminal.lines(60_000)).toEqual([]);
    expect(await terminal.ask('AT')).toEqual(['OK']);
  });

  test('silent after Ctrl-Z: the message goes out without a word', async () => {
    const terminal = await withFaults({});
    await terminal.send({}, 30);
    terminal.modem.faults.silent = true;
    expect(await terminal.lines(60_000)).toEqual([]);
    expect(terminal.modem.sentCount).toBe(1);
  });

  test('noPrompt: it waits for the PDU all the same, and ESC leaves', async () => {
    const terminal = await withFaults({ noPrompt: true });
    expect(await terminal.ask(`AT+CMGS=${submit().tpduLength}`, 60_000)).toEqual([]);
    expect(await terminal.ask('AT')).toEqual([]);
    expect(await terminal.ask('\x1bAT')).toEqual(['OK', 'OK']);
    expect(terminal.modem.sentCount).toBe(0);
  });

  test.each([
    ['sent', 1],
    ['not-sent', 0],
  ] as const)('noAnswerAfterPdu %s: no +CMGS, but the next command works', async (how, count) => {
    const terminal = await withFaults({ noAnswerAfterPdu: how });
    expect(await terminal.send()).toEqual([]);
    expect(await terminal.ask('\x1bAT')).toEqual(['OK']);
    expect(terminal.modem.sentCount).toBe(count);
    expect(await terminal.lines(1_000)).toHaveLength(2 * count);
  });
});

describe('the network', () => {
  test('noSignal: not registered, nothing goes out, inbound waits, and all comes back', async () => {
    const terminal = await withFaults({ noSignal: true });
    expect(await terminal.lines()).toEqual(['+CREG: 2']);
    expect(await terminal.ask('AT+CREG?;+CSQ;+COPS?')).toEqual(['+CREG: 1,2', '+CSQ: 99,99', '+COPS: 0', 'OK']);
    expect(await terminal.send()).toEqual(['+CMS ERROR: 331']);
    terminal.modem.receive({ from: '66898765432', text: 'hello' });
    expect(await terminal.lines(60_000)).toEqual([]);
    terminal.modem.faults.noSignal = false;
    expect(await terminal.lines()).toEqual(['+CREG: 1', '+CMTI: "SM",1']);
    expect(await terminal.send()).toEqual(['+CMGS: 7', 'OK']);
  });

  test.each([11, 3])('registration %i takes no short messages', async (registration) => {
    const terminal = new Terminal({ profile: { registration } });
    expect(await terminal.ask('AT+CREG?')).toEqual([`+CREG: 0,${registration}`, 'OK']);
    expect(await terminal.send()).toEqual(['+CMS ERROR: 331']);
  });

  test('cmsError: for ever as a number, so many times with a count', async () => {
    const terminal = await withFaults({ cmsError: 21 });
    expect(await terminal.send()).toEqual(['+CMS ERROR: 21']);
    expect(await terminal.send()).toEqual(['+CMS ERROR: 21']);
    terminal.modem.faults.cmsError = { code: 38, count: 2 };
    expect(await terminal.send()).toEqual(['+CMS ERROR: 38']);
    expect(await terminal.send()).toEqual(['+CMS ERROR: 38']);
    expect(await terminal.send()).toEqual(['+CMGS: 7', 'OK']);
    expect(terminal.modem.sentCount).toBe(1);
  });

  test('noReports and lostReports: 1 make none', async () => {
    for (const faults of [{ noReports: true }, { lostReports: 1 }]) {
      const terminal = await withFaults(faults);
      await terminal.send();
      expect(await terminal.lines(60_000)).toEqual([]);
    }
  });

  test('lostReports loses about its share', async () => {
    const terminal = await withFaults({ lostReports: 0.5 });
    const lines: string[] = [];
    for (let count = 0; count < 100; count += 1) lines.push(...(await terminal.send()));
    lines.push(...(await terminal.lines(1_000)));
    const reports = lines.filter((line) => line.startsWith('+CDS')).length;
    expect(terminal.modem.sentCount).toBe(100);
    expect(reports).toBeGreaterThan(30);
    expect(reports).toBeLessThan(70);
  });

  test('duplicateReports: the same report twice', async () => {
    const terminal = await withFaults({ duplicateReports: true });
    await terminal.send();
    const lines = await terminal.lines(1_000);
    expect(lines).toHaveLength(4);
    expect(lines.slice(0, 2)).toEqual(lines.slice(2));
  });

  test('reportBeforeAnswer: +CDS, then +CMGS', async () => {
    const terminal = await withFaults({ reportBeforeAnswer: true });
    const [head, pdu, ...rest] = await terminal.send();
    expect(head).toMatch(/^\+CDS: /);
    expect(decodeFromNetwork(pdu ?? '')).toMatchObject({ reference: 7, status: 0 });
    expect(rest).toEqual(['+CMGS: 7', 'OK']);
    expect(await terminal.lines(60_000)).toEqual([]);
  });
});

describe('the line', () => {
  test('echo: true echoes commands and PDUs though ATE0 was set, false never echoes', async () => {
    const terminal = await withFaults({ echo: true });
    const { hex, tpduLength } = submit();
    expect(await terminal.ask('ATE0')).toEqual(['ATE0', 'OK']);
    expect(await terminal.ask(`AT+CMGS=${tpduLength}`)).toEqual([`AT+CMGS=${tpduLength}`, '> ']);
    await terminal.type(`${hex}\x1a`);
    expect(await terminal.lines(200)).toEqual([`${hex}\x1a`, '+CMGS: 7', 'OK']);
    terminal.modem.faults.echo = false;
    expect(await terminal.ask('ATE1')).toEqual(['OK']);
  });

  test('garble: other bytes stand before the lines, which stay whole', async () => {
    const terminal = await withFaults({ garble: 1 });
    await terminal.type('AT+CGMI\r');
    const text = await terminal.read();
    expect(text).not.toMatch(/^\r\n/);
    expect(text).toContain('\r\nSEPSMS\r\n');
    expect(text.endsWith('\r\nOK\r\n')).toBe(true);
  });

  test('urcNoise: unasked-for lines between the lines of an answer and inside the dialogue', async () => {
    const terminal = await withFaults({ urcNoise: 1 });
    const lines = await terminal.ask('AT+CGMI');
    expect(lines).toHaveLength(6);
    expect([lines[1], lines[4]]).toEqual(['SEPSMS', 'OK']);
    const { hex, tpduLength } = submit();
    await terminal.ask(`AT+CMGS=${tpduLength}`);
    terminal.modem.say('RING');
    expect(await terminal.lines()).toContain('RING');
    await terminal.type(`${hex}\x1a`);
    expect(await terminal.lines(200)).toEqual(expect.arrayContaining(['+CMGS: 7', 'OK']));
  });

  test('without noise, what comes at the prompt waits for its end', async () => {
    const terminal = await withFaults({});
    await terminal.ask(`AT+CMGS=${submit().tpduLength}`);
    terminal.modem.receive({ from: '66898765432', text: 'hello' });
    expect(await terminal.lines()).toEqual([]);
    await terminal.type('\x1b');
    expect(await terminal.lines()).toEqual(['OK', '+CMTI: "SM",1']);
  });

  test('splitBytes: one byte at a time', async () => {
    const terminal = await withFaults({ splitBytes: true });
    terminal.chunks = [];
    expect(await terminal.ask('AT+CGMI')).toEqual(['SEPSMS', 'OK']);
    expect(terminal.chunks).toEqual(Array.from('\r\nSEPSMS\r\n\r\nOK\r\n', () => 1));
  });
});

describe('the SIM and the memory', () => {
  test('simRemoved: said, refused, and found again', async () => {
    const terminal = await withFaults({ simRemoved: true });
    expect(await terminal.lines()).toEqual(['+CPIN: NOT INSERTED', '+CREG: 0']);
    expect(await terminal.ask('AT+CMEE=1;+CPIN?')).toEqual(['+CME ERROR: 10']);
    expect(await terminal.send()).toEqual(['+CMS ERROR: 310']);
    terminal.modem.faults.simRemoved = false;
    expect(await terminal.lines()).toEqual(['+CPIN: READY', '+CREG: 1']);
  });

  test('a SIM taken out after Ctrl-Z', async () => {
    const terminal = await withFaults({ submitMs: 1_000 });
    await terminal.send({}, 100);
    terminal.modem.faults.simRemoved = true;
    expect(await terminal.lines(2_000)).toContain('+CMS ERROR: 310');
    expect(terminal.modem.sentCount).toBe(0);
  });

  test('storageFull: every slot counts as taken, and inbound waits', async () => {
    const terminal = await withFaults({ storageFull: true });
    expect(await terminal.ask('AT+CPMS="SM"')).toEqual(['+CPMS: 30,30,30,30,30,30', 'OK']);
    terminal.modem.receive({ from: '66898765432', text: 'hello' });
    expect(await terminal.lines()).toEqual(['^SMMEMFULL: "SM"']);
    expect(await terminal.send()).toEqual(['+CMGS: 7', 'OK']);
    expect((await terminal.lines(1_000))[0]).toBe('+CDS: 25');
    terminal.modem.faults.storageFull = false;
    expect(await terminal.lines()).toEqual(['+CMTI: "SM",1']);
  });
});
