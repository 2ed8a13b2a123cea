import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Smsc } from './smsc.ts';

/** An SMSC that listens on a port of this machine. */
export class TcpSmsc extends Smsc {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    super();
    this.#server = server;
  }

  static async start(tls?: { readonly key: string; readonly cert: string }): Promise<TcpSmsc> {
    const server = tls === undefined ? createServer() : createTlsServer(tls);
    const smsc = new TcpSmsc(server);
    server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => smsc.#welcome(socket));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return smsc;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #welcome(socket: Socket): void {
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    const link = this.accept({ write: (octets) => socket.write(octets), cut: () => socket.resetAndDestroy() });
    socket.on('data', (octets: Buffer) => link.receive(octets));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#sockets.delete(socket);
      link.gone();
    });
  }
}
