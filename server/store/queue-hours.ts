import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import { hourOf } from './hour-counts.ts';

/** The worst that was seen of the queue in one hour. */
export interface QueueHourRecord {
  readonly hour: Millis;
  /** Most recipients that waited. */
  readonly queued: number;
  /** Longest wait in milliseconds. */
  readonly oldest_ms: number;
}

/** The queue as it was, hour by hour. */
export class QueueHours {
  readonly #queue: CommitQueue;
  readonly #raise: Database.Statement;
  readonly #since: Database.Statement<[Millis], QueueHourRecord>;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#raise = db.prepare(
      `INSERT INTO queue_hour (hour, queued, oldest_ms) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET queued = MAX(queued, excluded.queued), oldest_ms = MAX(oldest_ms, excluded.oldest_ms)`,
    );
    this.#since = db.prepare('SELECT hour, queued, oldest_ms FROM queue_hour WHERE hour >= ? ORDER BY hour LIMIT 1000');
  }

  /** Keeps what was seen at a moment where it is worse than what the hour has seen so far. */
  async raise(at: Millis, seen: { readonly queued: number; readonly oldestMs: Millis }): Promise<void> {
    await this.#queue.run(() => this.#raise.run(hourOf(at), seen.queued, Math.trunc(seen.oldestMs)));
  }

  /** Of hours that began at or after a moment, the oldest first. */
  since(from: Millis): QueueHourRecord[] {
    return this.#since.all(from);
  }
}
