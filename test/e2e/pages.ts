import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';

const house = join(import.meta.dirname, '..', '..');
const shelf = join(house, 'dist', 'built-for-tests');
/** Everything that a build is made from; what is installed is named by its lock. */
const sources = ['renderer', 'server', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];
/** Milliseconds that a build stays after its last use, so that a run beside this one does not lose it. */
const keptFor = 3_600_000;

/**
 * The pages as they are shipped, built once for the same sources: a build lies under the hash of what it is made from,
 * so a test never looks at an old one.
 * @returns its folder, to be read only.
 */
export async function builtPages(): Promise<string> {
  const dir = join(shelf, hashOf(sources));
  if (!existsSync(dir)) await buildInto(dir);
  await utimes(dir, new Date(), new Date());
  return dir;
}

/** Built aside and moved into place whole: two at once may both build, and nobody sees half of it. */
async function buildInto(dir: string): Promise<void> {
  await mkdir(shelf, { recursive: true });
  await clearAway();
  const scratch = await mkdtemp(`${dir}-`);
  const { build } = await import('vite');
  await build({
    configFile: join(house, 'vite.config.ts'),
    root: join(house, 'renderer'),
    mode: 'production',
    logLevel: 'error',
    build: { outDir: scratch, emptyOutDir: true },
  });
  try {
    await rename(scratch, dir);
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    if (!existsSync(dir)) throw error;
  }
}

async function clearAway(): Promise<void> {
  for (const name of readdirSync(shelf)) {
    const old = join(shelf, name);
    if (Date.now() - statSync(old).mtimeMs > keptFor) await rm(old, { recursive: true, force: true });
  }
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesOf(join(house, path))).toSorted()) {
    const bytes = readFileSync(file);
    hash.update(`${relative(house, file)}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 20);
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
