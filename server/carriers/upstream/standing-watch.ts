import type { CarrierState } from '../../domain/carrier.ts';
import { causeOf, type Cause } from '../../domain/reason.ts';
import type { Clock, Millis, Random, Timer } from '../../domain/ports.ts';
import type { Standing } from './provider.ts';

export interface StandingWatchOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Looks at the provider; null when there is nothing to look at, and time alone lets it be tried again. */
  readonly look: (() => Promise<Standing>) | null;
  /** State or reason changed. */
  readonly changed: () => void;
}

/** How long until the next look, in milliseconds. */
const wellMs = 5 * 60_000;
const pennilessMs = 60_000;
const closedMs = 5 * 60_000;
const firstAwayMs = 5_000;
const mostAwayMs = 5 * 60_000;
const jitter = 0.2;

const asking = causeOf('upstream.asking');

type Known = Exclude<Standing, { readonly kind: 'silent' }>;

const states: Readonly<Record<Known['kind'], CarrierState>> = {
  well: 'ready',
  paused: 'waiting',
  penniless: 'waiting',
  away: 'waiting',
  closed: 'faulty',
};

/**
 * Whether a provider can be used at this moment: learnt from every hand-over and, in between, from looks at it – soon
 * while it is away, rarely while it is well or does not let this box in.
 */
export class StandingWatch {
  readonly #options: StandingWatchOptions;
  /** Null before the first look and after the end. */
  #standing: Known | null = null;
  #timer: Timer | undefined;
  /** Failures in a row; a look alone does not end the row, for a provider may answer it and still take nothing. */
  #failures = 0;
  #running = false;

  constructor(options: StandingWatchOptions) {
    this.#options = options;
  }

  get state(): CarrierState {
    if (!this.#running) return 'stopped';
    return this.#standing === null ? 'starting' : states[this.#standing.kind];
  }

  /** In words; empty when ready. */
  get reason(): string {
    if (!this.#running || this.#standing?.kind === 'well') return '';
    return this.#standing?.reason ?? 'The provider is being asked whether it lets this box in.';
  }

  /** The same by its code. */
  get cause(): Cause | undefined {
    if (!this.#running || this.#standing?.kind === 'well') return undefined;
    return this.#standing?.cause ?? asking;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#failures = 0;
    this.#options.changed();
    void this.look();
  }

  stop(): void {
    this.#running = false;
    this.#standing = null;
    this.#timer?.cancel();
    this.#options.changed();
  }

  /** Takes note of what a hand-over taught. */
  learn(standing: Standing): void {
    if (!this.#running || standing.kind === 'silent') return;
    const now = this.#standing?.kind;
    if (standing.kind === 'well') {
      this.#failures = 0;
      // Of those that were under way when it closed, some may still end well; that opens nothing.
      if (now === 'away') this.#take(standing);
    } else if (standing.kind !== 'away' || now === 'well') {
      // Hand-overs that fail together are one failure.
      this.#take(standing);
    }
  }

  /** Looks at once. Never rejects. */
  async look(): Promise<void> {
    const { look } = this.#options;
    this.#timer?.cancel();
    const standing = look === null ? ({ kind: 'well' } as const) : await look();
    if (this.#running) this.#take(standing.kind === 'silent' ? { kind: 'well' } : standing);
  }

  #take(standing: Known): void {
    const before = `${this.state}${this.reason}`;
    this.#standing = standing;
    this.#schedule(standing);
    if (before !== `${this.state}${this.reason}`) this.#options.changed();
  }

  #schedule(standing: Known): void {
    const { clock, random } = this.#options;
    this.#timer?.cancel();
    const wait = this.#waitAfter(standing) * (1 + jitter * random.fraction());
    this.#timer = clock.after(wait, () => {
      // When a pause is over there is nothing to ask.
      if (standing.kind === 'paused') this.#take({ kind: 'well' });
      else void this.look();
    });
  }

  #waitAfter(standing: Known): Millis {
    switch (standing.kind) {
      case 'well':
        return wellMs;
      case 'paused':
        return standing.ms;
      case 'penniless':
        return pennilessMs;
      case 'closed':
        return closedMs;
      case 'away': {
        const wait = Math.min(mostAwayMs, firstAwayMs * 2 ** Math.min(this.#failures, 10));
        this.#failures += 1;
        return wait;
      }
    }
  }
}
