import type {
  Carrier,
  CarrierHost,
  CarrierState,
  CarrierStatus,
  Submission,
  SubmitOutcome,
} from '../../domain/carrier.ts';
import { errorText } from '../../domain/errors.ts';
import type { ByteStream, Clock, Logger, Random } from '../../domain/ports.ts';
import { emptyFacts, publicFacts } from './facts.ts';
import type { ModemFacts } from './facts.ts';
import { ModemSession } from './modem-session.ts';
import type { SessionEnd } from './modem-session.ts';
import { Pause, within } from './pause.ts';
import { createPinMemory } from './pin-memory.ts';
import type { PinMemory } from './pin-memory.ts';
import { RecoveryLadder } from './recovery.ts';
import { SendPolicy } from './send-policy.ts';
import type { Sent } from './sender.ts';
import { defaultTimeouts } from './timeouts.ts';
import type { ModemTimeouts } from './timeouts.ts';

export interface ModemCarrierOptions {
  readonly kind: 'modem' | 'simulator';
  readonly name: string;
  /** Opens the port; called again after every end of it. Its rejection is shown to the operator as it is. */
  readonly openStream: () => Promise<ByteStream>;
  readonly host: CarrierHost;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly pin?: string;
  /** Service centre to use instead of the SIM's, digits with or without `+`. */
  readonly smsc?: string;
  /** Where refused PINs are remembered; without it for as long as this carrier lives. */
  readonly pinMemory?: PinMemory;
  /** Pause between two parts, in milliseconds. */
  readonly partGapMs?: number;
  readonly timeouts?: Partial<ModemTimeouts>;
}

/** A GSM or LTE modem that speaks AT commands over a byte stream (3GPP TS 27.005, 27.007), PDU mode. */
export function createModemCarrier(options: ModemCarrierOptions): Carrier {
  return new ModemCarrier(options);
}

const closeMs = 3_000;

class ModemCarrier implements Carrier {
  readonly kind: 'modem' | 'simulator';
  readonly splitting = 'parts';
  readonly reports = true;
  readonly #options: ModemCarrierOptions;
  readonly #timeouts: ModemTimeouts;
  readonly #log: Logger;
  readonly #pause: Pause;
  readonly #ladder: RecoveryLadder;
  readonly #policy = new SendPolicy();
  readonly #pinMemory: PinMemory;
  #facts: ModemFacts = emptyFacts();
  #state: CarrierState = 'stopped';
  #reason = '';
  #session: ModemSession | null = null;
  /** Settles when the line can take the next part. */
  #sending: Promise<void> | null = null;
  #running: Promise<void> | null = null;
  #stopping: Promise<void> | null = null;
  #failures = 0;
  /** Counts starts and stops, so that what an earlier run still finishes changes nothing any more. */
  #generation = 0;

  constructor(options: ModemCarrierOptions) {
    this.kind = options.kind;
    this.#options = options;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#log = options.log.child({ carrier: options.name });
    this.#pause = new Pause(options.clock);
    this.#ladder = new RecoveryLadder(options.clock, this.#timeouts);
    this.#pinMemory = options.pinMemory ?? createPinMemory();
  }

