import type { Millis } from './ports.ts';

/** When a webhook is tried, tried again, and given up (api-v2 §6). */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Wait before each attempt, counted from the end of the attempt before it. */
export const attemptDelays: readonly number[] = [
  0,
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
];

/** The longest wait that a receiver may ask for with `Retry-After`. */
export const longestRetryAfterMs = day;

/** An endpoint that has taken nothing for this long is disabled. */
export const failingLimitMs = 5 * day;

/** Waits are stretched by up to this share, so that what failed together does not come back together. */
const jitterShare = 0.2;

/**
 * Milliseconds until the next attempt, or null when the last one was made.
 * @param tries attempts made so far, at least 1
 * @param fraction a random number in [0, 1) for jitter
 * @param retryAfterMs what the receiver asked for; it can lengthen the wait, never shorten it
 */
export function nextAttemptDelay(tries: number, fraction: number, retryAfterMs: number | null): number | null {
  const delay = attemptDelays[tries];
  if (delay === undefined) return null;
  const jittered = Math.round(delay * (1 + jitterShare * fraction));
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, longestRetryAfterMs));
}

/**
 * Reads a `Retry-After` header: whole seconds or an HTTP date (RFC 9110 §10.2.3).
 * @returns milliseconds from `now`, at most 24 h, or null for an absent, unreadable or past value
 */
export function parseRetryAfter(header: string | null, now: Millis): number | null {
  const text = header?.trim() ?? '';
  if (text === '') return null;
  if (/^\d+$/.test(text)) return positive(Math.min(Number(text) * second, longestRetryAfterMs));
  if (!/^[A-Za-z]{3,9},? /.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : positive(Math.min(at - now, longestRetryAfterMs));
}

function positive(ms: number): number | null {
  return ms > 0 ? ms : null;
}

/** What an answer's status means for the delivery. Only 2xx counts; a redirect is a failure like any other. */
export function verdictOf(status: number): 'delivered' | 'gone' | 'failed' {
  if (status >= 200 && status < 300) return 'delivered';
  return status === 410 ? 'gone' : 'failed';
}

/** Whether an endpoint that fails now, and has failed since `failingSince`, has used up its patience. */
export function failedTooLong(failingSince: Millis, now: Millis): boolean {
  return now - failingSince >= failingLimitMs;
}
