import { performance } from 'node:perf_hooks';
import type { Clock, Timer } from '../../server/domain/ports.ts';

/** Real time, only faster: a box on it lives through `speed` seconds in each one that a test takes. */
export class FastClock implements Clock {
  readonly #speed: number;
  readonly #startedAt = performance.now();
  #wallAtStart: number;

  constructor(speed = 20, wallAtStart: number = Date.UTC(2026, 0, 15, 3, 0, 0)) {
    this.#speed = speed;
    this.#wallAtStart = wallAtStart;
  }

  now(): number {
    return Math.floor(this.#wallAtStart + this.monotonic());
  }

  monotonic(): number {
    return (performance.now() - this.#startedAt) * this.#speed;
  }

  /** Sets the wall clock forward; no timer fires by it. */
  leap(ms: number): void {
    this.#wallAtStart += ms;
  }

  after(ms: number, run: () => void): Timer {
    const timer = setTimeout(run, Math.max(0, ms) / this.#speed);
    return { cancel: () => clearTimeout(timer) };
  }
}
