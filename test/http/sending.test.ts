import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageStatus, recipientItem, sendResult } from '../../server/contract/v2.ts';
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
const textsOf = (uuid: unknown) =>
  box.peek
    .all<{ msisdn: string; text: string }>(
      `SELECT r.msisdn, COALESCE(r.text, m.text) AS text FROM recipient r JOIN message m ON m.id = r.message_id
       WHERE m.uuid = ? ORDER BY r.id`,
      uuid,
    )
    .map((row) => row.text);

describe('the documented samples', () => {
  test('sending answers as documented, field by field', async () => {
    const answer = await box.api('POST', '/message/send', {
      origin: 'SEPSMS',
      recipients: ['66812345678', '66898765432'],
      message: 'สวัสดีคุณลูกค้า รับส่วนลด 10% วันนี้',
      scheduledTime: null,
    });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['result']);
    expect(answer.result).toEqual({
      uuid: expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u),
      refNo: expect.stringMatching(/^SP260115\d{6,}$/u),
      totalMsisdn: 2,
      totalCredit: 2,
      blockedCount: 0,
      status: 'pending',
    });
    expect(sendResult.parse(answer.result)).toEqual(answer.result);
  });

  test('the status of a message', async () => {
    const answer = await sent({ recipients: [phone(1), phone(2)], clientRef: 'order 7', message: 'สวัสดี' });
    const status = await statusOf(answer);
    expect(status.status).toBe(200);
    expect(status.result).toEqual({
      uuid: answer.result['uuid'],
      origin: 'SEPSMS',
      status: 'pending',
      totalMsisdn: 2,
      drSummary: [{ drStatus: 'pending', count: 2 }],
      refundedCount: 0,
      refNo: answer.result['refNo'],
      clientRef: 'order 7',
      message: 'สวัสดี',
      segments: 1,
      totalCredit: 2,
      blockedCount: 0,
      scheduledTime: null,
      createdAt: '2026-01-15T03:00:00.000Z',
      completedAt: null,
    });
    expect(messageStatus.parse(status.result)).toEqual(status.result);
  });

  test('the balance, less what was sent', async () => {
    const before = Number((await box.api('GET', '/message/credit/balance')).result['balance']);
    await sent({ message: 'ก'.repeat(100), recipients: [phone(1), phone(2)] });
    const answer = await box.api('GET', '/message/credit/balance');
    expect(answer.body).toEqual({ result: { balance: before - 4 } });
  });

  test('every answer carries an id of its own', async () => {
    const answers = [await box.send(), await box.send(), await box.api('GET', '/message/credit/balance')];
    const ids = answers.map((answer) => answer.headers.get('x-request-id'));
    expect(ids.every((id) => id !== null && id !== '')).toBe(true);
    expect(new Set(ids).size).toBe(3);
  });

  test('fields that the box does not know are ignored', async () => {
    await sent({ campaign: 'May', nested: { a: 1 } });
  });
});

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

describe('personal values', () => {
  test('are found by the number as it was written, normalised, or in yet another form', async () => {
    const answer = await sent({
      message: 'Dear {name}, {amount} THB {kept as it is} {',
      recipients: ['0811111111', '0822222222', '66833333333'],
      variables: {
        '0811111111': { name: 'Ann', amount: 5 },
        '66822222222': { name: 'Ben', amount: '1.50' },
        '+66 83 333 3333': { name: '{name}', amount: 0 },
      },
    });
    expect(textsOf(answer.result['uuid'])).toEqual([
      'Dear Ann, 5 THB {kept as it is} {',
      'Dear Ben, 1.50 THB {kept as it is} {',
      'Dear {name}, 0 THB {kept as it is} {',
    ]);
    expect((await statusOf(answer)).result['message']).toBe('Dear {name}, {amount} THB {kept as it is} {');
  });

  test('as written go before those of the normalised number', async () => {
    const variables = { '0811111111': { name: 'written' }, '66811111111': { name: 'normal' } };
    const answer = await sent({ message: '{name}', recipients: ['0811111111'], variables });
    expect(textsOf(answer.result['uuid'])).toEqual(['written']);
  });

  test('are charged by the text that each of them gets', async () => {
    const variables = { [phone(1)]: { name: 'Ann' }, [phone(2)]: { name: 'x'.repeat(200) } };
    const answer = await sent({ message: 'Dear {name}', recipients: [phone(1), phone(2)], variables });
    expect(answer.result['totalCredit']).toBe(3);
    expect(itemsOf(await recipientsOf(answer)).map((item) => item.credit)).toEqual([1, 2]);
    expect((await statusOf(answer)).result['segments']).toBe(2);
  });

  test('without any, braces are plain text', async () => {
    const answer = await sent({ message: 'Dear {name}' });
    expect(textsOf(answer.result['uuid'])).toEqual(['Dear {name}']);
  });

  test('named like the insides of objects are values like any other', async () => {
    const variables = JSON.parse(`{"${phone(1)}": {"__proto__": "a", "constructor": "b"}}`) as unknown;
    const answer = await sent({ message: '{__proto__}{constructor}', recipients: [phone(1)], variables });
    expect(textsOf(answer.result['uuid'])).toEqual(['ab']);
    const missing = await box.send({ message: '{toString}', recipients: [phone(1)], variables: {} });
    expect(missing.error['code']).toBe('message.missing_variable');
  });
});

describe('schedules', () => {
  test.each([
    ['2026-01-15T12:00:00', '2026-01-15T05:00:00.000Z'],
    ['2026-01-15 12:00', '2026-01-15T05:00:00.000Z'],
    ['2026-01-15T12:00:00Z', '2026-01-15T12:00:00.000Z'],
    ['2026-01-15T12:00:00+09:00', '2026-01-15T03:00:00.000Z'],
    ['2027-01-15T10:00:00', '2027-01-15T03:00:00.000Z'],
  ])('%s is %s', async (scheduledTime, utc) => {
    const answer = await sent({ scheduledTime });
    const status = await statusOf(answer);
    const later = Date.parse(utc) > now;
    expect(answer.result['status']).toBe(later ? 'scheduled' : 'pending');
    expect(status.result['scheduledTime']).toBe(later ? utc : null);
  });

  test.each([null, '', '2026-01-15T02:59:00Z', '2026-01-15T09:59:00'])('%j is now', async (scheduledTime) => {
    expect((await sent({ scheduledTime })).result['status']).toBe('pending');
  });

  test('validity counts from the time of sending', async () => {
    const answer = await sent({ scheduledTime: '2026-01-16T10:00:00', validityMinutes: 30 });
    const row = box.peek.one<{ expires_at: number }>(
      'SELECT expires_at FROM message WHERE uuid = ?',
      answer.result['uuid'],
    );
    expect(row.expires_at).toBe(now + 86_400_000 + 30 * 60_000);
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
      query = `?limit=10&cursor=${String(nextCursor)}`;
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

describe('a large request', () => {
  test('is answered when all of it is there', async () => {
    const recipients = Array.from({ length: 12_000 }, (_, n) => phone(n));
    const answer = await sent({ recipients, message: 'To many' });
    expect(answer.result).toMatchObject({ totalMsisdn: 12_000, totalCredit: 12_000 });
    const page = await recipientsOf(answer, '?limit=1000');
    expect(itemsOf(page)).toHaveLength(1000);
    expect(page.result['total']).toBe(12_000);
  });
});
