import type {
  Carrier,
  CarrierCall,
  CarrierCallAnswer,
  CarrierHost,
  CarrierStatus,
  DeliveryReport,
  HandedOver,
  ReportAsking,
  Submission,
  SubmitOutcome,
} from '../../domain/carrier.ts';
import { causeOf } from '../../domain/reason.ts';
import type { CarrierCommand, CarrierCommandAnswer } from '../../domain/carrier-command.ts';
import { AppError, errorText } from '../../domain/errors.ts';
import type { Clock, Logger, Random } from '../../domain/ports.ts';
import { notFound, type Handing, type Look, type Provider, type Standing } from './provider.ts';
import { StandingWatch } from './standing-watch.ts';

export interface UpstreamCarrierOptions {
  readonly name: string;
  readonly provider: Provider;
  /** Hand-overs at one time. */
  readonly window: number;
  /** What never changes and is worth showing: which provider, where, the callback address. */
  readonly facts: Readonly<Record<string, string | null>>;
  readonly host: CarrierHost;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

/** Hand-overs under way are given so long to end when the carrier stops; less than the box waits for it. */
const stopMs = 4_000;
const retrySoonMs = 5_000;

/** A provider, or another SEPSMS, that takes messages over HTTP. */
export function createUpstreamCarrier(options: UpstreamCarrierOptions): Carrier {
  return new UpstreamCarrier(options);
}

class UpstreamCarrier implements Carrier {
  readonly kind = 'upstream';
  readonly splitting = 'whole';
  readonly reports: boolean;
  readonly asking?: ReportAsking;
  readonly query?: (submission: Submission) => Promise<SubmitOutcome>;
  readonly #options: UpstreamCarrierOptions;
  readonly #log: Logger;
  readonly #watch: StandingWatch;
  readonly #running = new Set<Promise<unknown>>();
  #abort = new AbortController();
  #inFlight = 0;
  /** Reports are not asked for before this moment. */
  #askFrom = 0;
  #stopping: Promise<void> | null = null;
  #balance: number | null = null;
  #unit = '';
  #problem: string | null = null;

  constructor(options: UpstreamCarrierOptions) {
    const { provider, host, clock, random } = options;
    this.#options = options;
    this.#log = options.log.child({ carrier: options.name });
    this.reports = provider.reports;
    if (provider.asking !== null) this.asking = provider.asking;
    if (provider.handAgain !== undefined) this.query = (submission) => this.#query(submission);
    this.#watch = new StandingWatch({
      clock,
      random,
      look: provider.look === undefined ? null : async () => (await this.#look()).standing,
      changed: () => {
        this.#log.info('upstream.state', { state: this.#watch.state });
        host.changed();
      },
    });
  }

  /** Resolves at once; it becomes ready, or tells why not, when the provider has answered. */
  start(): Promise<void> {
    this.#stopping = null;
    this.#abort = new AbortController();
    this.#watch.start();
    return Promise.resolve();
  }

