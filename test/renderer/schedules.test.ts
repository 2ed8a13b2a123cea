import { describe, expect, test } from 'vitest';
import { byDay, daysFrom, monthSheet, monthsFrom } from '../../renderer/features/schedules/calendar-days.ts';
import { cronOf, recurrenceOf, usualRecurrence } from '../../renderer/features/schedules/recurrence.ts';
import { whenWords } from '../../renderer/features/schedules/recurrence-words.ts';
import { en } from '../../renderer/i18n/en.ts';
import { th } from '../../renderer/i18n/th.ts';
import { translator } from '../../renderer/i18n/translate.ts';
import { zhHant } from '../../renderer/i18n/zh-hant.ts';

describe('how often', () => {
  test.each([
    ['0 9 * * *', { kind: 'daily', time: '09:00' }, 'Every day at 09:00'],
    ['5 17 * * 1,3,5', { kind: 'weekly', time: '17:05', days: [1, 3, 5] }, 'Mon, Wed, and Fri at 17:05'],
    ['0 9 * * 1,2,3,4,5', { kind: 'weekly' }, 'Monday to Friday at 09:00'],
    ['30 8 15 * *', { kind: 'monthly', time: '08:30', day: '15' }, 'On day 15 of the month at 08:30'],
    ['0 18 L * *', { kind: 'monthly', time: '18:00', day: 'L' }, 'On the last day of the month at 18:00'],
    ['15 * * * *', { kind: 'hourly', time: '00:15' }, 'Every hour at minute 15'],
    ['*/5 8-18 * * *', { kind: 'cron', cron: '*/5 8-18 * * *' }, '*/5 8-18 * * *'],
    ['0 9 1 1 *', { kind: 'cron' }, '0 9 1 1 *'],
    ['0 9 1 * 1', { kind: 'cron' }, '0 9 1 * 1'],
  ])('%s', (cron, expected, words) => {
    const read = recurrenceOf(cron);
    expect(read).toMatchObject(expected);
    expect(cronOf(read)).toBe(cron);
    expect(whenWords(cron, 'en', translator('en', en))).toBe(words);
  });

  test.each([
    ['0 9 * * mon-fri', [1, 2, 3, 4, 5]],
    ['0 9 * * 5-7', [0, 5, 6]],
    ['0 9 * * 0', [0]],
    ['0 9 * * SAT,sun', [0, 6]],
  ])('%s names days', (cron, days) => {
    expect(recurrenceOf(cron)).toMatchObject({ kind: 'weekly', days });
  });

  test.each(['0 9 * * 1#2', '0 9 * * 5L', '0 9 * * 5-1', '0 9 * * x', '0 9,17 * * *', 'x', ''])(
    '%j is left as it is',
    (cron) => expect(recurrenceOf(cron)).toMatchObject({ kind: 'cron', cron }),
  );

  test('is not known while something is missing', () => {
    expect(cronOf({ ...usualRecurrence, kind: 'weekly', days: [] })).toBeNull();
    expect(cronOf({ ...usualRecurrence, time: '' })).toBeNull();
    expect(cronOf({ ...usualRecurrence, kind: 'cron', cron: ' ' })).toBeNull();
  });

  test('is said in each language, the week in its order', () => {
    expect(whenWords('0 9 * * 0,1', 'th', translator('th', th))).toBe('ทุกวันอาทิตย์และจันทร์ เวลา 09:00');
    expect(whenWords('0 9 * * 0,1', 'zh-Hant', translator('zh-Hant', zhHant))).toBe('每週日和週一 09:00');
    expect(whenWords('0 9 * * 0,1', 'en', translator('en', en))).toBe('Mon and Sun at 09:00');
  });
});

describe('a sheet of the calendar', () => {
  test('has whole weeks', () => {
    const sheet = monthSheet('2026-11', 1);
    expect(sheet).toHaveLength(6);
    expect([sheet[0]?.[0], sheet[0]?.[6], sheet[5]?.[6]]).toEqual(['2026-10-26', '2026-11-01', '2026-12-06']);
    expect(monthSheet('2026-02', 0)).toHaveLength(4);
  });

  test('goes on over the ends of months and years', () => {
    expect(daysFrom('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysFrom('2026-03-01', -1)).toBe('2026-02-28');
    expect(monthsFrom('2026-12', 1)).toBe('2027-01');
    expect(monthsFrom('2026-01', -1)).toBe('2025-12');
  });

  test('has each entry on the day on which it begins here', () => {
    const at = new Date(2026, 0, 15, 0, 5).toISOString();
    const entry = {
      scheduleId: 1,
      name: 'x',
      account: 'Main',
      at,
      last: at,
      count: 1,
      outcome: 'coming',
      campaignId: null,
    } as const;
    expect([...byDay([entry])]).toEqual([['2026-01-15', [entry]]]);
  });
});
