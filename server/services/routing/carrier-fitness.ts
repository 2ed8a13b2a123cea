import type { CarrierState } from '../../domain/carrier.ts';
import type { Clock, Millis } from '../../domain/ports.ts';
import { wallTime } from '../../domain/quiet-hours.ts';
import type { QuotaPeriod } from '../../domain/quota.ts';
import type { TrafficPurpose } from '../../domain/routing.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import type { Quotas } from './quotas.ts';

/** A carrier as routing sees it. */
export interface CarrierLook {
  readonly id: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly paused: boolean;
  readonly state: CarrierState;
  readonly reason: string;
  /** Since when it is not ready; null while it is. */
  readonly downSince: Millis | null;
  /** Whether it would take something more at this moment. */
  readonly hasRoom: boolean;
}

/** Where carriers are looked up; the registry in the box. */
export interface CarrierBook {
  looks(): readonly CarrierLook[];
  look(id: number): CarrierLook | undefined;
}

/**
 * Whether a carrier can take messages: `usable`; `expected` back in a moment, so that what it would take waits for it;
 * `out`, so that it goes by another one. `why` is a half sentence about it.
 */
export type Fitness = { readonly kind: 'usable' } | { readonly kind: 'expected' | 'out'; readonly why: string };

const spans: Readonly<Record<QuotaPeriod, string>> = {
  minute: 'this minute',
  hour: 'this hour',
  day: 'today',
  month: 'this month',
};

/** Tells whether carriers can take messages, from their state, their quota, and how they did. */
export class CarrierFitness {
  readonly #book: CarrierBook;
  readonly #quotas: Quotas;
  readonly #clock: Clock;
  readonly #rules: () => { readonly timeZone: string; readonly failoverMs: number };
  readonly #breakers = new Map<number, CircuitBreaker>();

  constructor(options: {
    book: CarrierBook;
    quotas: Quotas;
    clock: Clock;
    rules: () => { readonly timeZone: string; readonly failoverMs: number };
  }) {
    this.#book = options.book;
    this.#quotas = options.quotas;
    this.#clock = options.clock;
    this.#rules = options.rules;
  }

  breaker(carrierId: number): CircuitBreaker {
    let breaker = this.#breakers.get(carrierId);
    if (breaker === undefined) {
      breaker = new CircuitBreaker(this.#clock);
      this.#breakers.set(carrierId, breaker);
    }
    return breaker;
  }

  /** @param purpose one-time codes do not wait for a carrier that is down. */
  of(carrierId: number, purpose: TrafficPurpose): Fitness {
    const look = this.#book.look(carrierId);
    if (look === undefined) return out('it is removed');
    if (!look.enabled) return out(`${look.name} is switched off`);
    if (look.paused) return out(`${look.name} is paused`);
    const { timeZone, failoverMs } = this.#rules();
    const rest = this.breaker(carrierId).rest;
    if (rest !== null)
      return out(`${look.name} failed again and again and rests until ${wallTime(rest.until, timeZone)}: ${rest.why}`);
    const spent = this.#quotas.exhausted(carrierId);
    if (spent !== null) {
      const parts = spent.limit === 1 ? '1 part' : `${spent.limit} parts`;
      return out(`${look.name} has sent ${parts} ${spans[spent.period]}, next at ${this.#moment(spent.until)}`);
    }
    if (look.state === 'ready') return { kind: 'usable' };
    const why = `${look.name}: ${look.reason === '' ? look.state : look.reason}`;
    const downFor = this.#clock.now() - (look.downSince ?? 0);
    return purpose !== 'otp' && downFor < failoverMs ? { kind: 'expected', why } : out(why);
  }

  #moment(at: Millis): string {
    const { timeZone } = this.#rules();
    const time = wallTime(at, timeZone);
    if (at - this.#clock.now() < 20 * 3_600_000) return time;
    const day = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long' }).format(at);
    return `${time} on ${day}`;
  }
}

function out(why: string): Fitness {
  return { kind: 'out', why };
}
