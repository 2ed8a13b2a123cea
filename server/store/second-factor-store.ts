import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

export interface SecondFactorRecord {
  readonly user_id: number;
  /** Sealed. */
  readonly secret: string;
  readonly created_at: Millis;
  /** Null while the person has not shown a code yet. */
  readonly confirmed_at: Millis | null;
  readonly last_step: number;
}

/** Second factors: the sealed secrets of people's code generators, and hashes of their recovery codes. */
export class SecondFactorStore {
  readonly #queue: CommitQueue;
  readonly #of: Database.Statement<[number], SecondFactorRecord>;
  readonly #left: Database.Statement<[number], { n: number }>;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#of = db.prepare('SELECT * FROM second_factor WHERE user_id = ?');
    this.#left = db.prepare('SELECT COUNT(*) AS n FROM recovery_code WHERE user_id = ?');
  }

  of(userId: number): SecondFactorRecord | undefined {
    return this.#of.get(userId);
  }

  recoveryCodesLeft(userId: number): number {
    return this.#left.get(userId)?.n ?? 0;
  }

  /** Keeps a secret that is still to be confirmed, in place of an earlier one. @throws AppError `totp.already_on`. */
  async enrol(userId: number, secret: string, now: Millis): Promise<void> {
    const changed = await this.#queue.run(
      (db) =>
        db
          .prepare(
            'INSERT INTO second_factor (user_id, secret, created_at) VALUES (?, ?, ?) ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at WHERE confirmed_at IS NULL',
          )
          .run(userId, secret, now).changes,
    );
    if (changed !== 1) throw new AppError('totp.already_on', 'Sign-in with a code is on already. Turn it off first.');
  }

  /** The person has shown a code of the secret: from now on it counts. @returns false when it changed meanwhile. */
  async confirm(
    factor: SecondFactorRecord,
    terms: { readonly step: number; readonly now: Millis; readonly recoveryHashes: readonly string[] },
  ): Promise<boolean> {
    const { step, now, recoveryHashes } = terms;
    return await this.#queue.run((db) => {
      const confirmed = db
        .prepare(
          'UPDATE second_factor SET confirmed_at = ?, last_step = ? WHERE user_id = ? AND secret = ? AND confirmed_at IS NULL',
        )
        .run(now, step, factor.user_id, factor.secret).changes;
      if (confirmed === 1) writeCodes(db, factor.user_id, recoveryHashes);
      return confirmed === 1;
    });
  }

  /** Uses a code up, with all before it. @returns false when it, or a later one, was used already. */
  async useStep(userId: number, step: number): Promise<boolean> {
    return await this.#queue.run(
      (db) =>
        db
          .prepare(
            'UPDATE second_factor SET last_step = ? WHERE user_id = ? AND last_step < ? AND confirmed_at IS NOT NULL',
          )
          .run(step, userId, step).changes === 1,
    );
  }

  /** Uses a recovery code up. @returns false when it is none, or was used. */
  async useRecoveryCode(userId: number, hash: string): Promise<boolean> {
    return await this.#queue.run(
      (db) => db.prepare('DELETE FROM recovery_code WHERE user_id = ? AND hash = ?').run(userId, hash).changes === 1,
    );
  }

  /** New recovery codes in place of the old ones. */
  async replaceRecoveryCodes(userId: number, hashes: readonly string[]): Promise<void> {
    await this.#queue.run((db) => writeCodes(db, userId, hashes));
  }

  /** Sign-in asks for no code any more. @returns whether it did. */
  async remove(userId: number): Promise<boolean> {
    return await this.#queue.run((db) => {
      db.prepare('DELETE FROM recovery_code WHERE user_id = ?').run(userId);
      return db.prepare('DELETE FROM second_factor WHERE user_id = ?').run(userId).changes === 1;
    });
  }
}

function writeCodes(db: Database.Database, userId: number, hashes: readonly string[]): void {
  db.prepare('DELETE FROM recovery_code WHERE user_id = ?').run(userId);
  const insert = db.prepare('INSERT INTO recovery_code (user_id, hash) VALUES (?, ?)');
  for (const hash of hashes) insert.run(userId, hash);
}
