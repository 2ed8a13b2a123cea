import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataFolder } from '../config/data-folder.ts';
import { AppError } from '../domain/errors.ts';
import { KeyRing, loadMasterKey } from '../platform/crypto.ts';
import { systemClock } from '../platform/system-clock.ts';
import { RestoreFiles, type Rehearsal } from '../store/backup/restore-files.ts';

export interface RestoreOptions {
  readonly file: string;
  readonly dataDir: string;
  /** The key file of the box; in the data folder when not named. */
  readonly masterKeyFile?: string;
  /** Go on although the key is not the one of the backup, or cannot be looked at. */
  readonly withoutKey?: boolean;
  /** Only rehearse: nothing in the folder changes. */
  readonly rehearse?: boolean;
}

export interface Restored extends Rehearsal {
  /** Where the database that was there is kept; null for none, or after a rehearsal. */
  readonly aside: string | null;
}

/**
 * Puts a backup into a data folder in which no box runs. What it held waiting is made `unknown` by the first start.
 * @throws AppError `store.in_use`, `store.from_the_future`, `backup.*`; then nothing was changed.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const folder = dataFolder(options.dataDir);
  const now = systemClock.now();
  const files = new RestoreFiles(folder.dir);
  try {
    const rehearsal = await files.rehearse(resolve(options.file), now);
    if (options.withoutKey !== true) assertKey(rehearsal, options.masterKeyFile ?? folder.masterKey);
    const aside = options.rehearse === true ? null : files.putInPlace(now);
    return { ...rehearsal, aside };
  } finally {
    files.close();
  }
}

function assertKey({ keyMark }: Rehearsal, keyFile: string): void {
  if (keyMark === null) return;
  if (!existsSync(keyFile)) {
    throw new AppError(
      'backup.wrong_key',
      `The secrets in this backup open with the master key of its box only, and there is no key file ${keyFile}. Put that box's master.key there, or name it with --master-key-file; --without-key goes on without SIM PINs, carrier passwords, webhook secrets and authenticators. Nothing was changed.`,
    );
  }
  if (new KeyRing(loadMasterKey(keyFile)).boxId === keyMark) return;
  throw new AppError(
    'backup.wrong_key',
    `${keyFile} is the master key of another box than this backup's. Put the right one there, or name it with --master-key-file; --without-key goes on without SIM PINs, carrier passwords, webhook secrets and authenticators. Nothing was changed.`,
  );
}
