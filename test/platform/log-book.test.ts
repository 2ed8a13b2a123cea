import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKeptLogger } from '../../server/platform/json-logger.ts';
import { LogBook } from '../../server/platform/log-book.ts';
import { testFolder } from '../fakes/box.ts';

const sizes = { lines: 3, fileBytes: 200, files: 3 };

async function textOf(book: LogBook): Promise<string> {
  let text = '';
  for await (const piece of book.read()) text += piece;
  return text;
}

test('has the latest lines in memory and all of them in files for their owner only', async () => {
  const dir = join(testFolder(), 'logs');
  const book = new LogBook(dir, { ...sizes, fileBytes: 10_000 });
  book.write('before\n');
  await book.start();
  for (const line of ['one', 'two', 'three']) book.write(`${line}\n`);
  expect(book.lines).toEqual([
    { seq: 2, text: 'one' },
    { seq: 3, text: 'two' },
    { seq: 4, text: 'three' },
  ]);
  expect(await textOf(book)).toBe('before\none\ntwo\nthree\n');
  await book.stop();
  expect(statSync(join(dir, 'box.log')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(dir, 'box.log'), 'utf8')).toBe('before\none\ntwo\nthree\n');
});

test('begins a new file when one is full, keeps so many and goes on after a restart', async () => {
  const dir = testFolder();
  const first = new LogBook(dir, sizes);
  await first.start();
  for (let n = 0; n < 12; n += 1) {
    first.write(`${String(n).padStart(2, '0')}${'x'.repeat(97)}\n`);
    // Each on its own way to the disk.
    await textOf(first);
  }
  await first.stop();
  expect(readdirSync(dir).toSorted()).toEqual(['box.1.log', 'box.2.log', 'box.log']);
  for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).size).toBeLessThanOrEqual(200);
  const second = new LogBook(dir, sizes);
  await second.start();
  second.write('after\n');
  const kept = (await textOf(second)).trim().split('\n');
  expect(kept.map((line) => line.slice(0, 2))).toEqual(['08', '09', '10', '11', 'af']);
  await second.stop();
});

test('a line that is far too long stays a line, and JSON', () => {
  const book = new LogBook(testFolder(), sizes);
  book.write(`{"level":50,"time":"2026-01-15T03:00:00.000Z","error":"${'x'.repeat(20_000)}","msg":"http.fault"}\n`);
  expect(JSON.parse(book.lines[0]?.text ?? '')).toMatchObject({ level: 50, msg: 'log.line_too_long' });
});

test('where files cannot be written it says so, and goes on in memory', async () => {
  const dir = join(testFolder(), 'logs');
  writeFileSync(dir, 'a file in the way');
  const book = new LogBook(dir, sizes);
  await book.start();
  book.write('one\n');
  expect(book.problem).toContain('EEXIST');
  expect(await textOf(book)).toBe('one\n');
  await book.stop();
});

test('has everything from information on, however little the console shows', () => {
  const book = new LogBook(testFolder(), { ...sizes, lines: 9 });
  const log = createKeptLogger('silent', book);
  log.debug('a.detail');
  log.info('a.start', { n: 1 });
  log.child({ carrier: 'Office' }).error('a.fault');
  expect(book.lines.map(({ text }) => JSON.parse(text) as unknown)).toMatchObject([
    { level: 30, msg: 'a.start', n: 1 },
    { level: 50, msg: 'a.fault', carrier: 'Office' },
  ]);
});
