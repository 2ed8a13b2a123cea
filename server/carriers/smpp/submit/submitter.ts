import type { Submission, SubmitOutcome } from '../../../domain/carrier.ts';
import { errorText } from '../../../domain/errors.ts';
import type { Clock, Logger, Millis, Random, Timer } from '../../../domain/ports.ts';
import { within } from '../../../platform/pause.ts';
import type { Connection } from '../link/connection.ts';
import { encodeSubmit } from '../pdu/encode.ts';
import type { SmppSettings } from '../settings.ts';
import { partsOf, submitFields } from '../text/submit-fields.ts';
import type { SmppTimeouts } from '../timeouts.ts';
import { Judge, type Judgement } from './judge.ts';
import { Pace } from './pace.ts';
import { Throttle } from './throttle.ts';

export interface SubmitterOptions {
  readonly settings: SmppSettings;
  readonly timeouts: SmppTimeouts;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** The reference under which a message id of an answer is journaled. */
  readonly reference: (messageId: string, msisdn: string) => string;
  /** The link may be dead. */
  readonly check: () => void;
  /** The SMSC says that the session is not bound. */
  readonly rebind: (reason: string) => void;
  /** There may be room again. */
  readonly changed: () => void;
}

interface Turn {
  readonly submission: Submission;
  readonly octets: Uint8Array;
  readonly parts: number;
  readonly resolve: (outcome: SubmitOutcome) => void;
  timer: Timer | null;
}

export interface SubmitterFacts {
  readonly window: number;
  readonly inUse: number;
  readonly throttled: number;
  readonly lastRefusal: { readonly at: Millis; readonly code: string; readonly message: string } | null;
}

/** More than any dispatcher holds for one carrier. */
const mostWaiting = 512;
/** Parts that may leave within so long are let in already, so that they leave on time. */
const aheadMs = 50;
/** Until there is a session again. */
const retrySoonMs = 1_000;

/** Hands submissions to the SMSC: window, throughput, turns, and what becomes of each. */
export class Submitter {
  readonly #options: SubmitterOptions;
  readonly #judge = new Judge();
  readonly #pace: Pace | null;
  readonly #throttle: Throttle;
  #connection: Connection | null = null;
  #turns: Turn[] = [];
  /** Submissions without an answer. */
  #open = 0;
  #wake: Timer | null = null;
  #wakeAt = 0;
  #closing = false;
  #drained: (() => void) | null = null;
  #lastRefusal: SubmitterFacts['lastRefusal'] = null;

  constructor(options: SubmitterOptions) {
    const { settings, timeouts, random } = options;
    this.#options = options;
    this.#pace = settings.partsPerSecond === null ? null : new Pace(settings.partsPerSecond);
    this.#throttle = new Throttle(settings.window, timeouts, random);
  }

