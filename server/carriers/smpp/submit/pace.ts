/** A little below the limit, so that early parts never make the second too full. */
const share = 0.985;
/** What came late may be caught up with by so much. */
const catchUpMs = 20;
const spanMs = 1_000;

/**
 * Keeps parts below a limit a second: evenly spaced, and never more than the limit within any second. Times are of the
 * monotonic clock.
 */
export class Pace {
  readonly #spacing: number;
  /** When the latest parts left, as many as may leave in a second; a ring. */
  readonly #left: Float64Array;
  #oldest = 0;
  #due = Number.NEGATIVE_INFINITY;

  /** @param perSecond whole parts a second, at least 1. */
  constructor(perSecond: number) {
    this.#spacing = spanMs / (perSecond * share);
    this.#left = new Float64Array(perSecond).fill(Number.NEGATIVE_INFINITY);
  }

  /** Milliseconds until a hand-over of so many parts may leave; 0 for now. */
  wait(now: number, parts: number): number {
    const needed = Math.min(parts, this.#left.length);
    const freed = (this.#left[(this.#oldest + needed - 1) % this.#left.length] ?? 0) + spanMs;
    return Math.max(0, freed - now, this.#due - catchUpMs - now);
  }

  /** So many parts leave now. */
  take(now: number, parts: number): void {
    for (let part = 0; part < Math.min(parts, this.#left.length); part += 1) {
      this.#left[this.#oldest] = now;
      this.#oldest = (this.#oldest + 1) % this.#left.length;
    }
    this.#due = Math.max(this.#due, now) + parts * this.#spacing;
  }

  /** How many single parts may leave until a moment, at most `most`. */
  until(then: number, most: number): number {
    const evenly = then < this.#due - catchUpMs ? 0 : Math.floor((then - this.#due + catchUpMs) / this.#spacing) + 1;
    const limit = Math.min(most, evenly, this.#left.length);
    let free = 0;
    while (free < limit) {
      if ((this.#left[(this.#oldest + free) % this.#left.length] ?? 0) + spanMs > then) break;
      free += 1;
    }
    return free;
  }
}
