import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

export interface UserRecord {
  readonly id: number;
  readonly name: string;
  readonly password: string;
  readonly role: string;
  readonly created_at: number;
  readonly failures: number;
  readonly locked_until: number | null;
  readonly disabled: number;
  readonly language: string | null;
  readonly signed_in_at: number | null;
}

/** A person as lists show them. */
export interface ListedUser extends Omit<UserRecord, 'password'> {
  /** Whether sign-in asks for a code. */
  readonly second_factor: number;
  readonly sessions: number;
}

/** What may be changed of a person; what is left out stays. */
export interface UserChange {
  readonly role?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** People who sign in. */
export class PeopleStore {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #byName: Database.Statement<[string], UserRecord>;
  readonly #byId: Database.Statement<[number], UserRecord>;
  readonly #count: Database.Statement<[], { n: number }>;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#db = db;
    this.#queue = queue;
    this.#byName = db.prepare('SELECT * FROM user WHERE name = ?');
    this.#byId = db.prepare('SELECT * FROM user WHERE id = ?');
    this.#count = db.prepare('SELECT COUNT(*) AS n FROM user');
  }

  anyone(): boolean {
    return (this.#count.get()?.n ?? 0) > 0;
  }

  byName(name: string): UserRecord | undefined {
    return this.#byName.get(name);
  }

  byId(id: number): UserRecord | undefined {
    return this.#byId.get(id);
  }

  /** The administrator who has been here longest and may sign in. */
  firstAdmin(): UserRecord | undefined {
    return this.#db
      .prepare<[], UserRecord>("SELECT * FROM user WHERE role = 'admin' AND disabled = 0 ORDER BY id LIMIT 1")
      .get();
  }

  /** @throws AppError `user.not_found`. */
  named(name: string): UserRecord {
    const user = this.#byName.get(name);
    if (user === undefined) throw new AppError('user.not_found', `There is no user ${name}.`);
    return user;
  }

  /** Everybody, by name; sessions that have ended by `now` are not counted. */
  list(now: Millis): ListedUser[] {
    return this.#db
      .prepare<[Millis], ListedUser>(
        `SELECT u.id, u.name, u.role, u.created_at, u.failures, u.locked_until, u.disabled, u.language, u.signed_in_at,
          EXISTS (SELECT 1 FROM second_factor f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS second_factor,
          (SELECT COUNT(*) FROM session s WHERE s.user_id = u.id AND s.expires_at > ?) AS sessions
          FROM user u ORDER BY u.name LIMIT 1000`,
      )
      .all(now);
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

  /**
   * Changes what a person may do; who is disabled is signed out everywhere.
   * @throws AppError `user.not_found`, `user.last_admin`.
   */
  async change(name: string, change: UserChange): Promise<void> {
    await this.#queue.run((db) => {
      const user = this.named(name);
      const role = change.role ?? user.role;
      const disabled = change.disabled === undefined ? user.disabled : Number(change.disabled);
      if (role !== 'admin' || disabled === 1) this.#assertAnotherAdmin(user);
      db.prepare('UPDATE user SET role = ?, disabled = ? WHERE id = ?').run(role, disabled, user.id);
      if (disabled === 1) endSessions(db, user.id);
    });
  }

  /** Removes a person with sessions and second factor. @throws AppError `user.not_found`, `user.last_admin`. */
  async remove(name: string): Promise<void> {
    await this.#queue.run((db) => {
      const user = this.named(name);
      this.#assertAnotherAdmin(user);
      endSessions(db, user.id);
      db.prepare('DELETE FROM recovery_code WHERE user_id = ?').run(user.id);
      db.prepare('DELETE FROM second_factor WHERE user_id = ?').run(user.id);
      db.prepare('DELETE FROM user WHERE id = ?').run(user.id);
    });
  }

  /** Sets a password and ends the user's sessions. @throws AppError `user.not_found`. */
  async setPassword(name: string, password: string): Promise<void> {
    await this.#queue.run((db) => {
      const user = this.named(name);
      db.prepare('UPDATE user SET password = ?, failures = 0, locked_until = NULL WHERE id = ?').run(password, user.id);
      endSessions(db, user.id);
    });
  }

  async setLanguage(userId: number, language: string): Promise<void> {
    await this.#queue.run((db) => db.prepare('UPDATE user SET language = ? WHERE id = ?').run(language, userId));
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

  /** Takes a try back that turned out to be none, with the lock that it alone set. */
  async forgiveTry(userId: number, lockedUntil: Millis): Promise<void> {
    await this.#queue.run((db) =>
      db
        .prepare(
          'UPDATE user SET failures = MAX(0, failures - 1), locked_until = NULLIF(locked_until, ?) WHERE id = ? AND failures > 0',
        )
        .run(lockedUntil, userId),
    );
  }

  /** Forgets the wrong tries of who has now shown to be the right person. */
  async clearTries(userId: number): Promise<void> {
    await this.#queue.run((db) => clearTries(db, userId));
  }

  #assertAnotherAdmin(user: UserRecord): void {
    if (user.role !== 'admin' || user.disabled === 1) return;
    const others = this.#db
      .prepare<[number], { n: number }>(
        "SELECT COUNT(*) AS n FROM user WHERE role = 'admin' AND disabled = 0 AND id <> ?",
      )
      .get(user.id);
    if ((others?.n ?? 0) > 0) return;
    throw new AppError(
      'user.last_admin',
      `${user.name} is the only administrator who can sign in. Make somebody else an administrator first.`,
    );
  }
}

/** Inside a transaction. */
export function clearTries(db: Database.Database, userId: number): void {
  db.prepare('UPDATE user SET failures = 0, locked_until = NULL WHERE id = ?').run(userId);
}

/** Ends the sessions of a person; inside a transaction. */
export function endSessions(db: Database.Database, userId: number): number {
  return db.prepare('DELETE FROM session WHERE user_id = ?').run(userId).changes;
}
