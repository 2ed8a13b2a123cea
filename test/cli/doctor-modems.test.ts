import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { DeviceLook, MachineProbes } from '../../server/cli/doctor/machine-probes.ts';
import { lookAtGroups, lookAtPortUsers, lookAtUdevRules } from '../../server/cli/doctor/modem-probes.ts';
import { FakeWorld } from './fake-world.ts';

const quectel: DeviceLook = {
  name: 'Quectel EC25/EG25',
  usb: '2c7c:0125',
  ports: ['/dev/ttyUSB2', '/dev/ttyUSB3'],
  kind: 'modem',
  problem: null,
};
const hilink: DeviceLook = {
  ...quectel,
  name: 'Huawei HiLink',
  usb: '12d1:14db',
  ports: [],
  problem: 'Use another stick.',
};
const adapter: DeviceLook = {
  name: 'CH340',
  usb: '1a86:7523',
  ports: ['/dev/ttyUSB9'],
  kind: 'adapter',
  problem: null,
};

const report = z.object({
  checks: z.array(z.object({ name: z.string(), state: z.string(), text: z.string(), advice: z.string().nullable() })),
});

/** What is said of one subject, and which others are not well. */
async function examined(name: string, probes: Partial<MachineProbes>) {
  const world = new FakeWorld({ probes });
  await world.run('doctor', '--data', '/srv/box', '--json');
  const { checks } = report.parse(JSON.parse(world.stdout));
  const found = checks.find((check) => check.name === name);
  const others = checks.filter((check) => check.state !== 'ok' && check.name !== name).map((check) => check.name);
  return { ...found, others };
}

const modems = (...looks: DeviceLook[]): Partial<MachineProbes> => ({ modems: () => Promise.resolve(looks) });
const running = (...names: string[]): Partial<MachineProbes> => ({ programs: () => Promise.resolve(new Set(names)) });
const rules = (installed: boolean, ...ignored: string[]): Partial<MachineProbes> => ({
  udevRules: () => Promise.resolve({ installed, ignored: new Set(ignored) }),
});

describe('modems', () => {
  test.each<[string, Partial<MachineProbes>, string, string, string]>([
    ['are named with their ports', modems(quectel), 'ok', 'Quectel EC25/EG25 at /dev/ttyUSB2, /dev/ttyUSB3', ''],
    [
      'that cannot be used are told with what to do',
      modems(quectel, hilink),
      'warn',
      'Huawei HiLink',
      'Use another stick.',
    ],
    ['may be behind an adapter', modems(adapter), 'ok', 'maybe behind CH340 at /dev/ttyUSB9', ''],
    ['may be none', modems(), 'ok', 'none known', ''],
    [
      'are not looked for where the system does not tell',
      { modems: () => Promise.resolve(null) },
      'ok',
      'not looked at',
      '',
    ],
  ])('%s', async (_name, probes, state, text, advice) => {
    const found = await examined('Modems', probes);
    expect(found).toMatchObject({ state, text: expect.stringContaining(text), others: [] });
    expect(found.advice ?? '').toContain(advice);
  });
});

describe('ModemManager', () => {
  test('is harmless when rules keep it off all the modems that are there, whoever wrote them', async () => {
    for (const given of [rules(true, '2c7c'), rules(false, '2c7c:0125')]) {
      const found = await examined('ModemManager', { ...running('ModemManager'), ...modems(quectel), ...given });
      expect(found).toMatchObject({ state: 'ok', others: [] });
    }
  });

  test('is told with the ports that it may hold, and both ways out', async () => {
    const other: DeviceLook = { ...quectel, name: 'Huawei E173', usb: '12d1:1001', ports: ['/dev/ttyUSB6'] };
    const found = await examined('ModemManager', {
      ...running('ModemManager'),
      ...modems(quectel, other),
      ...rules(false, '2c7c'),
    });
    expect(found.state).toBe('warn');
    expect(found.text).toContain('Huawei E173 at /dev/ttyUSB6');
    expect(found.text).not.toContain('Quectel');
    expect(found.advice).toContain('systemctl disable --now ModemManager');
    expect(found.advice).toContain('docs/linux/99-sepsms-box.rules');
  });

  test('is told also where no modem is known, unless the rules of the box are there', async () => {
    expect(await examined('ModemManager', { ...running('ModemManager'), ...modems() })).toMatchObject({
      state: 'warn',
    });
    expect(await examined('ModemManager', { ...running('ModemManager'), ...modems(), ...rules(true) })).toMatchObject({
      state: 'ok',
    });
  });
});

describe('the rules of udev', () => {
  test.each<[string, Partial<MachineProbes>, string, string]>([
    ['are installed', { ...modems(quectel), ...rules(true, '2c7c') }, 'ok', 'installed'],
    ['are not, and are named', { ...modems(quectel), ...rules(false) }, 'ok', 'docs/linux/99-sepsms-box.rules'],
    ['are older than a modem', { ...modems(quectel), ...rules(true, '12d1') }, 'warn', 'Quectel EC25/EG25 (2c7c:0125)'],
    ['are not used here', { udevRules: () => Promise.resolve(null) }, 'ok', 'not used'],
  ])('%s', async (_name, probes, state, text) => {
    expect(await examined('udev rules', probes)).toMatchObject({
      state,
      text: expect.stringContaining(text),
      others: [],
    });
  });
});

