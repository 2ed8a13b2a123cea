import type { SubmitOutcome } from '../../domain/carrier.ts';
import type { Clock, Millis } from '../../domain/ports.ts';

/** Failures in a row that open it, once they have gone on for a while. */
const failuresToOpen = 5;
const failingForMs = 5_000;
/** Each hand-over without an answer leaves a message in doubt: so many in a row open it at once. */
const doubtsToOpen = 3;
const firstRestMs = 30_000;
const longestRestMs = 600_000;

/**
 * Lets a carrier rest that fails again and again though it says that it is ready. After the rest one hand-over shows
 * whether it is well; else it rests twice as long.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  #failures = 0;
  #doubts = 0;
  #failingSince = 0;
  #rests = 0;
  #until: Millis | null = null;
  #why = '';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Until when it rests, and why; null when it does not. */
  get rest(): { readonly until: Millis; readonly why: string } | null {
    const until = this.#until;
    return until === null || this.#clock.now() >= until ? null : { until, why: this.#why };
  }

  /** How many recipients it may hold: none while it rests, one while it is tried. */
  get room(): number {
    if (this.#until === null) return Number.POSITIVE_INFINITY;
    return this.rest === null ? 1 : 0;
  }

  /** Takes the outcome of a hand-over by a carrier that said that it was ready. */
  take(outcome: SubmitOutcome): void {
    if (outcome.kind === 'accepted' || outcome.kind === 'rejected') return this.#close();
    if (outcome.kind === 'retry' && !outcome.carrierFault) return;
    if (this.#failures === 0) this.#failingSince = this.#clock.monotonic();
    this.#failures += 1;
    this.#doubts = outcome.kind === 'uncertain' ? this.#doubts + 1 : 0;
    this.#why = outcome.message;
    const tried = this.#until !== null && this.rest === null;
    const long = this.#clock.monotonic() - this.#failingSince >= failingForMs;
    if (tried || this.#doubts >= doubtsToOpen || (this.#failures >= failuresToOpen && long)) this.#open();
  }

  #open(): void {
    if (this.rest !== null) return;
    const restMs = Math.min(longestRestMs, firstRestMs * 2 ** Math.min(this.#rests, 10));
    this.#rests += 1;
    this.#until = this.#clock.now() + restMs;
    this.#doubts = 0;
  }

  #close(): void {
    this.#failures = 0;
    this.#doubts = 0;
    this.#rests = 0;
    this.#until = null;
  }
}
