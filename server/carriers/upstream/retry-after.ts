import type { Millis } from '../../domain/ports.ts';

const usualMs = 5_000;
const mostMs = 10 * 60_000;

/**
 * How long a provider asks to wait, from `Retry-After` (RFC 9110 §10.2.3: seconds or a date) or else
 * `RateLimit-Reset` in seconds; 5 s when neither says, 10 minutes at the most.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: Millis): Millis {
  const asked = headers['retry-after'] ?? headers['ratelimit-reset'] ?? '';
  const ms = /^\d{1,9}$/u.test(asked.trim()) ? Number(asked) * 1_000 : Date.parse(asked) - now;
  return Number.isFinite(ms) ? Math.min(mostMs, Math.max(1_000, ms)) : usualMs;
}

/** How long to wait before a limit lets the next request through, when this answer says that none is left. */
export function limitPauseMs(headers: Readonly<Record<string, string>>, now: Millis): Millis | null {
  return headers['ratelimit-remaining']?.trim() === '0' ? retryAfterMs(headers, now) : null;
}
