import Database from 'better-sqlite3';
import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, errorText } from '../domain/errors.ts';
import { firstSchema } from './migrations/0001-first.ts';
import { idempotency } from './migrations/0002-idempotency.ts';
import { cancel } from './migrations/0003-cancel.ts';
import { otp } from './migrations/0004-otp.ts';
import { history } from './migrations/0005-history.ts';
import { credits } from './migrations/0006-credits.ts';
import { guards } from './migrations/0007-guards.ts';
import { openMessages } from './migrations/0008-open-messages.ts';
import { ledgerByAccount } from './migrations/0009-ledger-by-account.ts';
import { routing } from './migrations/0010-routing.ts';
import { audit } from './migrations/0012-audit.ts';
import { keywordRules } from './migrations/0013-keyword-rules.ts';
import { people } from './migrations/0014-people.ts';
import { addressBook } from './migrations/0015-address-book.ts';
import { campaigns } from './migrations/0016-campaigns.ts';
import { reportAsks } from './migrations/0020-report-asks.ts';
import { importReport } from './migrations/0021-import-report.ts';
import { campaignLists } from './migrations/0022-campaign-lists.ts';
import { queueHours } from './migrations/0023-queue-hours.ts';
import { backups } from './migrations/0025-backups.ts';
import type { Migration } from './migrations/migration.ts';
import { runMigrations } from './migrations/run-migrations.ts';

export const databaseFile = 'box.db';
export const migrations: readonly Migration[] = [
  firstSchema,
  idempotency,
  cancel,
  otp,
  history,
  credits,
  guards,
  openMessages,
  ledgerByAccount,
  routing,
  audit,
  keywordRules,
  people,
  addressBook,
  campaigns,
  reportAsks,
  importReport,
  campaignLists,
  queueHours,
  backups,
];

export interface OpenedDatabase {
  readonly db: Database.Database;
  /** Closes the database and gives up the lock on the data folder. Idempotent. */
  readonly close: () => void;
}

/**
 * Opens the box's database in a data folder, alone, migrated and durable (WAL, synchronous FULL).
 * @throws AppError `store.in_use`, `store.from_the_future`, `store.corrupt` or `store.unavailable`, each saying what to do.
 */
export function openDatabase(dataDir: string, steps: readonly Migration[] = migrations): OpenedDatabase {
  const lock = lockFolder(dataDir);
  try {
    refuseHalfRestored(dataDir);
    const db = new Database(privateFile(join(dataDir, databaseFile)));
    try {
      setPragmas(db);
      runMigrations(db, steps, (version) => backupName(dataDir, version));
    } catch (error) {
      db.close();
      throw error;
    }
    return {
      db,
      close: () => {
        if (db.open) db.close();
        if (lock.open) lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw storeError(error, dataDir);
  }
}

/** Where a restored database is made ready, before it takes the place of the one that is there. */
export function restoringFile(dataDir: string): string {
  return join(dataDir, `${databaseFile}.restoring`);
}

/** The moment between putting the old database aside and the new one in its place is no moment to begin with an empty one. */
function refuseHalfRestored(dataDir: string): void {
  if (existsSync(join(dataDir, databaseFile)) || !existsSync(restoringFile(dataDir))) return;
  throw new AppError(
    'store.unavailable',
    `A restore into ${dataDir} was cut short. Run \`sepsms-box restore\` with the same backup again; nothing is lost.`,
  );
}

/** Connection settings that durability rests on; better-sqlite3 opens WAL databases with synchronous NORMAL. */
export function setPragmas(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -16000');
  db.pragma('journal_size_limit = 67108864');
}

/** Makes the folder and locks it, by an exclusive transaction on a file that the operating system frees however the process ends. */
export function lockFolder(dataDir: string): Database.Database {
  let lock: Database.Database | undefined;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    lock = new Database(privateFile(join(dataDir, 'box.lock')), { timeout: 0 });
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (sqliteCode(error).startsWith('SQLITE_BUSY')) {
      throw new AppError(
        'store.in_use',
        `Another SEPSMS Box already runs on the data folder ${dataDir}. Stop it first, or name another folder with --data.`,
      );
    }
    throw storeError(error, dataDir);
  }
}

/** Makes a file, if there is none, that only the box's own user may read; SQLite's side files take its mode. */
function privateFile(path: string): string {
  closeSync(openSync(path, 'a', 0o600));
  return path;
}

function backupName(dataDir: string, version: number): string {
  const path = join(dataDir, `box.before-upgrade-from-${version}.db`);
  if (existsSync(path)) rmSync(path);
  return path;
}

/** SQLite's own result code of an error, or an empty string. */
export function sqliteCode(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}

/** Turns what SQLite or the file system says into an error that tells a person what to do. */
export function storeError(error: unknown, dataDir = ''): AppError {
  if (error instanceof AppError) return error;
  const code = sqliteCode(error);
  const where = dataDir === '' ? '' : ` in ${dataDir}`;
  if (code.startsWith('SQLITE_FULL')) {
    return new AppError(
      'store.disk_full',
      'The disk is full: nothing new can be stored. Free some space; the box goes on by itself.',
      { cause: error },
    );
  }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
    return new AppError(
      'store.corrupt',
      `The database${where} is damaged. Restore a backup into an empty data folder and start from there; keep the damaged file for support.`,
      { cause: error },
    );
  }
  return new AppError(
    'store.unavailable',
    `The database${where} cannot be used: ${errorText(error)}. Check that the folder exists, is writable and has space.`,
    { cause: error },
  );
}
