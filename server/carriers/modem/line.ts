import type { Clock } from '../../domain/ports.ts';
import { within } from '../../platform/pause.ts';

/**
 * Who may use the network through this modem: one part that is sent, or one dialogue of a person, at a time. What only asks
 * the modem something needs it not.
 */
export class Line {
  readonly #changed: () => void;
  #over: Promise<void> | null = null;

  /** @param changed told after every change of `free`. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get free(): boolean {
    return this.#over === null;
  }

  /** Settles when the line is given back, at the latest after `ms`; at once when it is free. */
  async waitFor(clock: Clock, ms: number): Promise<void> {
    if (this.#over !== null) await within(clock, ms, this.#over, undefined);
  }

  /** Takes the line, which the caller has seen free; what it returns gives it back. */
  take(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#over = promise;
    this.#changed();
    return () => {
      if (this.#over !== promise) return;
      this.#over = null;
      resolve();
      this.#changed();
    };
  }

  /** Takes the line as soon as it is free; null when that is not within `ms`. */
  async claim(clock: Clock, ms: number): Promise<(() => void) | null> {
    const end = clock.monotonic() + ms;
    while (!this.free && clock.monotonic() < end) await this.waitFor(clock, end - clock.monotonic());
    return this.free ? this.take() : null;
  }
}
