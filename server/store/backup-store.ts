import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

export interface BackupFailure {
  readonly at: Millis;
  readonly code: string;
  readonly problem: string;
}

/** Whether the last try to make a backup failed, kept for those who look later. */
export class BackupStore {
  readonly #queue: CommitQueue;
  readonly #failure: Database.Statement<[], BackupFailure>;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#failure = db.prepare('SELECT at, code, problem FROM backup_failure WHERE id = 1');
  }

  failure(): BackupFailure | null {
    return this.#failure.get() ?? null;
  }

  async failed({ at, code, problem }: BackupFailure): Promise<void> {
    await this.#queue.run((db) =>
      db
        .prepare(
          'INSERT INTO backup_failure (id, at, code, problem) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, code = excluded.code, problem = excluded.problem',
        )
        .run(at, code, problem),
    );
  }

  async succeeded(): Promise<void> {
    await this.#queue.run((db) => db.prepare('DELETE FROM backup_failure WHERE id = 1').run());
  }
}
