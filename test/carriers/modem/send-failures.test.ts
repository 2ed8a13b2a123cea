import { describe, expect, it } from 'vitest';
import { encodeStatusReport } from '../../../server/carriers/tpdu/network-side.ts';
import { ok } from '../../fakes/scripted-modem.ts';
import { readyRig, submission } from './rig.ts';

const cms = (code: number | string): string => `\r\n+CMS ERROR: ${code}\r\n`;

describe('an error in place of +CMGS', () => {
  it.each([
    [cms(1), { kind: 'rejected', code: 'CMS 1' }],
    [cms(8), { kind: 'rejected', code: 'CMS 8' }],
    [cms(69), { kind: 'rejected', code: 'CMS 69' }],
    [cms(303), { kind: 'rejected', code: 'CMS 303' }],
    [cms('Operation not supported'), { kind: 'rejected', code: 'CMS 303' }],
    [cms('Invalid PDU mode parameter'), { kind: 'retry', code: 'CMS 304', carrierFault: false }],
    [cms(38), { kind: 'retry', code: 'CMS 38', carrierFault: true }],
    [cms(42), { kind: 'retry', code: 'CMS 42', carrierFault: false }],
    [cms(500), { kind: 'retry', code: 'CMS 500', carrierFault: false }],
    [cms('something new'), { kind: 'retry', code: 'CMS unknown', carrierFault: false }],
    [cms(310), { kind: 'retry', code: 'CMS 310', carrierFault: true }],
    [cms(330), { kind: 'retry', code: 'CMS 330', carrierFault: true }],
    [cms(322), { kind: 'retry', code: 'CMS 322', carrierFault: true }],
    [cms(197), { kind: 'accepted', reference: '' }],
    ['\r\n+CME ERROR: 30\r\n', { kind: 'retry', code: 'CME 30', carrierFault: true }],
    ['\r\n+CME ERROR: SIM failure\r\n', { kind: 'retry', code: 'CME 13', carrierFault: true }],
    ['\r\nERROR\r\n', { kind: 'retry', code: 'ERROR', carrierFault: false }],
    ['\r\nCOMMAND NOT SUPPORT\r\n', { kind: 'retry', code: 'ERROR', carrierFault: false }],
  ])('%j settles as told by the table', async (answer, expected) => {
    const { carrier, modem } = await readyRig();
    modem.body = answer;
    await expect(carrier.submit(submission())).resolves.toMatchObject(expected);
  });

  it('a reference for what the service centre has already is that of no report', async () => {
    const { carrier, modem, host, clock } = await readyRig();
    modem.body = cms(197);
    await expect(carrier.submit(submission())).resolves.toEqual({ kind: 'accepted', reference: '' });
    for (let reference = 0; reference < 256; reference += 1) {
      const report = encodeStatusReport({ reference, recipient: '66812345678', sentAt: 0, doneAt: 0, status: 0 });
      modem.say(`\r\n+CDS: 25\r\n${report}\r\n`);
    }
    await clock.advance(1_000);
    expect(host.reports.map((report) => report.reference)).toEqual(Array.from({ length: 256 }, (_, n) => String(n)));
  });

  it('means the same in place of the prompt', async () => {
    const { carrier, modem } = await readyRig({ 'AT+CMGS=': cms(8) });
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'rejected', code: 'CMS 8' });
    expect(modem.bodies).toHaveLength(0);
  });

  it('repeats the command while the modem is busy, then gives the part back', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = cms(515);
    const outcome = carrier.submit(submission());
    await clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ kind: 'retry', code: 'CMS 515', carrierFault: true });
    expect(modem.bodies).toHaveLength(3);
  });

  it('goes on when the modem stops being busy', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = cms(314);
    const outcome = carrier.submit(submission());
    await clock.advance(1_000);
    modem.body = ok('+CMGS: 9');
    await clock.advance(1_000);
    await expect(outcome).resolves.toEqual({ kind: 'accepted', reference: '9' });
  });

  it('sweeps the memory when it is full', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = cms(322);
    const before = modem.count('AT+CMGL=4');
    await carrier.submit(submission());
    await clock.advance(100);
    expect(modem.count('AT+CMGL=4')).toBeGreaterThan(before);
  });

  it('looks at the SIM again when the modem says that it is gone', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = cms(310);
    modem.answers.set('AT+CPIN?', '\r\n+CME ERROR: 10\r\n');
    await carrier.submit(submission());
    expect(carrier.room()).toBe(0);
    await clock.advance(5_000);
    expect(carrier.status()).toMatchObject({ state: 'faulty' });
    expect(carrier.status().reason).toContain('no SIM');
    modem.answers.set('AT+CPIN?', ok('+CPIN: READY'));
    await clock.advance(15_000);
    expect(carrier.status().state).toBe('ready');
  });
});

describe('several errors in a row', () => {
  it('takes the modem out of service when three numbers are barred, and tries it again later', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = cms(50);
    const kinds = [];
    for (const msisdn of ['66811111111', '66822222222', '66833333333']) {
      kinds.push((await carrier.submit(submission({ msisdn }))).kind);
    }
    expect(kinds).toEqual(['rejected', 'rejected', 'retry']);
    expect(carrier.status().state).toBe('faulty');
    expect(carrier.status().reason).toContain('credit');
    expect(carrier.room()).toBe(0);
    modem.body = ok('+CMGS: 1');
    await clock.advance(11 * 60_000);
    expect(carrier.status().state).toBe('ready');
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('does not count the same number, nor across a success', async () => {
    const { carrier, modem } = await readyRig();
    modem.body = cms(50);
    for (let round = 0; round < 4; round += 1) await carrier.submit(submission({ msisdn: '66811111111' }));
    await carrier.submit(submission({ msisdn: '66822222222' }));
    modem.body = ok('+CMGS: 1');
    await carrier.submit(submission({ msisdn: '66833333333' }));
    modem.body = cms(50);
    await carrier.submit(submission({ msisdn: '66844444444' }));
    expect(carrier.status().state).toBe('ready');
  });

  it('blames the modem after five numbers with the same passing error', async () => {
    const { carrier, modem } = await readyRig();
    modem.body = cms(500);
    const faults = [];
    for (let number = 1; number <= 5; number += 1) {
      const outcome = await carrier.submit(submission({ msisdn: `6681000000${number}` }));
      faults.push(outcome.kind === 'retry' && outcome.carrierFault);
    }
    expect(faults).toEqual([false, false, false, false, true]);
    expect(carrier.status().state).toBe('faulty');
  });

  it('takes "rejected" as meant at the third try of one number', async () => {
    const { carrier, modem } = await readyRig();
    modem.body = cms(21);
    const kinds = [];
    for (let round = 0; round < 3; round += 1) kinds.push((await carrier.submit(submission())).kind);
    expect(kinds).toEqual(['retry', 'retry', 'rejected']);
  });

  it.each([127, 304, 305])('takes %i as meant at the second try, in PDU mode', async (code) => {
    const { carrier, modem } = await readyRig();
    const before = modem.count('AT+CMGF=0');
    modem.body = cms(code);
    const kinds = [];
    for (let round = 0; round < 2; round += 1) kinds.push((await carrier.submit(submission())).kind);
    expect(kinds).toEqual(['retry', 'rejected']);
    expect(modem.count('AT+CMGF=0')).toBe(before + 1);
  });
});
