import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const server = join(import.meta.dirname, '..', '..', 'server');
const oldNode = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'20.1.0'}})`;
let house: string;

beforeEach(async () => {
  house = await mkdtemp(join(tmpdir(), 'launch-'));
  await mkdir(join(house, 'server'));
  for (const file of ['launch.mjs', 'packaged-node.mjs'])
    await copyFile(join(server, file), join(house, 'server', file));
  await writeFile(join(house, 'server', 'bin.ts'), "console.log('in place', ...process.argv.slice(2));\n");
});

afterEach(async () => {
  await rm(house, { recursive: true });
});

interface Ended {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function launch(nodeOptions: readonly string[], ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const words = [...nodeOptions, join(house, 'server', 'launch.mjs'), ...args];
    execFile(process.execPath, words, { timeout: 20_000 }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

test('a Node.js that is new enough runs the box itself', async () => {
  expect(await launch([], 'key', 'list')).toEqual({ exitCode: 0, stdout: 'in place key list\n', stderr: '' });
});

test('an old one hands over to the Node.js that came with the packages, with its exit code', async () => {
  const folder = join(house, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'node'), '#!/bin/sh\necho "packaged $2 $3"\nexit 7\n');
  await chmod(join(folder, 'node'), 0o755);
  const ended = await launch(['--import', oldNode], 'key', 'list');
  expect(ended).toEqual({ exitCode: 7, stdout: 'packaged key list\n', stderr: '' });
});

test('an old one without it says what to do and ends with 2', async () => {
  const { exitCode, stderr } = await launch(['--import', oldNode], 'serve');
  expect(stderr).toMatch(/^sepsms-box: This is Node\.js 20\.1\.0; the box needs 24\. Run npm ci/u);
  expect(exitCode).toBe(2);
});
