import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { errorText } from '../domain/errors.ts';
import type { ByteStream, Clock } from '../domain/ports.ts';

export interface SocketTarget {
  readonly host: string;
  readonly port: number;
  /** Null for plain TCP. */
  readonly tls: TlsTarget | null;
}

export interface TlsTarget {
  /** Certificates to trust instead of the well-known ones, in PEM. */
  readonly ca: string | null;
  /** Whether the certificate must be valid and for this host. */
  readonly verify: boolean;
  /** Name to ask for and to find in the certificate; null for the host. */
  readonly serverName: string | null;
}

/** A connection over TCP or TLS. */
export interface SocketStream extends ByteStream {
  /** Such as `TLSv1.3`; null over plain TCP. */
  readonly tlsVersion: string | null;
}

const writeMs = 10_000;
const closeMs = 1_000;

/**
 * Connects. Rejects with the system's error, which has its code, or when nothing answers within `ms`.
 */
export async function openSocketStream(target: SocketTarget, ms: number, clock: Clock): Promise<SocketStream> {
  const socket = target.tls === null ? connect({ host: target.host, port: target.port }) : secure(target, target.tls);
  socket.setNoDelay(true);
  const stream = new NodeSocketStream(socket, clock);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = clock.after(ms, () => reject(failure('nothing answers', 'ETIMEDOUT')));
  socket.once(target.tls === null ? 'connect' : 'secureConnect', resolve);
  socket.once('error', reject);
  socket.once('close', () => reject(failure('the connection was closed', 'ECONNRESET')));
  try {
    await promise;
    return stream;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    timer.cancel();
  }
}

function failure(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

function secure({ host, port }: SocketTarget, { ca, verify, serverName }: TlsTarget): TLSSocket {
  return connectTls({
    host,
    port,
    rejectUnauthorized: verify,
    ...(serverName === null ? {} : { servername: serverName }),
    ...(ca === null ? {} : { ca }),
  });
}

class NodeSocketStream implements SocketStream {
  readonly #socket: Socket | TLSSocket;
  readonly #clock: Clock;
  #closed: ((reason: string) => void) | null = null;
  #endReason: string | null = null;

  constructor(socket: Socket | TLSSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    let reason = 'closed by the other side';
    socket.on('error', (error) => {
      reason = errorText(error);
    });
    socket.once('close', () => this.#end(reason));
  }

  get tlsVersion(): string | null {
    return 'getProtocol' in this.#socket ? this.#socket.getProtocol() : null;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#endReason !== null) return Promise.reject(new Error(`the connection is closed: ${this.#endReason}`));
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(writeMs, () => {
        reject(new Error('the connection takes no more data'));
        this.#socket.destroy();
      });
      this.#socket.write(bytes, (error) => {
        timer.cancel();
        if (error === undefined || error === null) resolve();
        else reject(error);
      });
    });
  }

  /** What came before is kept by the system until then. */
  onData(receive: (bytes: Uint8Array) => void): void {
    this.#socket.on('data', receive);
  }

  onClose(closed: (reason: string) => void): void {
    if (this.#endReason === null) this.#closed = closed;
    else closed(this.#endReason);
  }

  /** Sends what is written, then ends; breaks off when that takes too long. */
  close(): Promise<void> {
    if (this.#endReason !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.#clock.after(closeMs, () => this.#socket.destroy());
      this.#socket.once('close', () => {
        timer.cancel();
        resolve();
      });
      this.#socket.end();
      // Its end is seen only by who reads.
      this.#socket.resume();
    });
  }

  #end(reason: string): void {
    if (this.#endReason !== null) return;
    this.#endReason = reason;
    this.#closed?.(reason);
  }
}
