import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageStatus, sendResult } from '../../server/contract/v2-message-shapes.ts';
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
      waiting: 'Waiting: no carrier is set up. Add a modem or another carrier.',
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
    expect((await sent({ campaign: 'May', nested: { a: 1 } })).result).toMatchObject({ totalMsisdn: 1 });
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
