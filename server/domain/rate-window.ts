import type { Millis } from './ports.ts';

/** What a window says to one request; times in milliseconds. */
export interface RateVerdict {
  readonly allowed: boolean;
  /** Requests that would still be let through at this moment. */
  readonly remaining: number;
  /** Until the next counted request leaves the window, or, when it is full, until a place is free; 0 when none is counted. */
  readonly resetMs: number;
}

const windowMs = 60_000;
const firstSize = 16;

/**
 * Counts requests over the last minute, exactly: no span of 60 s ever holds more than the limit. Keeps the times of the
 * counted requests in a ring that grows with them.
 */
export class RateWindow {
  #times = new Float64Array(firstSize);
  #head = 0;
  #count = 0;

  /** How a request at `now` would fare under `limit`; counts nothing. */
  look(now: Millis, limit: number): RateVerdict {
    this.#prune(now);
    // After a limit was lowered more than one has to leave before a place is free.
    const surplus = Math.max(0, this.#count - limit);
    const next = this.#times[(this.#head + surplus) % this.#times.length] ?? now;
    return {
      allowed: this.#count < limit,
      remaining: Math.max(0, limit - this.#count),
      resetMs: this.#count === 0 ? 0 : next + windowMs - now,
    };
  }

  /** Counts a request that was let through. */
  add(now: Millis): void {
    if (this.#count === this.#times.length) this.#grow();
    this.#times[(this.#head + this.#count) % this.#times.length] = now;
    this.#count += 1;
  }

  /** Whether nothing is counted any more. */
  idle(now: Millis): boolean {
    this.#prune(now);
    return this.#count === 0;
  }

  #prune(now: Millis): void {
    while (this.#count > 0 && now - (this.#times[this.#head] ?? now) >= windowMs) {
      this.#head = (this.#head + 1) % this.#times.length;
      this.#count -= 1;
    }
  }

  #grow(): void {
    const grown = new Float64Array(this.#times.length * 2);
    for (let index = 0; index < this.#count; index += 1) {
      grown[index] = this.#times[(this.#head + index) % this.#times.length] ?? 0;
    }
    this.#times = grown;
    this.#head = 0;
  }
}
