import { describe, expect, it } from 'vitest';
import { createModemCarrier } from '../../../server/carriers/modem/modem-carrier.ts';
import type { SimulatorFaults } from '../../../server/carriers/simulator/faults.ts';
import { SimulatedModem } from '../../../server/carriers/simulator/simulated-modem.ts';
import type { SimulatedModemOptions } from '../../../server/carriers/simulator/simulated-modem.ts';
import { encodeStatusReport } from '../../../server/carriers/tpdu/network-side.ts';
import type { Carrier } from '../../../server/domain/carrier.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { ok } from '../../fakes/scripted-modem.ts';
import { seededRandom } from '../simulator/terminal.ts';
import { readyRig, RecordingHost, silentLog, steadyRandom, submission } from './rig.ts';
import type { Rig } from './rig.ts';

const sentAt = Date.UTC(2026, 0, 15, 4, 0, 0);
const arming = 'AT+CNMI=2,1,0,1,0';
const notExpected = '\r\n+CMS ERROR: 340\r\n';

function reportOn(reference: number): string {
  const pdu = encodeStatusReport({ reference, recipient: '66812345678', sentAt, doneAt: sentAt + 5_000, status: 0 });
  return `\r\n+CDS: 25\r\n${pdu}\r\n`;
}

/** A part that stays without an answer, and a report that is shown `before` ms before the dialogue ends. */
async function reportInDialogue({ carrier, modem, clock }: Rig, reference: number, before: number): Promise<void> {
  modem.body = null;
  const outcome = carrier.submit(submission());
  await clock.advance(40_000 - before);
  modem.say(reportOn(reference));
  await clock.advance(before);
  modem.say(ok(`+CMGS: ${reference}`));
  await clock.advance(100);
  await outcome;
}

function since({ modem }: Rig): () => readonly string[] {
  const start = modem.heard.length;
  return () => modem.heard.slice(start);
}

