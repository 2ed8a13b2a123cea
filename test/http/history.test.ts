import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageRow } from '../../server/contract/admin-shapes.ts';
import { messageStatus } from '../../server/contract/v2-message-shapes.ts';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

/** 10:00 in Bangkok. */
const now = Date.UTC(2026, 0, 15, 3, 0, 0);
const minute = 60_000;
const clock = new ManualClock(now);
let box: HttpBox;
let salesKey: string;
/** UUIDs of what was sent, by name. */
const sent = new Map<string, string>();

interface Item {
  readonly uuid: string;
  readonly createdAt: string;
}
const itemsOf = (answer: Answer) => answer.result['items'] as Item[];
const list = (query = '', key = box.key) => box.api('GET', `/message${query}`, undefined, { 'x-api-key': key });

/** The names of what a list shows. */
async function names(query: string, key = box.key): Promise<string[]> {
  const answer = await list(query, key);
  expect([answer.status, answer.error]).toEqual([200, {}]);
  const byUuid = new Map([...sent].map(([name, uuid]) => [uuid, name]));
  return itemsOf(answer).map(({ uuid }) => byUuid.get(uuid) ?? 'unknown');
}

async function send(name: string, fields: Readonly<Record<string, unknown>>, key = box.key): Promise<void> {
  const body = { origin: 'SEPSMS', message: `Text of ${name}`, recipients: [phone(1)], ...fields };
  const answer = await box.api('POST', '/message/send', body, { 'x-api-key': key });
  expect([answer.status, answer.error]).toEqual([200, {}]);
  sent.set(name, String(answer.result['uuid']));
  await clock.advance(minute);
}

beforeAll(async () => {
  box = await runBox({ clock });
  await box.admin('POST', '/senders', { name: 'Bank' });
  await box.admin('POST', '/accounts', { name: 'Sales' });
  await box.admin('POST', '/senders', { name: 'SEPSMS', account: 'Sales' });
  await box.admin('POST', '/credits', { amount: 100, account: 'Sales' });
  salesKey = await box.newKey({ account: 'Sales' });
  // One a minute from 10:00 on.
  await send('first', {});
  await send('bank', { origin: 'Bank', clientRef: 'order 7' });
  await send('later', { scheduledTime: '2026-01-16T10:00:00+07:00' });
  await send('sales', { clientRef: 'order 7' }, salesKey);
  await send('many', { recipients: [phone(1), phone(2), 'nonsense'], clientRef: 'order 7' });
  await send('cancelled', { recipients: [phone(2)] });
  await box.api('POST', `/message/${sent.get('cancelled') ?? ''}/cancel`);
});
afterAll(() => box.close());

describe('the list of messages', () => {
  test('shows what GET /message/{uuid} shows, newest first, of the own account alone', async () => {
    expect(await names('')).toEqual(['cancelled', 'many', 'later', 'bank', 'first']);
    expect(await names('', salesKey)).toEqual(['sales']);
    for (const item of itemsOf(await list())) {
      expect(messageStatus.parse(item)).toEqual(item);
      expect((await box.api('GET', `/message/${item.uuid}`)).result).toEqual(item);
    }
  });

  test('wants the scope sms:read', async () => {
    const key = await box.newKey({ scopes: ['sms:send'] });
    const answer = await list('', key);
    expect([answer.status, answer.error['code']]).toEqual([403, 'auth.insufficient_scope']);
  });

  test.each([
    ['origin=Bank', ['bank']],
    ['origin=Nobody', []],
    ['status=scheduled', ['later']],
    ['status=cancelled', ['cancelled']],
    ['status=pending', ['many', 'bank', 'first']],
    ['status=completed', []],
    ['clientRef=order%207', ['many', 'bank']],
    [`msisdn=${phone(2)}`, ['cancelled', 'many']],
    [`msisdn=0${phone(2).slice(2)}`, ['cancelled', 'many']],
    [`msisdn=+${phone(2)}`, ['cancelled', 'many']],
    [`msisdn=${phone(2).slice(0, 4)}-${phone(2).slice(4)}`, ['cancelled', 'many']],
    [`msisdn=${phone(3)}`, []],
    // Without an offset it is Bangkok's time; `from` belongs to it, `to` does not.
    ['from=2026-01-15T10:02:00', ['cancelled', 'many', 'later']],
    ['to=2026-01-15T10:02:00', ['bank', 'first']],
    ['from=2026-01-15T03:01:00Z&to=2026-01-15T03:02:00.001Z', ['later', 'bank']],
    ['from=2026-01-15T10:02:00%2B07:00', ['cancelled', 'many', 'later']],
    ['from=2026-01-15T10:02:00+07:00', ['cancelled', 'many', 'later']],
    ['from=2026-01-15T10:05:00&to=2026-01-15T10:02:00', []],
    ['from=2026-01-15&to=2026-01-16', ['cancelled', 'many', 'later', 'bank', 'first']],
    ['from=2026-01-16', []],
    [`clientRef=order%207&msisdn=${phone(2)}&status=pending&origin=SEPSMS&from=2026-01-15T10:00`, ['many']],
    [`clientRef=order%207&msisdn=${phone(2)}&origin=Bank`, []],
    [`status=cancelled&msisdn=${phone(1)}`, []],
    ['colour=red', ['cancelled', 'many', 'later', 'bank', 'first']],
  ])('by %s', async (query, expected) => {
    expect(await names(`?${query}`)).toEqual(expected);
  });

  test.each([
    ['msisdn=021234567', ['msisdn']],
    ['msisdn=hello', ['msisdn']],
    ['msisdn=', ['msisdn']],
    ['msisdn=%2B447700900123', ['msisdn']],
    ['status=queued', ['status']],
    ['status=', ['status']],
    ['from=yesterday', ['from']],
    ['from=2026-02-31T00:00:00Z', ['from']],
    ['from=x&to=y&msisdn=z', ['from', 'to', 'msisdn']],
    ['limit=0', ['limit']],
    ['limit=1001', ['limit']],
    ['limit=all', ['limit']],
    ['cursor=zzz', ['cursor']],
    ['cursor=c1', ['cursor']],
    ['cursor=c1.2-0123456789', ['cursor']],
  ])('a query of the wrong form is refused: %s', async (query, paths) => {
    const answer = await list(`?${query}`);
    expect([answer.status, answer.error['code']]).toEqual([400, 'validation.failed']);
    expect((answer.error['details'] as { path: string }[]).map(({ path }) => path)).toEqual(paths);
  });

  test('takes numbers of other countries where they are open', async () => {
    await box.admin('PUT', '/settings/number.international', { value: true });
    const answer = await list('?msisdn=%2B44%207700%20900123');
    await box.admin('PUT', '/settings/number.international', { value: false });
    expect([answer.status, answer.result]).toEqual([200, { items: [], nextCursor: null }]);
  });
});

