/** Copies committed pages from the write-ahead log into the database, in a thread of its own with a connection of its own. */
import Database from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';

export type CheckpointRequest = 'checkpoint' | 'close';

/** How a checkpoint went; `frames` are those in the log, `copied` those of them that are in the database now. */
export type CheckpointReply =
  | { readonly kind: 'done'; readonly frames: number; readonly copied: number }
  | { readonly kind: 'closed' };

const { path }: { path: string } = workerData;
const db = new Database(path, { fileMustExist: true, timeout: 1_000 });
db.pragma('synchronous = FULL');
db.pragma('wal_autocheckpoint = 0');
const checkpoint = db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(PASSIVE)');

parentPort?.on('message', (request: CheckpointRequest) => {
  let reply: CheckpointReply;
  if (request === 'close') {
    db.close();
    reply = { kind: 'closed' };
  } else {
    const row = checkpoint.get();
    reply = { kind: 'done', frames: row?.log ?? 0, copied: row?.checkpointed ?? 0 };
  }
  parentPort?.postMessage(reply);
  if (reply.kind === 'closed') parentPort?.close();
});
