import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeWorld } from '../cli/fake-world.ts';
import { phone, runBox, testFolder, type HttpBox } from '../fakes/box.ts';

let box: HttpBox;

beforeAll(async () => {
  box = await runBox();
  await box.send({ message: '=1+1 "quoted",\r\nsecond line', recipients: [phone(1)], clientRef: '@order' });
  await box.send({ message: 'To two', recipients: [phone(2), phone(3)] });
});
afterAll(() => box.close());

const start = (query: string) => box.admin('GET', `/exports/messages${query}`);
const slice = (query: string) => box.admin('GET', `/exports/messages/slice${query}`);

describe('an export of messages', () => {
  test('has one line a message, in a form that no spreadsheet runs', async () => {
    const begun = await start('');
    expect(begun.body['fileName']).toMatch(/^messages-\d{4}-\d{2}-\d{2}\.csv$/u);
    expect(begun.body['head']).toMatch(/^\u{FEFF}"createdAt","refNo","uuid",.*"message"\r\n$/u);
    const { body } = await slice('');
    expect(body).toMatchObject({ lines: 2, done: 1, nextCursor: null });
    const csv = String(body['csv']);
    expect(csv).toContain(`"'@order","'=1+1 ""quoted"",\r\nsecond line"\r\n`);
    expect(csv.indexOf('To two')).toBeLessThan(csv.indexOf('quoted'));
  });

  test('has one line a number when that is asked for', async () => {
    const { body } = await slice('?each=recipient');
    const lines = String(body['csv']).split('\r\n');
    expect(body['lines']).toBe(3);
    expect([phone(2), phone(3), phone(1)].map((number, index) => lines[index]?.includes(number))).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('takes the filters of the list, and refuses those that it cannot read', async () => {
    const lines = async (query: string) => (await slice(query)).body['lines'];
    expect(await lines(`?msisdn=${phone(2)}`)).toBe(1);
    expect(await lines(`?msisdn=${phone(2)}&each=recipient`)).toBe(1);
    expect(await lines('?clientRef=%40order')).toBe(1);
    expect(await lines('?to=2020-01-01')).toBe(0);
    expect(await lines('?refNo=SP200101000001')).toBe(0);
    expect((await start('?from=yesterday')).error['code']).toBe('validation.failed');
    expect((await slice('?account=Nobody')).error['code']).toBe('account.not_found');
  });

  test('is in the audit log once, whatever the number of its slices', async () => {
    await start('?status=completed&each=recipient');
    await slice('?status=completed&each=recipient');
    const { body } = await box.admin('GET', '/audit?operation=exportStart');
    expect((body['items'] as { detail: string }[])[0]?.detail).toBe('status=completed each=recipient');
    expect((await box.admin('GET', '/audit?operation=exportSlice')).body['items']).toEqual([]);
  });
});

describe('the command line', () => {
  async function run(...args: string[]) {
    const world = new FakeWorld();
    return {
      exit: await world.run('export', 'messages', ...args, '--data', box.dir),
      out: world.stdout,
      err: world.stderr,
    };
  }

  test('writes an export to a new file of its owner', async () => {
    const file = join(testFolder(), 'out.csv');
    expect(await run(file, '--recipients', '--to-number', phone(3))).toEqual({
      exit: 0,
      out: `1 line written to ${file}.\n`,
      err: '',
    });
    expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(3);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await run(file)).toMatchObject({ exit: 2, err: expect.stringContaining('cannot be made') as string });
    expect(await run(join(testFolder(), 'x.csv'), '--status', 'lost')).toMatchObject({ exit: 2 });
  });
});
