import { onTestFinished } from 'vitest';
import type { CarrierHost, CarrierState, Lane, SubmitOutcome } from '../../../server/domain/carrier.ts';
import type { Quota } from '../../../server/domain/quota.ts';
import type { Route } from '../../../server/domain/routing.ts';
import { CarrierRegistry } from '../../../server/services/carrier-registry.ts';
import { Dispatcher } from '../../../server/services/dispatcher.ts';
import { InboundDesk } from '../../../server/services/inbound-desk.ts';
import { Routing } from '../../../server/services/routing/routing.ts';
import { quiet } from '../../fakes/box.ts';
import { settle } from '../../fakes/manual-clock.ts';
import { ScriptedCarrier } from '../../fakes/scripted-carrier.ts';
import { accepted, openBox, rejected, type StoreBox } from '../../fakes/store-box.ts';

/** A carrier of a fleet: it answers at once unless the test takes the pen. */
export class FleetCarrier extends ScriptedCarrier {
  readonly id: number;
  readonly name: string;
  imsi: string | null = null;
  host: CarrierHost | null = null;
  reason = '';

  constructor(id: number, name: string) {
    super();
    this.id = id;
    this.name = name;
    this.script = ({ id: reference }) => accepted(String(reference));
  }

  override status() {
    return { state: this.state, reason: this.reason, facts: { imsi: this.imsi } };
  }

  /** Changes its state and tells the box. */
  turn(state: CarrierState, reason = ''): void {
    this.state = state;
    this.reason = reason;
    this.host?.changed();
  }

  /** Leaves hand-overs open until the test answers them. */
  hold(): void {
    this.script = () => null;
  }

  answersWith(outcome: SubmitOutcome): void {
    this.script = () => outcome;
  }
}

/** Several carriers behind the real registry, dispatcher and routes, over the stores of a box; the test turns the clock. */
export class Fleet {
  readonly box: StoreBox;
  readonly dispatcher: Dispatcher;
  readonly registry: CarrierRegistry;
  readonly routing: Routing;
  readonly #carriers = new Map<number, FleetCarrier>();
  readonly #quotas = new Map<number, Quota>();

  constructor(box: StoreBox) {
    this.box = box;
    const { stores, clock } = box;
    const random = { bytes: (n: number) => new Uint8Array(n), fraction: () => 0.5 };
    const common = { clock, random, log: quiet };
    this.dispatcher = new Dispatcher({ ...common, claims: stores.claims, settles: stores.settles });
    this.registry = new CarrierRegistry({
      ...common,
      store: stores.carriers,
      reports: stores.reports,
      dispatcher: this.dispatcher,
      inbound: new InboundDesk({ store: stores.inbound, clock, newUuid: () => 'u', accountId: () => 1 }),
      factory: {
        create: (record, host) => {
          const carrier = this.#carriers.get(record.id) ?? new FleetCarrier(record.id, record.name);
          carrier.host = host;
          this.#carriers.set(record.id, carrier);
          return carrier;
        },
        terms: (record) => ({ uncertain: 'hold', refundFailed: true, quota: this.#quotas.get(record.id) ?? {} }),
      },
      routing: () => this.routing,
      onChange: () => undefined,
    });
    this.routing = new Routing({
      carriers: this.registry,
      routes: stores.routes,
      quotas: stores.quotas,
      traffic: stores.traffic,
      clock,
      rules: () => ({ timeZone: 'Asia/Bangkok', failoverMs: 15_000 }),
    });
    stores.onCommit((touched) => {
      if (touched.size > 0) this.dispatcher.wake();
    });
  }

  static async start(box?: StoreBox): Promise<Fleet> {
    const fleet = new Fleet(box ?? (await openBox()));
    await fleet.dispatcher.start();
    await fleet.registry.start();
    onTestFinished(() => fleet.end());
    return fleet;
  }

  /** Stops everything. Idempotent. */
  async end(): Promise<void> {
    for (const carrier of this.#carriers.values()) {
      carrier.state = 'stopped';
      for (const one of carrier.handed) one.answer(rejected);
    }
    await this.registry.stop();
    await this.dispatcher.stop();
    this.box.close();
  }

  /** What its owner writes into its configuration; counts when the registry reads it next. */
  setQuota(carrier: FleetCarrier, quota: Quota): void {
    this.#quotas.set(carrier.id, quota);
  }

  /** Adds a carrier that is ready. */
  async add(name: string, options: { quota?: Quota; imsi?: string; width?: number } = {}): Promise<FleetCarrier> {
    const next = 1 + Math.max(0, ...this.box.stores.carriers.list().map((record) => record.id));
    this.#quotas.set(next, options.quota ?? {});
    const made = new FleetCarrier(next, name);
    made.imsi = options.imsi ?? null;
    made.width = options.width ?? 1;
    this.#carriers.set(next, made);
    await this.registry.add(name, 'modem', '{}');
    await this.calm();
    return made;
  }

  async route(
    name: string,
    carriers: readonly (FleetCarrier | readonly [FleetCarrier, number])[],
    about: Partial<Route> = {},
  ) {
    const targets = carriers.map((one) =>
      one instanceof FleetCarrier ? { carrierId: one.id, weight: 1 } : { carrierId: one[0].id, weight: one[1] },
    );
    return await this.box.stores.routes.add(
      {
        name,
        enabled: true,
        accountId: null,
        origin: null,
        purpose: null,
        hasLink: null,
        prefixes: [],
        hours: '',
        mode: 'order',
        ...about,
        carriers: targets,
      },
      this.box.clock.now(),
    );
  }

  /** Accepts messages to these numbers, one each, and lets happen what needs no time. */
  async send(
    to: readonly string[],
    options: Parameters<StoreBox['draft']>[0] & { lane?: Lane } = {},
  ): Promise<number[]> {
    const ids: number[] = [];
    for (const number of to) {
      const { id } = await this.box.accept({ ...options, to: [number] });
      ids.push(id);
      await this.calm();
    }
    return ids;
  }

  /** Lets everything happen that needs no time to pass. */
  async calm(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await settle();
  }

  why(messageId: number): string | null {
    return this.routing.whyWaiting(this.box.message(messageId).traffic_id)?.text ?? null;
  }
}

/** Numbers that a carrier was handed, in order. */
export const numbersOf = (carrier: ScriptedCarrier): string[] => carrier.submissions.map((one) => one.msisdn);
