import type {
  Carrier,
  CarrierHost,
  CarrierStatus,
  DeliveryReport,
  HandedOver,
  ReportAsking,
  Submission,
  SubmitOutcome,
} from '../../domain/carrier.ts';
import type { CarrierCommand, CarrierCommandAnswer } from '../../domain/carrier-command.ts';
import { AppError, errorText } from '../../domain/errors.ts';
import type { Clock, Logger, Random } from '../../domain/ports.ts';
import type { SocketStream } from '../../platform/socket-stream.ts';
import { Link, type LinkOptions } from './link/link.ts';
import { IdSpelling, MessageIds, type KnownIdForm } from './receive/message-ids.ts';
import { Receiver } from './receive/receiver.ts';
import type { SmppSettings } from './settings.ts';
import { StatusBoard } from './status-board.ts';
import { Inquiry } from './submit/inquiry.ts';
import { Submitter } from './submit/submitter.ts';
import { defaultTimeouts, type SmppTimeouts } from './timeouts.ts';

export interface SmppCarrierOptions {
  readonly name: string;
  readonly settings: SmppSettings;
  /** Connects to the SMSC; settles within the time given. */
  readonly open: (ms: number) => Promise<SocketStream>;
  readonly host: CarrierHost;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** What was learnt earlier about the ids of receipts, and where that is kept. */
  readonly knownIdForm?: KnownIdForm | null;
  readonly keepIdForm?: (form: KnownIdForm) => Promise<void>;
  readonly timeouts?: Partial<SmppTimeouts>;
}

/** Receipts mostly come within minutes; some SMSCs forget a message a day or two after its end. */
const asking: ReportAsking = { afterMs: 1_800_000, everyMs: 3_600_000 };

/** A client of an SMSC (SMPP 3.4), bound as transceiver, or as transmitter and receiver. */
export function createSmppCarrier(options: SmppCarrierOptions): Carrier {
  return new SmppCarrier(options);
}

class SmppCarrier implements Carrier {
  readonly kind = 'smpp';
  readonly splitting: 'parts' | 'whole';
  readonly reports: boolean;
  readonly asking?: ReportAsking;
  readonly ask?: (handed: HandedOver) => Promise<DeliveryReport | null>;
  readonly #host: CarrierHost;
  readonly #clock: Clock;
  readonly #timeouts: SmppTimeouts;
  readonly #submitter: Submitter;
  /** The session that messages leave by, and the one that receipts come by where that is another. */
  readonly #sender: Link;
  readonly #listener: Link | null;
  readonly #board: StatusBoard;
  #stopping: Promise<void> | null = null;

  constructor(options: SmppCarrierOptions) {
    const { settings, clock, host, keepIdForm } = options;
    const log = options.log.child({ carrier: options.name });
    const spelling = new IdSpelling();
    const ids = new MessageIds({
      wanted: settings.receiptIds,
      known: options.knownIdForm ?? null,
      learnt: (form) => {
        log.info('smpp.receipt_ids', { form });
        keepIdForm?.(form).catch((error: unknown) => log.warn('smpp.not_kept', { error: errorText(error) }));
      },
    });
    const receiver = new Receiver({ host, settings, ids, clock, log });
    this.splitting = settings.longText === 'payload' ? 'whole' : 'parts';
    this.reports = settings.receipts;
    this.#host = host;
    this.#clock = clock;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#submitter = this.#makeSubmitter({ ...options, log }, (id, msisdn) => {
      spelling.learn(id);
      return ids.answered(id, msisdn);
    });
    const parts = this.#linkParts({ ...options, log }, receiver);
    const isPair = settings.bind === 'pair';
    this.#sender = new Link({ ...parts, mode: isPair ? 'transmitter' : 'transceiver', ...this.#sending() });
    this.#listener = isPair ? new Link({ ...parts, mode: 'receiver' }) : null;
    const { sender, listener, submitter } = {
      sender: this.#sender,
      listener: this.#listener,
      submitter: this.#submitter,
    };
    this.#board = new StatusBoard({ settings, sender, listener, submitter, receiver, ids, clock });
    if (settings.query) {
      this.asking = asking;
      const inquiry = new Inquiry({
        connection: () => this.#submitter.connection,
        settings,
        spelling,
        clock,
        answerMs: this.#timeouts.response,
      });
      this.ask = (handed) => inquiry.ask(handed);
    }
  }

  /** Resolves at once; it becomes ready, or tells why not, when the SMSC has answered. */
  start(): Promise<void> {
    this.#stopping = null;
    this.#sender.start();
    this.#listener?.start();
    return Promise.resolve();
  }

  /** Waits some seconds for answers that are out, unbinds and closes. Settles within seven seconds. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  status(): CarrierStatus {
    return this.#board.status();
  }

  room(): number {
    return this.#submitter.room();
  }

  submit(submission: Submission): Promise<SubmitOutcome> {
    return this.#submitter.submit(submission);
  }

  /** @throws AppError `carrier.command_unsupported`, `carrier.not_ready`. */
  async operate(command: CarrierCommand): Promise<CarrierCommandAnswer> {
    if (command.kind !== 'probe') {
      throw new AppError('carrier.command_unsupported', 'A carrier over SMPP can be probed only.');
    }
    if (this.#sender.state !== 'ready') throw new AppError('carrier.not_ready', this.status().reason);
    const from = this.#clock.monotonic();
    const ok = await this.#sender.try();
    const ms = Math.round(this.#clock.monotonic() - from);
    const text = ok ? `The SMSC answered within ${ms} ms.` : 'The SMSC does not answer; a new session is opened.';
    return { ok, text, lines: [], more: false };
  }

  async #stop(): Promise<void> {
    await this.#submitter.drain(this.#timeouts.drain);
    await Promise.all([this.#sender.stop(), this.#listener?.stop()]);
  }

  #changed(): void {
    this.#board.refresh();
    this.#host.changed();
  }

  #makeSubmitter(
    { settings, clock, random, log }: SmppCarrierOptions,
    reference: (messageId: string, msisdn: string) => string,
  ): Submitter {
    return new Submitter({
      settings,
      timeouts: this.#timeouts,
      clock,
      random,
      log,
      reference,
      check: () => void this.#sender.try(),
      // Answers that are still on their way are waited for.
      rebind: (reason) => void this.#submitter.drain(this.#timeouts.drain).then(() => this.#sender.restart(reason)),
      changed: () => this.#changed(),
    });
  }

  #linkParts(options: SmppCarrierOptions, receiver: Receiver): Omit<LinkOptions, 'mode'> {
    const { settings, open, clock, random, log } = options;
    return {
      bind: settings,
      enquireMs: settings.enquireMs,
      open,
      clock,
      random,
      log,
      timeouts: this.#timeouts,
      onDelivery: (delivery, session) => receiver.take(delivery, session),
      onBound: () => {},
      onLost: () => {},
      wound: () => Promise.resolve(),
      changed: () => this.#changed(),
    };
  }

  #sending(): Pick<LinkOptions, 'onBound' | 'onLost' | 'wound'> {
    return {
      onBound: (connection) => this.#submitter.bound(connection),
      onLost: (connection) => this.#submitter.lost(connection),
      wound: () => this.#submitter.drain(this.#timeouts.drain),
    };
  }
}
