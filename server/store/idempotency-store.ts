import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

export interface RememberedAnswer {
  /** Of the API key. */
  readonly keyId: number;
  /** What the caller sent as `Idempotency-Key`. */
  readonly name: string;
  readonly bodyHash: string;
  /** JSON. */
  readonly answer: string;
  readonly at: Millis;
}

/** Answers that are given again to a request sent again. */
export class IdempotencyStore {
  readonly #queue: CommitQueue;
  readonly #find: Database.Statement<[number, string, Millis], { body_hash: string; answer: string }>;
  readonly #remember: Database.Statement;
  readonly #forget: Database.Statement;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#find = db.prepare(
      'SELECT body_hash, answer FROM idempotency WHERE key_id = ? AND name = ? AND created_at > ?',
    );
    this.#remember = db.prepare(
      'INSERT OR REPLACE INTO idempotency (key_id, name, body_hash, answer, created_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#forget = db.prepare('DELETE FROM idempotency WHERE created_at <= ?');
  }

  /** The answer remembered since `since`. */
  find(keyId: number, name: string, since: Millis): { readonly bodyHash: string; readonly answer: string } | undefined {
    const row = this.#find.get(keyId, name, since);
    return row === undefined ? undefined : { bodyHash: row.body_hash, answer: row.answer };
  }

  /** Remembers an answer; call it inside the transaction that the answer tells of. */
  remember(entry: RememberedAnswer): void {
    this.#remember.run(entry.keyId, entry.name, entry.bodyHash, entry.answer, entry.at);
  }

  async forgetBefore(before: Millis): Promise<number> {
    return await this.#queue.run(() => this.#forget.run(before).changes);
  }
}
