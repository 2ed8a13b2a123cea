import type { CarrierState } from '../../../domain/carrier.ts';
import { causeOf, type Cause } from '../../../domain/reason.ts';
import type { Clock, Logger, Millis, Random } from '../../../domain/ports.ts';
import { Pause, within } from '../../../platform/pause.ts';
import type { SocketStream } from '../../../platform/socket-stream.ts';
import { command } from '../pdu/command.ts';
import type { Delivery } from '../pdu/decode.ts';
import { encodeBind, encodeHeader, type BindFields, type BindMode } from '../pdu/encode.ts';
import type { SmppTimeouts } from '../timeouts.ts';
import {
  closedBind,
  failedConnection,
  refusedBind,
  silentBind,
  type BindFailure,
  type RetryPace,
} from './bind-failure.ts';
import { Connection } from './connection.ts';
import { KeepAlive } from './keep-alive.ts';

export interface LinkOptions {
  readonly mode: BindMode;
  readonly bind: BindFields;
  readonly enquireMs: number;
  /** Connects; settles within the time given. */
  readonly open: (ms: number) => Promise<SocketStream>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly timeouts: SmppTimeouts;
  /** Takes a receipt or text of session number `session`; never rejects. */
  readonly onDelivery: (delivery: Delivery, session: number) => Promise<number>;
  /** The session is bound, or is no more. */
  readonly onBound: (connection: Connection) => void;
  readonly onLost: (connection: Connection) => void;
  /** Settles when what is under way has ended, before an unbind of the SMSC's is answered. */
  readonly wound: () => Promise<void>;
  /** State, reason or facts changed. */
  readonly changed: () => void;
}

export interface LinkFacts {
  readonly boundSince: Millis | null;
  /** What the SMSC calls itself. */
  readonly smsc: string | null;
  readonly tlsVersion: string | null;
  readonly nextTry: Millis | null;
}

const lost: BindFailure = {
  pace: 'soon',
  reason: 'The connection to the SMSC was lost; it is opened again.',
  cause: causeOf('smpp.lost'),
};
const unknownFacts: LinkFacts = { boundSince: null, smsc: null, tlsVersion: null, nextTry: null };

