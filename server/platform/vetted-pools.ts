import { isIP, type LookupFunction } from 'node:net';
import type { Pool } from 'undici';

/** An origin as it was vetted: the very addresses that a connection may go to. */
export interface VettedOrigin {
  readonly origin: string;
  readonly addresses: readonly string[];
}

export interface VettedPoolsOptions {
  /** Connections to one origin at most. */
  readonly connections: number;
  /** How long the other side may be silent, in milliseconds. */
  readonly silenceMs: number;
  /** More certificate authorities to trust, in PEM. */
  readonly ca?: string | undefined;
}

const mostPools = 128;
const connectMs = 10_000;

/**
 * Kept connections, one pool for each origin and set of vetted addresses: a connection serves only requests whose
 * vetting gave the same addresses, and no name is resolved a second time. Callers bound each request themselves.
 */
export class VettedPools {
  readonly #options: VettedPoolsOptions;
  readonly #pools = new Map<string, Pool>();
  readonly #closing = new Set<Promise<void>>();

  constructor(options: VettedPoolsOptions) {
    this.#options = options;
  }

  /** The pool for an origin; `PoolClass` is handed in so that undici is loaded with the first request only. */
  of(PoolClass: typeof Pool, { origin, addresses }: VettedOrigin): Pool {
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
    const { connections, silenceMs, ca } = this.#options;
    const pool = new PoolClass(origin, {
      connections,
      pipelining: 1,
      allowH2: false,
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      maxHeaderSize: 16 * 1024,
      connect: { lookup: fixedLookup(addresses), timeout: connectMs, ...(ca === undefined ? {} : { ca }) },
    });
    this.#pools.set(key, pool);
    return pool;
  }

  /** Closes every connection, whatever runs on it. Idempotent. */
  async close(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all([...pools.map((pool) => pool.destroy()), ...this.#closing]);
  }

  /** Lets a pool finish what it carries. It ends by itself: every request on it has a time-out. */
  #retire(pool: Pool): void {
    const closing = pool.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}

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

/** Waits for `work`, but not longer than until `signal` aborts. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
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
