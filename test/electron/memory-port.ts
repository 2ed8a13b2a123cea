import { fromServer, type FromServer } from '../../electron/server-protocol.ts';
import type { ServerPort } from '../../electron/server-process.ts';

/** Both ends of a port in memory; what passes is copied as between processes. */
export class MemoryPort implements ServerPort {
  readonly heard: FromServer[] = [];
  #listener: ((event: { readonly data: unknown }) => void) | undefined;
  #waiting: ((message: FromServer) => void)[] = [];

  postMessage(message: FromServer): void {
    const copy = fromServer.parse(structuredClone(message));
    this.heard.push(copy);
    this.#waiting.shift()?.(copy);
  }

  on(_event: 'message', listener: (event: { readonly data: unknown }) => void): void {
    this.#listener = listener;
  }

  /** What the main process says. */
  say(message: unknown): void {
    this.#listener?.({ data: structuredClone(message) });
  }

  /** The next message of the server. */
  next(): Promise<FromServer> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}
