import type { Carrier, CarrierHost, CarrierKind, CarrierStatus } from '../domain/carrier.ts';
import { AppError, errorText } from '../domain/errors.ts';
import type { Clock, Logger, Service } from '../domain/ports.ts';
import type { CarrierRecord, CarrierStore } from '../store/carrier-store.ts';
import type { CarrierPolicy } from '../store/carrier-policy.ts';
import type { ReportStore } from '../store/report-store.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { InboundDesk } from './inbound-desk.ts';

/** Decisions about a carrier that its kind knows nothing of; they rest beside its own configuration. */
export interface CarrierTerms {
  readonly uncertain: 'hold' | 'resend';
  readonly refundFailed: boolean;
}

/** Makes carriers of their stored configuration; the only place with a switch on the kind is behind this. */
export interface CarrierFactory {
  create(record: CarrierRecord, host: CarrierHost): Carrier;
  terms(record: CarrierRecord): CarrierTerms;
}

export interface CarrierView {
  readonly id: number;
  readonly name: string;
  readonly kind: CarrierKind;
  readonly enabled: boolean;
  readonly state: CarrierStatus['state'];
  readonly reason: string;
  readonly facts: CarrierStatus['facts'];
}

export interface LiveCarrier {
  readonly carrier: Carrier;
  readonly policy: CarrierPolicy;
}

interface Live extends LiveCarrier {
  status: CarrierStatus;
}

const stopMs = 9_000;

/** The carriers of the box: made, started, watched, stopped; each with the host that books what it hears. */
export class CarrierRegistry implements Service {
  readonly name = 'carriers';
  readonly #store: CarrierStore;
  readonly #factory: CarrierFactory;
  readonly #reports: ReportStore;
  readonly #inbound: InboundDesk;
  readonly #dispatcher: Dispatcher;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #onChange: (view: CarrierView) => void;
  readonly #live = new Map<number, Live>();

  constructor(options: {
    store: CarrierStore;
    factory: CarrierFactory;
    reports: ReportStore;
    inbound: InboundDesk;
    dispatcher: Dispatcher;
    clock: Clock;
    log: Logger;
    onChange: (view: CarrierView) => void;
  }) {
    this.#store = options.store;
    this.#factory = options.factory;
    this.#reports = options.reports;
    this.#inbound = options.inbound;
    this.#dispatcher = options.dispatcher;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#onChange = options.onChange;
  }

