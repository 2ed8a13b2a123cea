import type { CarrierCommand, CarrierCommandAnswer } from '../../domain/carrier-command.ts';
import type { Carrier, CarrierState, CarrierStatus, Submission, SubmitOutcome } from '../../domain/carrier.ts';
import { errorText } from '../../domain/errors.ts';
import type { ByteStream, Logger } from '../../domain/ports.ts';
import { emptyFacts, publicFacts } from './facts.ts';
import type { ModemFacts } from './facts.ts';
import { Line } from './line.ts';
import { ModemSession } from './modem-session.ts';
import type { SessionEnd } from './modem-session.ts';
import type { ModemCarrierOptions } from './modem-options.ts';
import { createBalanceMemory } from './operate/balance.ts';
import { Operations } from './operate/operations.ts';
import { Pause, within } from './pause.ts';
import { createPinMemory } from './pin-memory.ts';
import type { PinMemory } from './pin-memory.ts';
import { RecoveryLadder } from './recovery.ts';
import { SendPolicy } from './send-policy.ts';
import type { Sent } from './sender.ts';
import { defaultTimeouts } from './timeouts.ts';
import type { ModemTimeouts } from './timeouts.ts';

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
  readonly #line: Line;
  readonly #operations: Operations;
  #facts: ModemFacts = emptyFacts();
  #state: CarrierState = 'stopped';
  #reason = '';
  #session: ModemSession | null = null;
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
    this.#line = new Line(() => options.host.changed());
    this.#operations = new Operations({
      clock: options.clock,
      random: options.random,
      log: this.#log,
      line: this.#line,
      session: () => (this.#stopping === null ? this.#session : null),
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
    const facts = { ...this.#facts, resets: this.#ladder.resets };
    const balance = this.#operations.known(facts.imsi);
    return {
      state: this.#state,
      reason: this.#reason,
      facts: publicFacts(facts, balance, this.#options.balance?.low ?? null),
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
    if (outcome.kind === 'accepted') this.#ladder.sent();
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
    return this.#stopping === null && this.#line.free && this.#session?.ready === true;
  }

  async #stop(): Promise<void> {
    const { clock } = this.#options;
    this.#options.host.changed();
    await this.#line.waitFor(clock, this.#timeouts.stop);
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
      this.#operations.tick();
    }
    if (state !== this.#state) this.#log.info('modem.state', { state, reason });
    this.#state = state;
    this.#reason = reason;
    this.#options.host.changed();
  }
}
