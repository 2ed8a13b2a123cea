import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { nodeProblem } from '../../server/cli/node-version.ts';

const bin = fileURLToPath(new URL('../../server/bin.ts', import.meta.url));

interface Ended {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { timeout: 20_000 }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

test('node server/bin.ts --help prints the whole help into a pipe and ends with 0', async () => {
  const { exitCode, stdout, stderr } = await run('--help');
  expect(stderr).toBe('');
  expect(stdout).toContain('Usage: sepsms-box');
  expect(stdout).toMatch(/help \[command\].+\n$/u);
  expect(exitCode).toBe(0);
});

test('a command without its box ends with 1 and one line', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bin-'));
  const { exitCode, stdout, stderr } = await run('key', 'list', '--data', dir);
  expect(stderr).toBe(`sepsms-box: The box is not running on ${dir}. Start it with \`npm start -- --data ${dir}\`\n`);
  expect(stdout).toBe('');
  expect(exitCode).toBe(1);
  await rm(dir, { recursive: true });
});

test('an old Node.js is named, with what to do', () => {
  expect(nodeProblem('24.0.0', '/n')).toBeNull();
  expect(nodeProblem('26.1.0', '/n')).toBeNull();
  expect(nodeProblem('22.18.0', '/usr/bin/node')).toMatch(/^This is Node\.js 22\.18\.0 \(\/usr\/bin\/node\).+npm ci/u);
});
