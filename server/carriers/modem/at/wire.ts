import type { ByteStream, Logger } from '../../../domain/ports.ts';
import { LineParser } from './line-parser.ts';
import type { LineToken } from './line-parser.ts';
import { parseUrc } from './urc.ts';
import type { Urc } from './urc.ts';

/** Whoever has the command in flight. */
export interface WireListener {
  /** Names of results that belong to the command, without sign and colon, such as `CREG`. */
  readonly answering: readonly string[];
  token(token: LineToken): void;
  /** The modem says that it has just started. */
  restarted(): void;
  closed(reason: string): void;
}

export interface WireOptions {
  readonly stream: ByteStream;
  readonly log: Logger;
  readonly onUrc: (urc: Urc) => void;
  readonly onClosed: (reason: string) => void;
}

/**
 * One open port: bytes to tokens, and tokens to either the command in flight or to the indications. A port that is opened
 * again gets a wire of its own, so a late answer of the old one reaches nobody.
 */
export class Wire {
  readonly #options: WireOptions;
  readonly #parser = new LineParser();
  #listener: WireListener | null = null;
  #lastCommand = '';
  #closed: string | null = null;
  #heard = 0;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  /** Begins to receive. */
  attach(): void {
    this.#options.stream.onData((bytes) => this.#receive(bytes));
    this.#options.stream.onClose((reason) => this.#end(reason));
  }

  get closedReason(): string | null {
    return this.#closed;
  }

  /** How many tokens have come so far; tells a quiet line from a busy one. */
  get heard(): number {
    return this.#heard;
  }

  /** One listener at a time: the queue lets one command run. */
  listen(listener: WireListener): void {
    this.#listener = listener;
    if (this.#closed !== null) listener.closed(this.#closed);
  }

  unlisten(): void {
    this.#listener = null;
    this.#parser.armPrompt(false);
  }

  armPrompt(armed: boolean): void {
    this.#parser.armPrompt(armed);
  }

  /** Queues text for the modem; rejects as the stream does. */
  write(text: string): Promise<void> {
    this.#lastCommand = text.replaceAll(controlOctets, '').trim();
    return this.#options.stream.write(Buffer.from(text, 'latin1'));
  }

  /** Stops listening for good; what comes later is dropped. */
  detach(reason: string): void {
    this.#end(reason);
  }

  #receive(bytes: Uint8Array): void {
    if (this.#closed !== null) return;
    for (const token of this.#parser.push(bytes)) this.#route(token);
  }

  #route(token: LineToken): void {
    this.#heard += 1;
    // Some modems echo whatever ATE0 told them.
    if (token.type === 'line' && this.#lastCommand !== '' && token.text === this.#lastCommand) return;
    const urc = parseUrc(token, this.#listener?.answering ?? []);
    if (urc === null) {
      this.#listener?.token(token);
      return;
    }
    // The header of +CMT and +CDS says nothing yet; the token with the PDU behind it does.
    const headerOnly = token.type === 'line' && (urc.kind === 'message' || urc.kind === 'report');
    if (headerOnly) return;
    if (urc.kind === 'restart') this.#listener?.restarted();
    this.#options.onUrc(urc);
  }

  #end(reason: string): void {
    if (this.#closed !== null) return;
    this.#closed = reason;
    this.#listener?.closed(reason);
    this.#options.onClosed(reason);
  }
}

// oxlint-disable-next-line no-control-regex -- ESC and Ctrl-Z are what is taken away here.
const controlOctets = /[\u001A\u001B]/g;
