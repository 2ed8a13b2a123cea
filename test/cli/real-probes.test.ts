import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MachineProbes } from '../../server/cli/doctor/machine-probes.ts';
import { realProbes } from '../../server/cli/doctor/real-probes.ts';
import { FakeBox } from './fake-box.ts';

const others: Pick<MachineProbes, 'database' | 'audit' | 'modems'> = {
  database: () => Promise.resolve({ state: 'sound' }),
  audit: () => Promise.resolve({ state: 'whole', rows: 0 }),
  modems: () => Promise.resolve([]),
};
const probes = realProbes(() => 1_768_446_000_000, process.platform, others);

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'probes-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

describe('files and folders', () => {
  test('a folder, a missing one and a file are told apart', async () => {
    await writeFile(join(dir, 'file'), '');
    expect(await probes.folder(dir)).toEqual({ kind: 'folder', writable: true });
    expect(await probes.folder(join(dir, 'a', 'b'))).toEqual({ kind: 'missing', writable: true });
    expect(await probes.folder(join(dir, 'file'))).toEqual({ kind: 'other', writable: false });
    expect(await probes.folder(join(dir, 'file', 'below'))).toEqual({ kind: 'missing', writable: false });
  });

  test('a folder without the right to write is not writable, but to root', async () => {
    const shut = join(dir, 'shut');
    await mkdir(shut, { mode: 0o500 });
    expect(await probes.folder(shut)).toEqual({ kind: 'folder', writable: process.getuid?.() === 0 });
  });

  test('the mode of a file, and none for a missing one', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    await chmod(file, 0o640);
    expect(((await probes.fileMode(file)) ?? 0) & 0o777).toBe(0o640);
    expect(await probes.fileMode(join(dir, 'none'))).toBeNull();
  });

  test('free space, also of a folder that is not there yet', async () => {
    expect(await probes.freeBytes(dir)).toBeGreaterThan(0);
    expect(await probes.freeBytes(join(dir, 'a', 'b'))).toBeGreaterThan(0);
  });
});

describe('ports and boxes', () => {
  test('a free port, a taken one, an address of another machine', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => {
      holder.listen(0, '127.0.0.1', resolve);
    });
    const address = holder.address();
    const port = address === null || typeof address === 'string' ? 0 : address.port;
    expect(await probes.port('127.0.0.1', port)).toBe('in_use');
    await new Promise<void>((resolve) => {
      holder.close(() => {
        resolve();
      });
    });
    expect(await probes.port('127.0.0.1', port)).toBe('free');
    expect(await probes.port('192.0.2.1', port)).toBe('no_such_address');
  });

  test('a box that answers, and one that was killed', async () => {
    const box = await FakeBox.start();
    box.answer('status', {
      version: '1.2.3',
      startedAt: '2026-01-15T03:00:00.000Z',
      queued: 0,
      oldestQueuedMs: null,
      carriers: [],
    });
    expect(await probes.runningBox(box.folder.dir)).toMatchObject({ host: '127.0.0.1', port: box.port });
    await box.kill();
    expect(await probes.runningBox(box.folder.dir)).toBeNull();
    await box.stop();
    expect(await probes.runningBox(dir)).toBeNull();
  });
});

test('this process is what it is', () => {
  expect(probes.node()).toEqual({ version: process.versions.node, executable: process.execPath });
  expect(probes.time().now).toBe(1_768_446_000_000);
  expect(probes.time().timeZone).not.toBe('');
});

test('Linux tells its running programs and serial ports', async () => {
  const linux = process.platform === 'linux';
  expect(((await probes.programs())?.size ?? 0) > 0).toBe(linux);
  const ports = linux ? ((await probes.serialPorts()) ?? []) : [];
  for (const port of ports) expect(port.path).toMatch(/^\/dev\/tty(?:USB|ACM)\d+$/u);
});

test('a system that does not tell is not guessed at', async () => {
  const elsewhere = realProbes(() => 0, 'win32', others);
  expect(await elsewhere.programs()).toBeNull();
  expect(await elsewhere.serialPorts()).toBeNull();
  expect(await elsewhere.udevRules()).toBeNull();
  expect(await elsewhere.portUsers()).toBeNull();
});
