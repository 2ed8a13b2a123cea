import { causeOf } from '../../domain/reason.ts';
import type { Submission } from '../../domain/carrier.ts';
import type { Urc } from './at/urc.ts';
import type { Blocked, InitContext } from './init/context.ts';
import type { Registration } from './init/network.ts';
import { setUpModem } from './init/sequence.ts';
import type { Ussd } from './operate/ussd.ts';
import { Pause, delay } from '../../platform/pause.ts';
import type { ModemEffect } from './send-policy.ts';
import type { Sent } from './sender.ts';
import { createSessionParts } from './session-parts.ts';
import type { ModemSessionOptions, SessionParts } from './session-parts.ts';

/**
 * How a session ended.
 * - closed: the port went away. silent: nobody answers AT. hung: the modem answered and does not any more.
 * - foreign: it is another modem than the one that is wanted. stopped: wanted.
 */
export type SessionEnd = 'closed' | 'silent' | 'hung' | 'foreign' | 'stopped';

const wakeTries = 5;
const afterRestartMs = 2_000;
/** Modems go on telling that they have started for this long after they have. */
const lateStartMs = 60_000;
/** However much a modem has to say, it is not asked more often than this. */
const leastPauseMs = 500;
const timeoutsBeforeReinit = 2;
/** What a send gives reports that are being stored and acknowledged. */
const settleMs = 5_000;

/** One opened port, from the first `AT` to its end. A port that is opened again gets a session of its own. */
export class ModemSession {
  readonly #options: ModemSessionOptions;
  readonly #parts: SessionParts;
  readonly #pause: Pause;
  #end: SessionEnd | null = null;
  #restart = false;
  #awake = false;
  #serving = false;
  #initialisedAt = 0;
  #cooldownUntil: number | null = null;