  get facts(): SubmitterFacts {
    const { limit, count } = this.#throttle;
    return { window: limit, inUse: this.#open, throttled: count, lastRefusal: this.#lastRefusal };
  }

  /** Milliseconds that nothing is sent for, and why. */
  get paused(): { readonly ms: number; readonly reason: string } {
    const ms = this.#throttle.paused(this.#options.clock.monotonic());
    return { ms, reason: ms === 0 ? '' : (this.#lastRefusal?.message ?? '') };
  }

  /** The session that messages leave by now. */
  get connection(): Connection | null {
    return this.#connection;
  }

  /** A session is bound: sending begins. */
  bound(connection: Connection): void {
    this.#connection = connection;
    this.#closing = false;
    this.#throttle.reset();
    this.#advance();
  }

  /** The session is no more: what waits for its turn goes back, untouched. */
  lost(connection: Connection): void {
    if (this.#connection !== connection) return;
    this.#connection = null;
    this.#sendBack('The connection to the SMSC was lost.');
  }

  /** Takes nothing more; settles when what is out is answered, or after `ms`. */
  async drain(ms: number): Promise<void> {
    this.#closing = true;
    this.#sendBack('The carrier stops.');
    if (this.#open === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#drained = resolve;
    await within(this.#options.clock, ms, promise, undefined);
  }

  room(): number {
    if (this.#connection === null || this.#closing) return 0;
    const now = this.#options.clock.monotonic();
    const pausedMs = this.#throttle.paused(now);
    if (pausedMs > 0) {
      this.#wakeIn(pausedMs);
      return 0;
    }
    const free = Math.max(0, this.#throttle.limit - this.#open - this.#turns.length);
    if (this.#pace === null || free === 0) return free;
    const paced = Math.min(free, this.#pace.until(now + aheadMs, free + this.#turns.length) - this.#turns.length);
    if (paced <= 0) this.#wakeIn(Math.max(1, this.#pace.wait(now, this.#turns.length + 1) - aheadMs));
    return Math.max(0, paced);
  }

  /** Never rejects. */
  submit(submission: Submission): Promise<SubmitOutcome> {
    const { settings, clock, timeouts } = this.#options;
    if (this.#connection === null || this.#closing)
      return Promise.resolve(notNow('There is no session with the SMSC.'));
    if (this.#turns.length >= mostWaiting) return Promise.resolve(notNow('The carrier has as much as it can hold.'));
    const octets = this.#encode(submission);
    if (!(octets instanceof Uint8Array)) return Promise.resolve(octets);
    return new Promise((resolve) => {
      const turn: Turn = { submission, octets, parts: partsOf(submission, settings), resolve, timer: null };
      this.#turns.push(turn);
      this.#advance();
      if (this.#turns.includes(turn)) turn.timer = clock.after(timeouts.turn, () => this.#giveUp(turn));
    });
  }

  #encode(submission: Submission): Uint8Array | SubmitOutcome {
    const { settings, clock } = this.#options;
    try {
      const fields = submitFields(submission, settings, clock.now());
      if ('problem' in fields) return { kind: 'rejected', code: 'smpp.unwritable', message: fields.problem };
      return encodeSubmit(fields, 0);
    } catch (error) {
      return { kind: 'rejected', code: 'smpp.unwritable', message: errorText(error) };
    }
  }

  /** Sends what may be sent now, in the order in which it came. */
  #advance(): void {
    while (this.#connection !== null) {
      const [turn] = this.#turns;
      if (turn === undefined || this.#open >= this.#throttle.limit) return;
      const now = this.#options.clock.monotonic();
      const wait = Math.max(this.#throttle.paused(now), this.#pace?.wait(now, turn.parts) ?? 0);
      if (wait > 0) {
        this.#wakeIn(wait);
        return;
      }
      this.#turns.shift();
      turn.timer?.cancel();
      this.#pace?.take(now, turn.parts);
      this.#hand(this.#connection, turn, now);
    }
  }

  #hand(connection: Connection, { submission, octets, resolve }: Turn, sentAt: number): void {
    const { timeouts, reference } = this.#options;
    this.#open += 1;
    connection.send(
      (sequence) => numbered(octets, sequence),
      timeouts.response,
      (reply) => {
        this.#open -= 1;
        const judgement = this.#judge.judge(reply, (id) => reference(id, submission.msisdn));
        resolve(this.#heed(judgement, sentAt));
        if (this.#open === 0) this.#drained?.();
        this.#advance();
      },
    );
  }

  #heed({ outcome, effect }: Judgement, sentAt: number): SubmitOutcome {
    const { clock, check, rebind, changed } = this.#options;
    if (outcome.kind === 'accepted') {
      this.#throttle.taken(sentAt);
      return outcome;
    }
    this.#lastRefusal = { at: clock.now(), code: outcome.code, message: outcome.message };
    if (effect === 'check') check();
    if (effect === 'rebind') rebind(outcome.message);
    if (effect !== 'slower' && effect !== 'pause') return outcome;
    const now = clock.monotonic();
    const afterMs = effect === 'slower' ? this.#throttle.slower(sentAt, now) : this.#throttle.pause(sentAt, now);
    changed();
    return outcome.kind === 'retry' ? { ...outcome, afterMs } : outcome;
  }

  #giveUp(turn: Turn): void {
    this.#turns = this.#turns.filter((other) => other !== turn);
    turn.resolve(notNow('Its turn did not come in time.'));
  }

  #sendBack(message: string): void {
    const turns = this.#turns;
    this.#turns = [];
    for (const turn of turns) {
      turn.timer?.cancel();
      turn.resolve(notNow(message));
    }
  }

  #wakeIn(ms: number): void {
    const { clock } = this.#options;
    const at = clock.monotonic() + ms;
    if (this.#wake !== null && this.#wakeAt <= at) return;
    this.#wake?.cancel();
    this.#wakeAt = at;
    this.#wake = clock.after(Math.ceil(ms), () => {
      this.#wake = null;
      this.#advance();
      this.#options.changed();
    });
  }
}

/** Writes the sequence number into a PDU. */
function numbered(octets: Uint8Array, sequence: number): Uint8Array {
  new DataView(octets.buffer, octets.byteOffset).setUint32(12, sequence);
  return octets;
}

/** Nothing left the box. */
function notNow(message: string): SubmitOutcome {
  return { kind: 'retry', code: 'smpp.not_ready', message, afterMs: retrySoonMs, carrierFault: true };
}
