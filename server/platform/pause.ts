import type { Clock } from '../domain/ports.ts';

interface Sleeper {
  readonly wake: () => void;
  readonly nudge: () => void;
}

/** A sleep that something else may cut short. A `wake` or `nudge` while nobody sleeps counts for the next sleep. */
export class Pause {
  readonly #clock: Clock;
  #sleeper: Sleeper | null = null;
  #woken = false;
  #nudged = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * For one sleeper at a time.
   * @param leastMs a nudge lets it sleep at least this long, so that what is nudged again and again does not run hot.
   */
  sleep(ms: number, leastMs = 0): Promise<void> {
    if (this.#woken) {
      this.#woken = false;
      return Promise.resolve();
    }
    const least = this.#clock.monotonic() + leastMs;
    const first = this.#nudged ? Math.min(ms, leastMs) : ms;
    this.#nudged = false;
    return new Promise((resolve) => {
      let timer = this.#clock.after(first, () => this.wake());
      this.#sleeper = {
        wake: () => {
          timer.cancel();
          resolve();
        },
        nudge: () => {
          timer.cancel();
          timer = this.#clock.after(least - this.#clock.monotonic(), () => this.wake());
        },
      };
    });
  }

  /** Ends the sleep at once. */
  wake(): void {
    const sleeper = this.#sleeper;
    this.#sleeper = null;
    if (sleeper === null) this.#woken = true;
    else sleeper.wake();
  }

  /** Ends the sleep as soon as it has lasted long enough. */
  nudge(): void {
    if (this.#sleeper === null) this.#nudged = true;
    else this.#sleeper.nudge();
  }
}

/** Resolves after `ms`; for short waits that nothing needs to cut short. */
export function delay(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

/** The promise's value, or `late` when it does not settle in time. A later rejection is the caller's to have handled. */
export async function within<T, L>(clock: Clock, ms: number, promise: Promise<T>, late: L): Promise<T | L> {
  const { promise: tooLate, resolve } = Promise.withResolvers<L>();
  const timer = clock.after(ms, () => resolve(late));
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    timer.cancel();
  }
}
