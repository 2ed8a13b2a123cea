import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { z } from 'zod';

const systemPath = '/usr/bin/chromium';
const quietArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface Found {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Launches a headless Chromium on a machine where nothing was installed by hand: Debian's own when it is there,
 * else the one that the npm package `@sparticuz/chromium` carries, unpacked once into the temporary folder.
 */
export async function launchBrowser(): Promise<Browser> {
  const found = (await exists(systemPath)) ? { executablePath: systemPath, env: {} } : await packaged();
  return await chromium.launch({
    executablePath: found.executablePath,
    args: quietArgs,
    env: { ...definedEnv(), ...found.env },
    timeout: 60_000,
  });
}

async function packaged(): Promise<Found> {
  const packageJson = fileURLToPath(import.meta.resolve('@sparticuz/chromium')).replace(/build.*$/u, 'package.json');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(packageJson, 'utf8')));
  const folder = join(tmpdir(), `sepsms-box-chromium-${version}`);
  if (!(await exists(join(folder, 'chromium')))) await unpack(folder, version);
  const env: Record<string, string> = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  if (!(await starts(join(folder, 'chromium')))) env['LD_LIBRARY_PATH'] = join(folder, 'al2023', 'lib');
  return { executablePath: join(folder, 'chromium'), env };
}

/**
 * Unpacks into a folder of its own and moves it into place whole, so that runs beside each other never see half a
 * browser. The package unpacks into the temporary folder of its process, and its libraries only where it believes to
 * be on Amazon's machine: both are told to a child process.
 */
async function unpack(folder: string, version: string): Promise<void> {
  const scratch = await mkdtemp(join(dirname(folder), `sepsms-box-chromium-${version}-`));
  const script = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    ...definedEnv(),
    TMPDIR: scratch,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  });
  await writeFile(join(scratch, 'fonts.conf'), fontConfig(folder));
  try {
    await rename(scratch, folder);
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    if (!(await exists(join(folder, 'chromium')))) throw error;
  }
}

function fontConfig(folder: string): string {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(folder, 'fonts')];
  const lines = folders.map((path) => `  <dir>${path}</dir>`);
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${lines.join('\n')}
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

/** Whether the machine has the libraries that the binary wants. */
async function starts(executable: string): Promise<boolean> {
  try {
    await run(executable, ['--version'], definedEnv());
    return true;
  } catch {
    return false;
  }
}

async function run(command: string, args: readonly string[], env: Record<string, string>): Promise<void> {
  const child = spawn(command, [...args], {
    env,
    cwd: dirname(fileURLToPath(import.meta.url)),
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 120_000,
  });
  let complaint = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}: ${complaint}`);
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
