import Database from 'better-sqlite3';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runBox, tempFolder, testFolder, type HttpBox } from '../fakes/box.ts';
import { FakeWorld } from './fake-world.ts';

let box: HttpBox;
let file: string;
let key: string;

/** Runs a command whose pauses are over at once. */
async function run(world: FakeWorld, ...args: string[]): Promise<number> {
  let code: number | undefined;
  const ended = world.run(...args).then((exit) => (code = exit));
  while (code === undefined) await world.clock.advance(1_000);
  return await ended;
}

beforeAll(async () => {
  box = await runBox();
  await box.send();
  file = join(tempFolder(), 'copy.db');
  const world = new FakeWorld();
  expect(await run(world, 'backup', file, '--data', box.dir)).toBe(0);
  expect(world.stdout).toContain(`written to ${file}: 1 message, 0 contacts.`);
  key = join(box.dir, 'master.key');
}, 60_000);
afterAll(() => box.close());

const refused = async (dir: string, ...args: string[]) => {
  const world = new FakeWorld();
  const before = existsSync(join(dir, 'box.db')) ? readFileSync(join(dir, 'box.db')) : null;
  const code = await world.run('restore', ...args, '--data', dir);
  expect(existsSync(join(dir, 'box.db')) ? readFileSync(join(dir, 'box.db')) : null).toEqual(before);
  expect(existsSync(join(dir, 'box.db.restoring'))).toBe(false);
  return { code, said: world.stderr };
};
const folderWithKey = () => {
  const dir = testFolder();
  copyFileSync(key, join(dir, 'master.key'));
  return dir;
};

describe('backup', () => {
  test('leaves one file for its owner only, and no copy with the box', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(box.dir, 'backups'))).toEqual([]);
  });

  test('does not write over a file', async () => {
    const world = new FakeWorld();
    expect(await run(world, 'backup', file, '--data', box.dir)).toBe(2);
    expect(world.stderr).toContain(`The file ${file} cannot be made`);
  });
});

describe('restore', () => {
  test('puts the backup in place, keeps the old database aside and says what will be held', async () => {
    const dir = folderWithKey();
    writeFileSync(join(dir, 'box.db'), 'the old one');
    const world = new FakeWorld();
    expect(await world.run('restore', file, '--data', dir)).toBe(0);
    expect(world.stdout).toContain('1 recipient: held as unknown by the first start, none is sent again');
    const aside = readdirSync(dir).find((name) => name.startsWith('box.db.before-restore-'));
    expect(readFileSync(join(dir, aside ?? ''), 'utf8')).toBe('the old one');
    const again = await runBox({ dir });
    expect(again.peek.all('SELECT state FROM recipient')).toEqual([{ state: 'unknown' }]);
    await again.stop();
  });

  test('changes nothing when it is only rehearsed', async () => {
    const dir = folderWithKey();
    const world = new FakeWorld();
    expect(await world.run('restore', file, '--rehearse', '--data', dir, '--json')).toBe(0);
    expect(JSON.parse(world.stdout)).toMatchObject({
      counts: { messages: 1 },
      waiting: { recipients: 1 },
      aside: null,
    });
    expect(readdirSync(dir).toSorted()).toEqual(['box.lock', 'master.key']);
  });

  test('refuses while a box runs on the folder', async () => {
    const world = new FakeWorld();
    expect(await world.run('restore', file, '--data', box.dir)).toBe(2);
    expect(world.stderr).toContain('Another SEPSMS Box already runs');
  });

  test('refuses without the master key of the backup, unless told to go on', async () => {
    const dir = testFolder();
    expect(await refused(dir, file)).toMatchObject({ code: 1, said: expect.stringContaining('there is no key file') });
    writeFileSync(join(dir, 'master.key'), `${'ab'.repeat(32)}\n`);
    expect((await refused(dir, file)).said).toContain('is the master key of another box');
    const world = new FakeWorld();
    expect(await world.run('restore', file, '--data', dir, '--master-key-file', key, '--rehearse')).toBe(0);
    expect(await world.run('restore', file, '--data', dir, '--without-key')).toBe(0);
  });

  test.each([
    ['what is no database', (path: string) => writeFileSync(path, 'x'.repeat(10_000)), 'cannot be restored: It is no'],
    ['the database of another program', (path: string) => other(path), 'a database of another program'],
    ['a backup that was cut off', (path: string) => cut(path), 'cannot be restored'],
    ['a backup of a newer version', (path: string) => newer(path), 'this program knows up to'],
  ])('refuses %s and leaves what is there', async (_what, write, said) => {
    const dir = folderWithKey();
    const path = join(testFolder(), 'given.db');
    write(path);
    writeFileSync(join(dir, 'box.db'), 'the old one');
    const refusal = await refused(dir, path);
    expect(refusal.code).not.toBe(0);
    expect(refusal.said).toContain(said);
  });

  test('refuses a file that is not there', async () => {
    expect((await refused(testFolder(), '/nowhere/box.db')).said).toContain('There is no file /nowhere/box.db');
  });

  test('a folder between its two databases is not started empty', async () => {
    const dir = testFolder();
    writeFileSync(join(dir, 'box.db.restoring'), 'on its way');
    await expect(runBox({ dir })).rejects.toThrow('was cut short');
  });
});

function other(path: string): void {
  const db = new Database(path);
  db.exec('CREATE TABLE song (name TEXT)');
  db.close();
}

function cut(path: string): void {
  writeFileSync(path, readFileSync(file).subarray(0, 40_960));
}

function newer(path: string): void {
  copyFileSync(file, path);
  const db = new Database(path);
  db.pragma('user_version = 9999');
  db.close();
}
