import type { Clock } from '../domain/ports.ts';

/** A sleep that something else may cut short. A `wake` while nobody sleeps cuts the next sleep short. */
export class Pause {
  readonly #clock: Clock;
  #sleeper: (() => void) | null = null;
  #woken = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** For one sleeper at a time. */
  sleep(ms: number): Promise<void> {
    if (this.#woken) {
      this.#woken = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = this.#clock.after(ms, () => this.wake());
      this.#sleeper = () => {
        timer.cancel();
        resolve();
      };
    });
  }

  wake(): void {
    const sleeper = this.#sleeper;
    this.#sleeper = null;
    if (sleeper === null) this.#woken = true;
    else sleeper();
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
