import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

export interface ReceivedPost {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the sink meets a post. `hang` never answers, `cut` closes the connection, `drip` sends some bytes every few milliseconds, for ever. */
export type Behaviour =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      /** Answers only after this settles. */
      readonly after?: Promise<void>;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'drip'; readonly bytes?: number };

export function answer(status: number, headers: Readonly<Record<string, string>> = {}, body = 'ok'): Behaviour {
  return { kind: 'answer', status, headers, body };
}

/** A customer's server at the other end of the wire. */
export class WebhookSink {
  readonly posts: ReceivedPost[] = [];
  /** Posts that came and were not answered. */
  open = 0;
  /** The most that were open at once. */
  mostOpen = 0;
  /** Connections accepted so far. */
  connections = 0;
  behave: (post: ReceivedPost, index: number) => Behaviour = () => answer(200);
  readonly #server: Server;
  readonly #drips = new Set<NodeJS.Timeout>();
  #waiting: (() => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', () => {
      this.connections += 1;
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#receive(request, response));
  }

  static async start(tls?: { readonly key: string; readonly cert: string }): Promise<WebhookSink> {
    const server = tls === undefined ? createServer() : createTlsServer(tls);
    const sink = new WebhookSink(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return sink;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the sink does not listen');
    return address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  /** Settles once `count` posts have come in altogether. */
  async arrivals(count: number): Promise<void> {
    while (this.posts.length < count) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  async close(): Promise<void> {
    for (const drip of this.#drips) clearInterval(drip);
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const post: ReceivedPost = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      this.posts.push(post);
      this.open += 1;
      this.mostOpen = Math.max(this.mostOpen, this.open);
      response.on('close', () => {
        this.open -= 1;
      });
      this.#meet(this.behave(post, this.posts.length - 1), response);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  #meet(behaviour: Behaviour, response: ServerResponse): void {
    if (behaviour.kind === 'hang') return;
    if (behaviour.kind === 'cut') {
      response.socket?.destroy();
    } else if (behaviour.kind === 'drip') {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const chunk = '.'.repeat(behaviour.bytes ?? 1);
      const drip = setInterval(() => response.write(chunk), 5);
      this.#drips.add(drip);
      response.on('close', () => clearInterval(drip));
    } else {
      const { status, headers, body, after } = behaviour;
      const reply = (): void => {
        response.writeHead(status, headers).end(body ?? '');
      };
      if (after === undefined) reply();
      else void after.then(reply);
    }
  }
}

/**
 * Checks a post the way a customer does from the documentation alone: take `t` and each `v1` out of the header,
 * compare with the HMAC over `<t>.<raw body>`, and refuse an old time.
 */
export function verifiesFor(secret: string, post: ReceivedPost, nowMs: number, toleranceSeconds = 300): boolean {
  const parts = String(post.headers['x-webhook-signature'] ?? '').split(',');
  const time = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  if (time === '' || Math.abs(nowMs / 1000 - Number(time)) > toleranceSeconds) return false;
  const wanted = createHmac('sha256', secret).update(`${time}.${post.body}`).digest();
  return parts
    .filter((part) => part.startsWith('v1='))
    .map((part) => Buffer.from(part.slice(3), 'hex'))
    .some((given) => given.length === wanted.length && timingSafeEqual(given, wanted));
}
