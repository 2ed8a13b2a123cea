import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { phone, runBox, testFolder, type HttpBox } from '../fakes/box.ts';
import { FakeWorld } from './fake-world.ts';

let box: HttpBox;
beforeAll(async () => {
  box = await runBox();
});
afterAll(() => box.close());

async function run(...args: string[]) {
  const world = new FakeWorld();
  return { exit: await world.run(...args, '--data', box.dir), out: world.stdout, err: world.stderr };
}

test('a file is read, shown, and its contacts written out again', async () => {
  const dir = testFolder();
  const file = join(dir, 'people.csv');
  writeFileSync(file, `mobile,name\n${phone(1)},Ann\n12,Ben\n`);
  await run('group', 'add', 'VIP');
  const read = await run('import', 'read', file, '--group', '1', '--existing', 'skip');
  expect(read).toMatchObject({ exit: 0, err: '' });
  expect(read.out).toContain('mobile  msisdn\nname    name\n2 lines read. 1 line left out: see `import problems 1`.\n');
  expect((await run('import', 'start', '1')).out).toContain('Import 1 of "people.csv" is running');
  const written = join(dir, 'out.csv');
  for (let looks = 0; looks < 1_000 && !(await run('import', 'show', '1')).out.includes('is done'); looks += 1);
  expect(await run('contact', 'export', written, '--group', '1')).toMatchObject({ exit: 0, err: '' });
  expect(readFileSync(written, 'utf8')).toBe(`\u{feff}msisdn,name,note,groups\r\n${phone(1)},Ann,,VIP\r\n`);
  expect(statSync(written).mode & 0o777).toBe(0o600);
});

test('a file that is not there, is no spreadsheet, or must not be lost is told of', async () => {
  const dir = testFolder();
  expect(await run('import', 'read', join(dir, 'no.csv'))).toMatchObject({
    exit: 2,
    err: expect.stringMatching(/cannot be read/u) as string,
  });
  const broken = join(dir, 'broken.xlsx');
  writeFileSync(broken, 'PK no');
  expect(await run('import', 'read', broken)).toMatchObject({ exit: 1, err: expect.stringMatching(/XLSX/u) as string });
  expect(await run('contact', 'export', broken)).toMatchObject({
    exit: 2,
    err: expect.stringMatching(/cannot be made/u) as string,
  });
  expect(await run('contact', 'export', join(dir, 'x.csv'), '--group', '99')).toMatchObject({
    exit: 1,
    err: expect.stringMatching(/no group 99/u) as string,
  });
});

test('the audit log is written out, as far as it is asked for', async () => {
  const file = join(testFolder(), 'audit.csv');
  await run('sender', 'approve', 'AUDITED');
  expect(await run('audit', 'export', file, '--operation', 'senderApprove')).toMatchObject({ exit: 0, err: '' });
  const [head, first, ...more] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  expect(head).toContain('"id","at","who"');
  expect(first).toContain('"senderApprove","senders/2","name=AUDITED","done"');
  expect(more).toHaveLength(1);
});
