/** TP-VP in the relative format (3GPP TS 23.040 §9.2.3.12.1). */

import type { Millis } from '../../domain/ports.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

/** The octet for the longest period that is not longer than asked for; at least five minutes, at most 63 weeks. */
export function encodeRelativeValidity(validityMs: Millis): number {
  if (validityMs >= 5 * week) return Math.min(255, 192 + Math.floor(validityMs / week));
  if (validityMs >= 2 * day) return Math.min(196, 166 + Math.floor(validityMs / day));
  if (validityMs > 12 * hour) return Math.min(167, 143 + Math.floor((validityMs - 12 * hour) / (30 * minute)));
  return validityMs >= 10 * minute ? Math.floor(validityMs / (5 * minute)) - 1 : 0;
}

/** The period that an octet stands for, in milliseconds. */
export function decodeRelativeValidity(octet: number): Millis {
  if (octet <= 143) return (octet + 1) * 5 * minute;
  if (octet <= 167) return 12 * hour + (octet - 143) * 30 * minute;
  if (octet <= 196) return (octet - 166) * day;
  return (octet - 192) * week;
}
