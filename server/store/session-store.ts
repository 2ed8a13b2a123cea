import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import { clearTries, endSessions, type UserRecord } from './people-store.ts';

export interface SessionRecord {
  readonly id: number;
  readonly token_hash: string;
  readonly user_id: number;
  readonly created_at: Millis;
  readonly seen_at: Millis;
  readonly expires_at: Millis;
  readonly address: string | null;
  readonly agent: string | null;
}

/** A session that is about to begin. */
export interface NewSession {
  readonly tokenHash: string;
  readonly userId: number;
  readonly now: Millis;
  readonly expiresAt: Millis;
  /** Where it was opened from, and by which browser; for lists only. */
  readonly address: string | null;
  readonly agent: string | null;
  /** A session of the same browser that this one takes the place of. */
  readonly instead?: string | null;
}

/** When a session is still open: not expired, and used since a moment. */
export interface OpenTerms {
  readonly now: Millis;
  readonly usedSince: Millis;
}

type SeenUser = UserRecord & { readonly seen_at: Millis };

/** Sessions of people; of a token only its hash is kept. */
export class SessionStore {
  readonly #queue: CommitQueue;
  readonly #byToken: Database.Statement<[string, Millis, Millis], SeenUser>;
  readonly #ofUser: Database.Statement<[number, Millis, Millis], SessionRecord>;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#byToken = db.prepare(
      'SELECT u.*, s.seen_at FROM session s JOIN user u ON u.id = s.user_id WHERE s.token_hash = ? AND s.expires_at > ? AND s.seen_at >= ? AND u.disabled = 0',
    );
    this.#ofUser = db.prepare(
      'SELECT * FROM session WHERE user_id = ? AND expires_at > ? AND seen_at >= ? ORDER BY id DESC LIMIT 200',
    );
  }

  /** The person whose session a token opens, and when it was last used. */
  byToken(tokenHash: string, { now, usedSince }: OpenTerms): SeenUser | undefined {
    return this.#byToken.get(tokenHash, now, usedSince);
  }

  /** A person's open sessions, newest first. */
  ofUser(userId: number, { now, usedSince }: OpenTerms): SessionRecord[] {
    return this.#ofUser.all(userId, now, usedSince);
  }

  /** Begins a session; wrong tries are forgotten, and sessions that have ended are swept. */
  async open(session: NewSession): Promise<void> {
    const { tokenHash, userId, now, expiresAt, address, agent, instead = null } = session;
    await this.#queue.run((db) => {
      clearTries(db, userId);
      db.prepare('UPDATE user SET signed_in_at = ? WHERE id = ?').run(now, userId);
      db.prepare('DELETE FROM session WHERE expires_at <= ?').run(now);
      if (instead !== null) db.prepare('DELETE FROM session WHERE token_hash = ?').run(instead);
      db.prepare(
        'INSERT INTO session (token_hash, user_id, created_at, seen_at, expires_at, address, agent) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ).run(tokenHash, userId, now, now, expiresAt, address, agent);
    });
  }

  /** Notes that a session is in use. */
  async touch(tokenHash: string, now: Millis): Promise<void> {
    await this.#queue.run((db) =>
      db.prepare('UPDATE session SET seen_at = ? WHERE token_hash = ? AND seen_at < ?').run(now, tokenHash, now),
    );
  }

  async close(tokenHash: string): Promise<void> {
    await this.#queue.run((db) => db.prepare('DELETE FROM session WHERE token_hash = ?').run(tokenHash));
  }

  /** @throws AppError `session.not_found` when it is none of this person's. */
  async closeOne(userId: number, id: number): Promise<void> {
    const changed = await this.#queue.run(
      (db) => db.prepare('DELETE FROM session WHERE id = ? AND user_id = ?').run(id, userId).changes,
    );
    if (changed !== 1) throw new AppError('session.not_found', 'There is no such session; it may have ended already.');
  }

  /** Ends the sessions of a person, all or all but one; returns how many. */
  async closeAll(userId: number, exceptHash: string | null = null): Promise<number> {
    return await this.#queue.run((db) =>
      exceptHash === null
        ? endSessions(db, userId)
        : db.prepare('DELETE FROM session WHERE user_id = ? AND token_hash <> ?').run(userId, exceptHash).changes,
    );
  }

  /** Sets a new password; the session in use goes on under a new token, all others end. */
  async renew(
    userId: number,
    password: string,
    session: { readonly from: string; readonly to: string },
  ): Promise<void> {
    await this.#queue.run((db) => {
      db.prepare('UPDATE user SET password = ?, failures = 0, locked_until = NULL WHERE id = ?').run(password, userId);
      db.prepare('DELETE FROM session WHERE user_id = ? AND token_hash <> ?').run(userId, session.from);
      db.prepare('UPDATE session SET token_hash = ? WHERE token_hash = ?').run(session.to, session.from);
    });
  }
}
