/** Time stamps of the service centre (3GPP TS 23.040 §9.2.3.11). */

import type { Millis } from '../../domain/ports.ts';

/** Octets of a time stamp. */
export const timestampLength = 7;

const quarterHour = 15 * 60_000;
/** Thailand, UTC+7 the whole year, in quarters of an hour. */
const bangkokQuarters = 28;
/** No place on earth is farther than 14 hours from UTC. */
const farthestQuarters = 56;
/** The year has two digits; short messages began in 1992. */
const firstYearOfOldCentury = 90;

/** Seven octets: local time to the second and its offset from UTC in quarters of an hour (default +07:00). */
export function encodeTimestamp(at: Millis, offsetQuarters = bangkokQuarters): number[] {
  const local = new Date(at + offsetQuarters * quarterHour);
  const zone = swapped(Math.abs(offsetQuarters)) | (offsetQuarters < 0 ? 0x08 : 0);
  return [
    swapped(local.getUTCFullYear() % 100),
    swapped(local.getUTCMonth() + 1),
    swapped(local.getUTCDate()),
    swapped(local.getUTCHours()),
    swapped(local.getUTCMinutes()),
    swapped(local.getUTCSeconds()),
    zone,
  ];
}

/** The moment that a time stamp names; null when it names none, as the zeros that some centres send. */
export function decodeTimestamp(octets: Uint8Array): Millis | null {
  const [year, month, day, hour, minute, second] = Array.from(octets.subarray(0, 6), unswapped);
  if (year === undefined || month === undefined || day === undefined) return null;
  if (hour === undefined || minute === undefined || second === undefined) return null;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  const century = year >= firstYearOfOldCentury ? 1900 : 2000;
  const local = Date.UTC(century + year, month - 1, day, hour, minute, second);
  if (Number.isNaN(local) || new Date(local).getUTCDate() !== day) return null;
  return local - offsetOf(octets[6] ?? 0) * quarterHour;
}

/** Quarters of an hour; an offset that cannot be is taken as none. */
function offsetOf(octet: number): number {
  const quarters = unswapped(octet & 0xf7);
  if (Number.isNaN(quarters) || quarters > farthestQuarters) return 0;
  return (octet & 0x08) === 0 ? quarters : -quarters;
}

function swapped(value: number): number {
  return ((value % 10) << 4) | Math.floor(value / 10);
}

/** Value of two swapped decimal digits; NaN when they are not decimal. */
function unswapped(octet: number): number {
  const tens = octet & 0xf;
  const ones = octet >> 4;
  return tens > 9 || ones > 9 ? Number.NaN : 10 * tens + ones;
}
