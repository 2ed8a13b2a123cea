import type { Clock } from '../../domain/ports.ts';

/** Timers that can all be stopped at once. */
export class Timers {
  readonly #clock: Clock;
  readonly #stops = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `run` once after `ms`; returns how to stop it. */
  after(ms: number, run: () => void): () => void {
    const timer = this.#clock.after(ms, () => {
      this.#stops.delete(stop);
      run();
    });
    const stop = (): void => {
      this.#stops.delete(stop);
      timer.cancel();
    };
    this.#stops.add(stop);
    return stop;
  }

  stopAll(): void {
    for (const stop of this.#stops) stop();
  }
}
