import { rmSync, symlinkSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { ByteStream } from '../../server/domain/ports.ts';
import { bridge, openPtyPair, type PtyPair } from '../fakes/pty.ts';

/** What a dead process wrote last is on its way through the line for this long. */
const lineMs = 25;
const longestWaitMs = 2_000;

/**
 * A path that a box opens as its modem's port, whatever pseudo-terminal is behind it. Each life of the box gets a fresh
 * one: a tty that the dead process had taken for itself would refuse its successor for as long as anybody keeps it open.
 */
export class ModemLine {
  readonly path: string;
  readonly #connect: () => ByteStream;
  #pair: PtyPair | null = null;
  #open = false;

  /** @param connect opens the modem's end; the modem itself notices nothing of a change of lines. */
  constructor(path: string, connect: () => ByteStream) {
    this.path = path;
    this.#connect = connect;
  }

  connect(): void {
    this.#pair = openPtyPair();
    this.#open = true;
    bridge({ connect: () => this.#port() }, this.#pair.master);
    symlinkSync(this.#pair.slavePath, this.path);
  }

  /** After the box is dead: lets the modem hear what it had still written, then takes the line away. */
  async disconnect(): Promise<void> {
    if (this.#pair === null) return;
    await wait(lineMs);
    this.hangUp();
    const until = performance.now() + longestWaitMs;
    while (this.#open) {
      if (performance.now() > until) throw new Error(`the line at ${this.path} does not close`);
      await wait(1);
    }
  }

  /** Takes the line away at once. Idempotent. */
  hangUp(): void {
    this.#pair?.close();
    this.#pair = null;
    rmSync(this.path, { force: true });
  }

  #port(): ByteStream {
    const port = this.#connect();
    return {
      write: (bytes) => port.write(bytes),
      onData: (receive) => port.onData(receive),
      onClose: (closed) => port.onClose(closed),
      close: async () => {
        await port.close();
        this.#open = false;
      },
    };
  }
}
