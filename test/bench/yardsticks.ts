import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../server/store/database.ts';

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'sepsms-yardstick-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Durable commits a second: one small row each, WAL, synchronous FULL. What this disk can do. */
export function rawCommits(ms: number): number {
  return inFolder((folder) => {
    const db = new Database(join(folder, 'raw.db'));
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)');
    const insert = db.prepare('INSERT INTO row (text) VALUES (?)');
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < ms) {
      insert.run('hello');
      count += 1;
    }
    const rate = (count / (performance.now() - start)) * 1000;
    db.close();
    return rate;
  });
}

/** The product's own recipient rows a second into its own schema by a prepared statement, 10,000 a commit. */
export function rawInsert(rows: number): number {
  return inFolder((folder) => {
    const { db, close } = openDatabase(folder);
    const insert = db.prepare(`INSERT INTO recipient
      (id, message_id, msisdn, state, segments, credit, text, error_code, error_message, finished_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    const start = performance.now();
    for (let from = 0; from < rows; from += 10_000) {
      db.transaction(() => {
        for (let id = from; id < Math.min(rows, from + 10_000); id += 1)
          insert.run(id + 1, 1, `668${10_000_000 + id}`, 'queued', 1, 1, null, null, null, null);
      }).immediate();
    }
    const rate = (rows / (performance.now() - start)) * 1000;
    close();
    return rate;
  });
}
