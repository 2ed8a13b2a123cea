import { z } from 'zod';
import { backupCauses } from '../domain/backup.ts';
import { admin, done } from './admin-route.ts';
import { isoTime, nullableTime } from './common.ts';
import { routeTable } from './route.ts';

export const backupItem = z.object({
  name: z.string(),
  madeAt: isoTime,
  /** Version of the program and of its schema. */
  version: z.string(),
  schema: z.number().int(),
  cause: z.enum(backupCauses),
  bytes: z.number().int(),
  /** SHA-256 of the file, in hex. */
  sha256: z.string(),
  counts: z.object({
    messages: z.number().int(),
    recipients: z.number().int(),
    contacts: z.number().int(),
    accounts: z.number().int(),
  }),
  /** Whether its secrets open with the master key of this box. */
  sameKey: z.boolean(),
});
export type BackupItem = z.infer<typeof backupItem>;

export const runningBackup = z.object({
  name: z.string(),
  startedAt: isoTime,
  phase: z.enum(['copying', 'checking']),
  /** Part of a whole of 1. */
  done: z.number(),
});

export const backupState = z.object({
  /** Newest first; each was opened and read from end to end when it was made. */
  items: z.array(backupItem),
  running: runningBackup.nullable(),
  /** The last try, when it failed. */
  failure: z.object({ at: isoTime, code: z.string(), message: z.string() }).nullable(),
  /** When the schedule makes the next one; null while it is paused. */
  next: nullableTime,
  /** The last time that this box was started on a backup, and what was held then. */
  restored: z
    .object({
      name: z.string(),
      madeAt: nullableTime,
      at: isoTime,
      recipients: z.number().int(),
      campaigns: z.number().int(),
      slots: z.number().int(),
      answers: z.number().int(),
    })
    .nullable(),
  folder: z.string(),
  dataDir: z.string(),
  /** The key file that is to be kept beside the backups; null where the desktop keeps the key. */
  keyFile: z.string().nullable(),
  /** Bytes that the next one takes, about, and bytes that are free on its disk. */
  needs: z.number(),
  free: z.number(),
});
export type BackupState = z.infer<typeof backupState>;

const named = z.object({ name: z.string().min(1).max(64) });

/** Copies of the whole database. Restoring is a command for a box that is stopped. */
export const adminBackupsRoutes = routeTable({
  backups: {
    method: 'GET',
    path: '/backups',
    access: admin,
    summary: 'The backups that there are, and how the next one stands',
    answer: backupState,
  },
  backupMake: {
    method: 'POST',
    path: '/backups',
    access: admin,
    summary: 'Begin a backup; the list tells how far it is',
    body: z.object({ cause: z.enum(['person', 'command']).default('person') }),
    answer: runningBackup,
    audit: { cause: 'shown' },
  },
  backupDownload: {
    method: 'GET',
    path: '/backups/{name}/file',
    access: admin,
    summary: 'A backup as a file: numbers and texts are readable in it, secrets are not',
    params: named,
    download: true,
    answer: z.string(),
    audit: {},
  },
  backupRemove: {
    method: 'DELETE',
    path: '/backups/{name}',
    access: admin,
    summary: 'Remove a backup',
    params: named,
    answer: done,
  },
});
