import { array, assert, integer, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateWindow } from '../../server/domain/rate-window.ts';

const minute = 60_000;

/** Lets requests through as a caller would, and returns the times of those that passed. */
function passed(times: readonly number[], limit: number): number[] {
  const window = new RateWindow();
  return times.filter((now) => {
    const { allowed } = window.look(now, limit);
    if (allowed) window.add(now);
    return allowed;
  });
}

const waits = array(integer({ min: 0, max: 20_000 }), { maxLength: 300 });

describe('the window of a rate limit', () => {
  test('never lets more than the limit through in any minute, and never fewer than it may', () => {
    assert(
      property(tuple(waits, integer({ min: 1, max: 40 })), ([steps, limit]) => {
        let now = 0;
        const times = steps.map((step) => (now += step));
        const taken = passed(times, limit);
        const countedAt = (at: number) => taken.filter((time) => time <= at && at - time < minute).length;
        for (const time of taken) expect(countedAt(time)).toBeLessThanOrEqual(limit);
        const refused = times.filter((time) => !taken.includes(time));
        for (const time of refused) expect(countedAt(time)).toBe(limit);
      }),
      { seed: 20260115, numRuns: 300 },
    );
  });

  test('says what is left and when the next place is free', () => {
    const window = new RateWindow();
    expect(window.look(5_000, 2)).toEqual({ allowed: true, remaining: 2, resetMs: 0 });
    window.add(5_000);
    window.add(20_000);
    expect(window.look(30_000, 2)).toEqual({ allowed: false, remaining: 0, resetMs: 35_000 });
    expect(window.look(64_999, 2).allowed).toBe(false);
    expect(window.look(65_000, 2)).toEqual({ allowed: true, remaining: 1, resetMs: 15_000 });
    expect(window.idle(79_999)).toBe(false);
    expect(window.idle(80_000)).toBe(true);
  });

  test('holds thousands and forgets them all', () => {
    const window = new RateWindow();
    for (let now = 0; now < 5_000; now += 1) window.add(now);
    expect(window.look(5_000, 5_000).allowed).toBe(false);
    expect(window.look(minute + 2_499, 5_000).remaining).toBe(2_500);
    expect(window.look(2 * minute, 5_000)).toEqual({ allowed: true, remaining: 5_000, resetMs: 0 });
  });

  test('obeys a limit that was lowered meanwhile', () => {
    const window = new RateWindow();
    for (let now = 0; now < 10; now += 1) window.add(now);
    const { allowed, resetMs } = window.look(100, 5);
    expect(allowed).toBe(false);
    expect(window.look(100 + resetMs - 1, 5).allowed).toBe(false);
    expect(window.look(100 + resetMs, 5)).toMatchObject({ allowed: true, remaining: 1 });
  });
});
