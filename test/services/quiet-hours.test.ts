import { describe, expect, onTestFinished, test } from 'vitest';
import { Dispatcher } from '../../server/services/dispatcher.ts';
import { QuietTimes } from '../../server/services/guards/quiet-times.ts';
import { phone, quiet } from '../fakes/box.ts';
import { ManualClock, settle } from '../fakes/manual-clock.ts';
import { ScriptedCarrier } from '../fakes/scripted-carrier.ts';
import { accepted, openBox, retry, type StoreBox } from '../fakes/store-box.ts';

const minute = 60_000;
const hour = 60 * minute;
/** 22:00 in Bangkok. */
const night = Date.UTC(2026, 0, 15, 15);

/** A dispatcher at night, with quiet hours until eight. */
async function dispatchingAtNight() {
  const box = await openBox({ clock: new ManualClock(night) });
  const rules = { quietHours: '21:00-08:00', timeZone: 'Asia/Bangkok' };
  const times = new QuietTimes(() => rules);
  const carrier = new ScriptedCarrier();
  carrier.width = 10;
  carrier.script = ({ id }) => accepted(String(id));
  const dispatcher = new Dispatcher({
    claims: box.stores.claims,
    settles: box.stores.settles,
    clock: box.clock,
    random: { bytes: (n) => new Uint8Array(n), fraction: () => 0.5 },
    log: quiet,
    isQuiet: (now) => times.isQuiet(now),
  });
  box.stores.onCommit((touched) => {
    if (touched.size > 0) dispatcher.wake();
  });
  await dispatcher.start();
  dispatcher.attach(carrier, box.policy);
  onTestFinished(() => dispatcher.stop());
  const quietDown = async () => {
    for (let turn = 0; turn < 8; turn += 1) await settle();
  };
  /** Turns the wall clock, then lets the dispatcher look at it once. */
  const pass = async (ms: number) => {
    box.clock.jump(ms - 1_000);
    await box.clock.advance(1_000);
    await quietDown();
  };
  return { box, rules, times, carrier, quietDown, pass };
}

const texts = (carrier: ScriptedCarrier) => carrier.submissions.map((one) => one.text);
const validForDays = (box: StoreBox) => ({ expiresAt: box.clock.now() + 72 * hour });

describe('in quiet hours', () => {
  test('only what is urgent goes, and the rest by itself when they end', async () => {
    const { box, carrier, quietDown, pass } = await dispatchingAtNight();
    for (const lane of ['bulk', 'normal', 'high', 'otp'] as const)
      await box.accept({ text: lane, lane, ...validForDays(box) });
    await quietDown();
    expect(texts(carrier).toSorted()).toEqual(['high', 'otp']);
    await pass(9 * hour + 59 * minute);
    expect(carrier.handed).toHaveLength(2);
    await pass(minute);
    expect(texts(carrier).slice(2)).toEqual(['normal', 'bulk']);
  });

  test('what falls due is held as well: schedules and further tries', async () => {
    const { box, carrier, quietDown, pass, rules } = await dispatchingAtNight();
    rules.quietHours = '';
    carrier.script = () => retry({ afterMs: minute });
    const tried = await box.accept({ text: 'again', ...validForDays(box) });
    await carrier.arrival(1);
    await quietDown();
    carrier.script = ({ id }) => accepted(String(id));
    rules.quietHours = '21:00-08:00';
    await box.accept({ text: 'later', scheduledAt: box.clock.now() + minute, ...validForDays(box) });
    await pass(2 * minute);
    expect(await box.stores.sweeps.releaseDue(box.clock.now(), 0)).toBe(1);
    await pass(hour);
    expect(carrier.handed).toHaveLength(1);
    expect(box.recipient(tried.id)).toMatchObject({ state: 'queued', tries: 1 });
    await pass(9 * hour);
    expect(texts(carrier)).toEqual(['again', 'again', 'later']);
  });

  test('nothing is held any more once they are switched off', async () => {
    const { box, rules, carrier, quietDown } = await dispatchingAtNight();
    await box.accept({ to: [phone(1)] });
    await quietDown();
    expect(carrier.handed).toEqual([]);
    rules.quietHours = '';
    await box.clock.advance(1_000);
    await quietDown();
    expect(carrier.handed).toHaveLength(1);
  });

  test('what waits costs no writing', async () => {
    const { box, pass } = await dispatchingAtNight();
    await box.accept(validForDays(box));
    await pass(1_000);
    const before = box.stores.stats().commits;
    await box.clock.advance(60_000);
    expect(box.stores.stats().commits).toBe(before);
  });

  test('its validity ends as ever', async () => {
    const { box, pass } = await dispatchingAtNight();
    const { id } = await box.accept({ expiresAt: box.clock.now() + hour });
    await pass(2 * hour);
    await box.stores.sweeps.expireOverdue(box.clock.now());
    expect(box.recipient(id)).toMatchObject({ state: 'expired', refunded: 1 });
  });
});

describe('what is told of them', () => {
  test('says until when, for those lanes that wait', async () => {
    const { times, rules } = await dispatchingAtNight();
    const lanes = [0, 1, 2, 3];
    const text = 'Held: quiet hours until 08:00.';
    const values = { until: '2026-01-16T01:00:00.000Z' };
    const held = { text, reasons: [{ code: 'waiting.quiet_hours', values, text }] };
    expect(lanes.map((lane) => times.whyHeld(lane, night))).toEqual([null, null, held, held]);
    expect(times.whyHeld(2, night + 10 * hour)).toBeNull();
    rules.timeZone = 'UTC';
    expect(times.whyHeld(2, night)).toBeNull();
    rules.quietHours = '14:30-15:45';
    expect(times.whyHeld(2, night)?.text).toBe('Held: quiet hours until 15:45.');
  });

  test('is right when the clock is set back', async () => {
    const { times } = await dispatchingAtNight();
    expect(times.isQuiet(night + 10 * hour)).toBe(false);
    expect(times.isQuiet(night)).toBe(true);
    expect(times.isQuiet(night - 2 * hour)).toBe(false);
  });
});
