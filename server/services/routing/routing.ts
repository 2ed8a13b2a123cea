import type { Clock } from '../../domain/ports.ts';
import type { Reason, Waiting } from '../../domain/reason.ts';
import { waitingFor } from '../../domain/reason.ts';
import type { Quota } from '../../domain/quota.ts';
import type { QuotaStore } from '../../store/quota-store.ts';
import type { RouteStore } from '../../store/route-store.ts';
import type { TrafficStore } from '../../store/traffic-store.ts';
import type { PumpGate } from '../pump-gate.ts';
import { CarrierFitness, type CarrierBook } from './carrier-fitness.ts';
import { Quotas } from './quotas.ts';
import { Router } from './router.ts';

export interface RoutingRules {
  readonly timeZone: string;
  /** For how long what a carrier would take waits for it when it goes down. */
  readonly failoverMs: number;
}

const noCarrier: Reason = {
  code: 'waiting.no_carrier',
  values: {},
  text: 'Waiting: no carrier is set up. Add a modem or another carrier.',
};
const allOff: Reason = {
  code: 'waiting.all_off',
  values: {},
  text: 'Waiting: every carrier is switched off. Enable one.',
};
const emptyRoute: Reason = {
  code: 'waiting.empty_route',
  values: {},
  text: 'Waiting: the route that fits names no carrier. Add one to it.',
};

/** What routing knows of carriers besides their state. */
export interface RoutedCarriers extends CarrierBook {
  quotaOf(carrierId: number): Quota;
  /** The IMSI of the SIM in it, or a name for the carrier itself. */
  subjectOf(carrierId: number): string;
}

/** Routes, quotas and health together: who may take what, and why what waits does so. */
export class Routing {
  readonly quotas: Quotas;
  readonly fitness: CarrierFitness;
  readonly router: Router;
  readonly #carriers: RoutedCarriers;
  readonly #traffic: TrafficStore;

  constructor(options: {
    carriers: RoutedCarriers;
    routes: RouteStore;
    quotas: QuotaStore;
    traffic: TrafficStore;
    clock: Clock;
    rules: () => RoutingRules;
  }) {
    const { carriers, clock, rules } = options;
    const timeZone = () => rules().timeZone;
    this.#carriers = carriers;
    this.#traffic = options.traffic;
    this.quotas = new Quotas({
      store: options.quotas,
      clock,
      timeZone,
      limitsOf: (id) => carriers.quotaOf(id),
      subjectOf: (id) => carriers.subjectOf(id),
    });
    this.fitness = new CarrierFitness({ book: carriers, quotas: this.quotas, clock, rules });
    this.router = new Router({ routes: options.routes, book: carriers, fitness: this.fitness, clock, timeZone });
  }

  /** What the pump of a carrier asks. */
  gateOf(carrierId: number): PumpGate {
    const { quotas, router, fitness } = this;
    const breaker = fitness.breaker(carrierId);
    return {
      room: () => (this.#carriers.look(carrierId)?.paused === true ? 0 : breaker.room),
      parts: () => quotas.left(carrierId),
      isWhole: () => quotas.isWhole(carrierId),
      routes: () => router.routesFor(carrierId),
      usage: () => quotas.usage(carrierId),
      told: (outcome, ready) => {
        // One that says itself that it is down needs no rest besides.
        if (ready || outcome.kind === 'accepted' || outcome.kind === 'rejected') breaker.take(outcome);
      },
      spent: (usage, parts) => quotas.spent(usage, parts),
    };
  }

  /**
   * Why queued messages of a class wait; null when a carrier is at work on them.
   * @param msisdn of a message to one number: its route is then known for certain.
   */
  whyWaiting(trafficId: number, msisdn: string | null = null): Waiting | null {
    const looks = this.#carriers.looks();
    if (looks.length === 0) return waitingFor(noCarrier);
    if (looks.every((look) => !look.enabled)) return waitingFor(allOff);
    const found = this.#traffic.byId(trafficId);
    const traffic = found === undefined || msisdn === null ? found : { ...found, prefix: msisdn };
    const ids = traffic === undefined ? looks.map((look) => look.id) : this.router.carriersFor(traffic);
    const purpose = traffic?.purpose ?? 'normal';
    const reasons: Reason[] = [];
    for (const id of ids) {
      const look = this.#carriers.look(id);
      // Those that a person has switched off say nothing where others are to be waited for.
      if (traffic === undefined && look?.enabled === false) continue;
      const fitness = this.fitness.of(id, purpose);
      if (fitness.kind === 'usable') return null;
      reasons.push(fitness.why);
    }
    if (reasons.length === 0) return waitingFor(emptyRoute);
    return { text: `Waiting: ${reasons.map(({ text }) => text).join(' · ')}`, reasons };
  }
}
