import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../../domain/ports.ts';
import type { LaneQueue } from '../../store/message-reader.ts';
import type { CarrierView } from '../carrier-view.ts';
import type { HourTotals } from './hour-totals.ts';

export interface MetricsOptions {
  readonly version: string;
  readonly carriers: () => readonly CarrierView[];
  readonly queue: () => readonly LaneQueue[];
  readonly totals: HourTotals;
  readonly clock: Clock;
}

export type ApiName = 'v2' | 'v1' | 'admin' | 'other';
export type WebhookOutcome = 'delivered' | 'failed' | 'again';

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const ends = ['sent', 'delivered', 'failed', 'expired', 'blocked', 'cancelled', 'unknown'] as const;

/** The figures of the box in the form that Prometheus reads. Nothing of a person is in them: no numbers, no names, no texts. */
export class Metrics {
  readonly #options: MetricsOptions;
  readonly #registry = new Registry();
  readonly #requests: Counter<'api' | 'status'>;
  readonly #times: Histogram<'api'>;
  readonly #webhooks: Counter<'outcome'>;
  #scraped = false;

  constructor(options: MetricsOptions) {
    this.#options = options;
    const registers = [this.#registry];
    this.#requests = new Counter({
      name: 'sepsms_http_requests_total',
      help: 'Requests answered.',
      labelNames: ['api', 'status'],
      registers,
    });
    this.#times = new Histogram({
      name: 'sepsms_http_request_duration_seconds',
      help: 'From the first line of a request to the end of its answer.',
      labelNames: ['api'],
      buckets: seconds,
      registers,
    });
    this.#webhooks = new Counter({
      name: 'sepsms_webhook_attempts_total',
      help: 'Attempts to deliver a webhook: delivered, failed for good, or to be tried again.',
      labelNames: ['outcome'],
      registers,
    });
  }

  start(): void {
    this.#options.totals.start();
    this.#watchQueue();
    this.#watchTraffic();
    this.#watchCarriers();
    this.#gauge('sepsms_info', 'The version of the box.', ['version']).set({ version: this.#options.version }, 1);
  }

  /** A request was answered. */
  answered(api: ApiName, status: number, ms: number): void {
    this.#requests.inc({ api, status: `${Math.trunc(status / 100)}xx` });
    this.#times.observe({ api }, ms / 1_000);
  }

  /** A webhook was posted. */
  posted(outcome: WebhookOutcome): void {
    this.#webhooks.inc({ outcome });
  }

  /** All figures as they are now. */
  async text(): Promise<{ readonly type: string; readonly text: string }> {
    // Those of the process watch the event loop and the collector, which only who reads them should pay for.
    if (!this.#scraped) collectDefaultMetrics({ register: this.#registry });
    this.#scraped = true;
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  #gauge<L extends string>(name: string, help: string, labelNames: L[], collect?: (gauge: Gauge<L>) => void): Gauge<L> {
    return new Gauge<L>({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      ...(collect === undefined
        ? {}
        : {
            collect() {
              this.reset();
              collect(this);
            },
          }),
    });
  }

  #counter<L extends string>(
    name: string,
    help: string,
    labelNames: L[],
    collect: (counter: Counter<L>) => void,
  ): void {
    // Its values are known as a whole, so they are set anew each time.
    void new Counter<L>({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        this.reset();
        collect(this);
      },
    });
  }

  #watchQueue(): void {
    const { queue, clock } = this.#options;
    this.#gauge('sepsms_queue_recipients', 'Recipients that wait to be handed over.', ['lane'], (gauge) => {
      for (const { lane, queued } of queue()) gauge.set({ lane }, queued);
    });
    this.#gauge('sepsms_queue_oldest_seconds', 'How long the first of them has waited.', ['lane'], (gauge) => {
      for (const { lane, oldest } of queue()) {
        gauge.set({ lane }, oldest === null ? 0 : Math.max(0, clock.now() - oldest) / 1_000);
      }
    });
  }

  #watchTraffic(): void {
    const { totals } = this.#options;
    const name = this.#names();
    this.#counter('sepsms_recipients_total', 'Recipients by what became of them.', ['carrier', 'state'], (counter) => {
      for (const [carrier, counts] of totals.read()) {
        for (const state of ends) counter.inc({ carrier: name(carrier), state }, counts[state]);
      }
    });
    this.#counter('sepsms_accepted_total', 'Recipients accepted from callers.', [], (counter) => {
      for (const counts of totals.read().values()) counter.inc(counts.accepted);
    });
    this.#counter('sepsms_parts_total', 'Parts that carriers took.', ['carrier'], (counter) => {
      for (const [carrier, { parts }] of totals.read()) if (parts > 0) counter.inc({ carrier: name(carrier) }, parts);
    });
    this.#counter('sepsms_codes_total', 'One-time codes handed over.', [], (counter) => {
      for (const { otp_sent: sent } of totals.read().values()) counter.inc(sent);
    });
    this.#counter(
      'sepsms_codes_seconds_total',
      'How long they took together, from asking to hand-over.',
      [],
      (counter) => {
        for (const { otp_latency: ms } of totals.read().values()) counter.inc(ms / 1_000);
      },
    );
  }

  #watchCarriers(): void {
    const { carriers } = this.#options;
    this.#gauge('sepsms_carrier_ready', '1 while a carrier takes messages.', ['carrier', 'kind'], (gauge) => {
      for (const { name, kind, state } of carriers()) gauge.set({ carrier: name, kind }, state === 'ready' ? 1 : 0);
    });
    this.#gauge('sepsms_carrier_held', 'Recipients that a carrier holds.', ['carrier'], (gauge) => {
      for (const { name, held } of carriers()) gauge.set({ carrier: name }, held);
    });
    this.#gauge('sepsms_modem_signal_dbm', 'Signal of a modem.', ['carrier'], (gauge) => {
      for (const { name, facts } of carriers()) {
        const signal = facts['signalDbm'];
        if (typeof signal === 'number') gauge.set({ carrier: name }, signal);
      }
    });
    this.#gauge(
      'sepsms_quota_used_ratio',
      'How much of a quota is used, from 0 to 1.',
      ['carrier', 'period'],
      (gauge) => {
        for (const { name, usage } of carriers()) {
          for (const { period, used, limit } of usage) {
            if (limit !== null) gauge.set({ carrier: name, period }, limit === 0 ? 1 : used / limit);
          }
        }
      },
    );
  }

  #names(): (id: number) => string {
    return (id) => (id === 0 ? '' : (this.#options.carriers().find((one) => one.id === id)?.name ?? `removed ${id}`));
  }
}
