import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { afterOpenTime, parseQuietHours, quietAt, wallTime } from '../../server/domain/quiet-hours.ts';

const seed = 20260115;
const minute = 60_000;
const hour = 60 * minute;

function hoursOf(text: string) {
  const hours = parseQuietHours(text);
  if (hours === null) throw new Error(`${text} is no span`);
  return hours;
}

function at(time: string, span: string, timeZone: string) {
  const { quiet, until } = quietAt(Date.parse(time), hoursOf(span), timeZone);
  return [quiet, new Date(until).toISOString().slice(0, 16)];
}

describe('quiet hours', () => {
  test.each(['21:00-08:00', '00:00-23:59', '12:30-13:00'])('%s can be set', (text) => {
    expect(parseQuietHours(text)).not.toBeNull();
  });

  test.each(['', '21-8', '21:00', '24:00-08:00', '21:60-08:00', '9:00-10:00', '08:00-08:00', '21:00 - 08:00', 'night'])(
    '%j cannot',
    (text) => {
      expect(parseQuietHours(text)).toBeNull();
    },
  );

  test.each([
    // Bangkok is seven hours ahead the year round.
    ['2026-01-15T13:59:59.999Z', '21:00-08:00', [false, '2026-01-15T14:00']],
    ['2026-01-15T14:00:00Z', '21:00-08:00', [true, '2026-01-16T01:00']],
    ['2026-01-15T17:00:00Z', '21:00-08:00', [true, '2026-01-16T01:00']],
    ['2026-01-16T00:59:59.999Z', '21:00-08:00', [true, '2026-01-16T01:00']],
    ['2026-01-16T01:00:00Z', '21:00-08:00', [false, '2026-01-16T14:00']],
    ['2026-01-15T05:30:00Z', '12:00-13:00', [true, '2026-01-15T06:00']],
    ['2026-01-15T06:00:00Z', '12:00-13:00', [false, '2026-01-16T05:00']],
    ['2026-01-15T16:30:00Z', '00:00-06:00', [false, '2026-01-15T17:00']],
    ['2026-01-15T16:30:00Z', '22:00-00:00', [true, '2026-01-15T17:00']],
  ])('%s with %s in Bangkok', (time, span, expected) => {
    expect(at(time, span, 'Asia/Bangkok')).toEqual(expected);
  });

  test.each([
    // The night of 29 March 2026 has no time from 02:00 to 03:00.
    ['2026-03-28T21:00:00Z', '21:00-08:00', [true, '2026-03-29T06:00']],
    ['2026-03-28T23:00:00Z', '22:00-02:30', [true, '2026-03-29T01:00']],
    ['2026-03-28T23:00:00Z', '02:30-08:00', [false, '2026-03-29T01:00']],
    ['2026-03-28T23:00:00Z', '02:10-02:50', [false, '2026-03-30T00:10']],
    // The night of 25 October 2026 has 02:00 to 03:00 twice.
    ['2026-10-24T20:00:00Z', '21:00-08:00', [true, '2026-10-25T07:00']],
    ['2026-10-24T22:00:00Z', '22:00-02:30', [true, '2026-10-25T00:30']],
    ['2026-10-25T00:45:00Z', '22:00-02:30', [false, '2026-10-25T01:00']],
    ['2026-10-25T01:00:00Z', '22:00-02:30', [true, '2026-10-25T01:30']],
    ['2026-10-24T22:00:00Z', '22:00-03:00', [true, '2026-10-25T02:00']],
  ])('%s with %s in Berlin, where the clocks change', (time, span, expected) => {
    expect(at(time, span, 'Europe/Berlin')).toEqual(expected);
  });

  it('tells the same as a look at the wall every minute', () => {
    const zone = fc.constantFrom(
      'Asia/Bangkok',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
    );
    // Round the changes of the clocks in 2026, and any time.
    const moment = fc.oneof(
      fc
        .constantFrom('2026-03-08', '2026-03-28', '2026-10-24', '2026-10-31', '2026-04-04', '2026-10-03')
        .map((day) => Date.parse(day)),
      fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) }),
    );
    const span = fc.tuple(fc.nat(1439), fc.nat(1439)).filter(([from, to]) => from !== to);
    fc.assert(
      fc.property(zone, moment, fc.nat(48 * 60), span, (timeZone, day, minutes, [from, to]) => {
        const hours = { from, to };
        const start = Math.floor(day / minute) * minute + minutes * minute;
        const shows = (time: number) => {
          const [h = 0, m = 0] = wallTime(time, timeZone).split(':').map(Number);
          const now = h * 60 + m;
          return from < to ? now >= from && now < to : now >= from || now < to;
        };
        const { quiet, until } = quietAt(start, hours, timeZone);
        expect(quiet).toBe(shows(start));
        let first = start + minute;
        while (shows(first) === quiet) first += minute;
        expect(new Date(until).toISOString()).toBe(new Date(first).toISOString());
      }),
      { seed, numRuns: 60 },
    );
  });
});

describe('a validity that does not run in quiet hours', () => {
  const bangkok = 'Asia/Bangkok';
  const nine = Date.UTC(2026, 0, 15, 2); // 09:00
  const night = hoursOf('21:00-08:00');

  test.each([
    ['ends the same day', nine, 2 * hour, nine + 2 * hour],
    ['ends as quiet hours begin', nine, 12 * hour, nine + 12 * hour],
    ['goes on in the morning', nine, 13 * hour, nine + 24 * hour],
    ['begins at the end of quiet hours', nine - 4 * hour, hour, nine],
    ['spans several nights', nine, 40 * hour, nine + 3 * 24 * hour + hour],
  ])('%s', (_name, start, ms, end) => {
    expect(afterOpenTime(start, ms, night, bangkok)).toBe(end);
  });

  test('is not stretched beyond a month', () => {
    const almostAllDay = hoursOf('09:01-09:00');
    const end = afterOpenTime(nine, 7 * 24 * hour, almostAllDay, bangkok);
    expect(end).toBeGreaterThan(nine + 30 * 24 * hour);
    expect(end).toBeLessThan(nine + 40 * 24 * hour);
  });
});
