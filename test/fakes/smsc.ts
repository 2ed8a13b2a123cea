import type { SocketStream } from '../../server/platform/socket-stream.ts';
import {
  cut,
  deliverSm,
  Fields,
  pdu,
  readSubmit,
  receiptText,
  tlv,
  type Delivering,
  type SeenSubmit,
  type WirePdu,
} from './smsc-wire.ts';

export interface SeenBind {
  readonly mode: 'receiver' | 'transmitter' | 'transceiver';
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  readonly version: number;
}

/** How a submit is met: with a message id, with a status, or – null – not at all. */
export type SubmitAnswer = string | { readonly status: number; readonly id?: string } | null;

/** What an SMSC needs of a connection. */
interface Wire {
  write(octets: Buffer): void;
  /** Ends it at once. */
  cut(): void;
}

/** One connection to the SMSC. */
export class SmscLink {
  bind: SeenBind | null = null;
  ended = false;
  readonly #smsc: Smsc;
  readonly #wire: Wire;
  #rest = Buffer.alloc(0);
  #sequence = 0;
  readonly #open = new Map<number, (status: number) => void>();

  constructor(smsc: Smsc, wire: Wire) {
    this.#smsc = smsc;
    this.#wire = wire;
  }

  receive(octets: Buffer): void {
    const { pdus, rest } = cut(Buffer.concat([this.#rest, octets]));
    this.#rest = Buffer.from(rest);
    for (const one of pdus) {
      if (one.id >= 0x8000_0000) this.#answered(one);
      else this.#smsc.take(this, one);
    }
  }

  /** Writes octets as they are. */
  raw(octets: Buffer): void {
    if (!this.ended) this.#wire.write(octets);
  }

  /** Ends the connection without a word. */
  cut(): void {
    this.ended = true;
    this.#wire.cut();
  }

  /** The other side ended it. */
  gone(): void {
    this.ended = true;
    for (const settle of this.#open.values()) settle(-1);
    this.#open.clear();
  }

  /** Sends a request; settles with the command_status of its answer, -1 when the connection ended before. */
  request(encode: (sequence: number) => Buffer): Promise<number> {
    this.#sequence += 1;
    const sequence = this.#sequence;
    return new Promise((resolve) => {
      this.#open.set(sequence, resolve);
      this.raw(encode(sequence));
    });
  }

  deliver(what: Delivering): Promise<number> {
    return this.request((sequence) => deliverSm(sequence, what));
  }

  #answered({ id, status, sequence }: WirePdu): void {
    if (id === 0x8000_0000) this.#smsc.nacks.push(status);
    this.#open.get(sequence)?.(status);
    this.#open.delete(sequence);
  }
}

export interface ReceiptOptions {
  readonly id?: string;
  readonly stat?: string;
  readonly tlvs?: readonly Buffer[];
}

/** An SMSC at the other end of the wire: it answers as it is told, and remembers what it saw. */
export class Smsc {
  readonly links: SmscLink[] = [];
  readonly binds: SeenBind[] = [];
  readonly submits: (SeenSubmit & { readonly link: SmscLink; readonly at: number })[] = [];
  /** Command statuses of generic_nack that came in. */
  readonly nacks: number[] = [];
  /** Requests seen by their command ids. */
  readonly requests: number[] = [];
  /** Status to answer a bind with; null for no answer. */
  onBind: (bind: SeenBind, index: number) => number | null = () => 0;
  onSubmit: (submit: SeenSubmit, index: number, link: SmscLink) => SubmitAnswer | Promise<SubmitAnswer> = (_, index) =>
    (index + 1).toString(16);
  /** Answer to query_sm: message_state and error_code, or a status. */
  onQuery: (id: string, source: string) => { state: number; error?: number; date?: string } | number = () => 0x67;
  /** Whether enquire_link is answered. */
  answersEnquiries = true;
  /** Whether a new connection is ended at once. */
  closesAtOnce = false;
  /** Submits without an answer. */
  open = 0;
  mostOpen = 0;
  now: () => number = () => performance.now();
  #waiting: (() => void)[] = [];

  /** Settles once so many submits have come in altogether. */
  async arrivals(count: number): Promise<void> {
    await this.until(() => this.submits.length >= count);
  }

  /** Settles once something is so; looked at whenever something comes in. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  /** The newest link that is bound for what. */
  link(mode: 'send' | 'receive' = 'receive'): SmscLink {
    const other = mode === 'send' ? 'receiver' : 'transmitter';
    const found = this.links.findLast((one) => !one.ended && one.bind !== null && one.bind.mode !== other);
    if (found === undefined) throw new Error(`no session to ${mode}`);
    return found;
  }

  /** Sends the receipt of a submit. */
  receipt(submit: SeenSubmit, id: string, { stat = 'DELIVRD', tlvs = [] }: ReceiptOptions = {}): Promise<number> {
    const message = receiptText(id, stat);
    return this.link().deliver({ source: submit.dest, dest: submit.source, esmClass: 0x04, message, tlvs });
  }

  /** A connection in memory, for tests that turn the clock by hand. */
  connect(): SocketStream {
    let receive: (octets: Uint8Array) => void = () => {};
    let closed: (reason: string) => void = () => {};
    let ended = false;
    const end = (reason: string) => {
      if (ended) return;
      ended = true;
      link.gone();
      closed(reason);
    };
    const link = this.accept({
      write: (octets) => queueMicrotask(() => !ended && receive(octets)),
      cut: () => queueMicrotask(() => end('read ECONNRESET')),
    });
    return {
      tlsVersion: null,
      write: (octets) => {
        if (ended) return Promise.reject(new Error('write EPIPE'));
        link.receive(Buffer.from(octets));
        return Promise.resolve();
      },
      onData: (to) => {
        receive = to;
      },
      onClose: (to) => {
        closed = to;
      },
      close: () => {
        end('closed');
        return Promise.resolve();
      },
    };
  }

  accept(wire: Wire): SmscLink {
    const link = new SmscLink(this, wire);
    this.links.push(link);
    if (this.closesAtOnce) link.cut();
    return link;
  }

  take(link: SmscLink, one: WirePdu): void {
    this.requests.push(one.id);
    switch (one.id) {
      case 0x01:
      case 0x02:
      case 0x09:
        this.#bind(link, one);
        break;
      case 0x03:
        this.#query(link, one);
        break;
      case 0x04:
        void this.#submit(link, one);
        break;
      case 0x15:
        if (this.answersEnquiries) link.raw(pdu(0x8000_0015, 0, one.sequence));
        break;
      case 0x06:
        link.raw(pdu(0x8000_0006, 0, one.sequence));
        break;
      default:
        link.raw(pdu(0x8000_0000, 0x03, one.sequence));
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #bind(link: SmscLink, one: WirePdu): void {
    const fields = new Fields(one.body);
    const mode = one.id === 0x01 ? 'receiver' : one.id === 0x02 ? 'transmitter' : 'transceiver';
    const [systemId, password, systemType] = [fields.text(), fields.text(), fields.text()];
    const bind: SeenBind = { mode, systemId, password, systemType, version: fields.octet() };
    this.binds.push(bind);
    const status = this.onBind(bind, this.binds.length - 1);
    if (status === null) return;
    if (status === 0) link.bind = bind;
    link.raw(
      pdu(
        0x8000_0000 + one.id,
        status,
        one.sequence,
        ...(status === 0 ? ['Test SMSC', tlv(0x0210, Buffer.from([0x34]))] : []),
      ),
    );
  }

  async #submit(link: SmscLink, one: WirePdu): Promise<void> {
    const submit = { ...readSubmit(one), link, at: this.now() };
    this.submits.push(submit);
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    let answer = this.onSubmit(submit, this.submits.length - 1, link);
    if (answer instanceof Promise) answer = await answer;
    this.open -= 1;
    if (answer === null) return;
    if (typeof answer === 'string') link.raw(pdu(0x8000_0004, 0, one.sequence, answer));
    else link.raw(pdu(0x8000_0004, answer.status, one.sequence, ...(answer.id === undefined ? [] : [answer.id])));
  }

  #query(link: SmscLink, one: WirePdu): void {
    const fields = new Fields(one.body);
    const id = fields.text();
    fields.octets(2);
    const answer = this.onQuery(id, fields.text());
    if (typeof answer === 'number') link.raw(pdu(0x8000_0003, answer, one.sequence));
    else link.raw(pdu(0x8000_0003, 0, one.sequence, id, answer.date ?? '', answer.state, answer.error ?? 0));
  }
}
