import { getCurrentFuseWire, FuseV1Options } from '@electron/fuses';
import { extractAll, listPackage } from '@electron/asar';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../electron/build/build-app.ts';
import { builtPages } from '../e2e/pages.ts';
import { standInElectron } from './stand-in.ts';

const house = join(import.meta.dirname, '..', '..');
let dir: string;
let packed: string;
let inside: string[];
const running = new Set<ChildProcess>();

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sepsms-packaging-'));
  await Promise.all([buildApp(await builtPages()), standInElectron(join(dir, 'electron'))]);
  await pack();
  packed = join(dir, 'out', 'linux-unpacked');
  inside = listPackage(join(packed, 'resources', 'app.asar'), { isPack: false });
}, 180_000);
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

/** As `npm run package` does, for this system and without an installer. */
async function pack(): Promise<void> {
  const builder = join(fileURLToPath(import.meta.resolve('electron-builder/package.json')), '..', 'cli.js');
  const options = [`-c.electronDist=${join(dir, 'electron')}`, `-c.directories.output=${join(dir, 'out')}`];
  const child = spawn(
    process.execPath,
    [builder, '--linux', 'dir', '--x64', '--config', 'electron-builder.yml', ...options],
    {
      cwd: house,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  running.delete(child);
  if (code !== 0) throw new Error(said);
}

describe('the packed app', { timeout: 60_000 }, () => {
  it.each([
    '/package.json',
    '/dist/app/electron/main.js',
    '/dist/app/electron/server-process.js',
    '/dist/app/electron/preload.cjs',
    '/dist/app/electron/fault/fault.html',
    '/dist/app/server/bin.js',
    '/dist/app/server/platform/large-json-worker.js',
    '/dist/app/dist/renderer/index.html',
    '/dist/app/icons/tray.png',
    '/node_modules/better-sqlite3/package.json',
  ])('has %s', (path) => {
    expect(inside).toContain(path);
  });

  it('has no tests, no sources, no pages that were not built, nothing for building', async () => {
    const roots = new Set(inside.map((path) => path.split('/')[1]));
    expect(roots).toEqual(new Set(['dist', 'node_modules', 'package.json']));
    expect(inside.filter((path) => /\.(?:ts|tsx|map)$|\/(?:__tests__|test)\//u.test(path))).toEqual([]);
    const { devDependencies } = JSON.parse(await readFile(join(house, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const development = Object.keys(devDependencies).filter((name) =>
      inside.includes(`/node_modules/${name}/package.json`),
    );
    expect(development).toEqual([]);
    expect(inside.filter((path) => /^\/node_modules\/node-(?:bin|linux|win|darwin)/u.test(path))).toEqual([]);
  });

  it('has what the system loads outside of the archive', () => {
    const unpacked = join(packed, 'resources', 'app.asar.unpacked', 'node_modules');
    expect(existsSync(join(unpacked, 'better-sqlite3', 'prebuilds', 'linux-x64.node'))).toBe(true);
    expect(existsSync(join(unpacked, '@serialport', 'bindings-cpp', 'prebuilds', 'linux-x64'))).toBe(true);
  });

  it('cannot be told by others to run as Node.js, to be inspected, or to load another app', async () => {
    const wire = await getCurrentFuseWire(join(packed, 'sepsms-box'));
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    const on = [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar];
    const digit = (fuse: FuseV1Options) => String.fromCodePoint(wire[fuse] ?? 0);
    expect(off.map(digit)).toEqual(off.map(() => '0'));
    expect(on.map(digit)).toEqual(on.map(() => '1'));
  });

  it('runs: its server, taken from the archive, sends a message', async () => {
    const app = join(dir, 'app');
    extractAll(join(packed, 'resources', 'app.asar'), app);
    const child = spawn(process.execPath, [join(app, 'dist', 'app', 'server', 'bin.js'), 'demo', '--port', '0'], {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(child);
    const said = await until(child, /Stop it with/u);
    const url = /Admin page: +(\S+)/u.exec(said)?.[1] ?? '';
    const key = /API key: +(\S+)/u.exec(said)?.[1] ?? '';
    expect(await (await fetch(url)).text()).toContain('<div id="root">');
    const headers = { 'content-type': 'application/json', 'x-api-key': key };
    const body = JSON.stringify({ origin: 'SEPSMS', message: 'สวัสดี', recipients: ['66812345678'] });
    const sent = await fetch(`${url}/api/v2/message/send`, { method: 'POST', headers, body });
    const { result } = (await sent.json()) as { result: { uuid: string } };
    const state = async () => await (await fetch(`${url}/api/v2/message/${result.uuid}`, { headers })).text();
    await expect.poll(state, { timeout: 20_000, interval: 100 }).toContain('"completed"');
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    running.delete(child);
  });
});

/** What a program has printed when it has printed something; a failure with it when it ends before. */
function until(child: ChildProcess, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (wanted.test(said)) resolve(said);
    });
    child.once('close', () => reject(new Error(`It ended early: ${said}`)));
  });
}
