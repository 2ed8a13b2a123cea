import { AppError } from '../domain/errors.ts';
import type { Clock } from '../domain/ports.ts';
import { sha256Hex } from '../platform/crypto.ts';
import type { IdempotencyStore } from '../store/idempotency-store.ts';

const keptMs = 24 * 3_600_000;
const longestName = 255;

/** Remembers an answer, inside the transaction of the fact that it tells. */
export type Remember = (answer: unknown) => void;

/**
 * Makes a request that is sent again harmless (api-v2 §4, `Idempotency-Key`): the answer is remembered in the same
 * transaction as the message, so that after a crash both are there or neither. Scoped to the API key, kept for 24 h.
 */
export class Idempotency {
  readonly #store: IdempotencyStore;
  readonly #clock: Clock;
  readonly #running = new Set<string>();

  constructor(options: { store: IdempotencyStore; clock: Clock }) {
    this.#store = options.store;
    this.#clock = options.clock;
  }

  /**
   * Runs `work` unless the same request was answered before; then gives that answer again.
   * @throws AppError `idempotency.in_progress` while the first is running, `idempotency.key_reused` for another body,
   * `validation.failed` for a key of more than 255 characters; and whatever `work` throws, which is not remembered.
   */
  async once<T>(
    request: { readonly keyId: number; readonly name: string; readonly body: unknown },
    work: (remember: Remember) => Promise<T>,
    parse: (remembered: unknown) => T,
  ): Promise<{ readonly answer: T; readonly replayed: boolean }> {
    const { keyId, name, body } = request;
    if (name === '' || name.length > longestName) {
      throw new AppError('validation.failed', `The Idempotency-Key must have 1 to ${longestName} characters.`, {
        details: [{ path: 'Idempotency-Key', message: `expected 1 to ${longestName} characters` }],
      });
    }
    const running = `${keyId}/${name}`;
    if (this.#running.has(running)) {
      throw new AppError(
        'idempotency.in_progress',
        'The first request with this Idempotency-Key is still being answered. Ask again in a moment.',
      );
    }
    const bodyHash = sha256Hex(JSON.stringify(body));
    const known = this.#store.find(keyId, name, this.#clock.now() - keptMs);
    if (known !== undefined) return { answer: parse(replay(known, bodyHash)), replayed: true };
    this.#running.add(running);
    try {
      const answer = await work((told) => {
        this.#store.remember({ keyId, name, bodyHash, answer: JSON.stringify(told), at: this.#clock.now() });
      });
      return { answer, replayed: false };
    } finally {
      this.#running.delete(running);
    }
  }

  /** Forgets what is older than it needs to be. */
  async sweep(): Promise<number> {
    return await this.#store.forgetBefore(this.#clock.now() - keptMs);
  }
}

function replay(known: { readonly bodyHash: string; readonly answer: string }, bodyHash: string): unknown {
  if (known.bodyHash !== bodyHash) {
    throw new AppError(
      'idempotency.key_reused',
      'This Idempotency-Key was used for another request. Use a new key for a new message.',
    );
  }
  return JSON.parse(known.answer);
}
