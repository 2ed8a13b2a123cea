import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

export interface UserRecord {
  readonly id: number;
  readonly name: string;
  readonly password: string;
  readonly role: string;
  readonly failures: number;
  readonly locked_until: number | null;
}

/** People who sign in, and their sessions; of a session's token only a hash is kept. */
export class PeopleStore {
  readonly #queue: CommitQueue;
  readonly #byName: Database.Statement<[string], UserRecord>;
  readonly #bySession: Database.Statement<[string, Millis], UserRecord>;
  readonly #count: Database.Statement<[], { n: number }>;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#byName = db.prepare('SELECT * FROM user WHERE name = ?');
    this.#bySession = db.prepare(
      'SELECT u.* FROM session s JOIN user u ON u.id = s.user_id WHERE s.token_hash = ? AND s.expires_at > ?',
    );
    this.#count = db.prepare('SELECT COUNT(*) AS n FROM user');
  }

  anyone(): boolean {
    return (this.#count.get()?.n ?? 0) > 0;
  }

  byName(name: string): UserRecord | undefined {
    return this.#byName.get(name);
  }

  bySession(tokenHash: string, now: Millis): UserRecord | undefined {
    return this.#bySession.get(tokenHash, now);
  }

  /** @throws AppError `user.exists`; with `onlyFirst` also `auth.setup_done` when there is anybody already. */
  async create(name: string, password: string, role: string, at: Millis, onlyFirst = false): Promise<number> {
    return await this.#queue.run((db) => {
      if (onlyFirst && this.anyone())
        throw new AppError('auth.setup_done', 'The box is set up already. Sign in instead.');
      if (this.#byName.get(name) !== undefined) throw new AppError('user.exists', `There is a user ${name} already.`);
      const insert = db.prepare('INSERT INTO user (name, password, role, created_at) VALUES (?, ?, ?, ?)');
      return Number(insert.run(name, password, role, at).lastInsertRowid);
    });
  }

  /** Sets a password and ends the user's sessions. @throws AppError `user.not_found`. */
  async setPassword(name: string, password: string): Promise<void> {
    await this.#queue.run((db) => {
      const user = this.#byName.get(name);
      if (user === undefined) throw new AppError('user.not_found', `There is no user ${name}.`);
      db.prepare('UPDATE user SET password = ?, failures = 0, locked_until = NULL WHERE id = ?').run(password, user.id);
      db.prepare('DELETE FROM session WHERE user_id = ?').run(user.id);
    });
  }

  /**
   * Counts a try before the password is looked at, so that many at once are no way round the lock.
   * @returns false when the user is locked; the try then counts for nothing.
   */
  async noteTry(userId: number, lockAfter: number, now: Millis, lockedUntil: Millis): Promise<boolean> {
    const changed = await this.#queue.run(
      (db) =>
        db
          .prepare(
            'UPDATE user SET failures = failures + 1, locked_until = CASE WHEN failures + 1 >= ? THEN ? ELSE NULL END WHERE id = ? AND (locked_until IS NULL OR locked_until <= ?)',
          )
          .run(lockAfter, lockedUntil, userId, now).changes,
    );
    return changed === 1;
  }

  async openSession(tokenHash: string, userId: number, now: Millis, expiresAt: Millis): Promise<void> {
    await this.#queue.run((db) => {
      db.prepare('UPDATE user SET failures = 0, locked_until = NULL WHERE id = ?').run(userId);
      db.prepare('DELETE FROM session WHERE expires_at <= ?').run(now);
      db.prepare('INSERT INTO session (token_hash, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)').run(
        tokenHash,
        userId,
        now,
        expiresAt,
      );
    });
  }

  async closeSession(tokenHash: string): Promise<void> {
    await this.#queue.run((db) => db.prepare('DELETE FROM session WHERE token_hash = ?').run(tokenHash));
  }
}
