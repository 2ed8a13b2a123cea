/** Makes one backup away from the event loop, and says how far it is. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BackupNote, CheckedCopy, CopyProgress } from '../../domain/backup.ts';
import { AppError, errorText, isAppError } from '../../domain/errors.ts';
import { sqliteCode } from '../database.ts';
import { checkCopy, copyDatabase, markCopy } from './copy-work.ts';

export interface CopyOrder {
  readonly source: string;
  readonly target: string;
  readonly note: BackupNote;
  /** Not 0 once the work is to be broken off. */
  readonly stop: Int32Array;
}

export type CopyNews =
  | { readonly kind: 'progress'; readonly progress: CopyProgress }
  | { readonly kind: 'done'; readonly copy: CheckedCopy }
  | {
      readonly kind: 'failed';
      readonly damaged: boolean;
      readonly full: boolean;
      readonly stopped: boolean;
      readonly problem: string;
    };

function say(news: CopyNews): void {
  parentPort?.postMessage(news);
}

async function work({ source, target, note, stop }: CopyOrder): Promise<void> {
  const tell = (progress: CopyProgress) => {
    if (Atomics.load(stop, 0) !== 0) throw new AppError('box.stopping', 'The work is broken off.');
    say({ kind: 'progress', progress });
  };
  try {
    await copyDatabase(source, target, tell);
    markCopy(target, note);
    say({ kind: 'done', copy: checkCopy(target, tell) });
  } catch (error) {
    const code = sqliteCode(error);
    say({
      kind: 'failed',
      damaged: isAppError(error, 'store.corrupt') || code.startsWith('SQLITE_CORRUPT'),
      full: code.startsWith('SQLITE_FULL') || (error instanceof Error && 'code' in error && error.code === 'ENOSPC'),
      stopped: isAppError(error, 'box.stopping'),
      problem: errorText(error),
    });
  }
}

// Whoever made this thread has put the order in.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
await work(workerData as CopyOrder);
