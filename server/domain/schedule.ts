import type { Millis } from './ports.ts';

const form =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/iu;

/**
 * Reads an ISO 8601 time; one without an offset is local time of `timeZone` (api-v2 §4).
 * @returns milliseconds UTC, or null when the text is no such time (a 31st of February is none).
 */
export function parseTime(text: string, timeZone: string): Millis | null {
  const match = form.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = '0', fraction = '0', offset] = match;
  const fields = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = fields;
  const millis = Math.floor(Number(`0.${fraction}`) * 1000);
  const asUtc = Date.UTC(y, mo - 1, d, h, mi, s, millis);
  const check = new Date(asUtc);
  if (check.getUTCMonth() !== mo - 1 || check.getUTCDate() !== d || h > 23 || mi > 59 || s > 59) return null;
  if (offset === undefined) return fromLocal(asUtc, timeZone);
  return asUtc - offsetMillis(offset);
}

function offsetMillis(offset: string): number {
  if (offset === 'Z' || offset === 'z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  const digits = offset.slice(1).replace(':', '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}

/** Local wall time to UTC: the zone's offset is looked up near the result, twice, for the hours around a change. */
function fromLocal(wall: Millis, timeZone: string): Millis {
  const guess = wall - zoneOffset(wall, timeZone);
  return wall - zoneOffset(guess, timeZone);
}

/** How far the wall clock of a time zone is ahead of UTC at a moment, in milliseconds. */
export function zoneOffset(at: Millis, timeZone: string): Millis {
  const parts = localParts(at, timeZone);
  const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return wall - Math.floor(at / 1000) * 1000;
}

interface LocalParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a time zone at a moment. */
export function localParts(at: Millis, timeZone: string): LocalParts {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const found: Record<string, number> = {};
  for (const part of format.formatToParts(at)) found[part.type] = Number(part.value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = found;
  return { year, month, day, hour, minute, second };
}

let known: { timeZone: string; from: Millis; to: Millis; text: string } | undefined;

/** Local date as `yymmdd`, as reference numbers carry it. */
export function shortDate(at: Millis, timeZone: string): string {
  // Asked for every message: the answer changes once a minute at most.
  if (known !== undefined && known.timeZone === timeZone && at >= known.from && at < known.to) return known.text;
  const { year, month, day } = localParts(at, timeZone);
  const text = [year % 100, month, day].map((n) => String(n).padStart(2, '0')).join('');
  const from = Math.floor(at / 60_000) * 60_000;
  known = { timeZone, from, to: from + 60_000, text };
  return text;
}

/** `SP` + local date + a serial that never repeats (api-v2 §4). */
export function referenceNumber(messageId: number, createdAt: Millis, timeZone: string): string {
  return `SP${shortDate(createdAt, timeZone)}${String(messageId).padStart(6, '0')}`;
}

/** The message that a reference number may belong to, or null when it is no reference number. */
export function messageIdOf(refNo: string): number | null {
  const serial = /^SP\d{6}(\d{6,15})$/u.exec(refNo)?.[1];
  return serial === undefined ? null : Number(serial);
}
