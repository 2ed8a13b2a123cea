/** Times as SMPP writes them, `YYMMDDhhmmsstnnp` (SMPP 3.4 §7.1.1), and as receipts write them. */

import type { Millis } from '../../../domain/ports.ts';

const second = 1_000;
const longestValidityS = 30 * 86_400;
const shortestValidityS = 60;

/** So long from now, `…000R`; whatever the SMSC's clock says. At least a minute, at most 30 days. */
export function relativeTime(ms: number): string {
  const seconds = Math.min(longestValidityS, Math.max(shortestValidityS, Math.ceil(ms / second)));
  const fields = [0, 0, Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60];
  return `${[...fields, seconds % 60].map(twoDigits).join('')}000R`;
}

/** A moment in UTC, `…000+`. */
export function absoluteTime(at: Millis): string {
  const date = new Date(at);
  const fields = [
    date.getUTCFullYear() % 100,
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  return `${fields.map(twoDigits).join('')}000+`;
}

/** Reads an absolute time with its zone; null for any other. */
export function parseAbsoluteTime(text: string): Millis | null {
  const match = /^(\d{12})\d(\d\d)([+-])$/u.exec(text);
  if (match === null) return null;
  const [, fields = '', quarters = '', sign = ''] = match;
  const zone = Number(quarters) * 15 * (sign === '+' ? 1 : -1);
  return parseReceiptTime(fields, zone);
}

/** A date of a receipt, `YYMMDDhhmm` with or without seconds, of a clock so many minutes ahead of UTC; null when it is none. */
export function parseReceiptTime(text: string, zoneMinutes: number | null): Millis | null {
  const match = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/u.exec(text);
  if (match === null || zoneMinutes === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || seconds > 60) return null;
  return Date.UTC(2000 + year, month - 1, day, hour, minute, seconds) - zoneMinutes * 60_000;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
