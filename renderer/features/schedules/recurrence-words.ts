import type { Language, Translate } from '../../i18n/translate.ts';
import { recurrenceOf } from './recurrence.ts';

/** A Sunday, from which the names of the days are counted. */
const sunday = Date.UTC(2026, 0, 4);
const dayMs = 86_400_000;

/** The name of a day of the week, from 0 for Sunday. */
export function weekdayName(day: number, language: Language, form: 'short' | 'long'): string {
  return new Intl.DateTimeFormat(language, { weekday: form, timeZone: 'UTC' }).format(sunday + day * dayMs);
}

/** Days of the week in the order in which the reader's calendars have them. */
export function weekOrder(language: Language): readonly number[] {
  return language === 'en' ? [1, 2, 3, 4, 5, 6, 0] : [0, 1, 2, 3, 4, 5, 6];
}

/** A cron expression in words; as it is where there are none. */
export function whenWords(cron: string, language: Language, t: Translate): string {
  const { kind, time, days, day } = recurrenceOf(cron);
  switch (kind) {
    case 'hourly':
      return t('schedules.when.hourly', { minute: time.slice(3) });
    case 'daily':
      return t('schedules.when.daily', { time });
    case 'weekly': {
      if (days.join() === '1,2,3,4,5') return t('schedules.when.weekdays', { time });
      const named = weekOrder(language).filter((each) => days.includes(each));
      const list = new Intl.ListFormat(language, { type: 'conjunction', style: 'long' });
      return t('schedules.when.weekly', {
        days: list.format(named.map((each) => weekdayName(each, language, 'short'))),
        time,
      });
    }
    case 'monthly':
      return day === 'L' ? t('schedules.when.monthEnd', { time }) : t('schedules.when.monthly', { day, time });
    case 'cron':
      return cron;
    default:
      return kind satisfies never;
  }
}
