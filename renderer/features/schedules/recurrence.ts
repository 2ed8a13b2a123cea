/** How often something is sent, as a form asks for it. */
export interface Recurrence {
  readonly kind: 'hourly' | 'daily' | 'weekly' | 'monthly' | 'cron';
  /** `09:30`; of an hourly one only the minutes count. */
  readonly time: string;
  /** Days of the week from 0 for Sunday. */
  readonly days: readonly number[];
  /** Day of the month, or `L` for its last. */
  readonly day: string;
  /** The expression itself, for what the other kinds cannot say. */
  readonly cron: string;
}

export const recurrenceKinds = ['daily', 'weekly', 'monthly', 'hourly', 'cron'] as const;

export const usualRecurrence: Recurrence = {
  kind: 'daily',
  time: '09:00',
  days: [1, 2, 3, 4, 5],
  day: '1',
  cron: '0 9 * * *',
};

/** The cron expression of five fields; null while something is missing. */
export function cronOf({ kind, time, days, day, cron }: Recurrence): string | null {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})/u.exec(time) ?? [];
  if (kind === 'cron') return cron.trim() === '' ? null : cron.trim();
  if (hour === undefined || minute === undefined) return null;
  const at = `${Number(minute)} ${Number(hour)}`;
  switch (kind) {
    case 'hourly':
      return `${Number(minute)} * * * *`;
    case 'daily':
      return `${at} * * *`;
    case 'weekly':
      return days.length === 0 ? null : `${at} * * ${days.toSorted((a, b) => a - b).join(',')}`;
    case 'monthly':
      return `${at} ${day} * *`;
    default:
      return kind satisfies never;
  }
}

/** Reads an expression; one that the form has no words for stays as it is. */
export function recurrenceOf(cron: string): Recurrence {
  const own: Recurrence = { ...usualRecurrence, kind: 'cron', cron };
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...more] = cron.trim().split(/\s+/u);
  if (more.length > 0 || month !== '*' || !/^\d{1,2}$/u.test(minute)) return own;
  if (hour === '*') {
    return day === '*' && weekday === '*' ? { ...own, kind: 'hourly', time: timeOf('0', minute) } : own;
  }
  if (!/^\d{1,2}$/u.test(hour)) return own;
  const time = timeOf(hour, minute);
  if (day === '*' && weekday === '*') return { ...own, kind: 'daily', time };
  if (weekday === '*' && /^(?:[1-9]|[12]\d|3[01]|L)$/u.test(day)) return { ...own, kind: 'monthly', time, day };
  const days = daysOf(weekday);
  return day === '*' && days !== null ? { ...own, kind: 'weekly', time, days } : own;
}

/** Days of the week as `1-5`, `mon,wed` or `0,6`; null for anything else. */
function daysOf(field: string): readonly number[] | null {
  const found = new Set<number>();
  for (const piece of field.toLowerCase().split(',')) {
    const [from, to = from, ...more] = piece.split('-').map(weekdayOf);
    if (from === undefined || to === undefined || Number.isNaN(from + to) || from > to || more.length > 0) return null;
    for (let day = from; day <= to; day += 1) found.add(day % 7);
  }
  return [...found].toSorted((a, b) => a - b);
}

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function weekdayOf(text: string): number {
  return /^[0-7]$/u.test(text) ? Number(text) : names.includes(text) ? names.indexOf(text) : Number.NaN;
}

function timeOf(hour: string, minute: string): string {
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}
