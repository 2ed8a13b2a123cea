import type { Millis } from './ports.ts';

/** Why a backup was made: by its schedule, on the pages, or for a file of the command line. */
export const backupCauses = ['schedule', 'person', 'command'] as const;
export type BackupCause = (typeof backupCauses)[number];

/** What a backup holds, as it was counted in the copy. */
export interface BackupCounts {
  readonly messages: number;
  readonly recipients: number;
  readonly contacts: number;
  readonly accounts: number;
}

/** What was found in a copy when it was opened and read from end to end. */
export interface CheckedCopy {
  readonly bytes: number;
  readonly sha256: string;
  /** Version of the schema. */
  readonly schema: number;
  readonly counts: BackupCounts;
}

/** What is known of a backup; kept beside it as a file of its own. */
export interface BackupManifest extends CheckedCopy {
  /** Name of its file. */
  readonly name: string;
  readonly madeAt: Millis;
  /** Version of the program. */
  readonly version: string;
  readonly cause: BackupCause;
  /** Names the master key that its secrets are sealed with, without telling it. */
  readonly keyMark: string;
}

/** What is written into a copy of the database, so that whoever opens it knows that it is one. */
export interface BackupNote {
  readonly name: string;
  readonly madeAt: Millis;
  readonly keyMark: string;
}

export interface CopyProgress {
  readonly phase: 'copying' | 'checking';
  /** Parts of a whole of 1. */
  readonly done: number;
}

const nameForm = /^box-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z(?:-\d{1,3})?\.db$/u;

/** Name of a backup that is made now, such as `box-2026-01-15T03-04-05Z.db`; the n-th of that second with `-n`. */
export function backupName(at: Millis, n = 0): string {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
  return `box-${time}Z${n === 0 ? '' : `-${n}`}.db`;
}

/** Whether a text is the name of a backup, and nothing that leads out of its folder. */
export function isBackupName(name: string): boolean {
  return nameForm.test(name);
}

/** The files of backups; a folder of the box in platform/, or whatever a test puts in its place. */
export interface BackupFolder {
  readonly dir: string;
  /** Makes the folder and takes away what was left half-made; while nothing is being made. */
  open(): Promise<void>;
  /** Manifests of the backups that are there, newest first. */
  list(): Promise<readonly BackupManifest[]>;
  /** Free bytes on its disk. */
  free(): Promise<number>;
  /** Where a copy is to be written; takes its place only by `keep`. */
  draftPath(name: string): string;
  /** Puts a finished copy in its place, with its manifest, both on disk before it resolves. */
  keep(manifest: BackupManifest): Promise<void>;
  /** Takes back a copy that is not to be kept. */
  drop(name: string): Promise<void>;
  /** Removes a backup; false when there is none of that name. */
  remove(name: string): Promise<boolean>;
  /** The bytes of a backup, piece by piece. */
  read(name: string): AsyncIterable<Uint8Array>;
}