  /** Lets what is under way end for a few seconds, then breaks it off. Settles within five seconds. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  status(): CarrierStatus {
    const { facts } = this.#options;
    return {
      state: this.#watch.state,
      reason: this.#watch.reason,
      cause: this.#watch.cause,
      facts: { ...facts, balance: this.#balance, balanceUnit: this.#unit, callbackProblem: this.#problem },
    };
  }

  room(): number {
    return this.#watch.state === 'ready' ? Math.max(0, this.#options.window - this.#inFlight) : 0;
  }

  async submit(submission: Submission): Promise<SubmitOutcome> {
    const { window, provider } = this.#options;
    if (this.#watch.state !== 'ready') {
      const message = this.#watch.reason === '' ? 'The carrier is stopped.' : this.#watch.reason;
      return { kind: 'retry', code: 'upstream.not_ready', message, afterMs: retrySoonMs, carrierFault: true };
    }
    if (this.#inFlight >= window) {
      const message = 'The carrier has as much under way as it may.';
      return { kind: 'retry', code: 'upstream.busy', message, afterMs: 1_000, carrierFault: true };
    }
    this.#inFlight += 1;
    const handing = await this.#track(this.#safely(provider.hand(submission, this.#abort.signal)));
    this.#inFlight -= 1;
    this.#watch.learn(handing.standing);
    this.#options.host.changed();
    return handing.outcome;
  }

  async ask(handed: HandedOver): Promise<DeliveryReport | null> {
    const { provider, clock } = this.#options;
    if (provider.ask === undefined || this.#watch.state === 'stopped' || clock.monotonic() < this.#askFrom) return null;
    try {
      const { report, standing } = await this.#track(provider.ask(handed, this.#abort.signal));
      // Messages do not wait because reports were asked for too often.
      if (standing.kind === 'paused') this.#askFrom = clock.monotonic() + standing.ms;
      else this.#watch.learn(standing);
      return report;
    } catch (error) {
      this.#log.error('upstream.ask_failed', { error: errorText(error) });
      return null;
    }
  }

  /** Takes a webhook or delivery receipt; answered well only when all that it tells is on disk. */
  async callback(call: CarrierCall): Promise<CarrierCallAnswer> {
    const { provider, host } = this.#options;
    if (provider.hear === undefined) return notFound;
    try {
      const { reports, inbound, answer, problem } = provider.hear(call);
      this.#note(problem);
      for (const report of reports) await host.report(report);
      for (const part of inbound) await host.inbound(part);
      return answer;
    } catch (error) {
      this.#log.error('upstream.callback_failed', { error: errorText(error) });
      return { status: 503, contentType: 'text/plain', body: 'Try again later' };
    }
  }

  /** @throws AppError `carrier.command_unsupported`. */
  async operate(command: CarrierCommand): Promise<CarrierCommandAnswer> {
    if (command.kind !== 'probe' && command.kind !== 'balance') {
      throw new AppError(
        'carrier.command_unsupported',
        'A provider over HTTP can be probed and asked for its balance.',
      );
    }
    await this.#watch.look();
    const { state, reason } = this.#watch;
    if (state !== 'ready') return { ok: false, text: reason, lines: [], more: false };
    const balance = this.#balance === null ? null : `${this.#balance} ${this.#unit || 'credits'}`;
    if (command.kind === 'probe' || balance !== null) {
      const text = balance === null ? 'The provider answers.' : `The provider answers. Balance: ${balance}.`;
      return { ok: true, text, lines: [], more: false };
    }
    return { ok: false, text: 'The provider does not tell the balance to this key.', lines: [], more: false };
  }

  async #query(submission: Submission): Promise<SubmitOutcome> {
    const { provider } = this.#options;
    if (provider.handAgain === undefined || this.#watch.state !== 'ready') {
      return { kind: 'uncertain', code: 'upstream.not_ready', message: this.#watch.reason };
    }
    const handing = await this.#track(this.#safely(provider.handAgain(submission, this.#abort.signal)));
    this.#watch.learn(handing.standing);
    return handing.outcome;
  }

  async #look(): Promise<Look> {
    const none: Look = { standing: { kind: 'silent' }, balance: null, unit: '' };
    try {
      const look = await this.#track(this.#options.provider.look?.(this.#abort.signal) ?? Promise.resolve(none));
      if (look.balance !== null || look.standing.kind === 'well') {
        this.#balance = look.balance;
        this.#unit = look.unit;
        this.#options.host.changed();
      }
      return look;
    } catch (error) {
      this.#log.error('upstream.look_failed', { error: errorText(error) });
      return { ...none, standing: faulty };
    }
  }

  /** A provider never rejects; should one do so, nobody knows what left the box. */
  async #safely(handing: Promise<Handing>): Promise<Handing> {
    try {
      return await handing;
    } catch (error) {
      this.#log.error('upstream.hand_failed', { error: errorText(error) });
      const message = 'The driver failed while handing over; the message may have been sent.';
      return { outcome: { kind: 'uncertain', code: 'upstream.fault', message }, standing: faulty, judged: false };
    }
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  #note(problem: string | null): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#options.host.changed();
  }

  async #stop(): Promise<void> {
    const { clock } = this.#options;
    this.#watch.stop();
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = clock.after(stopMs, resolve);
    await Promise.race([late, Promise.allSettled(this.#running)]);
    timer.cancel();
    this.#abort.abort();
    await Promise.allSettled(this.#running);
  }
}

const faulty: Standing = {
  kind: 'away',
  reason: 'The driver of this carrier failed; the log says more.',
  cause: causeOf('upstream.driver_failed'),
};
