import { describe, expect, it } from 'vitest';
import type { ManualClock } from '../../fakes/manual-clock.ts';
import { ScriptedModem, ok } from '../../fakes/scripted-modem.ts';
import { createRig, readyRig, submission } from './rig.ts';
import type { Rig } from './rig.ts';

/** A modem that answers nothing from now on. */
function hang({ modem }: Rig): () => void {
  const answers = [...modem.answers];
  for (const command of everything) modem.answers.set(command, null);
  return () => {
    modem.answers.clear();
    for (const [command, answer] of answers) modem.answers.set(command, answer);
  };
}

const everything = [
  'AT',
  'ATE0',
  'ATV1',
  'ATQ0',
  'AT+CSQ',
  'AT+CREG?',
  'AT+CEREG?',
  'AT+CGREG?',
  'AT+CMGS=',
  'AT+CMGL=4',
  'AT+COPS?',
  'AT+CFUN=1,1',
];

describe('a modem that hangs', () => {
  it('has its port opened anew, and is in service again', async () => {
    const rig = await readyRig();
    const heal = hang(rig);
    await rig.clock.advance(39_000);
    expect(rig.carrier.room()).toBe(0);
    expect(rig.modem.closed).toBe(1);
    heal();
    await rig.clock.advance(5_000);
    expect(rig.modem.opened).toBe(2);
    expect(rig.carrier.status().state).toBe('ready');
    expect(rig.modem.count('AT+CFUN=1,1')).toBe(0);
    await expect(rig.carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('is reset when opening the port does not help', async () => {
    const rig = await readyRig();
    const heal = hang(rig);
    await rig.clock.advance(60_000);
    expect(rig.modem.count('AT+CFUN=1,1')).toBe(1);
    expect(rig.carrier.status().reason).toContain('reset');
    expect(rig.carrier.status().facts.resets).toBe(1);
    heal();
    await rig.clock.advance(40_000);
    expect(rig.carrier.status().state).toBe('ready');
  });

  it('is reset at most once in five minutes and five times an hour, and then a person is told', async () => {
    const rig = await readyRig();
    hang(rig);
    await rig.clock.advance(5 * 60_000);
    expect(rig.modem.count('AT+CFUN=1,1')).toBe(1);
    await rig.clock.advance(5 * 60_000);
    expect(rig.modem.count('AT+CFUN=1,1')).toBe(2);
    await rig.clock.advance(45 * 60_000);
    expect(rig.modem.count('AT+CFUN=1,1')).toBe(5);
    expect(rig.carrier.status()).toMatchObject({ state: 'faulty' });
    expect(rig.carrier.status().reason).toContain('power supply');
  });

  it('is set up again in place after two time-outs that ESC and AT cured', async () => {
    const rig = await readyRig();
    rig.modem.answers.set('AT+CEREG?', null);
    rig.modem.answers.set('AT+CNMI=', null);
    const before = rig.modem.count('ATE0');
    await rig.clock.advance(52_000);
    rig.modem.answers.clear();
    expect(rig.modem.count('ATE0')).toBe(before + 1);
    await rig.clock.advance(60_000);
    expect(rig.modem.opened).toBe(1);
    expect(rig.carrier.status().state).toBe('ready');
  });

  it('is reset when it talks but takes no message three times', async () => {
    const rig = await readyRig({ 'AT+CMGS=': null });
    for (let round = 0; round < 3; round += 1) {
      const outcome = rig.carrier.submit(submission());
      await rig.clock.advance(13_000);
      await expect(outcome).resolves.toMatchObject({ kind: 'retry' });
      await rig.clock.advance(2_000);
    }
    expect(rig.modem.opened).toBe(2);
  });

  it('leaves alone what answers nonsense to one optional command', async () => {
    const { carrier, clock, modem } = await readyRig({ 'AT+CGMR': null, 'AT+CEREG?': null });
    await clock.advance(30_000);
    expect(carrier.status().state).toBe('ready');
    await clock.advance(10 * 60_000);
    expect(modem.opened).toBe(1);
  });
});

describe('a restart of the modem in mid-session', () => {
  it.each(['RDY', '^SYSSTART', '*ATREADY: 1'])('%s: everything is set up again', async (line) => {
    const { carrier, modem, clock } = await readyRig();
    modem.say(`\r\n${line}\r\n`);
    expect(carrier.room()).toBe(0);
    const before = modem.count('AT+CMGF=0');
    await clock.advance(5_000);
    expect(modem.count('AT+CMGF=0')).toBe(before + 1);
    expect(carrier.room()).toBe(1);
  });

  it.each(['PB DONE', 'SMS Ready', '+QIND: SMS DONE', '+CFUN: 1'])(
    '%s soon after the start is no restart',
    async (line) => {
      const { carrier, modem, clock } = await readyRig();
      const before = modem.count('AT+CMGF=0');
      modem.say(`\r\n${line}\r\n`);
      await clock.advance(5_000);
      expect(modem.count('AT+CMGF=0')).toBe(before);
      expect(carrier.room()).toBe(1);
    },
  );

  it('the SIM pulled out: told, and set up again when it is back', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.answers.set('AT+CPIN?', '\r\n+CME ERROR: 10\r\n');
    modem.say('\r\n+CPIN: NOT INSERTED\r\n');
    await clock.advance(4_000);
    expect(carrier.status().reason).toContain('no SIM');
    modem.answers.clear();
    modem.say('\r\n+CPIN: READY\r\n');
    await clock.advance(3_000);
    expect(carrier.status().state).toBe('ready');
  });
});

describe('the port', () => {
  it('is tried again with growing pauses, and the last problem is told', async () => {
    const times: number[] = [];
    const rig: Rig = createRig(new ScriptedModem(), {
      openStream: () => {
        times.push(rig.clock.monotonic());
        return Promise.reject(new Error('Another program holds the port.'));
      },
    });
    await rig.carrier.start();
    await rig.clock.advance(30_000);
    expect(rig.carrier.status()).toMatchObject({ state: 'faulty', reason: 'Another program holds the port.' });
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps[0]).toBeLessThan(1_500);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5_000);
    expect(gaps.at(-1)).toBeGreaterThan(4_000);
  });

  it('that opens too late is closed again', async () => {
    const modem = new ScriptedModem();
    const late = Promise.withResolvers<ReturnType<ScriptedModem['open']>>();
    let first = true;
    const { carrier, clock } = createRig(modem, {
      openStream: () => {
        if (!first) return Promise.resolve(modem.open());
        first = false;
        return late.promise;
      },
    });
    await carrier.start();
    await clock.advance(10_500);
    expect(carrier.status().reason).toContain('does not open in time');
    const orphan = new ScriptedModem();
    late.resolve(orphan.open());
    await clock.advance(3_000);
    expect(orphan.closed).toBe(1);
    expect(carrier.status().state).toBe('ready');
  });
});

