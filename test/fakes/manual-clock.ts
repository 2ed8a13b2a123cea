import type { Clock, Millis, Timer } from '../../server/domain/ports.ts';

interface Pending {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

/** Lets every promise that can settle without time passing settle, including one that hops over the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** A clock that a test turns by hand. Wall time and monotonic time are apart, as on a real machine. */
export class ManualClock implements Clock {
  #wall: Millis;
  #monotonic = 0;
  #order = 0;
  readonly #pending = new Set<Pending>();

  constructor(startAt: number = Date.UTC(2026, 0, 15, 3, 0, 0)) {
    this.#wall = startAt;
  }

  now(): Millis {
    return this.#wall;
  }

  monotonic(): Millis {
    return this.#monotonic;
  }

  after(ms: number, run: () => void): Timer {
    this.#order += 1;
    const entry: Pending = { due: this.#monotonic + Math.max(0, ms), order: this.#order, run };
    this.#pending.add(entry);
    return {
      cancel: () => {
        this.#pending.delete(entry);
      },
    };
  }

  /** Timers that have neither fired nor been cancelled. */
  get timers(): number {
    return this.#pending.size;
  }

  /**
   * Passes `ms` milliseconds: runs the timers that fall due, in order, each at its own time, and lets promises settle
   * before, between and after them. Timers set meanwhile fire too when they fall due within the span.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    await settle();
    for (let next = this.#nextDue(end); next !== null; next = this.#nextDue(end)) {
      this.#moveTo(next.due);
      this.#pending.delete(next);
      next.run();
      await settle();
    }
    this.#moveTo(end);
  }

  /** Sets the wall clock forward or back, as a person or NTP does; no timer fires by it. */
  jump(ms: number): void {
    this.#wall += ms;
  }

  #moveTo(time: number): void {
    const step = Math.max(0, time - this.#monotonic);
    this.#monotonic += step;
    this.#wall += step;
  }

  #nextDue(end: number): Pending | null {
    let first: Pending | null = null;
    for (const entry of this.#pending) {
      if (entry.due > end) continue;
      if (first === null || entry.due < first.due || (entry.due === first.due && entry.order < first.order)) {
        first = entry;
      }
    }
    return first;
  }
}
