import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressBookCases } from './address-book-cases.ts';
import { done, limit, zone } from './answers.ts';
import { auditCases } from './audit-cases.ts';
import { campaignCases } from './campaign-cases.ts';
import { commandCases } from './command-cases.ts';
import { creditCases } from './credit-cases.ts';
import { FakeBox } from './fake-box.ts';
import { FakeWorld } from './fake-world.ts';
import { modemCases } from './modem-cases.ts';
import { operateCases } from './operate-cases.ts';
import { peopleCases } from './people-cases.ts';
import { routeCases } from './route-cases.ts';
import { twoWayCases } from './two-way-cases.ts';

const cases = [
  ...addressBookCases,
  ...auditCases,
  ...campaignCases,
  ...commandCases,
  ...creditCases,
  ...modemCases,
  ...peopleCases,
  ...routeCases,
  ...twoWayCases,
  ...operateCases,
];
let box: FakeBox;
beforeEach(async () => {
  box = await FakeBox.start();
});
afterEach(async () => {
  await box.stop();
});

describe('each command asks the box what its words say, and shows the answer', () => {
  test.each(cases)('$args', async ({ args, operation, answer, path, body, reads }) => {
    box.answer(operation, answer);
    const world = new FakeWorld();
    expect(await world.run(...args, '--data', box.folder.dir)).toBe(0);
    expect(box.calls).toEqual([{ operation, path: `/api/admin${path}`, body }]);
    let from = 0;
    for (const text of reads) {
      const found = world.stdout.indexOf(text, from);
      expect(found, `${JSON.stringify(text)} in ${world.stdout}`).toBeGreaterThanOrEqual(from);
      from = found + text.length;
    }
    expect(world.stderr).toBe('');
  });

  test.each(cases)('$args with --json prints the answer as one object', async ({ args, operation, answer }) => {
    box.answer(operation, answer);
    const world = new FakeWorld({ env: { SEPSMS_BOX_DATA: box.folder.dir } });
    expect(await world.run(...args, '--json')).toBe(0);
    expect(JSON.parse(world.stdout)).toEqual(answer);
    expect(world.stdout.trimEnd()).not.toContain('\n');
  });
});

describe('options that all commands share', () => {
  test('--data and --json may stand before the command; those after it win', async () => {
    box.answer('keys', { items: [] });
    const world = new FakeWorld({ env: { SEPSMS_BOX_DATA: '/nowhere' } });
    expect(await world.run('--json', '--data', '/elsewhere', 'key', 'list', '--data', box.folder.dir)).toBe(0);
    expect(world.stdout).toBe('{"items":[]}\n');
    expect(await world.run('--data', box.folder.dir, 'key', 'list')).toBe(0);
  });
});

describe('passwords', () => {
  test('are asked for when left out', async () => {
    box.answer('userPassword', done);
    const world = new FakeWorld({ secret: 'battery staple' });
    expect(await world.run('user', 'password', 'nid', '--data', box.folder.dir)).toBe(0);
    expect(world.prompts).toEqual(['Password (at least 10 characters): ']);
    expect(box.calls[0]?.body).toEqual({ name: 'nid', password: 'battery staple' });
  });
});

test('a carrier that could not do it is told on standard error, and the command fails', async () => {
  const answer = { ok: false, text: 'The network does not know this code.', lines: ['+CUSD: 4'], more: false };
  box.answer('carrierOperate', answer);
  const world = new FakeWorld();
  expect(await world.run('carrier', 'ussd', '3', '*1#', '--data', box.folder.dir)).toBe(1);
  expect(world.stderr).toContain('The network does not know this code. · +CUSD: 4');
});

describe('an audit log that is broken', () => {
  const at = '2026-01-15T03:04:05.000Z';
  const wrong = { row: 4, cause: 'missing', problem: 'Row 4 is missing.' };
  const answer = { ok: false, rows: 9, hash: 'ab'.repeat(32), ...wrong, at };

  test('is told on standard error, and the command fails', async () => {
    box.answer('auditVerify', answer);
    const world = new FakeWorld();
    expect(await world.run('audit', 'verify', '--data', box.folder.dir)).toBe(1);
    expect(world.stderr).toContain('The audit log is broken. Row 4 is missing.');
    expect(world.stdout).toBe('');
    expect(await world.run('audit', 'verify', '--data', box.folder.dir, '--json')).toBe(1);
    expect(JSON.parse(world.stdout)).toEqual(answer);
  });

  test('is held against a noted row only with its hash', async () => {
    const world = new FakeWorld();
    expect(await world.run('audit', 'verify', '--row', '4', '--data', box.folder.dir)).toBe(2);
    expect(world.stderr).toContain('give --row and --hash together');
  });
});

describe('settings', () => {
  test('one by name', async () => {
    box.answer('settings', { items: [limit, zone] });
    const world = new FakeWorld();
    expect(await world.run('setting', 'get', 'box.timeZone', '--data', box.folder.dir)).toBe(0);
    expect(world.stdout).toContain('box.timeZone: Asia/Bangkok\n');
    expect(world.stdout).toContain('at the next start of the box');
    expect(await world.run('setting', 'get', 'box.colour', '--data', box.folder.dir)).toBe(1);
    expect(world.stderr).toContain('There is no setting "box.colour".');
  });

  test.each([
    [limit, '0', 0, 'limits.sendPerMinute is now 0.\n'],
    [{ ...limit, value: [] }, '["10.0.0.5"]', ['10.0.0.5'], 'is now ["10.0.0.5"].\n'],
    [{ ...limit, value: null }, 'plain words', 'plain words', 'is now plain words.\n'],
    [{ ...zone, value: 'UTC' }, '7', '7', 'box.timeZone is now 7.\nRestart the box to make it take effect.\n'],
  ])('%j takes %j as the kind of value it holds', async (setting, text, value, reads) => {
    box.answer('settings', { items: [setting] });
    box.answer('settingSet', { name: setting.name, value });
    const world = new FakeWorld();
    expect(await world.run('setting', 'set', setting.name, text, '--data', box.folder.dir)).toBe(0);
    expect(box.calls[1]).toEqual({
      operation: 'settingSet',
      path: `/api/admin/settings/${setting.name}`,
      body: { value },
    });
    expect(world.stdout).toContain(reads);
  });
});
