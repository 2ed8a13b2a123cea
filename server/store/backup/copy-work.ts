import Database from 'better-sqlite3';
import { closeSync, openSync } from 'node:fs';
import type { BackupCounts, BackupNote, CheckedCopy, CopyProgress } from '../../domain/backup.ts';
import { AppError } from '../../domain/errors.ts';
import { digestFile } from '../../platform/file-digest.ts';

/** Pages copied between two looks at the clock: some milliseconds of work. */
const pagesAtOnce = 2_000;

/**
 * Copies a database as it is at one moment, while others write to it: the moment is held by a transaction that only
 * reads, so nothing has to be copied twice however busy the box is. Blocks for most of the time.
 */
export async function copyDatabase(
  source: string,
  target: string,
  tell: (progress: CopyProgress) => void,
): Promise<void> {
  closeSync(openSync(target, 'wx', 0o600));
  const db = new Database(source, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    db.exec('BEGIN');
    db.prepare('SELECT COUNT(*) FROM sqlite_master').get();
    await db.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        tell({ phase: 'copying', done: totalPages === 0 ? 0 : 1 - remainingPages / totalPages });
        return pagesAtOnce;
      },
    });
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}

/** Marks a copy as what it is; after that it is one file, with no log beside it. */
export function markCopy(path: string, { name, madeAt, keyMark }: BackupNote): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    db.pragma('journal_mode = DELETE');
    db.prepare('INSERT INTO backup_note (id, name, made_at, key_mark) VALUES (1, ?, ?, ?)').run(name, madeAt, keyMark);
  } finally {
    db.close();
  }
}

/**
 * Opens a copy and reads all of it. @throws AppError `store.corrupt` when it is not sound.
 */
export function checkCopy(path: string, tell: (progress: CopyProgress) => void): CheckedCopy {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    assertSound(db, (done) => tell({ phase: 'checking', done: done * 0.6 }));
    const schema = Number(db.pragma('user_version', { simple: true }));
    const counts = countRows(db);
    const { page_count: pages, page_size: size } = db
      .prepare<[], { page_count: number; page_size: number }>('SELECT * FROM pragma_page_count, pragma_page_size')
      .get() ?? { page_count: 1, page_size: 1 };
    const digest = digestFile(path, (read) => tell({ phase: 'checking', done: 0.7 + (0.3 * read) / (pages * size) }));
    return { ...digest, schema, counts };
  } finally {
    db.close();
  }
}

/** Reads a database from end to end, table by table. @throws AppError `store.corrupt`; what `tell` throws. */
export function assertSound(db: Database.Database, tell: (done: number) => void = () => {}): void {
  const check = db.prepare<[string], string>('SELECT integrity_check FROM pragma_integrity_check(?)').pluck();
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  for (const [index, table] of ['sqlite_schema', ...tables].entries()) {
    tell(index / (tables.length + 1));
    const problems = check.all(table).filter((line) => line !== 'ok');
    if (problems.length > 0) throw new AppError('store.corrupt', `It is damaged: ${problems.slice(0, 5).join('; ')}.`);
  }
}

/** What a database holds, in some figures that a person knows. */
export function countRows(db: Database.Database): BackupCounts {
  const count = (table: string) => db.prepare<[], { n: number }>(`SELECT COUNT(*) AS n FROM ${table}`).get()?.n ?? 0;
  return {
    messages: count('message'),
    recipients: count('recipient'),
    contacts: count('contact'),
    accounts: count('account'),
  };
}
