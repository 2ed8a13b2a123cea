import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import { sqliteCode, storeError } from './database.ts';

/** A transaction that is open; those outside the store pass it on and never look inside. */
export type Transaction = Database.Database;

/** One piece of work, run inside the shared transaction; it must be synchronous. */
export type Work<T> = (db: Database.Database) => T;

export interface CommitStats {
  /** Transactions committed; each is one fsync of the write-ahead log. */
  commits: number;
  /** Pieces of work that went into them. */
  works: number;
}

interface Job {
  /** Does the work and returns what tells its caller, to be called once it is on disk. */
  readonly work: (db: Database.Database) => () => void;
  readonly repeatable: boolean;
  readonly reject: (error: unknown) => void;
}

/** How long one transaction may hold the event loop before what is left goes into the next one. */
const sliceMs = 12;
const mostWaiting = 20_000;

/**
 * The only way to write. What arrives in one turn of the event loop is committed together, one fsync for all,
 * each piece under its own savepoint; a promise settles only after the fsync (synchronous FULL).
 */
export class CommitQueue {
  readonly stats: CommitStats = { commits: 0, works: 0 };
  readonly #db: Database.Database;
  readonly #monotonic: () => number;
  readonly #begin: Database.Statement;
  readonly #commit: Database.Statement;
  readonly #rollback: Database.Statement;
  readonly #savepoint: Database.Statement;
  readonly #release: Database.Statement;
  readonly #undo: Database.Statement;
  #jobs: Job[] = [];
  #scheduled = false;
  #closed = false;
  #committed: (() => void)[] = [];
  #undone: (() => void)[] = [];

  constructor(db: Database.Database, monotonic: () => number) {
    this.#db = db;
    this.#monotonic = monotonic;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#rollback = db.prepare('ROLLBACK');
    this.#savepoint = db.prepare('SAVEPOINT work');
    this.#release = db.prepare('RELEASE work');
    this.#undo = db.prepare('ROLLBACK TO work');
  }

  /**
   * Runs `work` in a transaction and resolves with its result once that is on disk.
   * @param options.repeatable says that `work` may be undone and done again: neighbours of this kind share a savepoint,
   * which spares a copy of every page they touch, and are done again one by one when one of them fails.
   * @throws whatever `work` throws (its own writes are undone, others' stay), or AppError `store.*` when the commit fails.
   */
  run<T>(work: Work<T>, options: { readonly repeatable?: boolean } = {}): Promise<T> {
    if (this.#closed)
      return Promise.reject(new AppError('box.stopping', 'The box is stopping; try again in a moment.'));
    if (this.#jobs.length >= mostWaiting) {
      return Promise.reject(new AppError('store.unavailable', 'The box is busy storing; try again in a moment.'));
    }
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push({
        work: (db) => {
          const value = work(db);
          return () => resolve(value);
        },
        repeatable: options.repeatable === true,
        reject,
      });
      this.#schedule();
    });
  }

  /** Calls `listener` after every commit; for waking those who wait for work. */
  onCommit(listener: () => void): void {
    this.#committed.push(listener);
  }

  /** Calls `listener` after something that was written was undone; for those who remember what they wrote. */
  onUndone(listener: () => void): void {
    this.#undone.push(listener);
  }

  /** Number of pieces of work that wait. */
  get waiting(): number {
    return this.#jobs.length;
  }

  /** Commits what waits and refuses what comes afterwards. Idempotent. */
  close(): void {
    if (this.#closed) return;
    while (this.waiting > 0) this.#flush();
    this.#closed = true;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
      if (this.waiting > 0) this.#schedule();
    });
  }

  #flush(): void {
    const taken: Job[] = [];
    const settled: (() => void)[] = [];
    try {
      this.#begin.run();
      this.#runSlice(taken, settled);
      this.#commit.run();
    } catch (error) {
      if (this.#db.inTransaction) this.#rollback.run();
      this.#tellUndone();
      // When not even BEGIN worked, all that waits would meet the same end: it is told now.
      const failed = taken.length === 0 ? this.#jobs.splice(0) : taken;
      const failure = storeError(error);
      for (const job of failed) job.reject(failure);
      return;
    }
    this.stats.commits += 1;
    this.stats.works += taken.length;
    for (const settle of settled) settle();
    for (const listener of this.#committed) listener();
  }

  #runSlice(taken: Job[], settled: (() => void)[]): void {
    const until = this.#monotonic() + sliceMs;
    try {
      while (taken.length < this.#jobs.length) {
        if (taken.length > 0 && this.#monotonic() >= until) return;
        const first = this.#jobs[taken.length];
        if (first === undefined) return;
        taken.push(first);
        if (first.repeatable) this.#runGroup(first, taken, settled, until);
        else this.#runOne(first, settled);
      }
    } finally {
      this.#jobs.splice(0, taken.length);
    }
  }

  /** Does a job and the repeatable ones that follow it under one savepoint; when one fails, all of them one by one. */
  #runGroup(first: Job, taken: Job[], settled: (() => void)[], until: number): void {
    const group = [first];
    const tells: (() => void)[] = [];
    this.#savepoint.run();
    try {
      tells.push(first.work(this.#db));
      for (;;) {
        const next = this.#jobs[taken.length];
        if (next === undefined || !next.repeatable || this.#monotonic() >= until) break;
        taken.push(next);
        group.push(next);
        tells.push(next.work(this.#db));
      }
      this.#release.run();
      settled.push(...tells);
    } catch (error) {
      if (!this.#db.inTransaction) throw error;
      this.#undo.run();
      this.#release.run();
      this.#tellUndone();
      for (const job of group) this.#runOne(job, settled);
    }
  }

  #runOne(job: Job, settled: (() => void)[]): void {
    this.#savepoint.run();
    try {
      const tell = job.work(this.#db);
      this.#release.run();
      settled.push(tell);
    } catch (error) {
      // A full disk ends the whole transaction: the savepoint is gone with it, and everything in it fails.
      if (!this.#db.inTransaction) throw error;
      this.#undo.run();
      this.#release.run();
      this.#tellUndone();
      const failure = sqliteCode(error) === '' ? error : storeError(error);
      settled.push(() => job.reject(failure));
    }
  }

  #tellUndone(): void {
    for (const listener of this.#undone) listener();
  }
}
