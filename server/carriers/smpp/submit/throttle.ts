import type { Random } from '../../../domain/ports.ts';

export interface ThrottleTimes {
  readonly throttle: number;
  readonly throttleMax: number;
}

/**
 * How wide the window is and whether anything is sent at all: halved and paused when the SMSC asks to send slower, wider
 * again with what it takes. Times are of the monotonic clock.
 */
export class Throttle {
  readonly #window: number;
  readonly #times: ThrottleTimes;
  readonly #random: Random;
  #limit: number;
  #inARow = 0;
  #pausedAt = Number.NEGATIVE_INFINITY;
  #until = Number.NEGATIVE_INFINITY;
  /** Times that the SMSC asked, since the start. */
  count = 0;

  constructor(window: number, times: ThrottleTimes, random: Random) {
    this.#window = window;
    this.#limit = window;
    this.#times = times;
    this.#random = random;
  }

  /** Submissions that may be out at one time. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Milliseconds that nothing is to be sent for. */
  paused(now: number): number {
    return Math.max(0, this.#until - now);
  }

  /** A submission of `sentAt` was refused for being too much. @returns the pause in milliseconds. */
  slower(sentAt: number, now: number): number {
    this.count += 1;
    // What was out already when the pause began says nothing about the pause.
    if (sentAt > this.#pausedAt) this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    return this.pause(sentAt, now);
  }

  /** Something is wrong with the account or the SMSC: asking again and again would not help it. */
  pause(sentAt: number, now: number): number {
    if (sentAt > this.#pausedAt) {
      const { throttle, throttleMax } = this.#times;
      const base = Math.min(throttleMax, throttle * 2 ** Math.min(this.#inARow, 10));
      this.#inARow += 1;
      this.#pausedAt = now;
      this.#until = now + base * (0.8 + 0.2 * this.#random.fraction());
    }
    return Math.ceil(this.paused(now));
  }

  /** A submission of `sentAt` was taken. */
  taken(sentAt: number): void {
    this.#limit = Math.min(this.#window, this.#limit + 1 / this.#limit);
    if (sentAt > this.#pausedAt) this.#inARow = 0;
  }

  /** A new session begins as it was told to. */
  reset(): void {
    this.#limit = this.#window;
  }
}
