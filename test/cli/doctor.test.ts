import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { MachineProbes } from '../../server/cli/doctor/machine-probes.ts';
import { FakeWorld } from './fake-world.ts';

const reportForm = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['ok', 'warn', 'fail']),
      text: z.string().min(1),
      advice: z.string().min(1).nullable(),
    }),
  ),
});

async function examined(probes: Partial<MachineProbes>, ...args: string[]) {
  const world = new FakeWorld({ probes });
  const exitCode = await world.run('doctor', '--data', '/srv/box', '--json', ...args);
  const report = reportForm.parse(JSON.parse(world.stdout));
  return { exitCode, report, faults: report.checks.filter((check) => check.state !== 'ok') };
}

const missing = () => Promise.resolve(null);
const port = (look: 'in_use' | 'not_allowed' | 'no_such_address') => ({ port: () => Promise.resolve(look) });
const serial = (...usable: boolean[]): Partial<MachineProbes> => ({
  serialPorts: () =>
    Promise.resolve(usable.map((each, index) => ({ path: `/dev/ttyUSB${index}`, usable: each, group: 'uucp' }))),
});
const running = (name: string): Partial<MachineProbes> => ({ programs: () => Promise.resolve(new Set([name])) });
const time = (year: number, timeZone = 'Asia/Bangkok') => ({ time: () => ({ now: Date.UTC(year, 5, 1), timeZone }) });
const free = (bytes: number) => ({ freeBytes: () => Promise.resolve(bytes) });
const gigabyte = 1024 ** 3;

describe('a sound machine', () => {
  test('has nothing wrong', async () => {
    const world = new FakeWorld();
    expect(await world.run('doctor', '--data', '/srv/box')).toBe(0);
    expect(world.stdout).toContain('ok    Node.js       version 24.21.0\n');
    expect(world.stdout).toMatch(/\n\nNothing is wrong\.\n$/u);
    expect(world.stdout).not.toMatch(/^(?:warn|fail)/mu);
  });

  test.each<[string, Partial<MachineProbes>]>([
    [
      'a box that runs holds its port',
      { runningBox: () => Promise.resolve({ host: '::', port: 8580, pid: 7 }), ...port('in_use') },
    ],
    [
      'a folder and files that the first start makes',
      { folder: () => Promise.resolve({ kind: 'missing', writable: true }), fileMode: missing },
    ],
    ['a system that does not tell of ports and programs', { serialPorts: missing, programs: missing }],
    ['exactly 1 GB free', free(gigabyte)],
  ])('%s: no fault', async (_name, probes) => {
    expect(await examined(probes)).toMatchObject({ exitCode: 0, faults: [] });
  });
});

