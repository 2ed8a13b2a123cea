import { describe, expect, test } from 'vitest';
import { readCron } from '../../server/services/cron.ts';

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** The first times of an expression after a moment. */
function times(cron: string, after: string, count = 3, timeZone = 'Asia/Bangkok'): (string | null)[] {
  const plan = readCron(cron, timeZone);
  const found: (string | null)[] = [];
  let at: number | null = Date.parse(after);
  while (found.length < count && at !== null) {
    at = plan.next(at);
    found.push(iso(at));
  }
  return found;
}

describe('a schedule falls due', () => {
  test.each([
    ['0 9 * * *', ['2026-01-15T02:00', '2026-01-16T02:00', '2026-01-17T02:00']],
    ['30 8,17 * * mon-fri', ['2026-01-15T01:30', '2026-01-15T10:30', '2026-01-16T01:30']],
    ['*/20 * * * *', ['2026-01-15T00:20', '2026-01-15T00:40', '2026-01-15T01:00']],
    ['0 0 1 * *', ['2026-01-31T17:00', '2026-02-28T17:00', '2026-03-31T17:00']],
    ['0 9 L * *', ['2026-01-31T02:00', '2026-02-28T02:00', '2026-03-31T02:00']],
    ['0 9 LW * *', ['2026-01-30T02:00', '2026-02-27T02:00', '2026-03-31T02:00']],
    ['0 9 1W * *', ['2026-02-02T02:00', '2026-03-02T02:00', '2026-04-01T02:00']],
    ['0 9 * * 1#2', ['2026-02-09T02:00', '2026-03-09T02:00', '2026-04-13T02:00']],
    ['0 9 * * 5L', ['2026-01-30T02:00', '2026-02-27T02:00', '2026-03-27T02:00']],
    ['0 9 * * 7', ['2026-01-18T02:00', '2026-01-25T02:00', '2026-02-01T02:00']],
    ['0 9 13 * 5', ['2026-02-13T02:00', '2026-03-13T02:00', '2026-11-13T02:00']],
    ['0 9 29 2 *', ['2028-02-29T02:00', '2032-02-29T02:00', '2036-02-29T02:00']],
  ])('%s, in Bangkok', (cron, expected) => {
    expect(times(cron, '2026-01-15T00:00:00Z')).toEqual(expected.map((at) => `${at}:00.000Z`));
  });

  test('never at the moment itself, and never when there is no such day', () => {
    expect(times('0 9 * * *', '2026-01-15T02:00:00Z', 1)).toEqual(['2026-01-16T02:00:00.000Z']);
    expect(times('0 9 15 * 1L', '2026-01-15T00:00:00Z')).toEqual([null]);
  });

  test('once on the days when clocks are changed', () => {
    const berlin = (cron: string, after: string, count: number) => times(cron, after, count, 'Europe/Berlin');
    expect(berlin('30 2 * * *', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(berlin('30 2 * * *', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
    expect(berlin('0 9 * * *', '2026-03-28T12:00:00Z', 1)).toEqual(['2026-03-29T07:00:00.000Z']);
  });
});

test.each(['', 'x', '61 9 * * *', '0 9 * *', '* * * * * *', '30 0 9 * * *', '0 9 32 * *'])('%j is refused', (cron) => {
  expect(() => readCron(cron, 'Asia/Bangkok')).toThrow(expect.objectContaining({ code: 'schedule.invalid' }));
});

test('a time zone that there is none of is refused', () => {
  expect(() => readCron('0 9 * * *', 'Asia/Atlantis')).toThrow(expect.objectContaining({ code: 'schedule.invalid' }));
});

describe('the times between two moments', () => {
  const between = (cron: string, from: string, to: string, timeZone = 'Asia/Bangkok') =>
    readCron(cron, timeZone)
      .between(Date.parse(from), Date.parse(to))
      .map(({ at, last, count }) => [iso(at)?.slice(5, 16), iso(last)?.slice(11, 16), count]);

  test('are told one by one, the first moment with them and the last not', () => {
    expect(between('0 9,17 * * *', '2026-01-15T02:00:00Z', '2026-01-16T10:00:00Z')).toEqual([
      ['01-15T02:00', '02:00', 1],
      ['01-15T10:00', '10:00', 1],
      ['01-16T02:00', '02:00', 1],
    ]);
  });

  test('are those that follow one another', () => {
    const [from, to] = [Date.parse('2026-03-20T00:00:00Z'), Date.parse('2026-04-10T00:00:00Z')];
    const plan = readCron('30 2 * * *', 'Europe/Berlin');
    const found = plan.between(from, to).map(({ at }) => at);
    expect(found).toHaveLength(21);
    for (const [index, at] of found.entries()) expect(plan.next(found[index - 1] ?? from - 1)).toBe(at);
  });

  test('are told together where a day has many', () => {
    expect(between('*/10 8-9 * * *', '2026-01-15T02:15:00Z', '2026-01-16T02:31:00Z')).toEqual([
      ['01-15T02:20', '02:50', 4],
      ['01-16T01:00', '02:30', 10],
    ]);
  });
});
