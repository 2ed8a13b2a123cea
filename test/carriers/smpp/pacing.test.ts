import { describe, expect, it } from 'vitest';
import { Pace } from '../../../server/carriers/smpp/submit/pace.ts';
import type { SubmitOutcome } from '../../../server/domain/carrier.ts';
import { boundRig, submission, type Rig } from './rig.ts';

/** Sends as a dispatcher does: as much as there is room for, whenever the carrier says that something changed. */
function sendAll(rig: Rig, count: number): SubmitOutcome[] {
  const outcomes: SubmitOutcome[] = [];
  let begun = 0;
  const serve = (): void => {
    while (begun < count && rig.carrier.room() > 0) {
      begun += 1;
      void rig.carrier.submit(submission()).then((outcome) => {
        outcomes.push(outcome);
        serve();
      });
    }
  };
  rig.host.onChange = serve;
  serve();
  return outcomes;
}

/** The most submits within any second. */
function mostInASecond(times: readonly number[]): number {
  let most = 0;
  for (const [from, start] of times.entries()) {
    const within = times.slice(from).findIndex((at) => at - start >= 1_000);
    most = Math.max(most, within === -1 ? times.length - from : within);
  }
  return most;
}

describe('a throughput limit', () => {
  it.each([1, 7, 50, 400])('of %i parts a second is nearly reached and never exceeded', async (limit) => {
    const rig = await boundRig({ partsPerSecond: limit });
    sendAll(rig, 10 * limit + 1);
    await rig.clock.advance(11_000);
    const times = rig.smsc.submits.map(({ at }) => at);
    expect(times).toHaveLength(10 * limit + 1);
    const perSecond = (10 * limit * 1_000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
    expect(perSecond / limit).toBeGreaterThanOrEqual(0.95);
    expect(perSecond / limit).toBeLessThanOrEqual(1);
    expect(mostInASecond(times)).toBeLessThanOrEqual(limit);
  });

  it('is spread over the second, not spent at its beginning', async () => {
    const rig = await boundRig({ partsPerSecond: 100, window: 50 });
    sendAll(rig, 100);
    await rig.clock.advance(100);
    expect(rig.smsc.submits.length).toBeGreaterThanOrEqual(9);
    expect(rig.smsc.submits.length).toBeLessThanOrEqual(13);
  });

  it('counts the parts that the SMSC will make of a text', async () => {
    const rig = await boundRig({ partsPerSecond: 10, longText: 'payload' });
    const outcomes = [1, 2, 3].map(() => rig.carrier.submit(submission({ text: 'x'.repeat(600) })));
    await rig.clock.advance(0);
    expect(rig.smsc.submits).toHaveLength(1);
    await rig.clock.advance(1_000);
    expect(rig.smsc.submits).toHaveLength(3);
    expect(await Promise.all(outcomes)).toMatchObject([
      { kind: 'accepted' },
      { kind: 'accepted' },
      { kind: 'accepted' },
    ]);
  });

  it('lets a text with more parts than the limit go when a second is free', () => {
    const pace = new Pace(2);
    expect(pace.wait(0, 5)).toBe(0);
    pace.take(0, 5);
    expect(pace.wait(0, 1)).toBeGreaterThan(2_000);
  });

  it('catches up with what came late, within bounds', () => {
    const pace = new Pace(100);
    let now = 0;
    const times: number[] = [];
    // Every turn comes some milliseconds late.
    for (let n = 0; n < 1_000; n += 1) {
      now += Math.ceil(pace.wait(now, 1)) + (n % 5);
      pace.take(now, 1);
      times.push(now);
    }
    const perSecond = (999 * 1_000) / (now - (times[0] ?? 0));
    expect(perSecond).toBeGreaterThanOrEqual(95);
    expect(perSecond).toBeLessThanOrEqual(100);
    expect(mostInASecond(times)).toBeLessThanOrEqual(100);
  });
});

describe('an SMSC that asks to send slower', () => {
  it('is left alone for a while, and gets half as much at one time', async () => {
    const rig = await boundRig();
    rig.smsc.onSubmit = () => ({ status: 0x58 });
    const outcomes = sendAll(rig, 10);
    await rig.clock.advance(0);
    // Ten refusals of one moment are one refusal.
    expect(outcomes).toHaveLength(10);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ kind: 'retry', code: 'ESME_RTHROTTLED', carrierFault: true, afterMs: 900 });
    }
    expect(rig.carrier.room()).toBe(0);
    await rig.clock.advance(900);
    expect(rig.carrier.room()).toBe(5);
    await rig.clock.advance(100);
    expect(rig.carrier.status().facts).toMatchObject({ throttled: 10, window: 5 });
    expect(rig.carrier.status().facts['lastRefusal']).toContain('ESME_RTHROTTLED');
  });

  it('gets the whole window again by and by', async () => {
    const rig = await boundRig();
    rig.smsc.onSubmit = (_, index) => (index < 10 ? { status: 0x14 } : String(index));
    sendAll(rig, 200);
    await rig.clock.advance(5_000);
    expect(rig.smsc.submits).toHaveLength(200);
    expect(rig.carrier.status().facts).toMatchObject({ window: 10, throttled: 10 });
  });

  it('is left alone longer and longer while it says so, and the operator is told', async () => {
    const rig = await boundRig();
    rig.smsc.onSubmit = () => ({ status: 0x58 });
    sendAll(rig, 1_000);
    await rig.clock.advance(60_000);
    const first = rig.smsc.submits.length;
    await rig.clock.advance(120_000);
    // One submission a pause at the most, and no pause is longer than half a minute.
    expect(rig.smsc.submits.length - first).toBeLessThanOrEqual(6);
    expect(rig.smsc.submits.length - first).toBeGreaterThanOrEqual(3);
    expect(rig.carrier.status()).toMatchObject({ state: 'waiting' });
    expect(rig.carrier.status().reason).toContain('slower');
    rig.smsc.onSubmit = (_, index) => String(index);
    await rig.clock.advance(30_000);
    expect(rig.carrier.status()).toMatchObject({ state: 'ready', reason: '' });
  });
});