describe('each defect is found, alone, with advice', () => {
  test.each<[string, string, Partial<MachineProbes>, string, string]>([
    [
      'fail',
      'Node.js',
      { node: () => ({ version: '20.20.2', executable: '/usr/bin/node' }) },
      'This is Node.js 20.20.2',
      '24',
    ],
    ['fail', 'Clock', time(1970), 'the clock says 1970-06-01 00:00:00 UTC', 'NTP'],
    ['fail', 'Clock', time(2999), 'the clock says 2999', 'NTP'],
    ['warn', 'Clock', time(2026, ''), 'no time zone', 'Set the time zone'],
    [
      'fail',
      'Data folder',
      { folder: () => Promise.resolve({ kind: 'other', writable: false }) },
      'not a folder',
      '--data',
    ],
    [
      'fail',
      'Data folder',
      { folder: () => Promise.resolve({ kind: 'folder', writable: false }) },
      'may not be written to',
      'right to write',
    ],
    [
      'fail',
      'Data folder',
      { folder: () => Promise.resolve({ kind: 'missing', writable: false }) },
      'cannot be made',
      '--data',
    ],
    ['warn', 'Disk space', free(gigabyte - 1), '1,023 MB free', 'Make room'],
    ['fail', 'Disk space', free(100 * 1024 ** 2 - 1), '99 MB free', '100 MB'],
    [
      'fail',
      'Database',
      { database: () => Promise.resolve({ state: 'damaged', problem: 'row 7 is torn' }) },
      'row 7 is torn',
      'backup',
    ],
    ['warn', 'Database', { database: () => Promise.resolve({ state: 'unchecked', reason: 'busy' }) }, 'busy', 'again'],
    [
      'fail',
      'Audit log',
      { audit: () => Promise.resolve({ state: 'broken', row: 7, problem: 'Row 7 is missing.' }) },
      'broken at row 7. Row 7 is missing.',
      'from outside',
    ],
    ['warn', 'Audit log', { audit: () => Promise.resolve({ state: 'unchecked', reason: 'busy' }) }, 'busy', 'again'],
    ['fail', 'Port', port('in_use'), 'port 8580 on 127.0.0.1 is taken', '--port'],
    ['fail', 'Port', port('not_allowed'), 'is not open to this user', '1024'],
    ['fail', 'Port', port('no_such_address'), 'no address of this machine', '--host'],
    ['warn', 'Serial ports', serial(), 'none found', 'Plug in the modem'],
    ['fail', 'Serial ports', serial(false, false), 'may not use /dev/ttyUSB0, /dev/ttyUSB1', 'usermod -aG uucp'],
    ['warn', 'Serial ports', serial(true, false), 'may not use /dev/ttyUSB1', 'usermod -aG uucp'],
    ['warn', 'ModemManager', running('ModemManager'), 'running', 'systemctl disable --now ModemManager'],
    ['warn', 'brltty', running('brltty'), 'running', 'systemctl mask'],
    [
      'fail',
      'Master key',
      { fileMode: (path) => Promise.resolve(path.endsWith('.key') ? 0o100640 : 0o100600) },
      'mode 0640',
      'chmod 600',
    ],
    [
      'warn',
      'Master key',
      { fileMode: (path) => Promise.resolve(path.endsWith('.key') ? null : 0o100600) },
      'is missing',
      'backup',
    ],
  ])('%s %s', async (state, name, probes, text, advice) => {
    const { exitCode, report, faults } = await examined(probes);
    expect(faults).toEqual([
      { name, state, text: expect.stringContaining(text), advice: expect.stringContaining(advice) },
    ]);
    expect(report.ok).toBe(state === 'warn');
    expect(exitCode).toBe(state === 'warn' ? 0 : 1);
  });

  test('a look that fails is a finding, and the others go on', async () => {
    const { exitCode, report, faults } = await examined({ freeBytes: () => Promise.reject(new Error('EIO')) });
    expect(exitCode).toBe(1);
    expect(report.checks).toHaveLength(14);
    expect(faults).toMatchObject([{ name: 'Disk space', state: 'fail', text: 'could not be looked at: EIO' }]);
  });
});

test('what is looked at is what serve would use', async () => {
  const looked: string[] = [];
  const probes: Partial<MachineProbes> = {
    fileMode: (path) => {
      looked.push(path);
      return Promise.resolve(0o100600);
    },
    port: (host, number) => {
      looked.push(`${host}:${number}`);
      return Promise.resolve('free');
    },
  };
  await examined(probes, '--port', '9000', '--host', '0.0.0.0', '--master-key-file', '/etc/box.key');
  expect(looked).toContain('0.0.0.0:9000');
  expect(looked).toContain('/etc/box.key');
});

test('people read the advice under the finding, and a verdict', async () => {
  const world = new FakeWorld({ probes: { ...port('in_use'), ...running('ModemManager') } });
  expect(await world.run('doctor')).toBe(1);
  expect(world.stdout).toContain(
    'fail  Port          port 8580 on 127.0.0.1 is taken by another program\n' +
      '                    Stop that program, or name another port with --port.\n',
  );
  expect(world.stdout).toMatch(/\nTo put right: 1 problem; to look at: 1 warning\.\n$/u);
});
