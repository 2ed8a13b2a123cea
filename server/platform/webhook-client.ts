import type { Dispatcher } from 'undici';
import type { Clock } from '../domain/ports.ts';
import { connectionCode, connectionProblem } from './connection-words.ts';
import type { OutboundGuard } from './outbound-guard.ts';
import { untilAborted, VettedPools } from './vetted-pools.ts';

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
const defaultTotalMs = 15_000;

/**
 * Posts webhooks. Each post is vetted anew and goes to the very addresses that were vetted; a kept connection serves
 * only posts whose vetting gave the same addresses. Redirects are answers like any other and are never followed.
 */
export class WebhookClient {
  readonly #clock: Clock;
  readonly #guard: OutboundGuard;
  readonly #totalMs: number;
  readonly #pools: VettedPools;
  readonly #running = new Set<AbortController>();
  #closed = false;

  constructor(options: WebhookClientOptions) {
    this.#clock = options.clock;
    this.#guard = options.guard;
    this.#totalMs = options.totalMs ?? defaultTotalMs;
    this.#pools = new VettedPools({
      connections: options.connections ?? 256,
      silenceMs: defaultTotalMs,
      ca: options.ca,
    });
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
        error: aborted
          ? 'The box stopped.'
          : timedOut
            ? `No full answer within ${this.#totalMs} ms.`
            : connectionProblem(error),
        timedOut: timedOut || connectionCode(error) === 'UND_ERR_CONNECT_TIMEOUT',
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
    await this.#pools.close();
  }

  async #exchange(post: WebhookPost, signal: AbortSignal): Promise<AnswerParts> {
    const verdict = await untilAborted(this.#guard.vet(post.url), signal);
    if (verdict.kind !== 'clear') throw new Error(verdict.reason);
    // Loaded with the first post: a box without webhooks spares its 14 MB.
    const undici = await import('undici');
    // Once closed, no pool may be made any more.
    signal.throwIfAborted();
    const pool = this.#pools.of(undici.Pool, { origin: verdict.url.origin, addresses: verdict.addresses });
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
}

type AnswerParts = Omit<Extract<WebhookAnswer, { kind: 'answered' }>, 'durationMs'>;

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
