import type { CarrierCommand, CarrierCommandAnswer } from '../../domain/carrier-command.ts';
import type { Carrier, CarrierState, CarrierStatus, Submission, SubmitOutcome } from '../../domain/carrier.ts';
import { errorText } from '../../domain/errors.ts';
import { causeOf, type Cause } from '../../domain/reason.ts';
import type { Logger } from '../../domain/ports.ts';
import { publicFacts } from './facts.ts';
import { Line } from './line.ts';
import { closeMs, ModemLife } from './modem-life.ts';
import type { ModemCarrierOptions } from './modem-options.ts';
import type { ModemSession } from './modem-session.ts';
import { createBalanceMemory } from './operate/balance.ts';
import { Operations } from './operate/operations.ts';
import { within } from '../../platform/pause.ts';
import type { Sent } from './sender.ts';
import { defaultTimeouts } from './timeouts.ts';
import type { ModemTimeouts } from './timeouts.ts';

/** A GSM or LTE modem that speaks AT commands over a byte stream (3GPP TS 27.005, 27.007), PDU mode. */
export function createModemCarrier(options: ModemCarrierOptions): Carrier {
  return new ModemCarrier(options);
}

class ModemCarrier implements Carrier {
  readonly kind: 'modem' | 'simulator';
  readonly splitting = 'parts';
  readonly reports = true;
  readonly #options: ModemCarrierOptions;
  readonly #timeouts: ModemTimeouts;
  readonly #log: Logger;
  readonly #life: ModemLife;
  readonly #line: Line;
  readonly #operations: Operations;
  #state: CarrierState = 'stopped';
  #reason = '';
  #cause: Cause | undefined;
  #running: Promise<void> | null = null;
  #stopping: Promise<void> | null = null;

  constructor(options: ModemCarrierOptions) {
    this.kind = options.kind;
    this.#options = options;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#log = options.log.child({ carrier: options.name });
    this.#life = new ModemLife({
      carrier: options,
      timeouts: this.#timeouts,
      log: this.#log,
      publish: (state, reason, cause) => this.#publish(state, reason, cause),
    });
    this.#line = new Line(() => options.host.changed());
    this.#operations = new Operations({
      clock: options.clock,
      random: options.random,
      log: this.#log,
      line: this.#line,
      session: () => (this.#stopping === null ? this.#life.session : null),
      reason: () => this.#reason,
      changed: () => options.host.changed(),
      balance: options.balance ?? null,
      balanceMemory: options.balanceMemory ?? createBalanceMemory(),
    });
  }

  /** Resolves at once; the modem becomes ready, or tells why not, in its own time. */
  start(): Promise<void> {
    if (this.#running !== null) return Promise.resolve();
    this.#stopping = null;
    this.#publish('starting', 'The port is being opened.', causeOf('modem.opening'));
    this.#running = this.#life.run().catch((error: unknown) => {
      this.#log.error('modem.fault', { error: errorText(error) });
      this.#publish(
        'faulty',
        'The modem driver failed. Disable this modem and enable it again.',
        causeOf('modem.driver_failed'),
      );
    });
    return Promise.resolve();
  }

  /** Lets the part being sent finish for a few seconds, then closes the port. Settles within seven seconds. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  status(): CarrierStatus {
    const { facts } = this.#life;
    const msisdn = facts.msisdn ?? this.#options.number ?? null;
    const credit = {
      balance: this.#operations.known(facts.imsi),
      low: this.#options.balance?.low ?? null,
      trouble: this.#operations.balanceTrouble,
    };
    return {
      state: this.#state,
      reason: this.#reason,
      cause: this.#cause,
      facts: publicFacts({ ...facts, msisdn }, credit),
    };
  }

  room(): number {
    return this.#canTake() ? 1 : 0;
  }

  async submit(submission: Submission): Promise<SubmitOutcome> {
    const { session } = this.#life;
    if (session === null || this.#stopping !== null || !session.ready) {
      const message = this.#reason === '' ? 'The modem is not ready.' : this.#reason;
      return { kind: 'retry', code: 'modem.not_ready', message, afterMs: 5_000, carrierFault: true };
    }
    if (!this.#line.free) {
      return {
        kind: 'retry',
        code: 'modem.busy',
        message: 'The modem is busy.',
        afterMs: 1_000,
        carrierFault: true,
      };
    }
    const giveBack = this.#line.take();
    const { outcome, over } = await this.#hand(session, submission);
    if (outcome.kind === 'accepted') this.#life.sent();
    if (over === null) giveBack();
    else void over.finally(giveBack);
    return outcome;
  }

  operate(command: CarrierCommand): Promise<CarrierCommandAnswer> {
    return this.#operations.operate(command);
  }

  async #hand(session: ModemSession, submission: Submission): Promise<Pick<Sent, 'outcome' | 'over'>> {
    try {
      return await session.send(submission);
    } catch (error) {
      this.#log.error('modem.send_failed', { error: errorText(error) });
      const message = 'The modem driver failed while sending; the message may have been sent.';
      return { outcome: { kind: 'uncertain', code: 'modem.fault', message }, over: null };
    }
  }

  #canTake(): boolean {
    return this.#stopping === null && this.#line.free && this.#life.session?.ready === true;
  }

  async #stop(): Promise<void> {
    const { clock } = this.#options;
    this.#options.host.changed();
    await this.#line.waitFor(clock, this.#timeouts.stop);
    this.#life.end();
    if (this.#running !== null) await within(clock, closeMs + 500, this.#running, undefined);
    this.#running = null;
    this.#publish('stopped', '');
  }

  #publish(state: CarrierState, reason: string, cause?: Cause): void {
    if (state === 'ready') this.#operations.tick();
    if (state !== this.#state) this.#log.info('modem.state', { state, reason });
    this.#state = state;
    this.#reason = reason;
    this.#cause = cause;
    this.#options.host.changed();
  }
}
