/** Makes one backup away from the event loop, and says how far it is. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BackupNote, CheckedCopy, CopyProgress } from '../../domain/backup.ts';
import { errorText, isAppError } from '../../domain/errors.ts';
import { sqliteCode } from '../database.ts';
import { checkCopy, copyDatabase, markCopy } from './copy-work.ts';

export interface CopyOrder {
  readonly source: string;
  readonly target: string;
  readonly note: BackupNote;
}

export type CopyNews =
  | { readonly kind: 'progress'; readonly progress: CopyProgress }
  | { readonly kind: 'done'; readonly copy: CheckedCopy }
  | { readonly kind: 'failed'; readonly damaged: boolean; readonly full: boolean; readonly problem: string };

function say(news: CopyNews): void {
  parentPort?.postMessage(news);
}

function tell(progress: CopyProgress): void {
  say({ kind: 'progress', progress });
}

async function work({ source, target, note }: CopyOrder): Promise<void> {
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
      problem: errorText(error),
    });
  }
}

// Whoever made this thread has put the order in.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
await work(workerData as CopyOrder);
