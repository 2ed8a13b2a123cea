import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inboundItem } from '../../server/contract/v2-inbound.ts';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

/** 10:00 in Bangkok. */
const now = Date.UTC(2026, 0, 15, 3, 0, 0);
let box: HttpBox;
let answered: string;

interface Text {
  readonly uuid: string;
  readonly from: string;
  readonly text: string;
}
const itemsOf = (answer: Answer) => answer.result['items'] as Text[];
const list = (query = '') => box.api('GET', `/inbound${query}`);
const texts = async (query: string) => {
  const answer = await list(query);
  expect([answer.status, answer.error]).toEqual([200, {}]);
  return itemsOf(answer).map((item) => item.text);
};
const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

beforeAll(async () => {
  box = await runBox({ clock: new ManualClock(now) });
  await box.admin('POST', '/accounts', { name: 'Sales' });
  answered = String((await box.send()).result['uuid']);
  const db = new Database(join(box.dir, 'box.db'));
  db.prepare(
    "INSERT INTO carrier (id, name, kind, config, enabled, created_at) VALUES (1, 'Office', 'modem', '{}', 0, 0)",
  ).run();
  const insert = db.prepare(
    'INSERT INTO inbound (uuid, account_id, carrier_id, sender, receiver, text, complete, sent_at, received_at, reply_to) VALUES (?, ?, 1, ?, ?, ?, ?, 0, ?, ?)',
  );
  const kept: [number, string, string | null, string, number, number, number | null][] = [
    [1, phone(1), null, 'Hello there', 1, 0, null],
    [1, phone(2), phone(50), 'สวัสดีครับ ผมสนใจ', 1, 1, 1],
    [1, 'SCB Easy', null, 'Your code', 1, 2, null],
    [2, phone(1), null, 'of another account', 1, 2, null],
    [1, phone(1), null, 'HELLO 100% ÉTÉ_', 1, 3, null],
    [1, phone(1), null, 'half of a long tex', 0, 3, null],
  ];
  for (const [n, [account, sender, receiver, text, complete, minutes, replyTo]] of kept.entries())
    insert.run(uuid(n), account, sender, receiver, text, complete, now + minutes * 60_000, replyTo);
  db.close();
});
afterAll(() => box.close());

describe('received texts', () => {
  test('are listed newest first, of the own account alone', async () => {
    const items = itemsOf(await list());
    expect(items).toEqual([
      {
        uuid: uuid(5),
        from: phone(1),
        to: null,
        text: 'half of a long tex',
        receivedAt: '2026-01-15T03:03:00.000Z',
        carrier: 'Office',
        complete: false,
      },
      {
        uuid: uuid(4),
        from: phone(1),
        to: null,
        text: 'HELLO 100% ÉTÉ_',
        receivedAt: '2026-01-15T03:03:00.000Z',
        carrier: 'Office',
      },
      {
        uuid: uuid(2),
        from: 'SCB Easy',
        to: null,
        text: 'Your code',
        receivedAt: '2026-01-15T03:02:00.000Z',
        carrier: 'Office',
      },
      {
        uuid: uuid(1),
        from: phone(2),
        to: phone(50),
        text: 'สวัสดีครับ ผมสนใจ',
        receivedAt: '2026-01-15T03:01:00.000Z',
        carrier: 'Office',
        replyTo: answered,
      },
      {
        uuid: uuid(0),
        from: phone(1),
        to: null,
        text: 'Hello there',
        receivedAt: '2026-01-15T03:00:00.000Z',
        carrier: 'Office',
      },
    ]);
    for (const item of items) expect(inboundItem.parse(item)).toEqual(item);
  });

  test('want the scope sms:read', async () => {
    const headers = { 'x-api-key': await box.newKey({ scopes: ['sms:send'] }) };
    const answer = await box.api('GET', '/inbound', undefined, headers);
    expect([answer.status, answer.error['code']]).toEqual([403, 'auth.insufficient_scope']);
  });

  test.each([
    [`from=${phone(2)}`, ['สวัสดีครับ ผมสนใจ']],
    [`from=0${phone(2).slice(2)}`, ['สวัสดีครับ ผมสนใจ']],
    [`from=+${phone(2)}`, ['สวัสดีครับ ผมสนใจ']],
    ['from=SCB%20Easy', ['Your code']],
    ['from=SCB', []],
    ['since=2026-01-15T10:03', ['half of a long tex', 'HELLO 100% ÉTÉ_']],
    ['since=2026-01-15T03:02:00.001Z', ['half of a long tex', 'HELLO 100% ÉTÉ_']],
    ['since=2026-01-15T10:02:00+07:00&from=SCB%20Easy', ['Your code']],
    ['q=hello', ['HELLO 100% ÉTÉ_', 'Hello there']],
    ['q=%C3%A9t%C3%A9_', ['HELLO 100% ÉTÉ_']],
    ['q=100%25', ['HELLO 100% ÉTÉ_']],
    ['q=_', ['HELLO 100% ÉTÉ_']],
    [`q=${encodeURIComponent('ดีค')}`, ['สวัสดีครับ ผมสนใจ']],
    [`q=hello&from=${phone(1)}&since=2026-01-15T03:01:00Z`, ['HELLO 100% ÉTÉ_']],
    ['q=account', []],
  ])('by %s', async (query, expected) => {
    expect(await texts(`?${query}`)).toEqual(expected);
  });

  test.each([
    ['since=soon', 'since'],
    ['since=', 'since'],
    ['q=', 'q'],
    ['from=%20', 'from'],
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['cursor=c1', 'cursor'],
    ['cursor=c1.1', 'cursor'],
    ['cursor=x', 'cursor'],
  ])('a query of the wrong form is refused: %s', async (query, path) => {
    const { status, error } = await list(`?${query}`);
    expect([status, error['code'], error['details']]).toMatchObject([400, 'validation.failed', [{ path }]]);
  });

  test.each(['', '&q=e', `&from=${phone(1)}`])('come in pages, each once: %s', async (query) => {
    const whole = await texts(`?limit=1000${query}`);
    expect(whole.length).toBeGreaterThan(2);
    for (const limit of [1, 2]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Answer = await list(`?limit=${limit}${query}${cursor === null ? '' : `&cursor=${cursor}`}`);
        seen.push(...itemsOf(page).map((item) => item.text));
        cursor = page.result['nextCursor'] as string | null;
      } while (cursor !== null);
      expect(seen).toEqual(whole);
    }
  });
});
