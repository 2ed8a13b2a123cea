import type { Millis } from './ports.ts';
import { localParts, zoneOffset } from './schedule.ts';

/**
 * The fields of a cron expression as lists of values. Days also as `L` (the last of the month), `LW` (its last weekday),
 * `15W` (the weekday nearest to the 15th); days of the week, from 0 for Sunday, also as `5L` (the last Friday) and `1#2`
 * (the second Monday).
 */
export interface CronFields {
  readonly minute: readonly number[];
  readonly hour: readonly number[];
  readonly dayOfMonth: readonly (number | string)[];
  readonly month: readonly number[];
  readonly dayOfWeek: readonly (number | string)[];
}

/** The times of one day: each for itself, or many together. */
export interface DueTimes {
  readonly at: Millis;
  /** The last of them. */
  readonly last: Millis;
  readonly count: number;
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  /** Days in its month. */
  readonly last: number;
}

const dayMs = 86_400_000;
/** A 29th of February comes within eight years. */
const mostDays = 366 * 8 + 2;

/** The first moment after another at which an expression falls due in a time zone; null when there is none in years. */
export function nextCronTime(fields: CronFields, after: Millis, timeZone: string): Millis | null {
  const { year, month, day } = localParts(after, timeZone);
  const first = Date.UTC(year, month - 1, day);
  const hours = sorted(fields.hour);
  const minutes = sorted(fields.minute);
  for (let n = 0; n < mostDays; n += 1) {
    const midnight = first + n * dayMs;
    if (!isDay(fields, dayOf(midnight))) continue;
    for (const hour of hours) {
      for (const minute of minutes) {
        const at = toUtc(midnight + (hour * 60 + minute) * 60_000, timeZone);
        if (at > after) return at;
      }
    }
  }
  return null;
}

/** From so many times a day on they are told together. */
const togetherFrom = 4;

/**
 * When an expression falls due from one moment to before another, a day after the other in its time zone. Days with many
 * times are told as one: of hours that clocks leave out or repeat, such a count knows nothing.
 */
export function cronTimesBetween(fields: CronFields, from: Millis, to: Millis, timeZone: string): DueTimes[] {
  const { year, month, day } = localParts(from, timeZone);
  const found: DueTimes[] = [];
  const wall = sorted(fields.hour).flatMap((hour) => sorted(fields.minute).map((minute) => hour * 60 + minute));
  for (let midnight = Date.UTC(year, month - 1, day); midnight < to + dayMs; midnight += dayMs) {
    if (!isDay(fields, dayOf(midnight))) continue;
    found.push(...timesOfDay(wall, { midnight, from, to, timeZone }));
  }
  return found;
}

function timesOfDay(
  minutes: readonly number[],
  day: { readonly midnight: Millis; readonly from: Millis; readonly to: Millis; readonly timeZone: string },
): DueTimes[] {
  const { midnight, from, to, timeZone } = day;
  const utc = (minute: number) => toUtc(midnight + minute * 60_000, timeZone);
  if (minutes.length < togetherFrom) {
    const times = minutes.map(utc).filter((at) => at >= from && at < to);
    return times.map((at) => ({ at, last: at, count: 1 }));
  }
  const [wallFrom, wallTo] = [from + zoneOffset(from, timeZone), to + zoneOffset(to, timeZone)];
  const inside = minutes.filter((minute) => {
    const wall = midnight + minute * 60_000;
    return wall >= wallFrom && wall < wallTo;
  });
  const [first] = inside;
  const last = inside.at(-1);
  return first === undefined || last === undefined ? [] : [{ at: utc(first), last: utc(last), count: inside.length }];
}

/** Whether the day fits all three of month, day and day of the week. */
function isDay(fields: CronFields, day: Day): boolean {
  return (
    fields.month.includes(day.month) &&
    fields.dayOfMonth.some((wanted) => isDayOfMonth(wanted, day)) &&
    fields.dayOfWeek.some((wanted) => isDayOfWeek(wanted, day))
  );
}

function isDayOfMonth(wanted: number | string, { year, month, day, last }: Day): boolean {
  if (typeof wanted === 'number') return wanted === day;
  if (wanted === 'L') return day === last;
  const weekday = /^(\d{1,2})W$/u.exec(wanted);
  if (wanted !== 'LW' && weekday === null) return false;
  return day === nearestWeekday(year, month, Math.min(last, wanted === 'LW' ? last : Number(weekday?.[1])), last);
}

/** The weekday nearest to a day, within its month. */
function nearestWeekday(year: number, month: number, day: number, last: number): number {
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < last ? day + 1 : day - 2;
  return day;
}

function isDayOfWeek(wanted: number | string, { day, weekday, last }: Day): boolean {
  if (typeof wanted === 'number') return wanted % 7 === weekday;
  const [, digit, mark, turn] = /^([0-7])(?:(L)|#([1-5]))$/u.exec(wanted) ?? [];
  if (digit === undefined || Number(digit) % 7 !== weekday) return false;
  return mark === 'L' ? day + 7 > last : Math.ceil(day / 7) === Number(turn);
}

function dayOf(midnight: Millis): Day {
  const date = new Date(midnight);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, day: date.getUTCDate(), weekday: date.getUTCDay(), last };
}

/** Wall time to UTC. Of an hour that comes twice it is the first; in an hour that is left out it is as much later. */
function toUtc(wall: Millis, timeZone: string): Millis {
  // The offset of before any change that may fall on this day; changes lie months apart.
  const before = wall - zoneOffset(wall - 1.5 * dayMs, timeZone);
  if (before + zoneOffset(before, timeZone) === wall) return before;
  const behind = wall - zoneOffset(before, timeZone);
  return behind + zoneOffset(behind, timeZone) === wall ? behind : before;
}

function sorted(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}
