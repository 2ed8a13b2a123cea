import type Database from 'better-sqlite3';
import type { CommitQueue } from './commit-queue.ts';

/** Settings as names and JSON texts; their meaning lives in config/settings.ts. */
export class SettingStore {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#db = db;
    this.#queue = queue;
  }

  all(): ReadonlyMap<string, string> {
    const rows = this.#db.prepare<[], { name: string; value: string }>('SELECT name, value FROM setting').all();
    return new Map(rows.map((row) => [row.name, row.value]));
  }

  async set(name: string, value: string): Promise<void> {
    await this.#queue.run((db) =>
      db
        .prepare(
          'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        )
        .run(name, value),
    );
  }
}
