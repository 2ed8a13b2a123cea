import type { Clock } from '../../domain/ports.ts';
import { within } from '../../platform/pause.ts';
import type { ModemQuirks } from './quirks/modem-quirks.ts';

/** More start lines than any modem has; beyond it they are noise. */
const mostLines = 20;

/**
 * Knows whether the modem has restarted and not yet said that messages work. Only a restart that was heard of is waited
 * out: a modem that has been up for long says nothing more.
 */
export class StartGate {
  readonly #clock: Clock;
  #restartedAt: number | null = null;
  #said: string[] = [];
  #wake: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The modem has restarted; who waits for an earlier start waits no longer. */
  restarted(): void {
    this.#restartedAt = this.#clock.monotonic();
    this.#said = [];
    this.#wake?.();
  }

  /** Something that a modem says while it starts. */
  heard(line: string): void {
    if (this.#restartedAt === null || this.#said.length >= mostLines) return;
    this.#said.push(line);
    this.#wake?.();
  }

  /** The port is gone: nobody waits any longer. */
  end(): void {
    this.#restartedAt = null;
    this.#wake?.();
  }

  /** Settles when the modem has said that messages work, when it has had its time, or at once when it did not restart. */
  async passed(ready: ModemQuirks['ready']): Promise<void> {
    const start = this.#restartedAt;
    if (ready === null || start === null) return;
    const until = start + ready.withinMs;
    while (this.#restartedAt === start && !this.#said.some((line) => ready.says.test(line))) {
      const left = until - this.#clock.monotonic();
      if (left <= 0) break;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await within(this.#clock, left, promise, undefined);
      this.#wake = null;
    }
    if (this.#restartedAt === start) this.#restartedAt = null;
  }
}
