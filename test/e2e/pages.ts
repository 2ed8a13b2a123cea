import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));

export interface BuiltPages {
  readonly dir: string;
  remove(): Promise<void>;
}

/** Builds the pages as they are shipped, into a folder of their own, so that a test never looks at an old build. */
export async function buildPages(): Promise<BuiltPages> {
  const dir = await mkdtemp(join(tmpdir(), 'sepsms-box-pages-'));
  await build({
    configFile,
    root: fileURLToPath(new URL('../../renderer', import.meta.url)),
    mode: 'production',
    logLevel: 'error',
    build: { outDir: dir, emptyOutDir: true },
  });
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