describe('pages', () => {
  const walk = async (query: string, limit: number) => {
    const uuids: string[] = [];
    let cursor: string | null = null;
    do {
      const at = cursor === null ? '' : `&cursor=${cursor}`;
      const page: Answer = await list(`?limit=${limit}${query}${at}`);
      expect(page.status).toBe(200);
      uuids.push(...itemsOf(page).map((item) => item.uuid));
      cursor = page.result['nextCursor'] as string | null;
    } while (cursor !== null);
    return uuids;
  };

  test.each(['', '&status=pending', `&msisdn=${phone(1)}`, '&clientRef=order%207', '&origin=SEPSMS'])(
    'show each message once: %s',
    async (query) => {
      const whole = itemsOf(await list(`?limit=1000${query}`)).map((item) => item.uuid);
      expect(whole.length).toBeGreaterThan(1);
      for (const limit of [1, 2]) expect(await walk(query, limit)).toEqual(whole);
    },
  );

  test('go on below what they began with, whatever comes in meanwhile', async () => {
    const first = await list('?limit=2');
    await send('meanwhile', {});
    const second = await list(`?limit=2&cursor=${String(first.result['nextCursor'])}`);
    expect([...itemsOf(first), ...itemsOf(second)].map(({ uuid }) => uuid)).toEqual(
      ['cancelled', 'many', 'later', 'bank'].map((name) => sent.get(name)),
    );
  });

  test('a cursor opens no list but its own', async () => {
    const { nextCursor } = (await list('?limit=1')).result;
    expect(typeof nextCursor).toBe('string');
    const cursor = String(nextCursor);
    const answers = [
      await list(`?limit=1&status=pending&cursor=${cursor}`),
      await list(`?limit=1&msisdn=${phone(1)}&cursor=${cursor}`),
      await list(`?limit=1&cursor=${cursor}`, salesKey),
      await box.api('GET', `/inbound?cursor=${cursor}`),
      await box.api('GET', `/message/${sent.get('many') ?? ''}/recipients?cursor=${cursor}`),
    ];
    for (const { status, error } of answers) {
      expect([status, error['details']]).toMatchObject([400, [{ path: 'cursor' }]]);
    }
    expect((await list(`?limit=3&cursor=${cursor}`)).status).toBe(200);
  });
});

describe('for the pages of the box', () => {
  const rows = async (query: string) => {
    const { status, body } = await box.admin('GET', `/messages${query}`);
    expect(status).toBe(200);
    const items = body['items'] as Item[];
    for (const item of items) expect(messageRow.parse(item)).toEqual(item);
    const byUuid = new Map([...sent].map(([name, uuid]) => [uuid, name]));
    return items.map(({ uuid }) => byUuid.get(uuid));
  };

  test('the same list is of all accounts, or of one', async () => {
    expect(await rows('')).toEqual(['meanwhile', 'cancelled', 'many', 'sales', 'later', 'bank', 'first']);
    expect(await rows('?account=Sales')).toEqual(['sales']);
    expect(await rows('?clientRef=order%207')).toEqual(['many', 'sales', 'bank']);
    expect(await rows('?clientRef=order%207&account=Main')).toEqual(['many', 'bank']);
    expect(await rows('?status=scheduled')).toEqual(['later']);
    expect(await rows('?origin=SEPSMS&to=2026-01-15T10:04')).toEqual(['sales', 'later', 'first']);
    expect(await rows(`?msisdn=${phone(2)}&limit=1`)).toEqual(['cancelled']);
  });

  test('an account that is none is told', async () => {
    const { status, error } = await box.admin('GET', '/messages?account=Nobody');
    expect([status, error['code']]).toEqual([404, 'account.not_found']);
  });
});
