import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inboxItem } from '../../server/contract/admin-inbox.ts';
import { pagesOf, type AdminPages } from '../fakes/admin-pages.ts';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { FarEnd } from '../fakes/far-end.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

interface Item {
  readonly uuid: string;
  readonly text: string;
  readonly read: boolean;
  readonly answers: readonly Readonly<Record<string, unknown>>[];
}

const clock = new ManualClock();
let box: HttpBox;
let far: FarEnd;
let olga: AdminPages;

const itemsOf = (answer: Answer) => answer.body['items'] as Item[];
const list = async (query = '') => itemsOf(await olga.call('GET', `/inbound${query}`));
const texts = async (query = '') => (await list(query)).map((item) => item.text);
const unread = async () => (await olga.call('GET', '/inbound?limit=1')).body['unread'];
const named = async (text: string) => {
  const item = (await list()).find((one) => one.text === text);
  if (item === undefined) throw new Error(`no text ${text}`);
  return item;
};
const reply = (uuid: string, body: unknown) => olga.call('POST', `/inbound/${uuid}/reply`, body);

beforeAll(async () => {
  box = await runBox({ clock });
  await box.admin('POST', '/accounts', { name: 'Sales' });
  await box.admin('POST', '/credits', { amount: 10, account: 'Sales' });
  await box.admin('POST', '/senders', { name: 'SALES', account: 'Sales' });
  far = await FarEnd.of(box, clock);
  olga = await pagesOf(box, 'olga', 'operator');
  await box.admin('POST', '/keywords', { name: 'Sales', keywords: ['buy'], account: 'Sales', reply: 'Thank you' });
  const incoming: [string, string][] = [
    [phone(1), 'one'],
    [phone(2), 'two'],
    [phone(1), 'buy'],
    ['SCB Easy', 'code'],
    [phone(1), 'four'],
  ];
  for (const [from, text] of incoming) {
    expect(await far.text(from, text)).toBe(200);
    await clock.advance(1_000);
  }
});
afterAll(() => box.close());

describe('the inbox', () => {
  test('shows what came in, newest first, of all accounts, with what became of it', async () => {
    const items = await list();
    expect(items.map((item) => item.text)).toEqual(['four', 'code', 'buy', 'two', 'one']);
    for (const item of items) expect(inboxItem.parse(item)).toEqual(item);
    expect(items[2]).toMatchObject({
      from: phone(1),
      account: 'Sales',
      carrier: 'Far end',
      rule: 'Sales',
      read: false,
      answers: [
        {
          kind: 'reply',
          state: 'sent',
          to: phone(1),
          reason: null,
          code: null,
          uuid: expect.stringMatching(/^[0-9a-f-]{36}$/u),
        },
      ],
    });
    expect(items[0]).toMatchObject({ account: 'Main', rule: null, answers: [] });
    expect((await olga.call('GET', `/inbound/${String(items[2]?.uuid)}`)).body).toEqual(items[2]);
  });

  test.each<[string, string[]]>([
    ['?account=Sales', ['buy']],
    ['?account=Main', ['four', 'code', 'two', 'one']],
    [`?from=${phone(1)}`, ['four', 'buy', 'one']],
    [`?from=${phone(1)}&account=Main`, ['four', 'one']],
    ['?q=O', ['four', 'code', 'two', 'one']],
    ['?unread=true', ['four', 'code', 'buy', 'two', 'one']],
  ])('can be of %s', async (query, expected) => {
    expect(await texts(query)).toEqual(expected);
  });

  test('comes in pages, each text once', async () => {
    for (const filter of ['', '&unread=true', `&from=${phone(1)}`]) {
      const seen: string[] = [];
      let cursor = '';
      while (cursor !== 'null') {
        const answer = await olga.call('GET', `/inbound?limit=2${filter}${cursor === '' ? '' : `&cursor=${cursor}`}`);
        seen.push(...itemsOf(answer).map((item) => item.text));
        cursor = String(answer.body['nextCursor']);
      }
      expect(seen).toEqual(await texts(filter.replace('&', '?')));
    }
  });

  test('is not for keys, which see the texts of their account alone', async () => {
    const items = (await box.api('GET', '/inbound')).result['items'] as Item[];
    expect(items.map((item) => item.text)).toEqual(['four', 'code', 'two', 'one']);
    expect(Object.keys(items[0] ?? {})).toEqual(['uuid', 'from', 'to', 'text', 'receivedAt', 'carrier']);
  });
});

