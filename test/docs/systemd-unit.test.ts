import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultPort } from '../../server/config/command-line-options.ts';

const house = join(import.meta.dirname, '..', '..');
const unit = await readFile(join(house, 'docs', 'linux', 'sepsms-box.service'), 'utf8');
const setting = (name: string) => new RegExp(`^${name}=(.*)$`, 'mu').exec(unit)?.[1];

test('the unit starts what is there, as its own user, with its own folder', () => {
  const [node = '', program = '', command] = (setting('ExecStart') ?? '').split(' ');
  expect(node).toBe(`${setting('WorkingDirectory')}/node_modules/.bin/node`);
  expect(existsSync(join(house, program))).toBe(true);
  expect(command).toBe('serve');
  expect([setting('User'), setting('StateDirectory'), setting('StateDirectoryMode')]).toEqual([
    'sepsms-box',
    'sepsms-box',
    '0700',
  ]);
  expect(setting('Environment')).toBe('SEPSMS_BOX_DATA=/var/lib/sepsms-box');
});

test('the unit gives no more than the box needs', () => {
  for (const name of ['NoNewPrivileges', 'ProtectHome', 'PrivateTmp', 'RestrictNamespaces', 'ProtectKernelModules'])
    expect([name, setting(name)]).toEqual([name, 'yes']);
  expect([setting('ProtectSystem'), setting('CapabilityBoundingSet'), setting('DevicePolicy')]).toEqual([
    'strict',
    '',
    'closed',
  ]);
});

test('the guide names the port that the box has', async () => {
  const guide = await readFile(join(house, 'docs', 'running-as-a-service.md'), 'utf8');
  expect(guide).toContain(`SEPSMS_BOX_PORT=${defaultPort}`);
});

const verifier = '/usr/bin/systemd-analyze';

test.skipIf(!existsSync(verifier))(`systemd takes the unit (looked at where ${verifier} is)`, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'systemd-unit-'));
  try {
    // The program of the unit is not installed where tests run; its form is what is looked at.
    const file = join(dir, 'sepsms-box.service');
    await writeFile(file, unit.replace(/^ExecStart=\S+/mu, 'ExecStart=/bin/true'));
    const { status, stderr, error } = spawnSync(verifier, ['verify', '--man=no', file], { encoding: 'utf8' });
    const own = stderr.split('\n').filter((line) => line.includes('sepsms-box'));
    expect([error, own, status]).toEqual([undefined, [], 0]);
  } finally {
    await rm(dir, { recursive: true });
  }
});
