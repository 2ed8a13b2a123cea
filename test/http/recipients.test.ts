import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recipientItem } from '../../server/contract/v2-message-shapes.ts';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

/** 10:00 in Bangkok. */
const now = Date.UTC(2026, 0, 15, 3, 0, 0);
let box: HttpBox;

beforeAll(async () => {
  box = await runBox({ clock: new ManualClock(now), credits: 100_000 });
});
afterAll(() => box.close());

async function sent(fields: Readonly<Record<string, unknown>>): Promise<Answer> {
  const answer = await box.send(fields);
  expect(answer.body).toHaveProperty('result');
  expect(answer.status).toBe(200);
  return answer;
}

interface Item {
  readonly msisdn: string;
  readonly drStatus: string;
  readonly errorCode: string | null;
  readonly credit: number;
}

async function recipientsOf(answer: Answer, query = ''): Promise<Answer> {
  return await box.api('GET', `/message/${String(answer.result['uuid'])}/recipients${query}`);
}

const itemsOf = (page: Answer) => page.result['items'] as Item[];
const statusOf = (answer: Answer) => box.api('GET', `/message/${String(answer.result['uuid'])}`);
describe('numbers', () => {
  test('are taken in every usual form and counted once', async () => {
    const answer = await sent({
      recipients: ['0812345678', '66812345678', '+66 81-234-5678', '66812345678 ', '0898765432'],
    });
    expect(answer.result).toMatchObject({ totalMsisdn: 2, totalCredit: 2 });
    expect(itemsOf(await recipientsOf(answer)).map((item) => item.msisdn)).toEqual(['66812345678', '66898765432']);
  });

  test('that are invalid do not sink the others: they are kept, named and cost nothing', async () => {
    const answer = await sent({ recipients: [phone(1), 'hello', '021234567', 'hello', phone(2)] });
    expect(answer.result).toMatchObject({
      totalMsisdn: 4,
      totalCredit: 2,
      blockedCount: 0,
      status: 'pending',
      invalidCount: 2,
      invalid: ['hello', '021234567'],
    });
    const items = itemsOf(await recipientsOf(answer));
    expect(items.map((item) => [item.msisdn, item.drStatus, item.errorCode, item.credit])).toEqual([
      [phone(1), 'pending', null, 1],
      ['hello', 'failed', 'invalid_number', 0],
      ['021234567', 'failed', 'invalid_number', 0],
      [phone(2), 'pending', null, 1],
    ]);
    expect((await statusOf(answer)).result['drSummary']).toEqual([
      { drStatus: 'pending', count: 2 },
      { drStatus: 'failed', count: 2 },
    ]);
  });

  test('on the blocklist are kept as blocked and cost nothing', async () => {
    await box.admin('POST', '/accounts', { name: 'Careful' });
    await box.admin('POST', '/senders', { name: 'SEPSMS', account: 'Careful' });
    await box.admin('POST', '/credits', { amount: 5, account: 'Careful' });
    const db = new Database(join(box.dir, 'box.db'));
    db.prepare("INSERT INTO blocked_number SELECT id, ?, 'stop', 0 FROM account WHERE name = 'Careful'").run(phone(2));
    db.close();
    const headers = { 'x-api-key': await box.newKey({ account: 'Careful' }) };
    const send = (recipients: string[]) =>
      box.api('POST', '/message/send', { origin: 'SEPSMS', message: 'Hi', recipients }, headers);
    const some = await send([phone(1), `0${phone(2).slice(2)}`]);
    expect(some.result).toMatchObject({ totalMsisdn: 2, totalCredit: 1, blockedCount: 1, status: 'pending' });
    const path = `/message/${String(some.result['uuid'])}`;
    const page = await box.api('GET', `${path}/recipients?drStatus=blocked`, undefined, headers);
    expect(itemsOf(page)).toMatchObject([{ msisdn: phone(2), drStatus: 'blocked', credit: 0 }]);
    expect((await box.api('GET', path, undefined, headers)).result['blockedCount']).toBe(1);
    const all = await send([phone(2)]);
    expect(all.result).toMatchObject({ totalCredit: 0, blockedCount: 1, status: 'failed' });
    const balance = await box.api('GET', '/message/credit/balance', undefined, headers);
    expect(balance.result).toEqual({ balance: 4 });
  });

  test('only the first hundred invalid ones are named', async () => {
    const nonsense = Array.from({ length: 130 }, (_, n) => `nonsense ${n}`);
    const answer = await sent({ recipients: [phone(1), ...nonsense] });
    expect(answer.result['invalidCount']).toBe(130);
    expect(answer.result['invalid']).toEqual(nonsense.slice(0, 100));
  });

  test('of other countries are opened by a setting', async () => {
    const recipients = ['+44 7700 900123', phone(1)];
    expect((await sent({ recipients })).result).toMatchObject({ invalidCount: 1 });
    await box.admin('PUT', '/settings/number.international', { value: true });
    const answer = await sent({ recipients });
    await box.admin('PUT', '/settings/number.international', { value: false });
    expect(answer.result).not.toHaveProperty('invalidCount');
    expect(itemsOf(await recipientsOf(answer)).map((item) => item.msisdn)).toEqual(['447700900123', phone(1)]);
  });
});

