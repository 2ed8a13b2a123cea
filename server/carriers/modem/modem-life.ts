import type { CarrierState } from '../../domain/carrier.ts';
import { errorText, isAppError } from '../../domain/errors.ts';
import { causeOf, type Cause } from '../../domain/reason.ts';
import type { ByteStream, Logger } from '../../domain/ports.ts';
import { emptyFacts } from './facts.ts';
import type { ModemFacts } from './facts.ts';
import type { ModemCarrierOptions, ModemStream } from './modem-options.ts';
import { ModemSession } from './modem-session.ts';
import type { SessionEnd } from './modem-session.ts';
import { Pause, within } from '../../platform/pause.ts';
import { createPinMemory } from './pin-memory.ts';
import type { PinMemory } from './pin-memory.ts';
import { RecoveryLadder } from './recovery.ts';
import type { RecoveryStep } from './recovery.ts';
import { SendPolicy } from './send-policy.ts';
import type { ModemTimeouts } from './timeouts.ts';

export interface ModemLifeOptions {
  readonly carrier: ModemCarrierOptions;
  readonly timeouts: ModemTimeouts;
  readonly log: Logger;
  /** Told of every change of state, reason or facts. */
  readonly publish: (state: CarrierState, reason: string, cause?: Cause) => void;
}

export const closeMs = 3_000;
const shoutMs = 3_000;
/** More than switching off and on takes, with its tries. */
const powerMs = 20_000;

/** Keeps a modem at work: opens its port, runs a session on it, and when that ends does what helps, again and again. */
export class ModemLife {
  readonly #options: ModemLifeOptions;
  readonly #pause: Pause;
  readonly #ladder: RecoveryLadder;
  readonly #policy = new SendPolicy();
  readonly #pinMemory: PinMemory;
  #facts: ModemFacts = emptyFacts();
  #session: ModemSession | null = null;
  #failures = 0;
  #hung = false;
  /** Counts starts and ends, so that what an earlier run still finishes changes nothing any more. */
  #generation = 0;

  constructor(options: ModemLifeOptions) {
    const { carrier, timeouts } = options;
    this.#options = options;
    this.#pause = new Pause(carrier.clock);
    this.#ladder = new RecoveryLadder(carrier.clock, timeouts);
    this.#pinMemory = carrier.pinMemory ?? createPinMemory();
  }

