import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import type { Dispatcher, Pool } from 'undici';
import { errorText } from '../domain/errors.ts';
import type { Clock } from '../domain/ports.ts';
import type { OutboundGuard } from './outbound-guard.ts';

export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How one post ended: the receiver answered with a status, or it did not and `error` says why in words. */
export type WebhookAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly retryAfter: string | null;
      /** The first 512 characters of the answer's body. */
      readonly text: string;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'unanswered';
      readonly error: string;
      /** The post took all the time it had; the receiver may be hanging. */
      readonly timedOut: boolean;
      /** The box stopped in the middle; this says nothing about the receiver. */
      readonly aborted: boolean;
      readonly durationMs: number;
    };

export interface WebhookClientOptions {
  readonly clock: Clock;
  readonly guard: OutboundGuard;
  /** Limit for one post from resolving the name to the end of the answer. */
  readonly totalMs?: number;
  /** Connections to one origin at most; its endpoints share them, so it is wide and callers bound themselves. */
  readonly connections?: number;
  /** More certificate authorities to trust, in PEM. */
  readonly ca?: string;
}

const mostAnswerBytes = 64 * 1024;
const keptAnswerChars = 512;
const mostPools = 128;
const defaultTotalMs = 15_000;

/**
 * Posts webhooks. Each post is vetted anew and goes to the very addresses that were vetted; a kept connection serves
 * only posts whose vetting gave the same addresses. Redirects are answers like any other and are never followed.
 */
export class WebhookClient {
  readonly #clock: Clock;
  readonly #guard: OutboundGuard;
  readonly #totalMs: number;
  readonly #connections: number;
  readonly #ca: string | undefined;
  readonly #pools = new Map<string, Pool>();
  readonly #running = new Set<AbortController>();
  readonly #closing = new Set<Promise<void>>();
  #closed = false;

  constructor(options: WebhookClientOptions) {
    this.#clock = options.clock;
    this.#guard = options.guard;
    this.#totalMs = options.totalMs ?? defaultTotalMs;
    this.#connections = options.connections ?? 256;
    this.#ca = options.ca;
  }

  /** Posts once. Always settles within the total time-out and never rejects. */
  async post(post: WebhookPost): Promise<WebhookAnswer> {
    const started = this.#clock.monotonic();
    const abort = new AbortController();
    let timedOut = false;
    const timer = this.#clock.after(this.#totalMs, () => {
      timedOut = true;
      abort.abort();
    });
    this.#running.add(abort);
    if (this.#closed) abort.abort();
    try {
      const answer = await this.#exchange(post, abort.signal);
      return { ...answer, durationMs: Math.round(this.#clock.monotonic() - started) };
    } catch (error) {
      const aborted = abort.signal.aborted && !timedOut;
      return {
        kind: 'unanswered',
        error: aborted ? 'The box stopped.' : timedOut ? `No full answer within ${this.#totalMs} ms.` : reasonOf(error),
        timedOut: timedOut || codeOf(error) === 'UND_ERR_CONNECT_TIMEOUT',
        aborted,
        durationMs: Math.round(this.#clock.monotonic() - started),
      };
    } finally {
      timer.cancel();
      this.#running.delete(abort);
    }
  }

  /** Ends what is in flight and closes every connection. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const abort of this.#running) abort.abort();
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all([...pools.map((pool) => pool.destroy()), ...this.#closing]);
  }

  async #exchange(post: WebhookPost, signal: AbortSignal): Promise<AnswerParts> {
    const verdict = await untilAborted(this.#guard.vet(post.url), signal);
    if (verdict.kind !== 'clear') throw new Error(verdict.reason);
    // Loaded with the first post: a box without webhooks spares its 14 MB.
    const undici = await import('undici');
    // Once closed, no pool may be made any more.
    signal.throwIfAborted();
    const pool = this.#poolFor(undici.Pool, verdict.url.origin, verdict.addresses);
    const response = await pool.request({
      method: 'POST',
      path: `${verdict.url.pathname}${verdict.url.search}`,
      headers: post.headers,
      body: post.body,
      signal,
    });
    return {
      kind: 'answered',
      status: response.statusCode,
      retryAfter: firstOf(response.headers['retry-after']),
      text: await readStart(response.body),
    };
  }

  #poolFor(PoolClass: typeof Pool, origin: string, addresses: readonly string[]): Pool {
    const key = `${origin} ${addresses.toSorted().join(' ')}`;
    const known = this.#pools.get(key);
    if (known !== undefined) {
      this.#pools.delete(key);
      this.#pools.set(key, known);
      return known;
    }
    for (const [oldestKey, oldest] of this.#pools) {
      if (this.#pools.size < mostPools) break;
      this.#pools.delete(oldestKey);
      this.#retire(oldest);
    }
    const pool = new PoolClass(origin, {
      connections: this.#connections,
      pipelining: 1,
      allowH2: false,
      headersTimeout: defaultTotalMs,
      bodyTimeout: defaultTotalMs,
      maxHeaderSize: 16 * 1024,
      connect: {
        lookup: fixedLookup(addresses),
        timeout: 10_000,
        ...(this.#ca === undefined ? {} : { ca: this.#ca }),
      },
    });
    this.#pools.set(key, pool);
    return pool;
  }

  /** Lets a pool finish what it carries. It ends by itself: every request on it has the total time-out. */
  #retire(pool: Pool): void {
    const closing = pool.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}

type AnswerParts = Omit<Extract<WebhookAnswer, { kind: 'answered' }>, 'durationMs'>;

/** Answers every look-up with the addresses that were vetted. */
function fixedLookup(addresses: readonly string[]): LookupFunction {
  const entries = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, found) => {
    const wanted = options.family === 4 || options.family === 6 ? options.family : 0;
    const usable = entries.filter((entry) => wanted === 0 || entry.family === wanted);
    const first = usable[0];
    if (first === undefined) found(new Error('no address of the wanted family'), '', 0);
    else if (options.all === true) found(null, usable);
    else found(null, first.address, first.family);
  };
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const stopped = Promise.withResolvers<never>();
  const stop = (): void => stopped.reject(new Error('stopped'));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Reads at most 64 kB, then closes the connection; gives back the start as text. */
async function readStart(body: Dispatcher.ResponseData['body']): Promise<string> {
  let read = 0;
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const bytes: unknown = chunk;
    if (!(bytes instanceof Uint8Array)) continue;
    if (text.length < keptAnswerChars) text += decoder.decode(bytes.subarray(0, 4 * keptAnswerChars), { stream: true });
    read += bytes.length;
    // Leaving the loop early destroys the body, and with it the connection.
    if (read >= mostAnswerBytes) break;
  }
  return text.slice(0, keptAnswerChars).replaceAll('\0', '');
}

function firstOf(header: string | string[] | undefined): string | null {
  return (typeof header === 'string' ? header : header?.[0]) ?? null;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused. Is the receiver running on this port?',
  ECONNRESET: 'The connection was cut.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The network cannot be reached.',
  ETIMEDOUT: 'The connection timed out.',
  UND_ERR_CONNECT_TIMEOUT: 'The connection timed out.',
  UND_ERR_SOCKET: 'The connection was cut before the answer.',
  UND_ERR_HEADERS_OVERFLOW: 'The answer has too large headers.',
  CERT_HAS_EXPIRED: 'The certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is self-signed.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another host.',
};

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return (reasons[code] ?? errorText(error)).slice(0, 300);
}

function codeOf(error: unknown): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? inner.code : '';
}