describe('brltty', () => {
  test('is told with the adapters that it takes, and by what it has taken', async () => {
    expect(await examined('brltty', { ...running('brltty'), ...modems(adapter) })).toMatchObject({
      state: 'warn',
      text: expect.stringContaining('CH340 at /dev/ttyUSB9'),
      others: [],
    });
    const taken: DeviceLook = { ...adapter, ports: [], problem: 'It has no port.' };
    expect(await examined('brltty', modems(taken))).toMatchObject({
      state: 'warn',
      text: expect.stringContaining('CH340 is plugged in and has no port'),
      others: [],
    });
  });
});

describe('the right to serial ports', () => {
  const denied: Partial<MachineProbes> = {
    serialPorts: () => Promise.resolve([{ path: '/dev/ttyUSB2', usable: false, group: 'dialout' }]),
  };
  const groups = (inForce: string[], given: string[]): Partial<MachineProbes> => ({
    groups: () => Promise.resolve({ inForce: new Set(inForce), given: new Set(given) }),
  });

  test('that was given and is not in force yet wants a new session, else the group', async () => {
    const waiting = await examined('Serial ports', { ...denied, ...groups(['shop'], ['dialout']) });
    expect(waiting.advice).toContain('not yet in this session: sign out');
    const never = await examined('Serial ports', { ...denied, ...groups(['shop'], []) });
    expect(never.advice).toContain('usermod -aG dialout');
  });
});

describe('two programs on one port', () => {
  const users = (...list: [string, number, string][]): Partial<MachineProbes> => ({
    portUsers: () => Promise.resolve(list.map(([path, pid, program]) => ({ path, pid, program }))),
    runningBox: () => Promise.resolve({ host: '::', port: 8580, pid: 7 }),
  });

  test('the box itself is none of them', async () => {
    expect(await examined('Port users', users(['/dev/ttyUSB2', 7, 'node']))).toMatchObject({ state: 'ok', others: [] });
  });

  test('any other is told, and what it means that there are two', async () => {
    expect(await examined('Port users', users(['/dev/ttyUSB2', 9, 'minicom']))).toMatchObject({
      state: 'warn',
      text: 'minicom (process 9) has /dev/ttyUSB2',
    });
    const both = await examined('Port users', users(['/dev/ttyUSB2', 7, 'node'], ['/dev/ttyUSB2', 9, 'gammu-smsd']));
    expect(both.text).toContain('two programs on /dev/ttyUSB2');
    expect(both.others).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('what the files of a Linux machine tell', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'machine-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };

  test('groups: those in force and those that were given', async () => {
    const own = process.getgid?.() ?? 0;
    await put('etc/group', `mine:x:${own}:\nnever:x:64998:other\ngiven:x:64999:other,${userInfo().username}\nbroken\n`);
    const groups = await lookAtGroups({ root });
    expect([...(groups?.inForce ?? [])]).toEqual(['mine']);
    expect([...(groups?.given ?? [])]).toEqual(['given']);
  });

  test('rules: whose devices ModemManager leaves alone, comments and other rules not counted', async () => {
    expect(await lookAtUdevRules({ root })).toBeNull();
    await put(
      'etc/udev/rules.d/78-mine.rules',
      [
        'ATTRS{idVendor}=="2C7C", \\',
        '  ATTRS{idProduct}=="0125", ENV{ID_MM_DEVICE_IGNORE}="1"',
        '# ATTRS{idVendor}=="1111", ENV{ID_MM_DEVICE_IGNORE}="1"',
        'ATTR{idVendor}=="12d1", ENV{ID_MM_DEVICE_IGNORE}="1"',
        'ATTR{idVendor}=="2222", ENV{ID_MM_DEVICE_PROCESS}="1"',
        'ENV{ID_MM_DEVICE_IGNORE}="1"',
      ].join('\n'),
    );
    await put('usr/lib/udev/rules.d/readme.txt', 'ATTR{idVendor}=="3333", ENV{ID_MM_DEVICE_IGNORE}="1"');
    const found = await lookAtUdevRules({ root });
    expect(found?.installed).toBe(false);
    expect([...(found?.ignored ?? [])]).toEqual(['2c7c:0125', '12d1']);
    await put('usr/lib/udev/rules.d/99-sepsms-box.rules', '');
    expect((await lookAtUdevRules({ root }))?.installed).toBe(true);
  });

  test('users of ports: by what they have open, and by their lock files while they live', async () => {
    await put('proc/12/comm', 'minicom\n');
    await mkdir(join(root, 'proc/12/fd'), { recursive: true });
    await symlink('/dev/ttyUSB2', join(root, 'proc/12/fd/3'));
    await symlink('/dev/pts/0', join(root, 'proc/12/fd/0'));
    await put('proc/13/comm', 'wvdial\n');
    await put('proc/self/comm', 'node\n');
    await put('var/lock/LCK..ttyUSB3', '        13 wvdial root\n');
    await put('var/lock/LCK..ttyUSB4', '99\n');
    await put('var/lock/LCK..console', '13\n');
    expect(await lookAtPortUsers({ root })).toEqual([
      { path: '/dev/ttyUSB2', pid: 12, program: 'minicom' },
      { path: '/dev/ttyUSB3', pid: 13, program: 'wvdial' },
    ]);
  });
});
