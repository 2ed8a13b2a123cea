import type { Lane } from './carrier.ts';
import type { Millis } from './ports.ts';
import { localParts, zoneOffset } from './schedule.ts';

/** The hours of a day in which marketing is held, as minutes since midnight on the wall; `to` is not quiet any more. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

export interface QuietPeriod {
  readonly quiet: boolean;
  /** When this changes. */
  readonly until: Millis;
}

const dayMs = 86_400_000;
const form = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/u;
/** A validity is stretched over at most so many changes between quiet and open: a month. */
const mostChanges = 62;

/** Reads `21:00-08:00`; null when it is no such span, also for one that is empty. */
export function parseQuietHours(text: string): QuietHours | null {
  const match = form.exec(text);
  if (match === null) return null;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  const hours = { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
  return hours.from === hours.to ? null : hours;
}

/** Whether messages of a lane wait for the end of quiet hours; what is urgent never does. */
export function isHeldLane(lane: Lane): boolean {
  return lane === 'normal' || lane === 'bulk';
}

/** Whether a moment is quiet by the wall clock of a time zone, and until when. */
export function quietAt(at: Millis, hours: QuietHours, timeZone: string): QuietPeriod {
  const quiet = showsQuiet(at, hours, timeZone);
  const wanted = quiet ? hours.to : hours.from;
  let from = at;
  let offset = zoneOffset(at, timeZone);
  for (;;) {
    const next = from + untilWall(from + offset, wanted);
    if (zoneOffset(next, timeZone) === offset) return { quiet, until: next };
    // The clocks change before that: the change itself may jump over the wanted time, or take the wall back from it.
    from = clockChange(from, next, offset, timeZone);
    offset = zoneOffset(from, timeZone);
    if (showsQuiet(from, hours, timeZone) !== quiet) return { quiet, until: from };
  }
}

/** The moment when `ms` milliseconds that are not quiet have passed since `start`. */
export function afterOpenTime(start: Millis, ms: Millis, hours: QuietHours, timeZone: string): Millis {
  let at = start;
  let left = ms;
  for (let changes = 0; changes < mostChanges; changes += 1) {
    const { quiet, until } = quietAt(at, hours, timeZone);
    if (!quiet) {
      if (left <= until - at) break;
      left -= until - at;
    }
    at = until;
  }
  return at + left;
}

/** `08:00`, as the wall clock shows a moment. */
export function wallTime(at: Millis, timeZone: string): string {
  const { hour, minute } = localParts(at, timeZone);
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
}

function showsQuiet(at: Millis, { from, to }: QuietHours, timeZone: string): boolean {
  const { hour, minute } = localParts(at, timeZone);
  const now = hour * 60 + minute;
  return from < to ? now >= from && now < to : now >= from || now < to;
}

/** From a wall time to the next time that the wall shows `minute`; a whole day when it does so now. */
function untilWall(wall: Millis, minute: number): Millis {
  return (minute * 60_000 - (wall % dayMs) + dayMs) % dayMs || dayMs;
}

/** The first moment in (from, to] with another offset than `from` has. */
function clockChange(from: Millis, to: Millis, offset: Millis, timeZone: string): Millis {
  let before = from;
  let after = to;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zoneOffset(middle, timeZone) === offset) before = middle;
    else after = middle;
  }
  return after;
}
