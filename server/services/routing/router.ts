import type { Clock, Millis } from '../../domain/ports.ts';
import {
  decidingRoutes,
  prefixOf,
  routeMismatch,
  type Route,
  type RouteMismatch,
  type TrafficKey,
  type TrafficPurpose,
} from '../../domain/routing.ts';
import { localParts } from '../../domain/schedule.ts';
import type { ClaimRoutes } from '../../store/claim-request.ts';
import type { RouteStore } from '../../store/route-store.ts';
import type { CarrierBook, CarrierFitness } from './carrier-fitness.ts';
import { Weights } from './weights.ts';

export interface RouterOptions {
  readonly routes: RouteStore;
  readonly book: CarrierBook;
  readonly fitness: CarrierFitness;
  readonly clock: Clock;
  readonly timeZone: () => string;
}

const unlimited = Number.POSITIVE_INFINITY;

/** Says which carrier may take what: the first route that fits decides; where none does, every carrier may. */
export class Router {
  readonly #options: RouterOptions;
  readonly #weights = new Weights();
  #wall: { readonly minuteAt: number; readonly timeZone: string; readonly minute: number } | null = null;

  constructor(options: RouterOptions) {
    this.#options = options;
  }

  /** What a carrier may take at this moment; to be asked for anew for every claim. */
  routesFor(carrierId: number): ClaimRoutes {
    const routes = this.#options.routes.list();
    const share = (traffic: TrafficKey): number | 'by-number' => {
      const bound = this.#boundTo(traffic);
      if (bound !== null) return bound === carrierId ? unlimited : 0;
      if (routes.length === 0) return unlimited;
      const shares = this.#deciding(traffic).map((route) => this.#turn(route, carrierId, traffic.purpose));
      const [first = 0] = shares;
      if (shares.every((one) => one === 0)) return 0;
      return shares.length === 1 ? first : shares.every((one) => one === unlimited) ? unlimited : 'by-number';
    };
    const decidedBy = (traffic: TrafficKey, msisdn: string): Route | null =>
      this.#deciding({ ...traffic, prefix: msisdn })[0] ?? null;
    return {
      share,
      isMine: (traffic, msisdn) => {
        if (this.#boundTo(traffic) !== null || routes.length === 0) return share(traffic) !== 0;
        return this.#mayTake(decidedBy(traffic, msisdn), carrierId, traffic.purpose);
      },
      prefixOf: (msisdn) => prefixOf(routes, msisdn),
      taken: (traffic, msisdn) => {
        if (routes.length === 0) return;
        const route = decidedBy(traffic, msisdn);
        if (route?.mode === 'share') this.#weights.took(route, carrierId);
      },
    };
  }

  /** Every route in its order, with what keeps it from deciding about a number at this moment; null where nothing does. */
  judged(traffic: TrafficKey, msisdn: string): { readonly route: Route; readonly mismatch: RouteMismatch | null }[] {
    const known = { ...traffic, prefix: msisdn };
    const minute = this.#minute();
    return this.#options.routes.list().map((route) => ({ route, mismatch: routeMismatch(route, known, minute) }));
  }

  /** The carriers that would take messages of a class, the first choice first, whether or not they can now. */
  carriersFor(traffic: TrafficKey): number[] {
    const bound = this.#boundTo(traffic);
    if (bound !== null) return [bound];
    const ids = this.#deciding(traffic).flatMap((route) => this.targetsOf(route));
    return [...new Set(ids)];
  }

  /** The carriers of a route, or every carrier where there is none. */
  targetsOf(route: Route | null): number[] {
    if (route !== null) return route.carriers.map((target) => target.carrierId);
    return this.#options.book.looks().map((look) => look.id);
  }

  /**
   * The carrier that messages of a class are bound to: the one that must take them, or the one that goes on with a text as
   * long as it can.
   */
  #boundTo({ onlyCarrierId, begunCarrierId, purpose }: TrafficKey): number | null {
    if (onlyCarrierId !== null) return onlyCarrierId;
    if (begunCarrierId === null) return null;
    return this.#options.fitness.of(begunCarrierId, purpose).kind === 'out' ? null : begunCarrierId;
  }

  #deciding(traffic: TrafficKey): (Route | null)[] {
    return decidingRoutes(this.#options.routes.list(), traffic, this.#minute());
  }

  /** How many recipients a carrier may take by a route now. */
  #turn(route: Route | null, carrierId: number, purpose: TrafficPurpose): number {
    if (!this.#mayTake(route, carrierId, purpose)) return 0;
    if (route?.mode !== 'share') return unlimited;
    const { book, fitness } = this.#options;
    const present = route.carriers
      .map((target) => target.carrierId)
      .filter(
        (id) => id === carrierId || (book.look(id)?.hasRoom === true && fitness.of(id, purpose).kind === 'usable'),
      );
    return this.#weights.allowance(route, carrierId, present);
  }

  /** Whether nobody who comes before it can, or will be able in a moment. */
  #mayTake(route: Route | null, carrierId: number, purpose: TrafficPurpose): boolean {
    if (route === null) return true;
    if (route.mode === 'share') return route.carriers.some((target) => target.carrierId === carrierId);
    for (const target of route.carriers) {
      if (target.carrierId === carrierId) return true;
      if (this.#options.fitness.of(target.carrierId, purpose).kind !== 'out') return false;
    }
    return false;
  }

  /** Minutes since midnight on the wall of the box. */
  #minute(): number {
    const now: Millis = this.#options.clock.now();
    const timeZone = this.#options.timeZone();
    const minuteAt = Math.floor(now / 60_000);
    if (this.#wall?.minuteAt !== minuteAt || this.#wall.timeZone !== timeZone) {
      const { hour, minute } = localParts(now, timeZone);
      this.#wall = { minuteAt, timeZone, minute: hour * 60 + minute };
    }
    return this.#wall.minute;
  }
}
