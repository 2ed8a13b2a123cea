import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attemptDelays,
  failedTooLong,
  nextAttemptDelay,
  parseRetryAfter,
  verdictOf,
} from '../../server/domain/webhook-schedule.ts';

const fixed = { seed: 20260115, numRuns: 500 };
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('the schedule of attempts', () => {
  it('is that of api-v2 §6', () => {
    expect(attemptDelays).toEqual([
      0,
      5000,
      30_000,
      2 * minute,
      10 * minute,
      30 * minute,
      hour,
      3 * hour,
      6 * hour,
      12 * hour,
      day,
    ]);
  });

  it('stretches a wait by up to a fifth and never shortens it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (tries, fraction) => {
          const delay = nextAttemptDelay(tries, fraction, null) ?? -1;
          const base = attemptDelays[tries] ?? Number.NaN;
          expect(delay).toBeGreaterThanOrEqual(base);
          expect(delay).toBeLessThanOrEqual(base * 1.2);
        },
      ),
      fixed,
    );
  });

  it('ends after the eleventh attempt, whatever the receiver asks for', () => {
    expect(nextAttemptDelay(11, 0, null)).toBeNull();
    expect(nextAttemptDelay(11, 0, hour)).toBeNull();
  });

  it('waits longer when asked to, a day at most, and never less than planned', () => {
    expect(nextAttemptDelay(1, 0, hour)).toBe(hour);
    expect(nextAttemptDelay(1, 0, 40 * day)).toBe(day);
    expect(nextAttemptDelay(10, 0, 1000)).toBe(day);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 15, 3, 0, 0);

  it.each([
    ['30', 30_000],
    [' 30 ', 30_000],
    ['99999999999999999999', day],
    ['Thu, 15 Jan 2026 03:00:30 GMT', 30_000],
    ['Thursday, 15-Jan-26 03:01:00 GMT', minute],
    ['Fri, 15 Jan 2027 03:00:00 GMT', day],
  ])('reads %j', (header, wait) => {
    expect(parseRetryAfter(header, now)).toBe(wait);
  });

  it.each([null, '', '0', '-5', '1.5', 'soon', 'Thu, 15 Jan 2026 02:59:00 GMT', '0x10', 'NaN'])(
    'passes over %j',
    (header) => {
      expect(parseRetryAfter(header, now)).toBeNull();
    },
  );

  it('is never negative nor beyond a day', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.integer().map(String),
          fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
        ),
        (header) => {
          const wait = parseRetryAfter(header, now);
          if (wait === null) return;
          expect(wait).toBeGreaterThan(0);
          expect(wait).toBeLessThanOrEqual(day);
        },
      ),
      fixed,
    );
  });
});

describe('verdicts', () => {
  it('count 2xx alone as delivered and 410 as gone', () => {
    for (let status = 100; status < 600; status += 1) {
      const wanted = status >= 200 && status <= 299 ? 'delivered' : status === 410 ? 'gone' : 'failed';
      expect(verdictOf(status)).toBe(wanted);
    }
  });

  it('give an endpoint five days', () => {
    expect(failedTooLong(1000, 1000 + 5 * day - 1)).toBe(false);
    expect(failedTooLong(1000, 1000 + 5 * day)).toBe(true);
  });
});
