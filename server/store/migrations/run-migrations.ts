import type Database from 'better-sqlite3';
import { AppError } from '../../domain/errors.ts';
import type { Migration } from './migration.ts';

/**
 * Brings a database to the newest schema: a backup first when it holds anything, then all steps in one transaction.
 * @param backupPath where the copy from before the steps is kept; null where the database is a copy itself.
 * @returns the version before and after.
 * @throws AppError `store.from_the_future` when the database is newer than this program.
 */
export function runMigrations(
  db: Database.Database,
  migrations: readonly Migration[],
  backupPath: ((fromVersion: number) => string) | null,
): { from: number; to: number } {
  const newest = migrations.at(-1)?.version ?? 0;
  const from = Number(db.pragma('user_version', { simple: true }));
  if (from > newest) {
    throw new AppError(
      'store.from_the_future',
      `The database has version ${from}, this program knows up to ${newest}. Install the newer version of SEPSMS Box again, or start with another data folder.`,
    );
  }
  const steps = migrations.filter((step) => step.version > from);
  if (steps.length === 0) return { from, to: from };
  if (from > 0 && backupPath !== null) db.prepare('VACUUM INTO ?').run(backupPath(from));
  db.transaction(() => {
    for (const step of steps) {
      step.up(db);
      db.pragma(`user_version = ${step.version}`);
    }
  }).immediate();
  db.pragma('optimize');
  return { from, to: newest };
}
