import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import type { AuditRecord } from '../domain/audit.ts';
import { errorText } from '../domain/errors.ts';
import { ChainWalk, emptyHead, type AuditHead } from './audit-chain.ts';
import { sqliteCode } from './database.ts';

export type DatabaseLook =
  | { readonly state: 'sound' }
  | { readonly state: 'damaged'; readonly problem: string }
  | { readonly state: 'unchecked'; readonly reason: string };

export type AuditLook =
  | { readonly state: 'whole'; readonly rows: number }
  | { readonly state: 'broken'; readonly row: number; readonly problem: string }
  | { readonly state: 'unchecked'; readonly reason: string };

type Unchecked = { readonly state: 'unchecked'; readonly reason: string };

/** Looks a database file over without changing it; a box may run on it meanwhile. */
export async function checkDatabase(path: string): Promise<DatabaseLook> {
  return lookAt<DatabaseLook>(path, {
    look: (db) => {
      const lines = db.prepare<[], string>('PRAGMA quick_check(5)').pluck().all();
      const problems = lines.filter((line) => line !== 'ok');
      return problems.length === 0 ? { state: 'sound' } : { state: 'damaged', problem: problems.join('; ') };
    },
    damaged: (problem) => ({ state: 'damaged', problem }),
  });
}

/** Follows the audit log of a database file from its first row to its last, without the master key. */
export async function checkAudit(path: string): Promise<AuditLook> {
  return lookAt<AuditLook>(path, {
    look: (db) => (hasAudit(db) ? db.transaction(() => walkAudit(db))() : { state: 'unchecked', reason: tooOld }),
    damaged: (problem) => ({ state: 'unchecked', reason: problem }),
  });
}

const tooOld = 'The database is of a version without an audit log.';

function hasAudit(db: Database.Database): boolean {
  return db.prepare("SELECT name FROM sqlite_master WHERE name = 'audit_head'").get() !== undefined;
}

function walkAudit(db: Database.Database): AuditLook {
  const head = db.prepare<[], AuditHead>('SELECT row, hash FROM audit_head WHERE id = 1').get() ?? emptyHead;
  const walk = new ChainWalk();
  for (const row of db
    .prepare<[number], AuditRecord>('SELECT * FROM audit WHERE id <= ? ORDER BY id')
    .iterate(head.row))
    walk.add(row);
  const beyond = db.prepare<[number], { id: number }>('SELECT id FROM audit WHERE id > ? ORDER BY id LIMIT 1');
  const broken = walk.finish(head, beyond.get(head.row)?.id);
  return broken === null ? { state: 'whole', rows: head.row } : { state: 'broken', ...broken };
}

function lookAt<T>(
  path: string,
  { look, damaged }: { readonly look: (db: Database.Database) => T; readonly damaged: (problem: string) => T },
): T | Unchecked {
  if (!existsSync(path)) return { state: 'unchecked', reason: 'There is no database yet.' };
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: 2_000 });
    return look(db);
  } catch (error) {
    const code = sqliteCode(error);
    const isDamaged = code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB');
    return isDamaged ? damaged(errorText(error)) : { state: 'unchecked', reason: errorText(error) };
  } finally {
    db?.close();
  }
}
