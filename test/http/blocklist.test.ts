import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

let box: HttpBox;
const clock = new ManualClock();

beforeAll(async () => {
  box = await runBox({ clock });
});
afterAll(() => box.close());
beforeEach(async () => {
  const { items } = (await box.admin('GET', '/blocklist?limit=1000')).body as { items: { msisdn: string }[] };
  if (items.length > 0) await remove(items.map((item) => item.msisdn));
});

const add = (numbers: readonly string[], account?: string) => box.admin('POST', '/blocklist', { numbers, account });
const remove = (numbers: readonly string[], account?: string) =>
  box.admin('POST', '/blocklist/remove', { numbers, account });
const list = (query = '') => box.admin('GET', `/blocklist${query}`);
const numbersIn = (answer: Answer) => (answer.body['items'] as { msisdn: string }[]).map((item) => item.msisdn);
const local = (n: number) => `0${phone(n).slice(2)}`;

describe('the blocklist', () => {
  test('takes numbers in any form, each once, and tells what is none', async () => {
    const answer = await add([local(1), `+${phone(1)}`, phone(2), '+44 7700 900123', 'hello', '02']);
    expect(answer.body).toEqual({ added: 3, already: 0, invalidCount: 2, invalid: ['hello', '02'] });
    expect((await add([phone(1), phone(3)])).body).toMatchObject({ added: 1, already: 1 });
    const page = await list();
    expect(page.body['items']).toContainEqual({
      msisdn: phone(1),
      cause: 'manual',
      createdAt: new Date(clock.now()).toISOString(),
    });
    expect(numbersIn(page)).toEqual(['447700900123', phone(1), phone(2), phone(3)]);
  });

  test('is read in pages', async () => {
    const many = Array.from({ length: 25 }, (_, n) => phone(n));
    expect((await add(many)).body).toMatchObject({ added: 25 });
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 1; pages <= 3; pages += 1) {
      const page = await list(`?limit=10${cursor}`);
      seen.push(...numbersIn(page));
      const next = page.body['nextCursor'];
      expect(next === null).toBe(pages === 3);
      cursor = `&cursor=${String(next)}`;
    }
    expect(seen).toEqual(many);
    expect((await list('?cursor=x')).error['code']).toBe('validation.failed');
    await remove(many.slice(20));
    expect((await list('?limit=20')).body['nextCursor']).toBeNull();
  });

  test('is read from a beginning on, as people write it', async () => {
    await add([phone(1), phone(10), phone(11), phone(2), '+44 7700 900123']);
    const begins = async (text: string) => numbersIn(await list(`?begins=${encodeURIComponent(text)}`));
    expect(await begins(local(10).slice(0, 9))).toEqual([phone(10), phone(11)]);
    expect(await begins('+44')).toEqual(['447700900123']);
    expect(await begins(phone(2))).toEqual([phone(2)]);
    expect(await begins('0')).toEqual([]);
    expect(await begins('')).toHaveLength(5);
    const first = await list(`?begins=${local(1).slice(0, 8)}&limit=2`);
    expect(numbersIn(first)).toEqual([phone(1), phone(2)]);
    const next = await list(`?begins=${local(1).slice(0, 8)}&limit=2&cursor=${String(first.body['nextCursor'])}`);
    expect([numbersIn(next), next.body['nextCursor']]).toEqual([[phone(10), phone(11)], null]);
  });

  test('keeps messages from its numbers, and lets them through when they are taken off', async () => {
    const to = { recipients: [local(1), phone(2)] };
    expect((await box.send(to)).result).toMatchObject({ blockedCount: 0, totalCredit: 2 });
    await add([phone(1)]);
    expect((await box.send(to)).result).toMatchObject({ totalMsisdn: 2, blockedCount: 1, totalCredit: 1 });
    expect((await remove([local(1), phone(2)])).body).toMatchObject({ removed: 1, notBlocked: 1 });
    expect((await box.send(to)).result).toMatchObject({ blockedCount: 0, totalCredit: 2 });
    await add([phone(1)]);
    const [blocked] = await Promise.all([box.send(to), remove([phone(9)]), add([phone(8)])]);
    expect(blocked.result).toMatchObject({ blockedCount: 1 });
    expect((await box.send(to)).result).toMatchObject({ blockedCount: 1 });
  });

  test('is one of each account', async () => {
    await box.admin('POST', '/accounts', { name: 'Branch' });
    await add([phone(1)], 'Branch');
    expect(numbersIn(await list())).toEqual([]);
    expect(numbersIn(await list('?account=Branch'))).toEqual([phone(1)]);
    expect((await box.send()).result).toMatchObject({ blockedCount: 0 });
    expect((await remove([phone(1)])).body).toMatchObject({ removed: 0 });
    expect((await list('?account=Nobody')).error['code']).toBe('account.not_found');
  });

  test('takes many thousand at once', async () => {
    const many = Array.from({ length: 5_000 }, (_, n) => phone(n));
    expect((await add(many)).body).toMatchObject({ added: 5_000, already: 0 });
    expect((await remove(many)).body).toMatchObject({ removed: 5_000 });
    expect((await add([])).status).toBe(400);
  });
});
