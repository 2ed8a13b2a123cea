import type { ByteStream, Clock, Logger, Timer } from '../../../domain/ports.ts';
import { atEndOfTurn } from '../../../platform/next-turn.ts';
import { answerTo, command, isAnswer } from '../pdu/command.ts';
import { decodePdu, type Body, type Delivery, type Header } from '../pdu/decode.ts';
import { encodeHeader, encodeReceived } from '../pdu/encode.ts';
import { FrameReader } from '../pdu/frame-reader.ts';
import { status } from '../pdu/status.ts';

/**
 * How a request ended.
 * - answer: with this command_status. silent: no answer in time. lost: the connection ended before the answer.
 * - unsent: it had ended already; nothing left the box.
 */
export type Reply =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Body }
  | { readonly kind: 'silent' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unsent' };

export interface ConnectionOptions {
  readonly stream: ByteStream;
  readonly clock: Clock;
  readonly log: Logger;
  /** Takes a receipt or text; gives the command_status to answer with, and never rejects. */
  readonly onDelivery: (delivery: Delivery) => Promise<number>;
  /** The SMSC wants to end the session; it is answered when this settles. */
  readonly onUnbind: () => Promise<void>;
  /** Called once, when the connection is no more, before those are told who wait for answers. */
  readonly onEnd: (reason: string) => void;
}

interface Waiting {
  readonly settled: (reply: Reply) => void;
  readonly timer: Timer;
}

const lastSequence = 0x7fff_ffff;
/** An SMSC that leaves so much unread does not read at all. */
const mostUnsent = 1_048_576;
/** Answers to nothing, and PDUs that cannot be read, after which the other side is taken for something else than an SMSC. */
const mostOddities = 100;

/** One connection: frames, sequence numbers, answers with time limits. Whatever comes in, it never throws. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #frames: FrameReader;
  readonly #waiting = new Map<number, Waiting>();
  #sequence = 0;
  #out: Uint8Array[] = [];
  #unsent = 0;
  #ended = false;
  #oddities = 0;
  #heardAt: number;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#heardAt = options.clock.monotonic();
    this.#frames = new FrameReader((frame) => this.#take(frame));
  }

  /** Begins to listen. */
  attach(): void {
    const { stream } = this.#options;
    stream.onClose((reason) => this.#end(reason));
    stream.onData((bytes) => this.#receive(bytes));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** When the other side was heard last, by the monotonic clock. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Sends a request and waits for its answer. Never rejects. */
  request(encode: (sequence: number) => Uint8Array, ms: number): Promise<Reply> {
    return new Promise((resolve) => this.send(encode, ms, resolve));
  }

  /** The same, told at the very moment of the answer, before whatever came behind it is looked at. */
  send(encode: (sequence: number) => Uint8Array, ms: number, settled: (reply: Reply) => void): void {
    if (this.#ended) {
      settled({ kind: 'unsent' });
      return;
    }
    this.#sequence = this.#sequence === lastSequence ? 1 : this.#sequence + 1;
    const sequence = this.#sequence;
    const octets = encode(sequence);
    const timer = this.#options.clock.after(ms, () => this.#settle(sequence, { kind: 'silent' }));
    this.#waiting.set(sequence, { settled, timer });
    this.#write(octets);
  }

  /** Ends the connection; what waits for an answer is lost. */
  close(reason: string): void {
    if (this.#ended) return;
    this.#flush();
    this.#end(reason);
    this.#options.stream.close().catch(() => {});
  }

  #receive(bytes: Uint8Array): void {
    if (this.#ended) return;
    this.#heardAt = this.#options.clock.monotonic();
    if (this.#frames.push(bytes)) return;
    this.#write(encodeHeader(command.genericNack, status.invalidLength, 0));
    this.#options.log.warn('smpp.out_of_step');
    this.close('The other side sent something that is not SMPP.');
  }

  #take(frame: Uint8Array): void {
    if (this.#ended) return;
    const { header, body } = decodePdu(frame);
    if (body.kind === 'malformed') {
      this.#options.log.warn('smpp.pdu_unreadable', { command: header.commandId, octets: frame.length });
      if (!isAnswer(header.commandId)) this.#write(encodeHeader(command.genericNack, body.problem, header.sequence));
      this.#odd();
    }
    if (isAnswer(header.commandId)) this.#takeAnswer(header, body);
    else if (body.kind !== 'malformed') this.#takeRequest(header, body);
  }

  #takeAnswer({ status: said, sequence }: Header, body: Body): void {
    if (this.#settle(sequence, { kind: 'answer', status: said, body })) return;
    // An answer that comes too late belongs to something that was sent.
    if (sequence === 0 || sequence > this.#sequence) this.#odd();
  }

  #takeRequest({ commandId, sequence }: Header, body: Body): void {
    if (body.kind === 'delivery') {
      void this.#answerDelivery(commandId, sequence, body.delivery);
      return;
    }
    switch (commandId) {
      case command.enquireLink:
        this.#write(encodeHeader(answerTo(commandId), status.ok, sequence));
        return;
      case command.unbind:
        void this.#answerUnbind(sequence);
        return;
      case command.alertNotification:
      case command.outbind:
        // Neither has an answer.
        return;
      default:
        this.#write(encodeHeader(command.genericNack, status.invalidCommand, sequence));
        this.#odd();
    }
  }

  async #answerDelivery(commandId: number, sequence: number, delivery: Delivery): Promise<void> {
    const said = await this.#options.onDelivery(delivery);
    this.#write(encodeReceived(commandId, said, sequence));
  }

  async #answerUnbind(sequence: number): Promise<void> {
    await this.#options.onUnbind();
    this.#write(encodeHeader(answerTo(command.unbind), status.ok, sequence));
    this.close('The SMSC ended the session.');
  }

  /** @returns whether somebody waited for it. */
  #settle(sequence: number, reply: Reply): boolean {
    const waiting = this.#waiting.get(sequence);
    if (waiting === undefined) return false;
    this.#waiting.delete(sequence);
    waiting.timer.cancel();
    waiting.settled(reply);
    return true;
  }

  #odd(): void {
    this.#oddities += 1;
    if (this.#oddities > mostOddities) this.close('The other side sends what the box cannot read.');
  }

  /** What is sent in one turn leaves in one piece. */
  #write(octets: Uint8Array): void {
    if (this.#ended) return;
    this.#out.push(octets);
    this.#unsent += octets.length;
    if (this.#out.length === 1) atEndOfTurn(() => this.#flush());
    if (this.#unsent > mostUnsent) this.close('The SMSC does not read what is sent.');
  }

  #flush(): void {
    const [first, ...more] = this.#out;
    if (this.#ended || first === undefined) return;
    this.#out = [];
    const octets = more.length === 0 ? first : Buffer.concat([first, ...more]);
    void this.#push(octets);
  }

  async #push(octets: Uint8Array): Promise<void> {
    try {
      await this.#options.stream.write(octets);
      this.#unsent -= octets.length;
    } catch {
      this.close('The connection takes no more data.');
    }
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.onEnd(reason);
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { timer, settled } of waiting) {
      timer.cancel();
      settled({ kind: 'lost' });
    }
  }
}
