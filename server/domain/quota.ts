import type { Millis } from './ports.ts';
import { localParts, zoneOffset } from './schedule.ts';

/** Spans of the calendar in which the parts of a SIM are counted. */
export const quotaPeriods = ['minute', 'hour', 'day', 'month'] as const;
export type QuotaPeriod = (typeof quotaPeriods)[number];

/** Most parts in each span; absent for as many as it can. */
export type Quota = Readonly<Partial<Record<QuotaPeriod, number | undefined>>>;

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** When the span that a moment lies in began, by the wall clock of a time zone. */
export function periodStart(period: QuotaPeriod, at: Millis, timeZone: string): Millis {
  if (period === 'minute') return Math.floor(at / minuteMs) * minuteMs;
  const wall = at + zoneOffset(at, timeZone);
  if (period === 'hour') return at - (wall % hourMs);
  const midnight = at - (wall % dayMs);
  // The clocks may have changed since midnight.
  const today = midnight + zoneOffset(at, timeZone) - zoneOffset(midnight, timeZone);
  if (period === 'day') return today;
  const { day } = localParts(at, timeZone);
  const first = today - (day - 1) * dayMs;
  return first + zoneOffset(today, timeZone) - zoneOffset(first, timeZone);
}

/** When the span ends. */
export function periodEnd(period: QuotaPeriod, at: Millis, timeZone: string): Millis {
  const start = periodStart(period, at, timeZone);
  if (period === 'minute') return start + minuteMs;
  // Into the next span for certain, however the clocks change, and back to where that begins.
  const beyond = { hour: hourMs, day: 1.25 * dayMs, month: 32 * dayMs }[period];
  return periodStart(period, start + beyond, timeZone);
}
