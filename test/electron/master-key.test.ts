import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { masterKey } from '../../electron/master-key.ts';
import { wordsFor } from '../../electron/words.ts';
import type { Electron } from '../../electron/world.ts';
import { DoubleKeyring } from './double/electron-double.ts';

let dataDir: string;
let plainFiles: string[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'master-key-'));
  plainFiles = [];
});
afterEach(() => rm(dataDir, { recursive: true }));

const sealed = () => join(dataDir, 'master.key.sealed');
const plain = () => join(dataDir, 'master.key');

function keyWith(keyring: DoubleKeyring, platform: NodeJS.Platform = 'linux'): Promise<Uint8Array> {
  // The key is kept by the keyring alone; of Electron nothing else is asked.
  const electron = { safeStorage: keyring } as unknown as Electron;
  const world = { electron, log: () => {}, platform };
  return masterKey({ world, words: wordsFor('en'), dataDir, onPlain: (file) => plainFiles.push(file) });
}

test('is made once, sealed by the keyring, and the same at each start', async () => {
  const keyring = new DoubleKeyring();
  const first = await keyWith(keyring);
  expect(first).toHaveLength(32);
  expect(await keyWith(keyring)).toEqual(first);
  expect(existsSync(plain())).toBe(false);
  expect((await readFile(sealed())).includes(Buffer.from(first).toString('hex'))).toBe(false);
  expect(plainFiles).toEqual([]);
});

test('without a keyring lies in a file for this user alone, and the person is told', async () => {
  const keyring = new DoubleKeyring('basic_text');
  const first = await keyWith(keyring);
  expect(existsSync(sealed())).toBe(false);
  expect((await readFile(plain(), 'utf8')).trim()).toBe(Buffer.from(first).toString('hex'));
  expect((await stat(plain())).mode & 0o077).toBe(0);
  expect(await keyWith(keyring)).toEqual(first);
  expect(plainFiles).toEqual([plain(), plain()]);
});

test('only Linux has the keyring that is none', async () => {
  await keyWith(new DoubleKeyring('basic_text'), 'win32');
  expect(existsSync(sealed())).toBe(true);
  expect(plainFiles).toEqual([]);
});

test('of a box that ran without a desktop is taken as it is', async () => {
  const key = new Uint8Array(32).fill(9);
  await writeFile(plain(), `${Buffer.from(key).toString('hex')}\n`, { mode: 0o600 });
  await writeFile(join(dataDir, 'box.db'), 'a database');
  expect(await keyWith(new DoubleKeyring())).toEqual(key);
});

test.each([
  ['the keyring is another', async (keyring: DoubleKeyring) => keyring.lose()],
  ['its file is gone, but not the database', () => rm(sealed())],
  ['its file is damaged', () => writeFile(sealed(), 'sealed first bm90IGEga2V5')],
])('is not made anew when %s', async (_what, happen) => {
  const keyring = new DoubleKeyring();
  await keyWith(keyring);
  await writeFile(join(dataDir, 'box.db'), 'a database');
  await happen(keyring);
  await expect(keyWith(keyring)).rejects.toThrow(/keyring.*put .*master\.key\.sealed back/u);
});
