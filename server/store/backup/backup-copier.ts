import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BackupNote, CheckedCopy, CopyProgress } from '../../domain/backup.ts';
import { AppError } from '../../domain/errors.ts';
import type { Clock, Millis } from '../../domain/ports.ts';
import { databaseFile } from '../database.ts';
import type { CopyNews, CopyOrder } from './backup-worker.ts';

/** A disk that gets no further for so long hangs. */
const silenceMs: Millis = 10 * 60_000;

/** Copies the box's database while the box goes on, in a thread with a connection of its own. */
export class BackupCopier {
  readonly #source: string;
  readonly #clock: Clock;
  #worker: Worker | undefined;

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
    const order: CopyOrder = { source: this.#source, target, note };
    const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), { workerData: order });
    this.#worker = worker;
    const ended = Promise.withResolvers<CheckedCopy>();
    let timer = this.#watch(worker, ended.reject);
    worker.on('message', (news: CopyNews) => {
      timer.cancel();
      if (news.kind === 'done') ended.resolve(news.copy);
      else if (news.kind === 'failed') ended.reject(failure(news));
      else {
        tell(news.progress);
        timer = this.#watch(worker, ended.reject);
      }
    });
    worker.on('error', (error) =>
      ended.reject(new AppError('backup.failed', `The backup broke off: ${error.message}`, { cause: error })),
    );
    worker.on('exit', () =>
      ended.reject(new AppError('box.stopping', 'The box is stopping; the backup was not made.')),
    );
    try {
      return await ended.promise;
    } finally {
      timer.cancel();
      this.#worker = undefined;
      await worker.terminate();
    }
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }

  #watch(worker: Worker, reject: (error: AppError) => void) {
    return this.#clock.after(silenceMs, () => {
      reject(
        new AppError('backup.failed', 'The backup got no further for ten minutes. Look whether the disk is well.'),
      );
      void worker.terminate();
    });
  }
}

function failure({ damaged, full, problem }: Extract<CopyNews, { kind: 'failed' }>): AppError {
  if (full) return new AppError('store.disk_full', 'The disk became full while the backup was made. Free some space.');
  if (damaged) {
    return new AppError(
      'store.corrupt',
      `The copy did not stand the check, so it was thrown away: ${problem} Run \`sepsms-box doctor\`, and keep your older backups.`,
    );
  }
  return new AppError('backup.failed', `The backup could not be made: ${problem}`);
}