describe('reading', () => {
  test('marks one text, and unmarks it', async () => {
    const before = Number(await unread());
    const { uuid } = await named('one');
    expect((await olga.call('POST', `/inbound/${uuid}/read`, {})).body).toMatchObject({ uuid, read: true });
    expect((await olga.call('POST', `/inbound/${uuid}/read`, {})).body).toMatchObject({ read: true });
    expect([await unread(), await texts('?unread=true')]).toEqual([before - 1, ['four', 'code', 'buy', 'two']]);
    expect((await olga.call('POST', `/inbound/${uuid}/read`, { read: false })).body).toMatchObject({ read: false });
    expect(await unread()).toBe(before);
  });

  test('marks all, of an account or up to a time', async () => {
    expect((await olga.call('POST', '/inbound/read', { account: 'Sales' })).body).toEqual({ marked: 1 });
    const upTo = new Date(clock.now() - 3_000).toISOString();
    expect((await olga.call('POST', '/inbound/read', { upTo })).body).toEqual({ marked: 2 });
    expect(await texts('?unread=true')).toEqual(['four', 'code']);
    expect((await olga.call('POST', '/inbound/read', {})).body).toEqual({ marked: 2 });
    expect(await unread()).toBe(0);
  });
});

describe('answering', () => {
  test('sends to who wrote, by the carrier and from the account of the text, and marks it as read', async () => {
    await far.text(phone(3), 'buy');
    await far.text(phone(4), 'question');
    const { uuid } = await named('question');
    const sent = await reply(uuid, { text: 'An answer' });
    expect(sent.body).toMatchObject({ totalMsisdn: 1, totalCredit: 1, status: 'pending' });
    expect(await named('question')).toMatchObject({
      read: true,
      answers: [{ kind: 'manual', state: 'sent', to: phone(4), uuid: sent.body['uuid'] }],
    });
    const row = box.peek.one(
      `SELECT m.origin, m.account_id, r.msisdn, t.only_carrier_id AS carrier FROM message m
       JOIN recipient r ON r.message_id = m.id JOIN traffic t ON t.id = m.traffic_id WHERE m.uuid = ?`,
      sent.body['uuid'],
    );
    expect(row).toEqual({ origin: 'SEPSMS', account_id: 1, msisdn: phone(4), carrier: far.carrierId });
    const sales = await list('?account=Sales');
    const answer = await reply(String(sales[0]?.uuid), { text: 'Sure' });
    expect((await box.admin('GET', `/messages/${String(answer.body['uuid'])}`)).body).toMatchObject({
      account: 'Sales',
      origin: 'SALES',
    });
  });

  test('goes any way when the carrier is switched off', async () => {
    await box.admin('POST', `/carriers/${far.carrierId}/disable`);
    const sent = await reply((await named('question')).uuid, { text: 'Another answer' });
    expect(
      box.peek.one(
        'SELECT t.only_carrier_id AS carrier FROM message m JOIN traffic t ON t.id = m.traffic_id WHERE m.uuid = ?',
        sent.body['uuid'],
      ),
    ).toEqual({ carrier: 0 });
    await box.admin('POST', `/carriers/${far.carrierId}/enable`);
  });

  test('is refused where it cannot be, and nothing is noted', async () => {
    const code = await named('code');
    expect((await reply(code.uuid, { text: 'x' })).error['code']).toBe('inbound.no_number');
    expect((await reply('no-such', { text: 'x' })).error['code']).toBe('inbound.not_found');
    const two = await named('two');
    expect((await reply(two.uuid, { text: ' ' })).error['code']).toBe('message.empty');
    expect((await reply(two.uuid, { text: 'x', origin: 'OTHER' })).error['code']).toBe('sender.not_approved');
    expect((await named('two')).answers).toEqual([]);
    const read = await olga.call('POST', '/inbound/no-such/read', {});
    expect(read.error['code']).toBe('inbound.not_found');
  });

  test('stands in the audit log without the text', async () => {
    const { detail, target } = box.peek.one<{ detail: string; target: string }>(
      "SELECT detail, target FROM audit WHERE operation = 'inboxReply' AND outcome = 'done' LIMIT 1",
    );
    expect(detail).toBe('text=(9 characters)');
    expect(target).toMatch(/^inbound\/[0-9a-f-]{36}\/reply$/u);
  });
});