  constructor(options: ModemSessionOptions) {
    this.#options = options;
    this.#pause = new Pause(options.clock);
    this.#parts = createSessionParts(options, {
      onUrc: (urc) => this.#takeUrc(urc),
      onClosed: () => this.#portClosed(),
      onTrouble: ({ alive, inARow }) => {
        if (!alive) this.#finish('hung');
        else if (inARow >= timeoutsBeforeReinit && this.#serving) this.#startAnew('timeouts');
      },
      restarted: () => this.#restart || !this.#serving,
    });
  }

  /** The modem has answered, and the port is in use. */
  get awake(): boolean {
    return this.#awake && this.#end === null;
  }

  get context(): InitContext {
    return this.#parts.context;
  }

  get registration(): Registration {
    return this.#parts.registration;
  }

  get ussd(): Ussd {
    return this.#parts.ussd;
  }

  /** Messages can be sent now. */
  get ready(): boolean {
    return (
      this.#serving &&
      !this.#restart &&
      this.#end === null &&
      this.#cooldownUntil === null &&
      this.#parts.registration.ready
    );
  }

  /** Runs until the port ends, the modem hangs, or `stop`. Rejects only when the PIN memory does. */
  async run(): Promise<SessionEnd> {
    const { clock, timeouts } = this.#options;
    this.#parts.port.attach();
    await delay(clock, timeouts.discard);
    this.#awake = await this.#parts.port.wake(wakeTries);
    if (!this.#awake) this.#finish('silent');
    while (this.#end === null) {
      if (this.#restart) await delay(clock, afterRestartMs);
      this.#restart = false;
      const blocked = await this.#initialise();
      if (this.#ended || this.#restart) continue;
      if (blocked === null) await this.#serve();
      else if (blocked.foreign === true) this.#refuse(blocked);
      else await this.#wait(blocked);
    }
    return this.#end;
  }

  /** Hands over one part; the caller has looked at `ready`. Never rejects. */
  async send(submission: Submission): Promise<Sent> {
    // What is not acknowledged when a dialogue begins waits for its end, and the modem may not wait that long.
    await this.#parts.direct.settled(settleMs);
    const sent = await this.#parts.sender.send(submission);
    this.#heed(sent.effect, sent.outcome.kind === 'retry' ? sent.outcome.message : '');
    return sent;
  }

  /** Ends the session; what runs on the wire is settled. */
  stop(): void {
    this.#finish('stopped');
    this.#parts.port.close('the carrier is stopped');
  }

  /** Runs something that may change what the modem is set to, its memory left alone, and sets it up again after it. */
  async disturb<T>(run: () => Promise<T>): Promise<T> {
    this.#suspend();
    try {
      return await run();
    } finally {
      this.#startAnew('console');
    }
  }

  /** Asks the modem to restart in its maker's way, whether it listens or not. */
  shoutReset(): Promise<void> {
    const { nature, port } = this.#parts.context;
    return port.shout(nature.quirks.reset.map((command) => `${command}\r`));
  }

  get #ended(): boolean {
    return this.#end !== null;
  }

  async #initialise(): Promise<Blocked | null> {
    const { publish, clock } = this.#options;
    this.#initialisedAt = clock.monotonic();
    this.#suspend();
    publish('starting', 'The modem is being set up.', causeOf('modem.setting_up'));
    const setup = await setUpModem(this.#parts.context, this.#parts.registration);
    if ('state' in setup) return setup;
    // A restart in the meantime has undone what was set; the next round sets it again.
    if (this.#ended || this.#restart) return null;
    this.#parts.inbox.configure(setup);
    this.#parts.keepAlive.begin(setup.polling);
    return null;
  }

  #suspend(): void {
    this.#parts.inbox.suspend();
    this.#parts.indications.suspend();
  }

  #refuse(blocked: Blocked): void {
    this.#options.publish(blocked.state, blocked.reason, blocked.cause);
    this.#finish('foreign');
  }

  async #wait(blocked: Blocked): Promise<void> {
    this.#options.publish(blocked.state, blocked.reason, blocked.cause);
    await this.#pause.sleep(blocked.recheckMs, leastPauseMs);
  }

  async #serve(): Promise<void> {
    const { clock, log, facts } = this.#options;
    this.#serving = true;
    this.#options.inService(facts);
    log.info('modem.ready', { model: facts.model, notification: facts.notification });
    while (this.#end === null && !this.#restart) {
      this.#publish();
      await this.#pause.sleep(this.#parts.keepAlive.pauseMs, leastPauseMs);
      if (this.#ended || this.#restart) break;
      if (this.#cooldownUntil !== null && clock.monotonic() >= this.#cooldownUntil) this.#cooldownUntil = null;
      await this.#parts.keepAlive.run();
    }
    this.#serving = false;
  }

  #publish(): void {
    const { facts, publish, timeouts, clock } = this.#options;
    facts.registration = this.#parts.registration.words;
    if (!this.#serving || this.#ended || this.#restart) return;
    if (this.#cooldownUntil !== null) {
      const minutes = Math.ceil((this.#cooldownUntil - clock.monotonic()) / 60_000);
      publish(
        'faulty',
        `The network refuses message after message from this SIM. Check its credit; it is tried again in ${minutes} min.`,
        causeOf('modem.network_refuses', { count: minutes }),
      );
      return;
    }
    if (this.#parts.registration.ready) publish('ready', '');
    else {
      const { state, reason, cause } = this.#parts.registration.blocked(timeouts.searching);
      publish(state, reason, cause);
    }
  }

  #takeUrc(urc: Urc): void {
    switch (urc.kind) {
      case 'message':
      case 'report':
        if (urc.pdu !== null) this.#parts.direct.take(urc.pdu, urc.kind);
        return;
      case 'stored-message':
      case 'stored-report':
        this.#parts.inbox.take(urc);
        return;
      case 'memory-full':
        this.#options.log.warn('modem.memory_full');
        this.#parts.keepAlive.sweep();
        return;
      case 'registration':
        this.#takeRegistration(urc.line);
        return;
      case 'sim':
        if (!this.#serving) this.#pause.nudge();
        else if (!/READY"?$/.test(urc.line) || /NOT READY/.test(urc.line)) this.#startAnew('sim');
        return;
      case 'restart':
        this.#parts.context.gate.restarted();
        this.#startAnew('restarted');
        return;
      case 'started':
        this.#parts.context.gate.heard(urc.line);
        if (this.#serving && this.#options.clock.monotonic() - this.#initialisedAt > lateStartMs)
          this.#startAnew('restarted');
        return;
      case 'ussd':
        this.#parts.ussd.take(urc.line);
        return;
      case 'call-end':
      case 'noise':
        return;
    }
  }

  #takeRegistration(line: string): void {
    const before = this.#parts.registration.ready;
    this.#parts.registration.take(line);
    this.#publish();
    if (this.#parts.registration.ready !== before) this.#pause.nudge();
  }

  #heed(effect: ModemEffect, message: string): void {
    switch (effect) {
      case 'none':
        return;
      case 'check':
        this.#pause.nudge();
        return;
      case 'sweep':
        this.#parts.keepAlive.sweep();
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
    if (cause === 'restarted') this.#parts.ussd.end();
    const reason =
      cause === 'restarted'
        ? 'The modem restarted by itself and is being set up again.'
        : 'The modem is being set up again.';
    this.#options.publish('waiting', reason, causeOf('modem.setting_up'));
    this.#pause.wake();
  }

  #portClosed(): void {
    this.#parts.ussd.end();
    this.#finish('closed');
  }

  #finish(end: SessionEnd): void {
    if (this.#end !== null) return;
    this.#end = end;
    this.#parts.context.gate.end();
    if (end === 'hung' || end === 'silent') this.#parts.port.abandon();
    this.#pause.wake();
  }
}
