import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

export interface KeyRecord {
  readonly id: number;
  readonly account_id: number;
  readonly account: string;
  readonly suspended: number;
  readonly name: string;
  readonly hash: string;
  readonly display: string;
  readonly scopes: string;
  readonly ips: string;
  readonly rpm: number | null;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
  readonly last_used_at: number | null;
  readonly last_used_ip: string | null;
}

export interface NewKey {
  readonly accountId: number;
  readonly name: string;
  readonly hash: string;
  readonly display: string;
  readonly scopes: readonly string[];
  readonly ips: readonly string[];
  readonly rpm: number | null;
  readonly createdAt: Millis;
  readonly expiresAt: Millis | null;
}

/** API keys: only hashes are kept. */
export class KeyStore {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #byHash: Database.Statement<[string], KeyRecord>;
  readonly #byId: Database.Statement<[number], KeyRecord>;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#db = db;
    this.#queue = queue;
    const select = 'SELECT k.*, a.name AS account, a.suspended FROM api_key k JOIN account a ON a.id = k.account_id';
    this.#byHash = db.prepare(`${select} WHERE k.hash = ?`);
    this.#byId = db.prepare(`${select} WHERE k.id = ?`);
  }

  byHash(hash: string): KeyRecord | undefined {
    return this.#byHash.get(hash);
  }

  list(): KeyRecord[] {
    return this.#db
      .prepare<[], KeyRecord>(
        'SELECT k.*, a.name AS account, a.suspended FROM api_key k JOIN account a ON a.id = k.account_id ORDER BY k.id DESC LIMIT 1000',
      )
      .all();
  }

  async create(key: NewKey): Promise<KeyRecord> {
    const id = await this.#queue.run((db) =>
      Number(
        db
          .prepare(
            'INSERT INTO api_key (account_id, name, hash, display, scopes, ips, rpm, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          )
          .run(
            key.accountId,
            key.name,
            key.hash,
            key.display,
            JSON.stringify(key.scopes),
            JSON.stringify(key.ips),
            key.rpm,
            key.createdAt,
            key.expiresAt,
          ).lastInsertRowid,
      ),
    );
    const row = this.#byId.get(id);
    if (row === undefined) throw new AppError('key.not_found', 'The key vanished.');
    return row;
  }

  /** @throws AppError `key.not_found` when there is none that is still good. */
  async revoke(id: number, at: Millis): Promise<void> {
    const changed = await this.#queue.run(
      (db) => db.prepare('UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL').run(at, id).changes,
    );
    if (changed !== 1) throw new AppError('key.not_found', 'There is no such key, or it is revoked already.');
  }

  async noteUse(uses: readonly { readonly id: number; readonly at: Millis; readonly ip: string }[]): Promise<void> {
    await this.#queue.run((db) => {
      const note = db.prepare('UPDATE api_key SET last_used_at = ?, last_used_ip = ? WHERE id = ?');
      for (const use of uses) note.run(use.at, use.ip, use.id);
    });
  }
}
