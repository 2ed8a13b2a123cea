import type Database from 'better-sqlite3';
import { Worker } from 'node:worker_threads';
import type { Clock, Service, Timer } from '../domain/ports.ts';
import type { CheckpointReply, CheckpointRequest } from './checkpoint-worker.ts';

/** Commits within this time are copied together. */
const gatherMs = 200;
/** From this many frames on (64 MB) the log is finished off in the main thread, so that the next commit starts it anew. */
const mostFrames = 16_384;
/** What SQLite does by itself, for when the thread cannot. */
const usualAutocheckpoint = 1_000;
const closeMs = 5_000;

/**
 * Keeps the write-ahead log short without holding the event loop: a thread copies its pages into the database while
 * commits go on. Durability does not rest on it; a log that was never copied is read at the next start.
 */
export class Checkpointer implements Service {
  readonly name = 'checkpoints';
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #path: string;
  readonly #finishOff: Database.Statement;
  #worker: Worker | undefined;
  #timer: Timer | undefined;
  #running = false;
  #dirty = false;
  #stopped = false;

  constructor(db: Database.Database, path: string, clock: Clock) {
    this.#db = db;
    this.#path = path;
    this.#clock = clock;
    this.#finishOff = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** Takes over from SQLite's own checkpoints, which would stop the event loop. */
  async start(): Promise<void> {
    this.#db.pragma('wal_autocheckpoint = 0');
    const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), { workerData: { path: this.#path } });
    worker.on('message', (reply: CheckpointReply) => this.#answered(reply));
    worker.on('error', () => this.#giveUp());
    worker.on('exit', () => this.#giveUp());
    worker.unref();
    this.#worker = worker;
  }

  /** Something was committed. */
  noteCommit(): void {
    if (this.#worker === undefined) return;
    this.#dirty = true;
    this.#schedule();
  }

  /** Ends the thread and its connection, so that the database can be closed for good. Idempotent. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#timer?.cancel();
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker === undefined) return;
    const gone = Promise.withResolvers<void>();
    worker.once('exit', () => gone.resolve());
    worker.postMessage('close' satisfies CheckpointRequest);
    const late = this.#clock.after(closeMs, () => void worker.terminate());
    await gone.promise;
    late.cancel();
  }

  #schedule(): void {
    if (this.#stopped || this.#running || this.#worker === undefined) return;
    this.#timer ??= this.#clock.after(gatherMs, () => {
      this.#timer = undefined;
      if (this.#worker === undefined || !this.#dirty) return;
      this.#dirty = false;
      this.#running = true;
      this.#worker.postMessage('checkpoint' satisfies CheckpointRequest);
    });
  }

  #answered(reply: CheckpointReply): void {
    this.#running = false;
    if (reply.kind === 'closed' || this.#stopped) return;
    // Under steady load the thread never catches up with the last frames; only they are left to do here.
    if (reply.frames > mostFrames && this.#db.open) this.#finishOff.get();
    if (this.#dirty) this.#schedule();
  }

  /** The thread is gone: SQLite checkpoints by itself again, slower but as safe. */
  #giveUp(): void {
    this.#worker = undefined;
    this.#running = false;
    if (!this.#stopped && this.#db.open) this.#db.pragma(`wal_autocheckpoint = ${usualAutocheckpoint}`);
  }
}
