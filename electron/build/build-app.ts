import { spawnSync } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { buildShellPages } from './shell-pages.ts';

const house = join(import.meta.dirname, '..', '..');
const appDir = join(house, 'dist', 'app');

/**
 * Builds the desktop app into `dist/app`: server and shell as JavaScript in the folders that they have here, the admin
 * pages, the page for faults, the icons. What they import from packages stays there.
 * @param pages folder of admin pages that are built already.
 */
export async function buildApp(pages?: string): Promise<void> {
  await rm(appDir, { recursive: true, force: true });
  compile(appDir);
  const renderer = join(appDir, 'dist', 'renderer');
  if (pages === undefined) await buildPages(renderer);
  else await cp(pages, renderer, { recursive: true });
  await buildShellPages(join(appDir, 'electron'));
  await cp(join(house, 'electron', 'icons'), join(appDir, 'icons'), { recursive: true });
  await nameItself(appDir);
}

async function buildPages(outDir: string): Promise<void> {
  await build({
    configFile: join(house, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
}

function compile(outDir: string): void {
  const project = join(import.meta.dirname, 'tsconfig.json');
  const tsc = join(fileURLToPath(import.meta.resolve('typescript/package.json')), '..', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', project, '--outDir', outDir], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The server and the shell could not be compiled; see above.');
}

/** What the server reads of itself: its version, and that its files are modules. */
async function nameItself(outDir: string): Promise<void> {
  const whole: unknown = JSON.parse(await readFile(join(house, 'package.json'), 'utf8'));
  const version = typeof whole === 'object' && whole !== null && 'version' in whole ? String(whole.version) : '0.0.0';
  await writeFile(join(outDir, 'package.json'), `${JSON.stringify({ name: 'sepsms-box', version, type: 'module' })}\n`);
}

if (import.meta.main) await buildApp();
