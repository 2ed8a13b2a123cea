import { existsSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BackupNote, CheckedCopy, CopyProgress } from '../../domain/backup.ts';
import { AppError } from '../../domain/errors.ts';
import type { Clock, Millis } from '../../domain/ports.ts';
import { databaseFile } from '../database.ts';
import type { CopyNews, CopyOrder } from './backup-worker.ts';

/** A disk that gets no further for so long hangs. */
const silenceMs: Millis = 10 * 60_000;

/**
 * Copies the box's database while the box goes on, in a thread with a connection of its own. The thread is never ended
 * from outside: SQLite does not stand being torn away in the middle of a copy. It is asked to, and looks between two steps.
 */
export class BackupCopier {
  readonly #source: string;
  readonly #clock: Clock;
  #stop: Int32Array | undefined;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(dataDir: string, clock: Clock) {
    this.#source = join(dataDir, databaseFile);
    this.#clock = clock;
  }

  /** Bytes of the database with what is not yet in its file. */
  size(): number {
    return ['', '-wal']
      .map((end) => `${this.#source}${end}`)
      .reduce((sum, path) => sum + (existsSync(path) ? statSync(path).size : 0), 0);
  }

  /**
   * Makes a copy, marks it with its note, and reads it from end to end.
   * @throws AppError `store.disk_full`, `store.corrupt`, `backup.failed`; `box.stopping` after `stop`.
   */
  async copy(target: string, note: BackupNote, tell: (progress: CopyProgress) => void): Promise<CheckedCopy> {
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const order: CopyOrder = { source: this.#source, target, note, stop };
    const worker = new Worker(new URL(`./backup-worker${extname(import.meta.filename)}`, import.meta.url), {
      workerData: order,
    });
    this.#stop = stop;
    const work = this.#result(worker, stop, tell);
    this.#ended = work.catch(() => undefined);
    return await work;
  }

  /** Ends a copy that is being made, after its present step. */
  async stop(): Promise<void> {
    if (this.#stop !== undefined) Atomics.store(this.#stop, 0, 1);
    await this.#ended;
  }

  /** Settles when the thread is gone. */
  async #result(worker: Worker, stop: Int32Array, tell: (progress: CopyProgress) => void): Promise<CheckedCopy> {
    const gone = Promise.withResolvers<void>();
    let last: Exclude<CopyNews, { kind: 'progress' }> | undefined;
    let late = false;
    const watch = () =>
      this.#clock.after(silenceMs, () => {
        late = true;
        Atomics.store(stop, 0, 1);
      });
    let timer = watch();
    worker.on('message', (news: CopyNews) => {
      timer.cancel();
      timer = watch();
      if (news.kind === 'progress') tell(news.progress);
      else last = news;
    });
    worker.on('error', (error) => {
      last = { kind: 'failed', damaged: false, full: false, stopped: false, problem: error.message };
    });
    worker.on('exit', () => gone.resolve());
    await gone.promise;
    timer.cancel();
    if (last?.kind === 'done') return last.copy;
    throw failure(last, late);
  }
}

function failure(news: Extract<CopyNews, { kind: 'failed' }> | undefined, late: boolean): AppError {
  if (late) {
    const silent = 'The backup got no further for ten minutes. Look whether the disk is well.';
    return new AppError('backup.failed', silent);
  }
  if (news === undefined) return new AppError('backup.failed', 'The backup broke off without a word.');
  const { damaged, full, stopped, problem } = news;
  if (stopped) return new AppError('box.stopping', 'The box is stopping; the backup was not made.');
  if (full) return new AppError('store.disk_full', 'The disk became full while the backup was made. Free some space.');
  if (damaged) {
    return new AppError(
      'store.corrupt',
      `The copy did not stand the check, so it was thrown away: ${problem} Run \`sepsms-box doctor\`, and keep your older backups.`,
    );
  }
  return new AppError('backup.failed', `The backup could not be made: ${problem}`);
}
