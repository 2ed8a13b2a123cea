import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What happens to the next message: it passes, is lost on the way there, or its answer on the way back. */
export type Holding = 'nothing' | 'the request' | 'the answer';

/** A wire between two boxes that keeps back what the test says. */
export class HoldingProxy {
  holding: Holding = 'nothing';
  readonly #target: string;
  readonly #server: Server;
  #held = Promise.withResolvers<void>();

  private constructor(target: string) {
    this.#target = target;
    this.#server = createServer((request, response) => {
      this.#pass(request, response).catch(() => response.destroy());
    });
  }

  static async start(target: string): Promise<HoldingProxy> {
    const proxy = new HoldingProxy(target);
    await new Promise<void>((resolve) => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Keeps something back from now on; the promise settles when it did. */
  hold(what: Holding): Promise<void> {
    this.holding = what;
    this.#held = Promise.withResolvers<void>();
    return this.#held.promise;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const isMessage = request.method === 'POST';
    const holding = isMessage ? this.holding : 'nothing';
    if (holding === 'the request') {
      this.#held.resolve();
      return;
    }
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (!['host', 'connection', 'content-length'].includes(name)) headers.set(name, String(value));
    }
    const body = isMessage ? { body: Buffer.concat(chunks) } : {};
    const answer = await fetch(`${this.#target}${request.url ?? ''}`, {
      method: request.method ?? '',
      headers,
      ...body,
    });
    const text = await answer.text();
    if (holding === 'the answer') {
      this.#held.resolve();
      return;
    }
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text);
  }
}
