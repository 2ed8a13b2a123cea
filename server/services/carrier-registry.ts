import type { CarrierHost, CarrierKind } from '../domain/carrier.ts';
import { AppError, errorText } from '../domain/errors.ts';
import type { Clock, Logger, Service } from '../domain/ports.ts';
import { quotaPeriods, type Quota } from '../domain/quota.ts';
import type { CarrierRecord, CarrierStore } from '../store/carrier-store.ts';
import type { ReportStore } from '../store/report-store.ts';
import {
  lookAt,
  policyOf,
  sameFacts,
  shownStatus,
  type CarrierFactory,
  type CarrierTerms,
  type CarrierView,
  type LiveCarrier,
} from './carrier-view.ts';
import type { Dispatcher } from './dispatcher.ts';
import { ReportGatherer } from './report-gatherer.ts';
import type { InboundDesk } from './inbound-desk.ts';
import type { CarrierLook } from './routing/carrier-fitness.ts';
import type { RoutedCarriers, Routing } from './routing/routing.ts';

const stopMs = 9_000;
/** Whoever waits for a carrier to be empty waits no longer. */
const drainMs = 60_000;

const usualTerms: CarrierTerms = { uncertain: 'hold', refundFailed: true, quota: {} };

export interface CarrierRegistryOptions {
  readonly store: CarrierStore;
  readonly factory: CarrierFactory;
  readonly reports: ReportStore;
  readonly inbound: InboundDesk;
  readonly dispatcher: Dispatcher;
  readonly routing: () => Routing;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onChange: (view: CarrierView) => void;
}

/** The carriers of the box: made, started, watched, stopped; each with the host that books what it hears. */
export class CarrierRegistry implements Service, RoutedCarriers {
  readonly name = 'carriers';
  readonly #options: CarrierRegistryOptions;
  readonly #live = new Map<number, LiveCarrier>();

  constructor(options: CarrierRegistryOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { store, factory, dispatcher } = this.#options;
    const records = store.list();
    const enabled = records.filter((record) => record.enabled === 1);
    for (const record of enabled) this.#make(record);
    await dispatcher.recover(
      (id) => {
        const live = this.#live.get(id);
        if (live !== undefined) return live.policy;
        const record = records.find((one) => one.id === id);
        return policyOf(id, record === undefined ? usualTerms : factory.terms(record));
      },
      (id) => this.#live.get(id)?.carrier.query !== undefined,
    );
    for (const record of enabled) this.#begin(record);
  }

