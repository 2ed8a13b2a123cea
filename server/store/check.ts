import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { errorText } from '../domain/errors.ts';
import { sqliteCode } from './database.ts';

export type DatabaseLook =
  | { readonly state: 'sound' }
  | { readonly state: 'damaged'; readonly problem: string }
  | { readonly state: 'unchecked'; readonly reason: string };

/** Looks a database file over without changing it; a box may run on it meanwhile. */
export async function checkDatabase(path: string): Promise<DatabaseLook> {
  if (!existsSync(path)) return { state: 'unchecked', reason: 'There is no database yet.' };
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: 2_000 });
    const lines = db.prepare<[], string>('PRAGMA quick_check(5)').pluck().all();
    const problems = lines.filter((line) => line !== 'ok');
    return problems.length === 0 ? { state: 'sound' } : { state: 'damaged', problem: problems.join('; ') };
  } catch (error) {
    const code = sqliteCode(error);
    const damaged = code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB');
    return damaged ? { state: 'damaged', problem: errorText(error) } : { state: 'unchecked', reason: errorText(error) };
  } finally {
    db?.close();
  }
}