describe('a report shown while a part is being sent', () => {
  it('reaches the box at once, and is acknowledged as soon as the dialogue ends', async () => {
    const rig = await readyRig();
    rig.modem.body = null;
    const outcome = rig.carrier.submit(submission());
    await rig.clock.advance(100);
    const heard = since(rig);
    rig.modem.say(reportOn(9));
    await rig.clock.advance(0);
    expect(rig.host.reports.map((report) => report.reference)).toEqual(['9']);
    expect(heard()).toEqual([]);
    await rig.clock.advance(2_000);
    rig.modem.say(ok('+CMGS: 10'));
    await rig.clock.advance(100);
    await expect(outcome).resolves.toEqual({ kind: 'accepted', reference: '10' });
    expect(heard()).toEqual(['AT+CNMA']);
  });

  it('reaches the box though the memory is being read', async () => {
    const rig = await readyRig({ 'AT+CMGR=3': null });
    rig.modem.say('\r\n+CMTI: "SM",3\r\n');
    await rig.clock.advance(100);
    rig.modem.say(reportOn(9));
    await rig.clock.advance(0);
    expect(rig.host.reports).toHaveLength(1);
  });

  it('acknowledged late: the indications are set again before the next part, and the memory is swept', async () => {
    const rig = await readyRig();
    const heard = since(rig);
    await reportInDialogue(rig, 9, 12_000);
    rig.modem.body = ok('+CMGS: 10');
    await expect(rig.carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
    await rig.clock.advance(100);
    const after = heard().slice(2);
    expect(after.slice(0, 2)).toEqual(['AT+CNMA', arming]);
    expect(after).toContain('AT+CMGL=4');
  });

  it.each([
    ['refused', notExpected, 0],
    ['without an answer', null, 5_000],
  ])('acknowledgement %s: the indications are set again', async (_name, answer, waitMs) => {
    const rig = await readyRig({ 'AT+CNMA': answer });
    const heard = since(rig);
    rig.modem.say(reportOn(9));
    await rig.clock.advance(waitMs + 2_000);
    expect(heard()).toContain(arming);
    expect(rig.carrier.status().state).toBe('ready');
  });

  it('missed twice: the modem is left to acknowledge by itself, and stays so when it is set up again', async () => {
    const rig = await readyRig({ 'AT+CNMA': notExpected, 'AT+CSMS=0': ok() });
    await reportInDialogue(rig, 9, 20_000);
    expect(rig.modem.count('AT+CSMS=0')).toBe(0);
    await reportInDialogue(rig, 10, 20_000);
    expect(rig.modem.count('AT+CSMS=0')).toBe(1);
    const acknowledged = rig.modem.count('AT+CNMA');
    await reportInDialogue(rig, 11, 20_000);
    expect(rig.modem.count('AT+CNMA')).toBe(acknowledged);
    expect(rig.host.reports.map((report) => report.reference)).toEqual(['9', '10', '11']);
    const heard = since(rig);
    rig.modem.say('\r\nRDY\r\n');
    await rig.clock.advance(5_000);
    expect(heard()).toContain('AT+CSMS=0');
    expect(heard()).not.toContain('AT+CSMS=1');
  });

  it('a part waits while the box stores a report, though not for ever', async () => {
    const rig = await readyRig();
    const stored = Promise.withResolvers<void>();
    rig.host.beforeReport = () => stored.promise;
    rig.modem.say(reportOn(9));
    const heard = since(rig);
    const first = rig.carrier.submit(submission());
    await rig.clock.advance(1_000);
    expect(heard()).toEqual([]);
    stored.resolve();
    await rig.clock.advance(100);
    await expect(first).resolves.toMatchObject({ kind: 'accepted' });
    expect(heard()[0]).toBe('AT+CNMA');
    rig.host.beforeReport = () => new Promise(() => {});
    rig.modem.say(reportOn(10));
    const second = rig.carrier.submit(submission());
    await rig.clock.advance(5_100);
    await expect(second).resolves.toMatchObject({ kind: 'accepted' });
  });
});

describe('the keep-alive', () => {
  it('reads the indications, and leaves them alone while they are as they were', async () => {
    const rig = await readyRig({ 'AT+CNMI?': ok('+CNMI: 2, 1, 0, 1, 0') });
    const heard = since(rig);
    await rig.clock.advance(31_000);
    expect(heard()).toContain('AT+CNMI?');
    expect(heard()).not.toContain(arming);
  });

  it('sets again what the modem has forgotten, and sweeps the memory', async () => {
    const rig = await readyRig({ 'AT+CNMI?': ok('+CNMI: 2,1,0,1,0') });
    rig.modem.answers.set('AT+CNMI?', ok('+CNMI: 0,0,0,0,0'));
    const heard = since(rig);
    await rig.clock.advance(31_000);
    const all = heard();
    expect(all).toContain(arming);
    expect(all.indexOf('AT+CMGL=4')).toBeGreaterThan(all.indexOf(arming));
  });

  it('sets them each time where the modem does not tell what is set', async () => {
    const rig = await readyRig();
    const heard = since(rig);
    await rig.clock.advance(31_000);
    expect(heard().filter((line) => line === arming)).toHaveLength(1);
  });

  it('sets nothing where the modem takes nothing', async () => {
    const rig = await readyRig({ 'AT+CNMI=?': '\r\nERROR\r\n', 'AT+CNMI=': '\r\nERROR\r\n' });
    const heard = since(rig);
    await rig.clock.advance(120_000);
    expect(heard().filter((line) => line.startsWith('AT+CNMI'))).toEqual([]);
  });
});

interface Box {
  readonly carrier: Carrier;
  readonly modem: SimulatedModem;
  readonly clock: ManualClock;
  readonly host: RecordingHost;
  readonly opened: () => number;
}

async function simulated(
  profile: NonNullable<SimulatedModemOptions['profile']>,
  faults: Partial<SimulatorFaults>,
): Promise<Box> {
  const clock = new ManualClock();
  const host = new RecordingHost();
  const modem = new SimulatedModem({ clock, random: seededRandom(), profile: { firstReference: 250, ...profile } });
  let opened = 0;
  const carrier = createModemCarrier({
    kind: 'simulator',
    name: 'simulated',
    openStream: () => {
      opened += 1;
      return Promise.resolve(modem.connect());
    },
    host,
    clock,
    random: steadyRandom,
    log: silentLog,
  });
  Object.assign(modem.faults, faults);
  await carrier.start();
  await clock.advance(60_000);
  return { carrier, modem, clock, host, opened: () => opened };
}

/** Sends `count` parts to different numbers, each as soon as the carrier has room, and waits for stragglers. */
async function sendAll({ carrier, clock }: Box, count: number): Promise<string[]> {
  const kinds: string[] = [];
  for (let n = 0; n < count; n += 1) {
    for (let turn = 0; turn < 600 && carrier.room() === 0; turn += 1) await clock.advance(1_000);
    void carrier
      .submit(submission({ msisdn: `6681234${5000 + n}` }))
      .then((outcome) => kinds.push(outcome.kind))
      .catch(() => {});
    for (let turn = 0; turn < 600 && kinds.length <= n; turn += 1) await clock.advance(1_000);
  }
  await clock.advance(40_000);
  return kinds;
}

describe('with the simulated modem, every report that it shows reaches the box', () => {
  it('when each dialogue takes half a minute', async () => {
    const box = await simulated({ csms: 1 }, { latencyMs: 900, promptMs: 8_000, submitMs: 20_000 });
    expect(await sendAll(box, 5)).toEqual(Array.from({ length: 5 }, () => 'accepted'));
    expect(box.host.reports.map((report) => report.reference)).toEqual(
      box.modem.sent.map((sms) => String(sms.reference)),
    );
    expect(box.opened()).toBe(1);
  });

  it('when the modem switches its indications off in the middle of a dialogue', async () => {
    const box = await simulated({ csms: 1, acknowledgeMs: 4_000 }, { submitMs: 20_000 });
    await sendAll(box, 5);
    expect(new Set(box.host.reports.map((report) => report.reference)).size).toBe(5);
  });

  it('when the answers to the parts are lost, and neither port nor modem is reset for it', async () => {
    const box = await simulated({}, { noAnswerAfterPdu: 'sent' });
    expect(new Set(await sendAll(box, 12))).toEqual(new Set(['uncertain']));
    expect(box.modem.sentCount).toBe(12);
    expect(box.host.reports).toHaveLength(12);
    expect(box.opened()).toBe(1);
    expect(box.carrier.status()).toMatchObject({ state: 'ready', facts: { resets: 0 } });
  });

  it('when new messages cannot be announced; they are polled', async () => {
    const cnmi = { mode: [0, 1, 2], mt: [0, 2], bm: [0], ds: [0, 1], bfr: [0] };
    const box = await simulated({ cnmi }, {});
    expect(box.carrier.status().facts.notification).toBe('2,0,0,1,0 with polling');
    await sendAll(box, 2);
    expect(box.host.reports).toHaveLength(2);
    box.modem.receive({ from: '66898765432', text: 'polled' });
    await box.clock.advance(20_000);
    expect(box.host.inbounds.map((part) => part.text)).toEqual(['polled']);
  });
});

describe('a modem that takes parts and never answers, while nothing shows that they go out', () => {
  it('is set up again in place first, and only then opened anew', async () => {
    const box = await simulated({}, { noAnswerAfterPdu: 'not-sent' });
    await sendAll(box, 5);
    expect(box.opened()).toBe(1);
    await sendAll(box, 1);
    expect(box.opened()).toBe(2);
  });
});