  /** Stops every carrier; each ends what it is sending within its deadline. */
  async stop(): Promise<void> {
    await Promise.all([...this.#live.keys()].map((id) => this.#halt(id, true)));
  }

  /** A carrier at work, with what its owner decided about it. */
  live(id: number): LiveCarrier | undefined {
    return this.#live.get(id);
  }

  /** All carriers at work. */
  lives(): readonly LiveCarrier[] {
    return [...this.#live.values()];
  }

  list(): CarrierView[] {
    return this.#options.store.list().map((record) => this.#view(record));
  }

  /** @throws AppError `carrier.not_found`. */
  one(id: number): CarrierView {
    return this.#view(this.#options.store.byId(id));
  }

  async add(name: string, kind: CarrierKind, config: string): Promise<CarrierView> {
    const { store, clock } = this.#options;
    const record = await store.add(name, kind, config, clock.now());
    this.#launch(record);
    return this.#view(record);
  }

  async enable(id: number): Promise<CarrierView> {
    const record = await this.#options.store.setEnabled(id, true);
    if (!this.#live.has(id)) this.#launch(record);
    return this.#view(record);
  }

  async disable(id: number): Promise<CarrierView> {
    const record = await this.#options.store.setEnabled(id, false);
    await this.#halt(id);
    return this.#tell(record);
  }

  /** Gives it no new messages; reports and inbound messages still come. What it holds goes on. */
  async pause(id: number): Promise<CarrierView> {
    return this.#renew(await this.#options.store.setPaused(id, this.#options.clock.now()));
  }

  async resume(id: number): Promise<CarrierView> {
    const view = this.#renew(await this.#options.store.setPaused(id, null));
    this.#options.dispatcher.wake();
    return view;
  }

  /** Pauses it and waits until it holds nothing, a minute at the most; `held` tells what it still does. */
  async drain(id: number): Promise<CarrierView> {
    const { record } = this.#liveOf(id, (await this.pause(id)).name);
    await this.#options.dispatcher.drained(id, drainMs);
    return this.#tell(record);
  }

  /** Changes what its owner decides; what it does now goes on. @throws AppError `carrier.not_found`, `carrier.exists`. */
  async setTerms(
    id: number,
    { name, ...change }: { [K in keyof CarrierTerms]?: CarrierTerms[K] | undefined } & { name?: string | undefined },
  ): Promise<CarrierView> {
    const { store, dispatcher } = this.#options;
    // A quota is set as a whole: `json_patch` takes out what is null.
    const { quota } = change;
    const whole =
      quota === undefined
        ? {}
        : { quota: Object.fromEntries(quotaPeriods.map((period) => [period, quota[period] ?? null])) };
    if (name !== undefined && name !== store.byId(id).name) await store.rename(id, name);
    store.byId(id);
    await store.patchConfig(id, { ...change, ...whole });
    const view = this.#renew(store.byId(id));
    dispatcher.wake();
    return view;
  }

  /** Changes its configuration and starts it anew, if it runs. @throws AppError `carrier.not_found`. */
  async reconfigure(id: number, change: Readonly<Record<string, unknown>>): Promise<CarrierView> {
    const { store } = this.#options;
    store.byId(id);
    await store.patchConfig(id, change);
    const runs = this.#live.has(id);
    await this.#halt(id, true);
    const record = store.byId(id);
    if (runs) this.#launch(record);
    return this.#tell(record);
  }

  /** Starts it anew as it is, if it runs: what it was connected to may be gone without a word. */
  async reconnect(id: number): Promise<CarrierView> {
    return await this.reconfigure(id, {});
  }

  async remove(id: number): Promise<void> {
    await this.#options.store.remove(id, this.#options.clock.now());
    await this.#halt(id);
  }

  looks(): CarrierLook[] {
    return this.#options.store.list().map((record) => lookAt(record, this.#live.get(record.id)));
  }

  look(id: number): CarrierLook | undefined {
    const live = this.#live.get(id);
    if (live !== undefined) return lookAt(live.record, live);
    const record = this.#options.store.list().find((one) => one.id === id);
    return record === undefined ? undefined : lookAt(record, undefined);
  }

  quotaOf(id: number): Quota {
    return this.#live.get(id)?.terms.quota ?? {};
  }

  subjectOf(id: number): string {
    const imsi = this.#live.get(id)?.status.facts['imsi'];
    return typeof imsi === 'string' && imsi !== '' ? imsi : `carrier:${id}`;
  }

  #launch(record: CarrierRecord): void {
    this.#make(record);
    this.#begin(record);
  }

  #make(record: CarrierRecord): void {
    const { factory, clock } = this.#options;
    const carrier = factory.create(record, this.#hostOf(record));
    const terms = factory.terms(record);
    const policy = policyOf(record.id, terms, carrier);
    this.#live.set(record.id, { carrier, record, terms, policy, status: carrier.status(), downSince: clock.now() });
  }

  #begin(record: CarrierRecord): void {
    const live = this.#live.get(record.id);
    if (live === undefined) return;
    const { carrier, policy } = live;
    const { dispatcher, log } = this.#options;
    dispatcher.attach(carrier, policy, this.#options.routing().gateOf(record.id));
    carrier.start().then(
      () => this.#changed(record),
      (error: unknown) => log.error('carrier.start_failed', { carrier: record.name, error: errorText(error) }),
    );
  }

  async #halt(id: number, comesBack = false): Promise<void> {
    const live = this.#live.get(id);
    if (live === undefined) return;
    this.#live.delete(id);
    const { dispatcher, log } = this.#options;
    // Told first to take nothing more, so that what runs can end while the carrier winds down.
    const detached = dispatcher.detach(id, comesBack);
    await Promise.race([live.carrier.stop(), this.#deadline()]).catch((error: unknown) =>
      log.error('carrier.stop_failed', { carrier: id, error: errorText(error) }),
    );
    await detached;
  }

  #deadline(): Promise<void> {
    return new Promise((resolve) => {
      this.#options.clock.after(stopMs, resolve);
    });
  }

  #hostOf(record: CarrierRecord): CarrierHost {
    const { reports, factory, clock, inbound } = this.#options;
    const gatherer = new ReportGatherer((together) => {
      const policy = this.#live.get(record.id)?.policy ?? policyOf(record.id, factory.terms(record));
      return reports.recordAll(together, policy, clock.now());
    });
    return {
      report: (report) => gatherer.take(report),
      inbound: (part) => inbound.receive(record.id, part),
      changed: () => this.#changed(record),
    };
  }

  #changed(record: CarrierRecord): void {
    const live = this.#live.get(record.id);
    if (live === undefined) return;
    const before = live.status;
    const status = live.carrier.status();
    live.status = status;
    if (status.state === 'ready') live.downSince = null;
    else live.downSince ??= this.#options.clock.now();
    const told = status.state !== before.state || status.reason !== before.reason || !sameFacts(status, before);
    if (told) this.#tell(live.record);
    this.#options.dispatcher.wake();
  }

  /** Takes up what was stored anew about a carrier. */
  #renew(record: CarrierRecord): CarrierView {
    const live = this.#live.get(record.id);
    if (live !== undefined) {
      live.record = record;
      live.terms = this.#options.factory.terms(record);
      live.policy = policyOf(record.id, live.terms, live.carrier);
      this.#options.dispatcher.setPolicy(live.policy);
    }
    return this.#tell(record);
  }

  #tell(record: CarrierRecord): CarrierView {
    const view = this.#view(record);
    this.#options.onChange(view);
    return view;
  }

  #liveOf(id: number, name: string): LiveCarrier {
    const live = this.#live.get(id);
    if (live === undefined) throw new AppError('carrier.not_ready', `${name} is switched off. Enable it first.`);
    return live;
  }

  #view(record: CarrierRecord): CarrierView {
    const live = this.#live.get(record.id);
    const { id, name, kind } = record;
    const paused = record.paused_at !== null;
    const { state, reason, cause, facts } = shownStatus(record, live);
    const held = this.#options.dispatcher.held(id);
    const { uncertain, refundFailed } = live?.terms ?? this.#options.factory.terms(record);
    const usage = this.#options.routing().quotas.view(id);
    const times = usage.map((one) => ({ ...one, endsAt: new Date(one.endsAt).toISOString() }));
    const shown = { state, reason, cause, facts, held, usage: times };
    return { id, name, kind, enabled: live !== undefined, paused, ...shown, uncertain, refundFailed };
  }
}