  /** Resolves at once; the modem becomes ready, or tells why not, in its own time. */
  start(): Promise<void> {
    if (this.#running !== null) return Promise.resolve();
    this.#stopping = null;
    this.#generation += 1;
    const run = this.#generation;
    this.#publish('starting', 'The port is being opened.');
    this.#running = this.#run(run).catch((error: unknown) => {
      this.#log.error('modem.fault', { error: errorText(error) });
      this.#publish('faulty', 'The modem driver failed. Disable this modem and enable it again.');
    });
    return Promise.resolve();
  }

  /** Lets the part being sent finish for a few seconds, then closes the port. Settles within seven seconds. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  status(): CarrierStatus {
    return {
      state: this.#state,
      reason: this.#reason,
      facts: publicFacts({ ...this.#facts, resets: this.#ladder.resets }),
    };
  }

  room(): number {
    return this.#canTake() ? 1 : 0;
  }

  async submit(submission: Submission): Promise<SubmitOutcome> {
    const session = this.#session;
    if (session === null || this.#stopping !== null || !session.ready) {
      const message = this.#reason === '' ? 'The modem is not ready.' : this.#reason;
      return { kind: 'retry', code: 'modem.not_ready', message, afterMs: 5_000, carrierFault: true };
    }
    if (this.#sending !== null) {
      return {
        kind: 'retry',
        code: 'modem.busy',
        message: 'The modem is sending.',
        afterMs: 1_000,
        carrierFault: true,
      };
    }
    const { promise, resolve: free } = Promise.withResolvers<void>();
    this.#sending = promise;
    this.#options.host.changed();
    const { outcome, over } = await this.#hand(session, submission);
    if (outcome.kind === 'accepted') this.#ladder.sent();
    if (over === null) this.#sendOver(free);
    else void over.finally(() => this.#sendOver(free));
    return outcome;
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
    return this.#stopping === null && this.#sending === null && this.#session?.ready === true;
  }

  #sendOver(free: () => void): void {
    this.#sending = null;
    free();
    this.#options.host.changed();
  }

  async #stop(): Promise<void> {
    const { clock } = this.#options;
    this.#options.host.changed();
    if (this.#sending !== null) await within(clock, this.#timeouts.stop, this.#sending, undefined);
    this.#generation += 1;
    this.#session?.stop();
    this.#pause.wake();
    if (this.#running !== null) await within(clock, closeMs + 500, this.#running, undefined);
    this.#running = null;
    this.#publish('stopped', '');
  }

  async #run(run: number): Promise<void> {
    while (this.#isCurrent(run)) {
      const stream = await this.#open(run);
      if (stream === null) await this.#backOff(run);
      else if (this.#isCurrent(run)) await this.#use(stream, run);
      else await this.#close(stream);
    }
  }

  #isCurrent(run: number): boolean {
    return run === this.#generation;
  }

  async #open(run: number): Promise<ByteStream | null> {
    const { clock, openStream } = this.#options;
    const opening = Promise.resolve().then(openStream);
    let problem = 'The port does not open in time. Unplug the modem and plug it in again.';
    try {
      const stream = await within(clock, this.#timeouts.open, opening, null);
      if (stream !== null) return stream;
      // It may still open, and would then hold the port for nobody.
      opening.then((late) => this.#close(late)).catch(() => {});
    } catch (error) {
      problem = errorText(error);
    }
    this.#log.debug('modem.open_failed', { error: problem });
    if (this.#isCurrent(run)) this.#publish('faulty', problem);
    return null;
  }

  async #use(stream: ByteStream, run: number): Promise<void> {
    const { clock, host, pin, smsc, partGapMs } = this.#options;
    const session = new ModemSession({
      stream,
      host,
      clock,
      log: this.#log,
      timeouts: this.#timeouts,
      facts: this.#facts,
      policy: this.#policy,
      pin: pin ?? null,
      pinMemory: this.#pinMemory,
      smsc: smsc ?? null,
      gapMs: partGapMs ?? 0,
      publish: (state, reason) => {
        if (this.#isCurrent(run)) this.#publish(state, reason);
      },
    });
    this.#session = session;
    const end = await this.#runSession(session);
    this.#session = null;
    this.#log.info('modem.session_ended', { end });
    if (end === 'stopped' || !this.#isCurrent(run)) await this.#close(stream);
    else if (end === 'closed') await this.#unplugged(stream, run);
    else await this.#recover(end, session, stream, run);
  }

  /** A fault outside, such as a PIN memory that cannot be read, costs the session but not the carrier. */
  async #runSession(session: ModemSession): Promise<SessionEnd> {
    try {
      return await session.run();
    } catch (error) {
      this.#log.error('modem.session_failed', { error: errorText(error) });
      return 'hung';
    }
  }

  async #unplugged(stream: ByteStream, run: number): Promise<void> {
    this.#facts = emptyFacts();
    this.#publish('faulty', 'The modem is unplugged. Plug it in again; the box finds it by itself.');
    await this.#close(stream);
    await this.#backOff(run);
  }

  async #recover(end: SessionEnd, session: ModemSession, stream: ByteStream, run: number): Promise<void> {
    const step = this.#ladder.next();
    this.#log.warn('modem.recovery', { end, step });
    if (step === 'reset') {
      this.#publish('waiting', 'The modem hangs and is being reset; this takes half a minute.');
      await within(
        this.#options.clock,
        closeMs,
        session.shoutReset().catch(() => {}),
        undefined,
      );
    } else if (step === 'give-up') this.#publish('faulty', this.#hopeless());
    else this.#publish('waiting', 'The modem does not answer; its port is being opened anew.');
    session.stop();
    await this.#close(stream);
    if (!this.#isCurrent(run)) return;
    if (step === 'reset') await this.#pause.sleep(this.#timeouts.reset);
    else await this.#backOff(run);
  }

  #hopeless(): string {
    if (this.#ladder.resets === 0) {
      return 'The port opens, but no modem answers on it. Check that it is the port for AT commands.';
    }
    return `The modem hangs again and again (${this.#ladder.resets} resets within the hour). Unplug it, plug it in again, and check its power supply.`;
  }

  async #close(stream: ByteStream): Promise<void> {
    try {
      await within(this.#options.clock, closeMs, stream.close(), undefined);
    } catch (error) {
      this.#log.warn('modem.close_failed', { error: errorText(error) });
    }
  }

  /** Doubles up to the longest wait, with some jitter so that several modems do not come in step. */
  async #backOff(run: number): Promise<void> {
    if (!this.#isCurrent(run)) return;
    const { reopen, reopenMax } = this.#timeouts;
    const base = Math.min(reopenMax, reopen * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    await this.#pause.sleep(base * (0.8 + 0.2 * this.#options.random.fraction()));
  }

  #publish(state: CarrierState, reason: string): void {
    if (state === 'ready') {
      this.#failures = 0;
      this.#ladder.ready();
    }
    if (state !== this.#state) this.#log.info('modem.state', { state, reason });
    this.#state = state;
    this.#reason = reason;
    this.#options.host.changed();
  }
}
