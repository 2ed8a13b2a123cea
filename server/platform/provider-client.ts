import type { Dispatcher } from 'undici';
import type { Clock } from '../domain/ports.ts';
import { connectionProblem } from './connection-words.ts';
import type { OutboundGuard } from './outbound-guard.ts';
import { untilAborted, VettedPools } from './vetted-pools.ts';

export interface ProviderRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Ends the request early; it then counts as unsent or unanswered, whichever it is. */
  readonly signal?: AbortSignal;
}

/**
 * How one request ended.
 * - answered: with whatever status; a redirect is an answer like any other.
 * - unsent: nothing of it left this machine, so it may be made again. `refused` says that the box will not go there.
 * - unanswered: it left, or may have left, and nobody knows what became of it.
 */
export type ProviderAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case; of a repeated one the first. */
      readonly headers: Readonly<Record<string, string>>;
      /** At most 256 kB of the body, read as UTF-8. */
      readonly text: string;
    }
  | { readonly kind: 'unsent'; readonly problem: string; readonly refused: boolean }
  | { readonly kind: 'unanswered'; readonly problem: string };

/** Asks a provider over HTTP. Always settles in time and never rejects. */
export type AskProvider = (request: ProviderRequest) => Promise<ProviderAnswer>;

export interface ProviderClientOptions {
  readonly clock: Clock;
  readonly guard: OutboundGuard;
  /** Sent with every request. */
  readonly userAgent: string;
  /** Limit for one request from resolving the name to the end of the answer. */
  readonly totalMs?: number;
  /** More certificate authorities to trust, in PEM. */
  readonly ca?: string;
}

const usualTotalMs = 30_000;
const mostAnswerBytes = 256 * 1024;
const connectionsAtMost = 64;

/**
 * Makes requests to providers, with keys in them: each is vetted anew, goes to the very addresses that were vetted and
 * follows no redirect. It tells whether a failed one can have reached the other side.
 */
export class ProviderClient {
  readonly #options: ProviderClientOptions;
  readonly #totalMs: number;
  readonly #pools: VettedPools;
  readonly #closing = new AbortController();

  constructor(options: ProviderClientOptions) {
    this.#options = options;
    this.#totalMs = options.totalMs ?? usualTotalMs;
    this.#pools = new VettedPools({ connections: connectionsAtMost, silenceMs: this.#totalMs, ca: options.ca });
  }

  readonly ask: AskProvider = async (request) => {
    const abort = new AbortController();
    let why = 'The box stopped waiting.';
    const timer = this.#options.clock.after(this.#totalMs, () => {
      why = `No full answer came within ${Math.round(this.#totalMs / 1000)} s.`;
      abort.abort();
    });
    const signal = AbortSignal.any([abort.signal, this.#closing.signal, ...(request.signal ? [request.signal] : [])]);
    const progress = { left: false };
    try {
      return await this.#exchange(request, signal, progress);
    } catch (error) {
      const problem = signal.aborted ? why : connectionProblem(error);
      return progress.left ? { kind: 'unanswered', problem } : { kind: 'unsent', problem, refused: false };
    } finally {
      timer.cancel();
    }
  };

  /** Ends what is in flight and closes every connection. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#pools.close();
  }

  async #exchange(request: ProviderRequest, signal: AbortSignal, progress: { left: boolean }): Promise<ProviderAnswer> {
    const { guard, userAgent } = this.#options;
    const verdict = await untilAborted(guard.vet(request.url), signal);
    if (verdict.kind !== 'clear') {
      return { kind: 'unsent', problem: verdict.reason, refused: verdict.kind === 'refused' };
    }
    // Loaded with the first request: a box without providers spares its memory.
    const undici = await import('undici');
    signal.throwIfAborted();
    const { url, addresses } = verdict;
    const pool = this.#pools.of(undici.Pool, { origin: url.origin, addresses });
    const answer = Promise.withResolvers<ProviderAnswer>();
    const handler = new Exchange(answer, signal, progress);
    const { method, headers, body } = request;
    pool.dispatch(
      { method, path: `${url.pathname}${url.search}`, headers: { ...headers, 'user-agent': userAgent }, body },
      handler,
    );
    try {
      // A request that waits for a connection hears nothing of the signal by itself.
      return await untilAborted(answer.promise, signal);
    } finally {
      handler.end();
    }
  }
}

/** One request on its way: knows whether it has left, and reads a bounded answer. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #answer: PromiseWithResolvers<ProviderAnswer>;
  readonly #signal: AbortSignal;
  readonly #progress: { left: boolean };
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #length = 0;
  #status = 0;
  #headers: Readonly<Record<string, string>> = {};
  #over = false;

  constructor(answer: PromiseWithResolvers<ProviderAnswer>, signal: AbortSignal, progress: { left: boolean }) {
    this.#answer = answer;
    this.#signal = signal;
    this.#progress = progress;
  }

  /** Called with an open connection, just before the first byte is written. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over || this.#signal.aborted) controller.abort(new Error('stopped'));
    else this.#progress.left = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, (Array.isArray(value) ? value[0] : value) ?? '']),
    );
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const room = mostAnswerBytes - this.#length;
    this.#chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    this.#length += Math.min(room, chunk.length);
    if (chunk.length >= room) this.#finish();
  }

  onResponseEnd(): void {
    this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#over = true;
    this.#answer.reject(error);
  }

  /** Gives up whatever is still under way. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#controller?.abort(new Error('stopped'));
  }

  #finish(): void {
    const text = new TextDecoder().decode(Buffer.concat(this.#chunks, this.#length));
    this.#answer.resolve({ kind: 'answered', status: this.#status, headers: this.#headers, text });
    if (this.#length >= mostAnswerBytes) this.end();
    this.#over = true;
  }
}
