import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError, errorText } from '../domain/errors.ts';

/** Where things lie in a data folder. All paths are absolute. */
export interface DataFolder {
  readonly dir: string;
  readonly database: string;
  /** Where the running box listens; there only while it runs. */
  readonly box: string;
  /** The token of the command line, readable by the box's own user only. */
  readonly adminToken: string;
  /** The key file used when no other is named. */
  readonly masterKey: string;
  readonly backups: string;
  readonly logs: string;
}

/** Names the files of a data folder; looks at nothing. */
export function dataFolder(dir: string): DataFolder {
  const root = resolve(dir);
  return {
    dir: root,
    database: join(root, 'box.db'),
    box: join(root, 'box.json'),
    adminToken: join(root, 'admin.token'),
    masterKey: join(root, 'master.key'),
    backups: join(root, 'backups'),
    logs: join(root, 'logs'),
  };
}

const boxRecord = z.object({
  port: z.number().int().min(1).max(65_535),
  host: z.string().min(1),
  pid: z.number().int().positive(),
});
/** What a running box says about itself in `box.json`. */
export type BoxRecord = z.infer<typeof boxRecord>;

/** Writes a file whole or not at all, readable by its owner only (0600). */
async function writePrivate(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  // What a killed box left half-written may have other rights: the mode counts only for a new file.
  await rm(draft, { force: true });
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/**
 * Leaves what the command line needs to speak to the box that now runs. The token is written first, so that
 * whoever finds `box.json` finds the token that fits it. Throws `config.invalid` when the folder refuses.
 */
export async function announceBox(folder: DataFolder, record: BoxRecord, adminToken: string): Promise<void> {
  try {
    await writePrivate(folder.adminToken, `${adminToken}\n`);
    await writePrivate(folder.box, `${JSON.stringify(record)}\n`);
  } catch (error) {
    throw new AppError(
      'config.invalid',
      `The box cannot write to ${folder.dir} (${errorText(error)}). Make the folder writable or name another with --data.`,
      { cause: error },
    );
  }
}

/** Takes back what `announceBox` left. Idempotent. */
export async function withdrawBox(folder: DataFolder): Promise<void> {
  await rm(folder.box, { force: true });
  await rm(folder.adminToken, { force: true });
}

/** The error of every command that needs a running box. */
export function boxNotRunning(folder: DataFolder, cause: unknown): AppError {
  return new AppError(
    'box.not_running',
    `The box is not running on ${folder.dir}. Start it with \`npm start -- --data ${folder.dir}\``,
    { cause },
  );
}

async function readOwn(folder: DataFolder, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')) {
      throw new AppError('auth.forbidden', `You may not read ${path}. Run the command as the user that runs the box.`, {
        cause: error,
      });
    }
    throw boxNotRunning(folder, error);
  }
}

/** Where a running box is and the token it answers to. */
export interface BoxAddress {
  readonly record: BoxRecord;
  readonly token: string;
}

/**
 * Finds the box that runs on a data folder. Throws `box.not_running` when it left no address, `auth.forbidden` when
 * this user may not read it. A box that was killed leaves an address at which nobody answers.
 */
export async function findBox(folder: DataFolder): Promise<BoxAddress> {
  const text = await readOwn(folder, folder.box);
  let record: BoxRecord;
  try {
    record = boxRecord.parse(JSON.parse(text));
  } catch (error) {
    throw boxNotRunning(folder, error);
  }
  const token = (await readOwn(folder, folder.adminToken)).trim();
  if (token === '') throw boxNotRunning(folder, 'the token file is empty');
  return { record, token };
}
