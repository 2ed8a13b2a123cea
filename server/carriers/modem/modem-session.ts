import type { CarrierHost, CarrierState, Submission } from '../../domain/carrier.ts';
import type { ByteStream, Clock, Logger } from '../../domain/ports.ts';
import type { Urc } from './at/urc.ts';
import type { ModemFacts } from './facts.ts';
import { DirectInbox } from './direct-inbox.ts';
import { Inbox } from './inbox.ts';
import { Indications } from './indications.ts';
import type { Blocked, InitContext } from './init/context.ts';
import { Registration } from './init/network.ts';
import { setUpModem } from './init/sequence.ts';
import { KeepAlive } from './keep-alive.ts';
import { ModemPort } from './modem-port.ts';
import { Pause, delay } from './pause.ts';
import type { PinMemory } from './pin-memory.ts';
import type { ModemEffect, SendPolicy } from './send-policy.ts';
import { Sender } from './sender.ts';
import type { Sent } from './sender.ts';
import type { ModemTimeouts } from './timeouts.ts';

export interface ModemSessionOptions {
  readonly stream: ByteStream;
  readonly host: CarrierHost;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timeouts: ModemTimeouts;
  readonly facts: ModemFacts;
  readonly policy: SendPolicy;
  readonly pin: string | null;
  readonly pinMemory: PinMemory;
  readonly smsc: string | null;
  readonly gapMs: number;
  /** Told of every change of state, reason or facts. */
  readonly publish: (state: CarrierState, reason: string) => void;
}

/**
 * How a session ended.
 * - closed: the port went away. silent: nobody answers AT. hung: the modem answered and does not any more.
 * - stopped: wanted.
 */
export type SessionEnd = 'closed' | 'silent' | 'hung' | 'stopped';

const wakeTries = 5;
const afterRestartMs = 2_000;
/** Modems go on telling that they have started for this long after they have. */
const lateStartMs = 60_000;
const timeoutsBeforeReinit = 2;
/** What a send gives reports that are being stored and acknowledged. */
const settleMs = 5_000;

/** One opened port, from the first `AT` to its end. A port that is opened again gets a session of its own. */
export class ModemSession {
  readonly #options: ModemSessionOptions;
  readonly #port: ModemPort;
  readonly #indications: Indications;
  readonly #inbox: Inbox;
  readonly #direct: DirectInbox;
  readonly #keepAlive: KeepAlive;
  readonly #sender: Sender;
  readonly #pause: Pause;
  readonly #context: InitContext;
  readonly #registration = new Registration();
  #end: SessionEnd | null = null;
  #restart = false;
  #serving = false;
  #initialisedAt = 0;
  #cooldownUntil: number | null = null;