async function settledIn(clock: ManualClock, promise: Promise<void>): Promise<number> {
  const begin = clock.monotonic();
  await promise;
  return clock.monotonic() - begin;
}

describe('stopping', () => {
  it('lets the part being sent finish', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = null;
    const outcome = carrier.submit(submission());
    await clock.advance(100);
    const stopped = carrier.stop();
    await clock.advance(2_500);
    expect(modem.closed).toBe(0);
    modem.say(ok('+CMGS: 4'));
    await clock.advance(100);
    await expect(outcome).resolves.toEqual({ kind: 'accepted', reference: '4' });
    await stopped;
    expect(modem.closed).toBe(1);
    expect(carrier.status().state).toBe('stopped');
  });

  it('gives up on it after three seconds', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = null;
    const outcome = carrier.submit(submission());
    await clock.advance(100);
    const stopped = carrier.stop();
    await clock.advance(3_100);
    await expect(outcome).resolves.toMatchObject({ kind: 'uncertain' });
    await stopped;
    expect(modem.closed).toBe(1);
  });

  it('settles within seven seconds though neither the part nor the port ends', async () => {
    const modem = new ScriptedModem();
    const { carrier, clock } = createRig(modem, {
      openStream: () => Promise.resolve({ ...modem.open(), close: () => new Promise<void>(() => {}) }),
    });
    await carrier.start();
    await clock.advance(2_000);
    modem.body = null;
    const outcome = carrier.submit(submission());
    await clock.advance(100);
    const stopped = settledIn(clock, carrier.stop());
    await clock.advance(7_000);
    expect(await stopped).toBeLessThan(7_000);
    await expect(outcome).resolves.toMatchObject({ kind: 'uncertain' });
    expect(carrier.status().state).toBe('stopped');
  });

  it('settles within seven seconds while the port does not open', async () => {
    const { carrier, clock } = createRig(new ScriptedModem(), { openStream: () => new Promise(() => {}) });
    await carrier.start();
    await clock.advance(100);
    const stopped = settledIn(clock, carrier.stop());
    await clock.advance(7_000);
    expect(await stopped).toBeLessThan(7_000);
  });

  it('takes nothing from then on, leaves no timer, and may be repeated', async () => {
    const { carrier, clock } = await readyRig();
    const stopped = carrier.stop();
    expect(carrier.room()).toBe(0);
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'retry', carrierFault: true });
    await clock.advance(0);
    await stopped;
    await carrier.stop();
    expect(clock.timers).toBe(0);
  });

  it.each([0, 100, 350, 700, 3_000])('works %i ms after the start', async (ms) => {
    const { carrier, clock, modem } = createRig(new ScriptedModem({ 'AT+CSQ': null }));
    await carrier.start();
    await clock.advance(ms);
    const stopped = carrier.stop();
    await clock.advance(1_000);
    await stopped;
    expect(modem.closed).toBe(modem.opened);
    expect(carrier.status()).toMatchObject({ state: 'stopped', reason: '' });
    await clock.advance(60_000);
    expect(carrier.status().state).toBe('stopped');
    expect(clock.timers).toBe(0);
  });

  it('can be started again', async () => {
    const { carrier, clock } = await readyRig();
    const stopped = carrier.stop();
    await clock.advance(10);
    await stopped;
    await carrier.start();
    await clock.advance(2_000);
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
  });
});
