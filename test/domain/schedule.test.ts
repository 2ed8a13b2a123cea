import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localParts, parseTime, referenceNumber, shortDate } from '../../server/domain/schedule.ts';

const fixed = { seed: 20260115, numRuns: 500 };
const bangkok = 'Asia/Bangkok';
const utc = (text: string) => Date.parse(text);

describe('a time', () => {
  test.each([
    ['2026-01-15T10:35:00.000Z', '2026-01-15T10:35:00.000Z'],
    ['2026-01-15T10:35:00Z', '2026-01-15T10:35:00.000Z'],
    ['2026-01-15t10:35:00z', '2026-01-15T10:35:00.000Z'],
    ['2026-01-15T10:35Z', '2026-01-15T10:35:00.000Z'],
    ['  2026-01-15T10:35:00Z ', '2026-01-15T10:35:00.000Z'],
    ['2026-01-15T10:35:00+07:00', '2026-01-15T03:35:00.000Z'],
    ['2026-01-15T10:35:00+0700', '2026-01-15T03:35:00.000Z'],
    ['2026-01-15T10:35:00-03:30', '2026-01-15T14:05:00.000Z'],
    ['2026-01-15T10:35:00.123456789Z', '2026-01-15T10:35:00.123Z'],
    ['2026-01-15T10:35:00.5', '2026-01-15T03:35:00.500Z'],
    ['2026-01-15 10:35', '2026-01-15T03:35:00.000Z'],
    ['2028-02-29T00:00:00', '2028-02-28T17:00:00.000Z'],
  ])('%s', (written, wanted) => {
    expect(parseTime(written, bangkok)).toBe(utc(wanted));
  });

  test.each([
    '',
    'now',
    '2026-01-15',
    '10:35',
    '15/01/2026 10:35',
    '2026-1-15T10:35:00Z',
    '2026-13-01T10:35:00Z',
    '2026-00-10T10:35:00Z',
    '2026-01-32T10:35:00Z',
    '2026-02-29T10:35:00Z',
    '2026-04-31T10:35:00Z',
    '2026-01-15T24:00:00Z',
    '2026-01-15T10:60:00Z',
    '2026-01-15T10:35:60Z',
    '2026-01-15T10:35:00+24:00',
    '2026-01-15T10:35:00+07:60',
    '2026-01-15T10:35:00+7',
    '2026-01-15T10:35:00 Asia/Bangkok',
    '1768446000',
    '+2026-01-15T10:35:00Z',
  ])('is none: %j', (written) => {
    expect(parseTime(written, bangkok)).toBeNull();
  });

  test('every instant is read back as it was written, in any of its forms', () => {
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: utc('2099-12-31T23:59:59Z') }), offset, (instant, minutes) => {
        expect(parseTime(new Date(instant).toISOString(), bangkok)).toBe(instant);
        const sign = minutes < 0 ? '-' : '+';
        const two = (n: number) => String(n).padStart(2, '0');
        const zone = `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
        const local = new Date(instant + minutes * 60_000).toISOString().replace('Z', zone);
        expect(parseTime(local, bangkok)).toBe(instant);
        const bare = new Date(instant + 7 * 3_600_000).toISOString().replace('Z', '');
        if (instant > utc('1970-01-02T00:00:00Z')) expect(parseTime(bare, bangkok)).toBe(instant);
      }),
      fixed,
    );
  });

  test('each thousandth of a second is kept', () => {
    for (let millis = 0; millis < 1000; millis += 1) {
      const text = `2026-01-15T10:35:00.${String(millis).padStart(3, '0')}Z`;
      expect(parseTime(text, bangkok)).toBe(utc('2026-01-15T10:35:00Z') + millis);
    }
  });

  test('without an offset follows the zone’s own summer time', () => {
    expect(parseTime('2026-01-15T12:00:00', 'Europe/Berlin')).toBe(utc('2026-01-15T11:00:00Z'));
    expect(parseTime('2026-07-15T12:00:00', 'Europe/Berlin')).toBe(utc('2026-07-15T10:00:00Z'));
    for (const [written, wanted] of [
      ['2026-03-29T01:59:00', '2026-03-29T00:59:00Z'],
      ['2026-03-29T03:00:00', '2026-03-29T01:00:00Z'],
      ['2026-10-25T01:59:00', '2026-10-24T23:59:00Z'],
      ['2026-10-25T03:00:00', '2026-10-25T02:00:00Z'],
    ] as const) {
      expect([written, parseTime(written, 'Europe/Berlin')]).toEqual([written, utc(wanted)]);
    }
  });

  test('an hour that the clock skips or repeats is read as one within an hour of it', () => {
    for (const written of ['2026-03-29T02:30:00', '2026-10-25T02:30:00']) {
      const read = parseTime(written, 'Europe/Berlin') ?? Number.NaN;
      const aim = utc(`${written}Z`) - 1.5 * 3_600_000;
      expect(Math.abs(read - aim)).toBeLessThanOrEqual(1_800_000);
    }
  });
});

describe('the wall clock', () => {
  test('of a zone at a moment', () => {
    expect(localParts(utc('2026-12-31T17:00:05Z'), bangkok)).toEqual({
      year: 2027,
      month: 1,
      day: 1,
      hour: 0,
      minute: 0,
      second: 5,
    });
  });

  test('dates change at midnight of the zone', () => {
    expect(shortDate(utc('2026-01-14T16:59:59.999Z'), bangkok)).toBe('260114');
    expect(shortDate(utc('2026-01-14T17:00:00.000Z'), bangkok)).toBe('260115');
    expect(shortDate(utc('2026-01-14T17:00:00.000Z'), 'UTC')).toBe('260114');
    expect(shortDate(utc('2026-01-14T16:59:59.999Z'), bangkok)).toBe('260114');
  });

  test('is the same whatever was asked before', () => {
    const zones = fc.constantFrom(bangkok, 'UTC', 'Europe/Berlin', 'America/St_Johns');
    const moment = fc.integer({ min: utc('2026-01-14T16:00:00Z'), max: utc('2026-01-15T18:00:00Z') });
    fc.assert(
      fc.property(fc.array(fc.tuple(moment, zones), { minLength: 2, maxLength: 8 }), (asked) => {
        for (const [at, zone] of asked) {
          const { year, month, day } = localParts(at, zone);
          const wanted = [year % 100, month, day].map((n) => String(n).padStart(2, '0')).join('');
          expect(shortDate(at, zone)).toBe(wanted);
        }
      }),
      { ...fixed, numRuns: 200 },
    );
  });
});

describe('reference numbers', () => {
  test('are SP, the local date and a serial of six digits or more', () => {
    const at = utc('2026-01-14T18:00:00Z');
    expect(referenceNumber(7, at, bangkok)).toBe('SP260115000007');
    expect(referenceNumber(1_234_567, at, bangkok)).toBe('SP2601151234567');
  });
});
