import type { CalendarEntry } from '../../../server/contract/campaign-shapes.ts';

/** A day as `2026-01-15`, in the time of this device. */
export type Day = string;

/** The days that a month's sheet shows, whole weeks of them. */
export function monthSheet(month: string, firstWeekday: number): readonly (readonly Day[])[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const first = new Date(year, number - 1, 1);
  const before = (first.getDay() - firstWeekday + 7) % 7;
  const length = new Date(year, number, 0).getDate();
  const weeks = Math.ceil((before + length) / 7);
  return Array.from({ length: weeks }, (_week, week) =>
    Array.from({ length: 7 }, (_day, day) => dayOf(new Date(year, number - 1, 1 - before + week * 7 + day))),
  );
}

/** The day of a moment, by the clock of this device. */
export function dayOf(time: Date): Day {
  const [month, day] = [time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${time.getFullYear()}-${month}-${day}`;
}

/** The beginning of a day. */
export function startOf(day: Day): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
}

/** So many days on, or back. */
export function daysFrom(day: Day, count: number): Day {
  const start = startOf(day);
  return dayOf(new Date(start.getFullYear(), start.getMonth(), start.getDate() + count));
}

/** So many months on, or back; `2026-01` is the month of a day. */
export function monthsFrom(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return dayOf(new Date(year, number - 1 + count, 1)).slice(0, 7);
}

export function isMonth(text: string): boolean {
  return /^\d{4}-(?:0[1-9]|1[0-2])$/u.test(text);
}

/** Entries by the day on which they begin. */
export function byDay(entries: readonly CalendarEntry[]): ReadonlyMap<Day, readonly CalendarEntry[]> {
  return Map.groupBy(entries, ({ at }) => dayOf(new Date(at)));
}