  async start(): Promise<void> {
    const records = this.#store.list();
    const enabled = records.filter((record) => record.enabled === 1);
    for (const record of enabled) this.#make(record);
    await this.#dispatcher.recover(
      (id) =>
        this.#live.get(id)?.policy ??
        this.#policyOf(
          id,
          records.find((record) => record.id === id),
        ),
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
    return this.#store.list().map((record) => this.#view(record));
  }

  async add(name: string, kind: CarrierKind, config: string): Promise<CarrierView> {
    const record = await this.#store.add(name, kind, config, this.#clock.now());
    this.#launch(record);
    return this.#view(record);
  }

  async enable(id: number): Promise<CarrierView> {
    const record = await this.#store.setEnabled(id, true);
    if (!this.#live.has(id)) this.#launch(record);
    return this.#view(record);
  }

  async disable(id: number): Promise<CarrierView> {
    const record = await this.#store.setEnabled(id, false);
    await this.#halt(id);
    const view = this.#view(record);
    this.#onChange(view);
    return view;
  }

  async remove(id: number): Promise<void> {
    await this.#store.remove(id, this.#clock.now());
    await this.#halt(id);
  }

  /** Why queued messages wait, in plain words; null when a carrier is at work. */
  whyWaiting(): string | null {
    const views = this.list();
    if (views.some((view) => view.enabled && view.state === 'ready')) return null;
    const enabled = views.filter((view) => view.enabled);
    if (enabled.length === 0) {
      return views.length === 0
        ? 'Waiting: no carrier is set up. Add a modem or another carrier.'
        : 'Waiting: every carrier is switched off. Enable one.';
    }
    return `Waiting: ${enabled.map((view) => `${view.name}: ${view.reason === '' ? view.state : view.reason}`).join(' · ')}`;
  }

  #launch(record: CarrierRecord): void {
    this.#make(record);
    this.#begin(record);
  }

  #make(record: CarrierRecord): void {
    const carrier = this.#factory.create(record, this.#hostOf(record));
    const policy = this.#policyOf(record.id, record, carrier);
    this.#live.set(record.id, { carrier, policy, status: carrier.status() });
  }

  #begin(record: CarrierRecord): void {
    const live = this.#live.get(record.id);
    if (live === undefined) return;
    const { carrier, policy } = live;
    this.#dispatcher.attach(carrier, policy);
    carrier.start().then(
      () => this.#changed(record),
      (error: unknown) => this.#log.error('carrier.start_failed', { carrier: record.name, error: errorText(error) }),
    );
  }

  async #halt(id: number, boxStops = false): Promise<void> {
    const live = this.#live.get(id);
    if (live === undefined) return;
    this.#live.delete(id);
    // Told first to take nothing more, so that what runs can end while the carrier winds down.
    const detached = this.#dispatcher.detach(id, boxStops);
    await Promise.race([live.carrier.stop(), this.#deadline()]).catch((error: unknown) =>
      this.#log.error('carrier.stop_failed', { carrier: id, error: errorText(error) }),
    );
    await detached;
  }

  #deadline(): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(stopMs, resolve);
    });
  }

  #hostOf(record: CarrierRecord): CarrierHost {
    return {
      report: async (report) => {
        const policy = this.#live.get(record.id)?.policy ?? this.#policyOf(record.id, record);
        await this.#reports.record(report, policy, this.#clock.now());
      },
      inbound: (part) => this.#inbound.receive(record.id, part),
      changed: () => this.#changed(record),
    };
  }

  #changed(record: CarrierRecord): void {
    const live = this.#live.get(record.id);
    if (live === undefined) return;
    const status = live.carrier.status();
    const told =
      status.state !== live.status.state || status.reason !== live.status.reason || !sameFacts(status, live.status);
    live.status = status;
    if (told) this.#onChange(this.#view(record));
    this.#dispatcher.wake();
  }

  #view(record: CarrierRecord): CarrierView {
    const live = this.#live.get(record.id);
    const enabled = live !== undefined;
    const status = live?.carrier.status() ?? { state: 'disabled' as const, reason: 'Switched off.', facts: {} };
    return { id: record.id, name: record.name, kind: record.kind, enabled, ...status };
  }

  #policyOf(carrierId: number, record: CarrierRecord | undefined, carrier?: Carrier): CarrierPolicy {
    const reports = carrier?.reports ?? true;
    const askAfterMs = carrier?.ask === undefined ? null : (carrier.asking?.afterMs ?? null);
    if (record === undefined) return { carrierId, reports, askAfterMs, uncertain: 'hold', refundFailed: true };
    return { carrierId, reports, askAfterMs, ...this.#factory.terms(record) };
  }
}

function sameFacts(a: CarrierStatus, b: CarrierStatus): boolean {
  const keys = Object.keys(a.facts);
  return keys.length === Object.keys(b.facts).length && keys.every((key) => a.facts[key] === b.facts[key]);
}

/** @throws AppError `carrier.config_invalid` for a configuration that does not parse. */
export function parseCarrierConfig<T>(parse: (value: unknown) => T, config: string, name: string): T {
  try {
    return parse(JSON.parse(config));
  } catch (error) {
    throw new AppError(
      'carrier.config_invalid',
      `The configuration of carrier ${name} cannot be read. Remove it and add it again.`,
      { cause: error },
    );
  }
}