/** One session with the SMSC, which comes back by itself until it is stopped. */
export class Link {
  readonly #options: LinkOptions;
  readonly #pause: Pause;
  #state: CarrierState = 'stopped';
  #reason = '';
  #cause: Cause | undefined;
  #facts = unknownFacts;
  #connection: Connection | null = null;
  #keepAlive: KeepAlive | null = null;
  #running: Promise<void> | null = null;
  #failures = 0;
  #session = 0;
  /** Counts starts and stops, so that what an earlier run still finishes changes nothing any more. */
  #generation = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#pause = new Pause(options.clock);
  }

  get state(): CarrierState {
    return this.#state;
  }

  get reason(): string {
    return this.#reason;
  }

  get cause(): Cause | undefined {
    return this.#cause;
  }

  get facts(): LinkFacts {
    return this.#facts;
  }

  start(): void {
    this.#generation += 1;
    this.#publish('starting', 'The connection to the SMSC is being opened.', causeOf('smpp.opening'));
    this.#running = this.#run(this.#generation);
  }

  /** Unbinds and closes. Settles within a few seconds. */
  async stop(): Promise<void> {
    const { clock, timeouts } = this.#options;
    this.#generation += 1;
    this.#pause.wake();
    const connection = this.#connection;
    if (connection !== null && this.#state === 'ready') {
      await connection.request((sequence) => encodeHeader(command.unbind, 0, sequence), timeouts.unbind);
    }
    connection?.close('The box unbinds.');
    if (this.#running !== null) await within(clock, timeouts.close, this.#running, undefined);
    this.#running = null;
    this.#publish('stopped', '');
  }

  /** Whether the SMSC answers; gives the session up when it does not. */
  async try(): Promise<boolean> {
    return (await this.#keepAlive?.try()) ?? false;
  }

  /** Ends the session, for a new one. */
  restart(reason: string): void {
    this.#connection?.close(reason);
  }

  async #run(run: number): Promise<void> {
    while (run === this.#generation) {
      const failure = await this.#live(run);
      if (run !== this.#generation) return;
      const ms = this.#wait(failure.pace);
      this.#facts = { ...unknownFacts, nextTry: this.#options.clock.now() + ms };
      this.#publish(failure.pace === 'person' ? 'faulty' : 'waiting', failure.reason, failure.cause);
      await this.#pause.sleep(ms);
    }
  }

  /** One session from its connection to its end. */
  async #live(run: number): Promise<BindFailure> {
    const { open, timeouts, clock, log } = this.#options;
    let stream: SocketStream;
    try {
      stream = await open(timeouts.connect);
    } catch (error) {
      const failure = failedConnection(error);
      log.info('smpp.connect_failed', { mode: this.#options.mode, reason: failure.reason });
      return failure;
    }
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const connection = this.#connect(stream, run, end);
    if (run !== this.#generation) connection.close('The box stops.');
    const failure = await this.#bind(connection, stream);
    if (failure !== null) return this.#drop(connection, failure);
    const since = clock.monotonic();
    const keepAlive = new KeepAlive(connection, clock, this.#options.enquireMs, timeouts.enquire);
    this.#keepAlive = keepAlive;
    void keepAlive.run();
    await ended;
    keepAlive.stop();
    if (clock.monotonic() - since >= timeouts.good) this.#failures = 0;
    return this.#drop(connection, lost);
  }

  #connect(stream: SocketStream, run: number, end: () => void): Connection {
    const { clock, log, onDelivery, onLost, wound } = this.#options;
    this.#session += 1;
    const session = this.#session;
    const connection: Connection = new Connection({
      stream,
      clock,
      log,
      onDelivery: (delivery) => onDelivery(delivery, session),
      onUnbind: wound,
      onEnd: (reason) => {
        log.info('smpp.ended', { mode: this.#options.mode, reason });
        // Known before anybody hears of what was out: the doubts that it leaves are the link's, not the SMSC's.
        if (run === this.#generation && this.#state === 'ready') this.#publish('waiting', lost.reason, lost.cause);
        onLost(connection);
        end();
      },
    });
    this.#connection = connection;
    connection.attach();
    return connection;
  }

  /** Null when the session is bound. */
  async #bind(connection: Connection, stream: SocketStream): Promise<BindFailure | null> {
    const { mode, bind, timeouts, clock, log, onBound } = this.#options;
    const reply = await connection.request((sequence) => encodeBind(mode, bind, sequence), timeouts.bind);
    if (reply.kind === 'silent') return silentBind;
    if (reply.kind !== 'answer') return closedBind;
    if (reply.status !== 0) {
      log.warn('smpp.bind_refused', { mode, status: reply.status });
      return refusedBind(reply.status);
    }
    if (connection.ended) return lost;
    const smsc = reply.body.kind === 'bound' ? reply.body.systemId : '';
    this.#facts = { boundSince: clock.now(), smsc, tlsVersion: stream.tlsVersion, nextTry: null };
    this.#publish('ready', '');
    onBound(connection);
    return null;
  }

  #drop(connection: Connection, failure: BindFailure): BindFailure {
    connection.close(failure.reason);
    this.#connection = null;
    this.#keepAlive = null;
    return failure;
  }

  /** Doubles up to the longest wait, with some jitter so that several carriers do not come in step. */
  #wait(pace: RetryPace): number {
    const { reconnect, reconnectMax, refused, refusedMax } = this.#options.timeouts;
    const first = pace === 'person' ? refused : pace === 'later' ? 10 * reconnect : reconnect;
    const most = pace === 'person' ? refusedMax : reconnectMax;
    const base = Math.min(most, first * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    return Math.round(base * (0.8 + 0.2 * this.#options.random.fraction()));
  }

  #publish(state: CarrierState, reason: string, cause?: Cause): void {
    if (state !== this.#state) this.#options.log.info('smpp.state', { mode: this.#options.mode, state, reason });
    this.#state = state;
    this.#reason = reason;
    this.#cause = cause;
    this.#options.changed();
  }
}
