import Database from 'better-sqlite3';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { BackupCounts } from '../../domain/backup.ts';
import { AppError, errorText } from '../../domain/errors.ts';
import type { Millis } from '../../domain/ports.ts';
import { databaseFile, lockFolder, migrations, restoringFile, setPragmas, sqliteCode } from '../database.ts';
import { runMigrations } from '../migrations/run-migrations.ts';
import { assertSound, copyDatabase, countRows } from './copy-work.ts';

/** What a rehearsal found in a backup. */
export interface Rehearsal {
  readonly madeAt: Millis | null;
  readonly keyMark: string | null;
  readonly schema: { readonly from: number; readonly to: number };
  readonly counts: BackupCounts;
  /** What waits in it, and will be held at the first start. */
  readonly waiting: { readonly recipients: number; readonly scheduledLater: number };
}

const ends = ['', '-wal', '-shm', '-journal'];
const applicationTables = ['message', 'recipient', 'submission', 'account'];

/**
 * A backup on its way into a data folder in which no box runs: copied, opened, read from end to end and brought to this
 * program's schema first, while what is in the folder stays untouched; then it takes the place of that in one move.
 */
export class RestoreFiles {
  readonly #dir: string;
  readonly #target: string;
  readonly #lock: Database.Database;
  #moving = false;

  /** Locks the folder, and makes it where there is none. @throws AppError `store.in_use` while a box runs on it. */
  constructor(dataDir: string) {
    this.#dir = dataDir;
    this.#target = restoringFile(dataDir);
    this.#lock = lockFolder(dataDir);
  }

  /** Gives the folder free, without anything that was only rehearsed. */
  close(): void {
    // Where the old database is aside already, the copy is all there is: it is kept for the next try.
    if (!this.#moving) this.#removeDraft();
    if (this.#lock.open) this.#lock.close();
  }

  /** @throws AppError `backup.unusable`, `backup.no_space` or `store.from_the_future`, saying what to do. */
  async rehearse(file: string, now: Millis): Promise<Rehearsal> {
    this.#assertThere(file);
    this.#removeDraft();
    try {
      await copyDatabase(file, this.#target, () => {});
      return this.#migrate(basename(file), now);
    } catch (error) {
      if (error instanceof AppError && error.code !== 'store.corrupt') throw error;
      const why = sqliteCode(error) === 'SQLITE_NOTADB' ? 'It is no database.' : errorText(error);
      throw new AppError(
        'backup.unusable',
        `${file} cannot be restored: ${why} Nothing was changed. Take another backup.`,
        {
          cause: error,
        },
      );
    }
  }

  /**
   * Puts the rehearsed copy in the place of the database. @returns where the old one is kept; null when there was none.
   */
  putInPlace(now: Millis): string | null {
    const database = join(this.#dir, databaseFile);
    const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
    const aside = `${database}.before-restore-${time}Z`;
    const had = existsSync(database);
    this.#moving = true;
    for (const end of ends) if (existsSync(`${database}${end}`)) renameSync(`${database}${end}`, `${aside}${end}`);
    renameSync(this.#target, database);
    this.#moving = false;
    syncFolder(this.#dir);
    return had ? aside : null;
  }

  #assertThere(file: string): void {
    if (!existsSync(file)) throw new AppError('backup.not_found', `There is no file ${file}.`);
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    const needs = statSync(file).size * 2;
    const { bavail, bsize } = statfsSync(this.#dir);
    if (bavail * bsize >= needs) return;
    throw new AppError(
      'backup.no_space',
      `Restoring takes about ${Math.ceil(needs / 1_000_000)} MB on the disk of ${this.#dir}. Free some space first.`,
    );
  }

  #migrate(name: string, now: Millis): Rehearsal {
    const db = new Database(this.#target, { fileMustExist: true });
    try {
      setPragmas(db);
      assertSound(db);
      assertBox(db);
      const schema = runMigrations(db, migrations, null);
      // A copy that no backup made has no note; it is held back all the same.
      db.prepare('INSERT INTO backup_note (id, name) VALUES (1, ?) ON CONFLICT (id) DO NOTHING').run(name);
      const note = db
        .prepare<[], { made_at: Millis | null; key_mark: string | null }>('SELECT made_at, key_mark FROM backup_note')
        .get();
      const rehearsal = {
        madeAt: note?.made_at ?? null,
        keyMark: note?.key_mark ?? null,
        schema,
        counts: countRows(db),
        waiting: waitingIn(db, now),
      };
      db.pragma('journal_mode = DELETE');
      return rehearsal;
    } finally {
      db.close();
    }
  }

  #removeDraft(): void {
    for (const end of ends) rmSync(`${this.#target}${end}`, { force: true });
  }
}

function assertBox(db: Database.Database): void {
  const has = db.prepare<[string], { name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?",
  );
  if (applicationTables.every((table) => has.get(table) !== undefined)) return;
  throw new AppError(
    'backup.unusable',
    'This is a database of another program, not of SEPSMS Box. Nothing was changed.',
  );
}

function waitingIn(db: Database.Database, now: Millis): Rehearsal['waiting'] {
  const sum = (where: string, ...values: number[]) =>
    db
      .prepare<number[], { n: number }>(
        `SELECT COALESCE(SUM(queued_count + sending_count), 0) AS n FROM message WHERE ${where}`,
      )
      .get(...values)?.n ?? 0;
  const later = sum("state = 'scheduled' AND scheduled_at > ?", now);
  return { recipients: sum('open_count > 0') - later, scheduledLater: later };
}

function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
