/** When a hand-over that did not happen is tried again. */

/** Tries that one message is given before it fails. */
export const maxTries = 8;

const second = 1000;
const minute = 60 * second;
const firstDelays = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute] as const;
const laterDelay = 60 * minute;
const jitter = 0.2;

/**
 * Milliseconds to wait after a failed try.
 * @param attempt tries made so far, 1 after the first.
 * @param fraction in [0, 1), spreads the delay over ±20 %.
 */
export function retryDelay(attempt: number, fraction: number): number {
  const delay = firstDelays[Math.max(1, attempt) - 1] ?? laterDelay;
  return Math.round(delay * (1 - jitter + 2 * jitter * fraction));
}
