import { expect, test } from 'vitest';
import { checkCycles, checkFeatures, checkHomes, checkRooms, checkStoreFree } from './import-rules.ts';
import { readSourceTree, type Breach } from './source-tree.ts';
import { checkLength, checkNames, checkWords } from './text-rules.ts';

const files = readSourceTree();

function told(breaches: readonly Breach[]): string[] {
  return breaches.map(({ rule, path, message }) => `${path}: ${message} (${rule})`);
}

test('the whole product is looked at', () => {
  const paths = files.map((file) => file.path);
  for (const path of [
    'server/app.ts',
    'server/store/migrations/0001-first.ts',
    'renderer/app.tsx',
    'electron/server-process.ts',
  ]) {
    expect(paths).toContain(path);
  }
});

test('a room imports only what its rules allow', () => {
  expect(told(checkRooms(files))).toEqual([]);
});

test('no feature of the pages imports another', () => {
  expect(told(checkFeatures(files))).toEqual([]);
});

test('serialport, express, node-cron and the door of the server have one home each', () => {
  expect(told(checkHomes(files))).toEqual([]);
});

test('no files import each other in a ring', () => {
  expect(told(checkCycles(files))).toEqual([]);
});

test('the command line loads without the store', () => {
  expect(told(checkStoreFree(files))).toEqual([]);
});

test('clock, chance, SQL, links and carrier kinds stay in their places', () => {
  expect(told(checkWords(files))).toEqual([]);
});

test('files are short and named alike', () => {
  expect(told([...checkLength(files), ...checkNames(files)])).toEqual([]);
});
