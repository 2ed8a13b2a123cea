import { createReadStream } from 'node:fs';
import { mkdir, open as openFile, readdir, readFile, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isBackupName, type BackupFolder, type BackupManifest } from '../domain/backup.ts';

const draftEnd = '.part';

/** Backups in a folder of their own; only the box's own user may read them. */
export class BackupFiles implements BackupFolder {
  readonly dir: string;
  readonly #parse: (text: string) => BackupManifest | null;

  /** @param parse reads a manifest; null for what is none. */
  constructor(dir: string, parse: (text: string) => BackupManifest | null) {
    this.dir = dir;
    this.#parse = parse;
  }

  async open(): Promise<void> {
    await mkdir(this.dir, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.dir)) {
      if (name.includes(draftEnd)) await rm(join(this.dir, name), { force: true });
    }
  }

  async list(): Promise<readonly BackupManifest[]> {
    const names = new Set(await this.#names());
    const found: BackupManifest[] = [];
    for (const name of names) {
      if (!isBackupName(name) || !names.has(manifestOf(name))) continue;
      const manifest = this.#parse(await readFile(join(this.dir, manifestOf(name)), 'utf8'));
      if (manifest?.name === name) found.push(manifest);
    }
    return found.toSorted((a, b) => b.madeAt - a.madeAt || (a.name < b.name ? 1 : -1));
  }

  async free(): Promise<number> {
    const { bavail, bsize } = await statfs(dirname(this.dir));
    return bavail * bsize;
  }

  draftPath(name: string): string {
    return join(this.dir, `${name}${draftEnd}`);
  }

  async keep(manifest: BackupManifest): Promise<void> {
    const note = await openFile(join(this.dir, manifestOf(manifest.name)), 'w', 0o600);
    try {
      await note.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
      await note.sync();
    } finally {
      await note.close();
    }
    await rename(this.draftPath(manifest.name), join(this.dir, manifest.name));
    await syncFolder(this.dir);
  }

  async drop(name: string): Promise<void> {
    for (const end of ['', '-journal', '-wal', '-shm']) await rm(`${this.draftPath(name)}${end}`, { force: true });
    await rm(join(this.dir, manifestOf(name)), { force: true });
  }

  async remove(name: string): Promise<boolean> {
    if (!isBackupName(name) || !(await this.#names()).includes(name)) return false;
    await rm(join(this.dir, name), { force: true });
    await rm(join(this.dir, manifestOf(name)), { force: true });
    return true;
  }

  read(name: string): AsyncIterable<Uint8Array> {
    return createReadStream(join(this.dir, name), { highWaterMark: 256 * 1024 });
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.dir);
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
      throw error;
    }
  }
}

function manifestOf(name: string): string {
  return name.replace(/\.db$/u, '.json');
}

/** A new name is on disk only when its folder is; Windows has no such call and needs none. */
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await openFile(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
