import { AppError } from '../../domain/errors.ts';
import type { ByteStream, Clock } from '../../domain/ports.ts';

/** What a port buffers for a reader that has not registered yet, and for a modem that has not read, in bytes. */
const bufferLimit = 256 * 1024;

export interface PortOptions {
  readonly clock: Clock;
  /** Bytes from the program, never within its call of `write`. */
  readonly received: (bytes: Uint8Array) => void;
  /** Called once, when the port closes for whatever reason. */
  readonly closed: () => void;
  /** Whether the program gets one byte at a time; asked anew for each chunk. */
  readonly splitBytes: () => boolean;
}

/** The program's end of the cable: a ByteStream whose callbacks never run within a call from outside. */
export class SimulatedPort implements ByteStream {
  readonly #options: PortOptions;
  readonly #toModem = new ByteQueue();
  readonly #toProgram = new ByteQueue();
  #receive: ((bytes: Uint8Array) => void) | null = null;
  #tellClosed: ((reason: string) => void) | null = null;
  #closedBecause: string | null = null;

  constructor(options: PortOptions) {
    this.#options = options;
  }

  get open(): boolean {
    return this.#closedBecause === null;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (!this.open) {
      return Promise.reject(
        new AppError('internal.fault', 'The port of the simulated modem is closed. Open it again.'),
      );
    }
    if (this.#toModem.push(bytes)) this.#soon(() => this.#passToModem());
    return Promise.resolve();
  }

  onData(receive: (bytes: Uint8Array) => void): void {
    this.#receive = receive;
    if (this.#toProgram.size > 0) this.#soon(() => this.#passToProgram());
  }

  onClose(closed: (reason: string) => void): void {
    this.#tellClosed = closed;
    const reason = this.#closedBecause;
    if (reason !== null) this.#soon(() => closed(reason));
  }

  close(): Promise<void> {
    this.shut('closed');
    return Promise.resolve();
  }

  /** Ends the port from the modem's side, or the program's; the first reason counts. */
  shut(reason: string): void {
    if (!this.open) return;
    this.#closedBecause = reason;
    this.#toModem.take();
    this.#options.closed();
    const tell = this.#tellClosed;
    if (tell !== null) this.#soon(() => tell(reason));
  }

  /** Bytes from the modem. Dropped when the port is closed. */
  emit(bytes: Uint8Array): void {
    if (!this.open) return;
    if (this.#toProgram.push(bytes)) this.#soon(() => this.#passToProgram());
  }

  #soon(run: () => void): void {
    this.#options.clock.after(0, run);
  }

  #passToModem(): void {
    for (const bytes of this.#toModem.take()) this.#options.received(bytes);
  }

  #passToProgram(): void {
    const receive = this.#receive;
    if (receive === null || !this.open) return;
    for (const bytes of this.#toProgram.take()) {
      if (!this.#options.splitBytes()) receive(bytes);
      else for (const byte of bytes) receive(Uint8Array.of(byte));
    }
  }
}

/** Chunks that wait for the next turn, up to a bound; what comes beyond it is lost, as on a line without flow control. */
class ByteQueue {
  #chunks: Uint8Array[] = [];
  size = 0;

  /** Takes a copy; true when nothing waited before, so that the caller arranges the turn. */
  push(bytes: Uint8Array): boolean {
    if (this.size + bytes.length > bufferLimit) return false;
    this.#chunks.push(Uint8Array.from(bytes));
    this.size += bytes.length;
    return this.#chunks.length === 1;
  }

  take(): readonly Uint8Array[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.size = 0;
    return chunks;
  }
}
