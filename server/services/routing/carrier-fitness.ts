import type { CarrierState } from '../../domain/carrier.ts';
import type { Clock, Millis } from '../../domain/ports.ts';
import { wallTime } from '../../domain/quiet-hours.ts';
import type { Cause, Reason, ReasonCode, ReasonValues } from '../../domain/reason.ts';
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
  /** The same by its code; null where the carrier has no code for it. */
  readonly cause: Cause | null;
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
 * `out`, so that it goes by another one. The text of `why` is a half sentence about it.
 */
export type Fitness = { readonly kind: 'usable' } | { readonly kind: 'expected' | 'out'; readonly why: Reason };

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
    if (look === undefined) return out('carrier.removed', 'it is removed');
    const carrier = look.name;
    if (!look.enabled) return out('carrier.off', `${carrier} is switched off`, { carrier });
    if (look.paused) return out('carrier.paused', `${carrier} is paused`, { carrier });
    const unfit = this.#resting(carrierId, carrier) ?? this.#spent(carrierId, carrier);
    if (unfit !== null) return unfit;
    if (look.state === 'ready') return { kind: 'usable' };
    const why = down(look, look.state);
    const downFor = this.#clock.now() - (look.downSince ?? 0);
    const expected = purpose !== 'otp' && downFor < this.#rules().failoverMs;
    return { kind: expected ? 'expected' : 'out', why };
  }

  #resting(carrierId: number, carrier: string): Fitness | null {
    const rest = this.breaker(carrierId).rest;
    if (rest === null) return null;
    const until = wallTime(rest.until, this.#rules().timeZone);
    return out('carrier.resting', `${carrier} failed again and again and rests until ${until}: ${rest.why}`, {
      carrier,
      until: new Date(rest.until).toISOString(),
      detail: rest.why,
    });
  }

  #spent(carrierId: number, carrier: string): Fitness | null {
    const spent = this.#quotas.exhausted(carrierId);
    if (spent === null) return null;
    const { period, limit: count, until } = spent;
    const parts = count === 1 ? '1 part' : `${count} parts`;
    return out(`quota.${period}`, `${carrier} has sent ${parts} ${spans[period]}, next at ${this.#moment(until)}`, {
      carrier,
      count,
      until: new Date(until).toISOString(),
    });
  }

  #moment(at: Millis): string {
    const { timeZone } = this.#rules();
    const time = wallTime(at, timeZone);
    if (at - this.#clock.now() < 20 * 3_600_000) return time;
    const day = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long' }).format(at);
    return `${time} on ${day}`;
  }
}

function out(code: ReasonCode, text: string, values: ReasonValues = {}): Fitness {
  return { kind: 'out', why: { code, values, text } };
}

function down(look: CarrierLook, state: Exclude<CarrierState, 'ready'>): Reason {
  const { name: carrier, reason, cause } = look;
  const text = `${carrier}: ${reason === '' ? state : reason}`;
  if (cause !== null) return { code: cause.code, values: { ...cause.values, carrier }, text };
  const code = state === 'disabled' ? 'carrier.off' : (`carrier.${state}` as const);
  return { code, values: { carrier }, text };
}