describe('recipients in pages', () => {
  test('come in their order, each once, with the total on every page', async () => {
    const recipients = Array.from({ length: 25 }, (_, n) => phone(n));
    const answer = await sent({ recipients });
    const seen: string[] = [];
    const sizes: number[] = [];
    let query = '?limit=10';
    for (;;) {
      const page = await recipientsOf(answer, query);
      expect(page.result['total']).toBe(25);
      for (const item of itemsOf(page)) expect(recipientItem.parse(item)).toEqual(item);
      sizes.push(itemsOf(page).length);
      seen.push(...itemsOf(page).map((item) => item.msisdn));
      const { nextCursor } = page.result;
      if (nextCursor === null) break;
      query = `?limit=10&cursor=${nextCursor as string}`;
    }
    expect(sizes).toEqual([10, 10, 5]);
    expect(seen).toEqual(recipients);
  });

  test('by their status', async () => {
    const answer = await sent({ recipients: [phone(1), 'x', phone(2), 'y', phone(3)] });
    const failed = await recipientsOf(answer, '?drStatus=failed');
    expect(itemsOf(failed).map((item) => item.msisdn)).toEqual(['x', 'y']);
    expect(failed.result).toMatchObject({ total: 2, nextCursor: null });
    const pending = await recipientsOf(answer, '?drStatus=pending&limit=2');
    expect(itemsOf(pending).map((item) => item.msisdn)).toEqual([phone(1), phone(2)]);
    const rest = await recipientsOf(answer, `?drStatus=pending&limit=2&cursor=${String(pending.result['nextCursor'])}`);
    expect(itemsOf(rest).map((item) => item.msisdn)).toEqual([phone(3)]);
    expect(itemsOf(await recipientsOf(answer, '?drStatus=success'))).toEqual([]);
  });

  test.each(['limit=0', 'limit=1001', 'limit=ten', 'drStatus=queued', 'drStatus=', 'cursor=7', 'cursor=c%27'])(
    'a query of the wrong form is refused: %s',
    async (query) => {
      const page = await recipientsOf(await sent({}), `?${query}`);
      expect([page.status, page.error['code']]).toEqual([400, 'validation.failed']);
      expect(page.error['details']).toMatchObject([{ path: query.split('=')[0] }]);
    },
  );

  test('a cursor of one message shows nothing of another', async () => {
    const first = await sent({ recipients: [phone(1), phone(2), phone(3)] });
    const second = await sent({ recipients: [phone(7), phone(8)] });
    const page = await recipientsOf(second, '?limit=1');
    const foreign = await recipientsOf(first, `?cursor=${String(page.result['nextCursor'])}`);
    expect(itemsOf(foreign)).toEqual([]);
  });
});