  constructor(options: ModemSessionOptions) {
    this.#options = options;
    const { stream, clock, log, timeouts, host, facts, pin, pinMemory } = options;
    this.#pause = new Pause(clock);
    this.#port = new ModemPort({
      stream,
      clock,
      log,
      timeouts,
      onUrc: (urc) => this.#takeUrc(urc),
      onClosed: () => this.#finish('closed'),
      onTrouble: ({ alive, inARow }) => {
        if (!alive) this.#finish('hung');
        else if (inARow >= timeoutsBeforeReinit && this.#serving) this.#startAnew('timeouts');
      },
    });
    const port = this.#port;
    const lapsed = (): void => this.#keepAlive.sweep(false);
    const indications = new Indications({ port, clock, log, lapsed });
    this.#indications = indications;
    const reported = (): void => options.policy.reported();
    const inbox = new Inbox({ port, host, clock, log, timeouts, reported });
    this.#inbox = inbox;
    const failed = (): void => inbox.markUnfinished();
    this.#direct = new DirectInbox({ host, clock, log, indications, reported, failed });
    this.#sender = new Sender({
      port,
      clock,
      timeouts,
      policy: options.policy,
      smsc: options.smsc,
      gapMs: options.gapMs,
    });
    this.#context = { port, indications, clock, log, facts, timeouts, pin, pinMemory };
    this.#keepAlive = new KeepAlive({ context: this.#context, registration: this.#registration, inbox, indications });
  }

  /** Messages can be sent now. */
  get ready(): boolean {
    return (
      this.#serving && !this.#restart && this.#end === null && this.#cooldownUntil === null && this.#registration.ready
    );
  }

  /** Runs until the port ends, the modem hangs, or `stop`. Rejects only when the PIN memory does. */
  async run(): Promise<SessionEnd> {
    const { clock, timeouts } = this.#options;
    this.#port.attach();
    await delay(clock, timeouts.discard);
    if (!(await this.#port.wake(wakeTries))) this.#finish('silent');
    while (this.#end === null) {
      if (this.#restart) await delay(clock, afterRestartMs);
      this.#restart = false;
      const blocked = await this.#initialise();
      if (this.#ended || this.#restart) continue;
      if (blocked === null) await this.#serve();
      else await this.#wait(blocked);
    }
    return this.#end;
  }

  /** Hands over one part; the caller has looked at `ready`. Never rejects. */
  async send(submission: Submission): Promise<Sent> {
    // What is not acknowledged when a dialogue begins waits for its end, and the modem may not wait that long.
    await this.#direct.settled(settleMs);
    const sent = await this.#sender.send(submission);
    this.#heed(sent.effect, sent.outcome.kind === 'retry' ? sent.outcome.message : '');
    return sent;
  }

  /** Ends the session; what runs on the wire is settled. */
  stop(): void {
    this.#finish('stopped');
    this.#port.close('the carrier is stopped');
  }

  /** Asks the modem to restart, whether it listens or not. 3GPP TS 27.007 §8.2. */
  shoutReset(): Promise<void> {
    return this.#port.shout('AT+CFUN=1,1\r');
  }

  get #ended(): boolean {
    return this.#end !== null;
  }

  async #initialise(): Promise<Blocked | null> {
    const { publish, clock } = this.#options;
    this.#initialisedAt = clock.monotonic();
    this.#suspend();
    publish('starting', 'The modem is being set up.');
    const setup = await setUpModem(this.#context, this.#registration);
    if ('state' in setup) return setup;
    // A restart in the meantime has undone what was set; the next round sets it again.
    if (this.#ended || this.#restart) return null;
    this.#inbox.configure(setup);
    this.#keepAlive.begin(setup.polling);
    return null;
  }

  #suspend(): void {
    this.#inbox.suspend();
    this.#indications.suspend();
  }

  async #wait(blocked: Blocked): Promise<void> {
    this.#options.publish(blocked.state, blocked.reason);
    await this.#pause.sleep(blocked.recheckMs);
  }

  async #serve(): Promise<void> {
    const { clock, log, facts } = this.#options;
    this.#serving = true;
    log.info('modem.ready', { model: facts.model, notification: facts.notification });
    while (this.#end === null && !this.#restart) {
      this.#publish();
      await this.#pause.sleep(this.#keepAlive.pauseMs);
      if (this.#ended || this.#restart) break;
      if (this.#cooldownUntil !== null && clock.monotonic() >= this.#cooldownUntil) this.#cooldownUntil = null;
      await this.#keepAlive.run();
    }
    this.#serving = false;
  }

  #publish(): void {
    const { facts, publish, timeouts, clock } = this.#options;
    facts.registration = this.#registration.words;
    if (!this.#serving || this.#ended || this.#restart) return;
    if (this.#cooldownUntil !== null) {
      const minutes = Math.ceil((this.#cooldownUntil - clock.monotonic()) / 60_000);
      publish(
        'faulty',
        `The network refuses message after message from this SIM. Check its credit; it is tried again in ${minutes} min.`,
      );
      return;
    }
    if (this.#registration.ready) publish('ready', '');
    else {
      const { state, reason } = this.#registration.blocked(timeouts.searching);
      publish(state, reason);
    }
  }

  #takeUrc(urc: Urc): void {
    switch (urc.kind) {
      case 'message':
      case 'report':
        if (urc.pdu !== null) this.#direct.take(urc.pdu);
        return;
      case 'stored-message':
      case 'stored-report':
        this.#inbox.take(urc);
        return;
      case 'memory-full':
        this.#options.log.warn('modem.memory_full');
        this.#keepAlive.sweep(false);
        return;
      case 'registration':
        this.#takeRegistration(urc.line);
        return;
      case 'sim':
        if (!this.#serving) this.#pause.wake();
        else if (!/READY"?$/.test(urc.line) || /NOT READY/.test(urc.line)) this.#startAnew('sim');
        return;
      case 'restart':
        this.#startAnew('restarted');
        return;
      case 'started':
        if (this.#serving && this.#options.clock.monotonic() - this.#initialisedAt > lateStartMs)
          this.#startAnew('restarted');
        return;
      case 'call-end':
      case 'noise':
        return;
    }
  }

  #takeRegistration(line: string): void {
    const before = this.#registration.ready;
    this.#registration.take(line);
    this.#publish();
    if (this.#registration.ready !== before) this.#pause.wake();
  }

  #heed(effect: ModemEffect, message: string): void {
    switch (effect) {
      case 'none':
        return;
      case 'check':
        this.#pause.wake();
        return;
      case 'sweep':
        this.#keepAlive.sweep(true);
        return;
      case 'reinit':
        this.#startAnew('refused');
        return;
      case 'cooldown':
        this.#options.log.error('modem.cooldown', { reason: message });
        this.#cooldownUntil = this.#options.clock.monotonic() + this.#options.timeouts.cooldown;
        this.#publish();
        return;
      case 'hung':
        this.#finish('hung');
        return;
    }
  }

  /** From `ATE0` again, after what runs now. */
  #startAnew(cause: string): void {
    if (this.#restart || this.#end !== null) return;
    this.#options.log.warn('modem.set_up_again', { cause });
    this.#restart = true;
    this.#suspend();
    const reason =
      cause === 'restarted'
        ? 'The modem restarted by itself and is being set up again.'
        : 'The modem is being set up again.';
    this.#options.publish('waiting', reason);
    this.#pause.wake();
  }

  #finish(end: SessionEnd): void {
    if (this.#end !== null) return;
    this.#end = end;
    if (end === 'hung' || end === 'silent') this.#port.abandon();
    this.#pause.wake();
  }
}
