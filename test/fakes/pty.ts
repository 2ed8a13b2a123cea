/** A pseudo-terminal, so that a real serial-port driver can open a modem that is none. Linux only. */

import { execFileSync } from 'node:child_process';
import { closeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ReadStream } from 'node:tty';
import { z } from 'zod';
import type { SimulatedModem } from '../../server/carriers/simulator/simulated-modem.ts';
import type { ByteStream } from '../../server/domain/ports.ts';

export interface PtyPair {
  /** Where a serial-port driver opens the other end. */
  readonly slavePath: string;
  readonly master: ByteStream;
  /** Hangs up, as an unplugged USB modem does. Idempotent. */
  close(): void;
}

const openedPair = z.object({ master: z.number(), slave: z.number(), pty: z.string() });

/** Why there is no pseudo-terminal here, or null where there is one. */
export function whyNoPty(): string | null {
  if (process.platform !== 'linux') return `pseudo-terminals are tested on Linux only, this is ${process.platform}`;
  return null;
}

/**
 * Opens a pair in raw mode without echo. The slave's end stays open here too, so that a driver may close and open it
 * again; only `close` hangs up.
 */
export function openPtyPair(): PtyPair {
  const opened = openedPair.parse(nativePty().open(80, 24));
  const socket = new ReadStream(opened.master);
  execFileSync('stty', ['-F', opened.pty, 'raw', '-echo']);
  const master = new MasterStream(socket);
  let open = true;
  return {
    slavePath: opened.pty,
    master,
    close: () => {
      if (!open) return;
      open = false;
      socket.destroy();
      closeSync(opened.slave);
    },
  };
}

/**
 * Puts a simulated modem behind the master: its port is opened now. Unplugging the modem hangs up the pseudo-terminal;
 * the other way round the port closes.
 */
export function bridge(modem: Pick<SimulatedModem, 'connect'>, master: ByteStream): void {
  const port = modem.connect();
  carry(port, master);
  carry(master, port);
}

/** Carries bytes one way, and the end. What cannot be carried any more ends the other side as well. */
function carry(from: ByteStream, to: ByteStream): void {
  from.onData((bytes) => {
    to.write(bytes).catch(() => from.close());
  });
  from.onClose(() => void to.close());
}

/** The native part alone: the package's own `open` would read from the slave and take the driver's bytes. */
function nativePty(): { open(columns: number, rows: number): unknown } {
  const load = createRequire(import.meta.url);
  return load(`@lydell/node-pty-${process.platform}-${process.arch}/pty.node`);
}

class MasterStream implements ByteStream {
  readonly #socket: ReadStream;
  #closed = false;
  #tell: ((reason: string) => void) | null = null;

  constructor(socket: ReadStream) {
    this.#socket = socket;
    // An error is always followed by 'close', which tells the listener.
    socket.on('error', (problem: Error) => this.#end(problem.message));
    socket.on('close', () => this.#end('closed'));
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (problem) => {
        if (problem === undefined || problem === null) resolve();
        else reject(problem);
      });
    });
  }

  onData(receive: (bytes: Uint8Array) => void): void {
    this.#socket.on('data', receive);
  }

  onClose(closed: (reason: string) => void): void {
    this.#tell = closed;
  }

  close(): Promise<void> {
    this.#socket.destroy();
    return Promise.resolve();
  }

  #end(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#tell?.(reason);
  }
}
