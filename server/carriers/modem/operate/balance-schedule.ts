import type { Clock, Millis, Random } from '../../../domain/ports.ts';

export interface BalanceScheduleOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Null: never by itself. */
  readonly everyHours: number | null;
  /** Wall time of the last check that is remembered. */
  readonly lastAt: Millis | null;
}

const hourMs = 3_600_000;
/** After a start, so that the codes of several modems do not go out at once. */
const firstMs = 60_000;

/** When the balance is asked for by itself: every so many hours after a check that worked, an hour after one that did not. */
export class BalanceSchedule {
  readonly #clock: Clock;
  readonly #everyMs: number | null;
  /** Monotonic, so that a clock that is set dials no code. */
  #dueAt: number;

  constructor({ clock, random, everyHours, lastAt }: BalanceScheduleOptions) {
    this.#clock = clock;
    this.#everyMs = everyHours === null ? null : everyHours * hourMs;
    const soon = firstMs * (1 + random.fraction());
    const left = lastAt === null || this.#everyMs === null ? 0 : lastAt + this.#everyMs - clock.now();
    this.#dueAt = clock.monotonic() + Math.max(soon, Math.min(left, this.#everyMs ?? 0));
  }

  get due(): boolean {
    return this.#everyMs !== null && this.#clock.monotonic() >= this.#dueAt;
  }

  /** A check begins; should it fail, the next one is tried in an hour. */
  tried(): void {
    this.#dueAt = this.#clock.monotonic() + hourMs;
  }

  succeeded(): void {
    this.#dueAt = this.#clock.monotonic() + (this.#everyMs ?? hourMs);
  }
}