  get facts(): ModemFacts {
    return { ...this.#facts, resets: this.#ladder.resets };
  }

  /** The open port; null between two. */
  get session(): ModemSession | null {
    return this.#session;
  }

  /** A part went out. */
  sent(): void {
    this.#ladder.sent();
  }

  /** Runs until `end`. */
  async run(): Promise<void> {
    this.#generation += 1;
    const run = this.#generation;
    while (this.#isCurrent(run)) {
      const stream = await this.#open(run);
      if (stream === null) await this.#backOff(run);
      else if (this.#isCurrent(run)) await this.#use(stream, run);
      else await this.#close(stream);
    }
  }

  /** Ends the session and every wait; the run settles when its port is closed. */
  end(): void {
    this.#generation += 1;
    this.#session?.stop();
    this.#pause.wake();
  }

  #isCurrent(run: number): boolean {
    return run === this.#generation;
  }

  async #open(run: number): Promise<ModemStream | null> {
    const { carrier, timeouts, log } = this.#options;
    const opening = Promise.resolve().then(() => carrier.openStream({ knockDtr: this.#hung }));
    let problem = 'The port does not open in time. Unplug the modem and plug it in again.';
    let cause = causeOf('modem.port_slow');
    try {
      const stream = await within(carrier.clock, timeouts.open, opening, null);
      if (stream !== null) return stream;
      // It may still open, and would then hold the port for nobody.
      opening.then((late) => this.#close(late)).catch(() => {});
    } catch (error) {
      problem = errorText(error);
      cause = openCause(error, problem);
    }
    log.debug('modem.open_failed', { error: problem });
    this.#publish(run, 'faulty', problem, cause);
    return null;
  }

  async #use(stream: ModemStream, run: number): Promise<void> {
    const { carrier, timeouts, log } = this.#options;
    const { clock, host, pin, smsc, partGapMs, register } = carrier;
    this.#facts.port = stream.path ?? null;
    const session = new ModemSession({
      stream,
      place: { role: stream.role ?? null, usb: stream.usb ?? null },
      host,
      clock,
      log,
      timeouts,
      facts: this.#facts,
      policy: this.#policy,
      pin: pin ?? null,
      pinMemory: this.#pinMemory,
      smsc: smsc ?? null,
      gapMs: partGapMs ?? 0,
      admit: (identity) => register?.admit(identity) ?? null,
      inService: (identity) => void register?.inService(identity),
      publish: (state, reason, cause) => this.#publish(run, state, reason, cause),
    });
    this.#session = session;
    const end = await this.#runSession(session);
    this.#session = null;
    this.#hung = false;
    log.info('modem.session_ended', { end });
    if (end === 'stopped' || !this.#isCurrent(run)) await this.#close(stream);
    else if (end === 'closed') await this.#unplugged(stream, run);
    else if (end === 'foreign') await this.#leave(stream, run);
    else await this.#recover(end, session, stream, run);
  }

  /** A fault outside, such as a PIN memory that cannot be read, costs the session but not the carrier. */
  async #runSession(session: ModemSession): Promise<SessionEnd> {
    try {
      return await session.run();
    } catch (error) {
      this.#options.log.error('modem.session_failed', { error: errorText(error) });
      return 'hung';
    }
  }

  async #unplugged(stream: ByteStream, run: number): Promise<void> {
    this.#facts = emptyFacts();
    this.#publish(
      run,
      'faulty',
      'The modem is unplugged. Plug it in again; the box finds it by itself.',
      causeOf('modem.unplugged'),
    );
    await this.#close(stream);
    await this.#backOff(run);
  }

  /** The modem is another one: its port is left to whoever it belongs to. The session has said so. */
  async #leave(stream: ByteStream, run: number): Promise<void> {
    this.#facts = emptyFacts();
    await this.#close(stream);
    if (this.#isCurrent(run)) await this.#pause.sleep(this.#jittered(this.#options.timeouts.foreign));
  }

  async #recover(end: SessionEnd, session: ModemSession, stream: ByteStream, run: number): Promise<void> {
    const { carrier, timeouts, log } = this.#options;
    const step = this.#ladder.next(await this.#powerAble());
    this.#hung = true;
    if (step === 'give-up') log.error('modem.out_of_service', { end, resets: this.#ladder.resets });
    else log.warn('modem.recovery', { end, step });
    this.#publish(run, step === 'give-up' ? 'faulty' : 'waiting', this.#stepWords(step), this.#stepCause(step));
    if (step === 'reset') {
      await within(
        carrier.clock,
        shoutMs,
        session.shoutReset().catch(() => {}),
        undefined,
      );
    }
    session.stop();
    await this.#close(stream);
    if (!this.#isCurrent(run)) return;
    if (step === 'power-cycle') await this.#cyclePower();
    if (!this.#isCurrent(run)) return;
    if (step === 'reset' || step === 'power-cycle') await this.#pause.sleep(timeouts.reset);
    else await this.#backOff(run);
  }

  async #powerAble(): Promise<boolean> {
    const { carrier } = this.#options;
    return carrier.power === undefined ? false : await within(carrier.clock, closeMs, carrier.power.able(), false);
  }

  async #cyclePower(): Promise<void> {
    const { carrier, log } = this.#options;
    try {
      await within(carrier.clock, powerMs, carrier.power?.cycle() ?? Promise.resolve(), undefined);
    } catch (error) {
      log.error('modem.power_cycle_failed', { error: errorText(error) });
    }
  }

  #stepCause(step: RecoveryStep): Cause {
    const { resets } = this.#ladder;
    switch (step) {
      case 'reopen':
        return causeOf('modem.reopening');
      case 'reset':
        return causeOf('modem.resetting');
      case 'power-cycle':
        return causeOf('modem.power_cycling');
      case 'give-up':
        return resets === 0 ? causeOf('modem.no_answer') : causeOf('modem.hangs', { count: resets });
    }
  }

  #stepWords(step: RecoveryStep): string {
    switch (step) {
      case 'reopen':
        return 'The modem does not answer; its port is being opened anew.';
      case 'reset':
        return 'The modem hangs and is being reset; this takes half a minute.';
      case 'power-cycle':
        return 'The modem hangs and its reset did not help; it is taken off the USB bus and back on.';
      case 'give-up':
        return this.#hopeless();
    }
  }

  #hopeless(): string {
    if (this.#ladder.resets === 0) {
      return 'The port opens, but no modem answers on it. Check that it is the port for AT commands.';
    }
    return `The modem hangs again and again (${this.#ladder.resets} resets within the hour). Unplug it, plug it in again, and check its power supply.`;
  }

  async #close(stream: ByteStream): Promise<void> {
    const { carrier, log } = this.#options;
    try {
      await within(carrier.clock, closeMs, stream.close(), undefined);
    } catch (error) {
      log.warn('modem.close_failed', { error: errorText(error) });
    }
  }

  /** Doubles up to the longest wait. */
  async #backOff(run: number): Promise<void> {
    if (!this.#isCurrent(run)) return;
    const { reopen, reopenMax } = this.#options.timeouts;
    const base = Math.min(reopenMax, reopen * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    await this.#pause.sleep(this.#jittered(base));
  }

  /** So that several modems do not come in step. */
  #jittered(ms: number): number {
    return ms * (0.8 + 0.2 * this.#options.carrier.random.fraction());
  }

  #publish(run: number, state: CarrierState, reason: string, cause?: Cause): void {
    if (!this.#isCurrent(run)) return;
    if (state === 'ready') {
      this.#failures = 0;
      this.#ladder.ready();
    }
    this.#options.publish(state, reason, cause);
  }
}

/** Why a port does not open. */
function openCause(error: unknown, detail: string): Cause {
  if (isAppError(error, 'port.in_use')) return causeOf('modem.port_in_use', { detail });
  if (isAppError(error, 'port.not_allowed')) return causeOf('modem.port_not_allowed', { detail });
  return causeOf('modem.no_port', { detail });
}
