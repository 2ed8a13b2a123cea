import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagesOf, type AdminPages } from '../fakes/admin-pages.ts';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

let box: HttpBox;
let pages: AdminPages;
const clock = new ManualClock();

beforeAll(async () => {
  box = await runBox({ clock });
  pages = await pagesOf(box, 'otto', 'operator');
});
afterAll(() => box.close());

interface Contact {
  readonly id: number;
  readonly msisdn: string;
  readonly name: string;
  readonly groups: { readonly id: number; readonly name: string }[];
}

let accounts = 0;
/** An account with an empty address book. */
async function newAccount(): Promise<string> {
  accounts += 1;
  const name = `Book ${accounts}`;
  await box.admin('POST', '/accounts', { name });
  return name;
}

const codeOf = (answer: Answer) => [answer.status, answer.error['code'] ?? null];
const add = (account: string, fields: object) => pages.call('POST', '/contacts', { account, ...fields });
const made = async (account: string, fields: object) => Number((await add(account, fields)).body['id']);
const group = async (account: string, name: string) =>
  Number((await pages.call('POST', '/groups', { account, name })).body['id']);
const list = async (account: string, query: Record<string, string | number> = {}) => {
  const given = Object.entries(query).map(([name, value]) => [name, String(value)]);
  const search = new URLSearchParams([['account', account], ...given]);
  return (await pages.call('GET', `/contacts?${search.toString()}`)).body as {
    items: Contact[];
    nextCursor: string | null;
  };
};
const names = async (account: string, query: Record<string, string | number> = {}) =>
  (await list(account, query)).items.map((item) => item.name);
const members = async (account: string) => {
  const { body } = await pages.call('GET', `/groups?account=${account}`);
  return [body['contacts'], ...(body['items'] as { members: number }[]).map((item) => item.members)];
};

describe('a contact', () => {
  test('is kept under one form of its number, once in an account', async () => {
    const account = await newAccount();
    const vip = await group(account, 'VIP');
    const answer = await add(account, {
      msisdn: '081-234-5678',
      name: '  สมชาย ใจดี ',
      fields: { นัด: '1/2' },
      note: 'x',
      groups: [vip],
    });
    const at = new Date(clock.now()).toISOString();
    expect(answer.body).toEqual({
      id: expect.any(Number),
      account,
      msisdn: '66812345678',
      name: 'สมชาย ใจดี',
      fields: { นัด: '1/2' },
      note: 'x',
      blocked: false,
      groups: [{ id: vip, name: 'VIP' }],
      createdAt: at,
      updatedAt: at,
    });
    expect((await pages.call('GET', `/contacts/${String(answer.body['id'])}`)).body).toEqual(answer.body);
    expect(codeOf(await add(account, { msisdn: '+66812345678' }))).toEqual([409, 'contact.exists']);
    expect(codeOf(await add(account, { msisdn: '12' }))).toEqual([422, 'contact.invalid_number']);
    expect(codeOf(await add(account, { msisdn: phone(1), groups: [999_999] }))).toEqual([404, 'group.not_found']);
    expect(await names(account)).toEqual(['สมชาย ใจดี']);
    expect((await add(await newAccount(), { msisdn: '0812345678' })).status).toBe(200);
  });

  test('is changed in parts; its groups are those that are named', async () => {
    const account = await newAccount();
    const [a, b] = [await group(account, 'A'), await group(account, 'B')];
    const id = await made(account, { msisdn: phone(1), name: 'Ann', fields: { x: '1' }, groups: [a] });
    const set = (change: object) => pages.call('PATCH', `/contacts/${id}`, change);
    expect((await set({ name: 'Ben' })).body).toMatchObject({ name: 'Ben', fields: { x: '1' }, groups: [{ id: a }] });
    expect((await set({ fields: { y: '2' }, groups: [b] })).body).toMatchObject({
      name: 'Ben',
      fields: { y: '2' },
      groups: [{ id: b }],
    });
    expect(await members(account)).toEqual([1, 0, 1]);
    expect([await names(account, { q: 'ann' }), await names(account, { q: 'be' })]).toEqual([[], ['Ben']]);
    await add(account, { msisdn: phone(2) });
    expect(codeOf(await set({ msisdn: phone(2) }))).toEqual([409, 'contact.exists']);
    expect((await set({ msisdn: phone(1) })).status).toBe(200);
    expect((await set({ msisdn: phone(3) })).body).toMatchObject({ msisdn: phone(3) });
  });

  test('shows whether its number is blocked', async () => {
    const account = await newAccount();
    await add(account, { msisdn: phone(1), name: 'Ann' });
    await box.admin('POST', '/blocklist', { account, numbers: [phone(1)] });
    expect((await list(account)).items).toMatchObject([{ name: 'Ann', blocked: true }]);
  });

  test('goes with its places in groups and searches', async () => {
    const account = await newAccount();
    const vip = await group(account, 'VIP');
    const ids = [
      await made(account, { msisdn: phone(1), name: 'Ann', groups: [vip] }),
      await made(account, { msisdn: phone(2) }),
    ];
    const other = await made(await newAccount(), { msisdn: phone(1) });
    const removed = await pages.call('POST', '/contacts/remove', { account, ids: [...ids, other, 999_999] });
    expect(removed.body).toEqual({ removed: 2 });
    expect([await members(account), await names(account, { q: 'ann' })]).toEqual([[0, 0], []]);
    expect((await pages.call('GET', `/contacts/${other}`)).status).toBe(200);
    expect(box.peek.all('SELECT * FROM contact_word WHERE contact_id = ?', ids[0])).toEqual([]);
  });
});

describe('contacts are found', () => {
  test('by the beginning of any word of the name, in any case, each once', async () => {
    const account = await newAccount();
    for (const [n, name] of ['Ann Lee', 'Lee Anna', 'Leela Lee', 'Ben Ｌeeds', 'สมชาย ใจดี', ''].entries())
      await add(account, { msisdn: phone(n), name });
    expect((await names(account, { q: 'LEE' })).toSorted()).toEqual(['Ann Lee', 'Ben Ｌeeds', 'Lee Anna', 'Leela Lee']);
    expect((await names(account, { q: 'an lee l' })).toSorted()).toEqual(['Ann Lee', 'Lee Anna']);
    expect((await names(account, { q: 'lee an' })).toSorted()).toEqual(['Ann Lee', 'Lee Anna']);
    expect(await names(account, { q: 'ใจ' })).toEqual(['สมชาย ใจดี']);
    expect(await names(account, { q: 'eela' })).toEqual([]);
    expect(await names(account)).toEqual(['', 'Ann Lee', 'Ben Ｌeeds', 'Lee Anna', 'Leela Lee', 'สมชาย ใจดี']);
  });

  test('in Thai also behind a title that is written together with the name, page by page, each once', async () => {
    const account = await newAccount();
    const found = [
      'คุณสมชาย ใจดี',
      'สมชาย',
      'นายสมชายชาญ คุณสมชาย',
      'นางสาวสมชาย',
      'สมชาย ด.ช.สมชาย',
      'ดร.สมชายเจ๊สมชาย',
      'สมชาย',
    ];
    for (const [n, name] of [...found, 'สมหญิง', 'คุณ', 'ร้านสมชาย', 'Ann'].entries())
      await add(account, { msisdn: phone(n), name });
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(account, { q: 'สมชาย', limit: '2', ...(cursor === '' ? {} : { cursor }) });
      walked.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    expect(walked.toSorted()).toEqual(found.toSorted());
    expect((await names(account, { q: 'คุณ สมชาย' })).toSorted()).toEqual(['คุณสมชาย ใจดี', 'นายสมชายชาญ คุณสมชาย']);
    expect(await names(account, { q: 'ใจ สมชา' })).toEqual(['คุณสมชาย ใจดี']);
    expect(await names(account, { q: 'ชาย' })).toEqual([]);
  });

  test('by the beginning of the number as it is dialled, or whole', async () => {
    const account = await newAccount();
    for (const n of [1, 12, 120, 2]) await add(account, { msisdn: phone(n), name: String(n) });
    expect(await names(account, { q: '08000001' })).toEqual(['120']);
    expect(await names(account, { q: phone(12) })).toEqual(['12']);
    expect(await names(account, { q: '+66 80 000 0' })).toEqual(['1', '2', '12', '120']);
    expect(await names(account, { q: '0899' })).toEqual([]);
  });

  test('in pages that neither repeat nor leave anybody out', async () => {
    const account = await newAccount();
    const vip = await group(account, 'VIP');
    for (let n = 0; n < 25; n += 1)
      await add(account, { msisdn: phone(n), name: `Lee Leo ${n % 3}`, groups: n % 2 === 0 ? [vip] : [] });
    for (const [query, count] of [
      [{}, 25],
      [{ q: 'le' }, 25],
      [{ q: 'le l 1' }, 8],
      [{ q: '1 le' }, 8],
      [{ q: '08' }, 25],
      [{ group: vip }, 13],
      [{ group: vip, q: 'le' }, 13],
      [{ group: vip, q: '08' }, 13],
    ] as const) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof list>> = await list(account, {
          ...query,
          limit: 4,
          ...(cursor === null ? {} : { cursor }),
        });
        seen.push(...page.items.map((item) => item.msisdn));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect([query, seen.length, new Set(seen).size]).toEqual([query, count, count]);
    }
    const { nextCursor } = await list(account, { limit: 4 });
    for (const cursor of ['x', `${nextCursor}`]) {
      const search = new URLSearchParams({ account, q: 'le', cursor });
      expect(codeOf(await pages.call('GET', `/contacts?${search.toString()}`))).toEqual([400, 'validation.failed']);
    }
  });
});

describe('a group', () => {
  test('has a name of its own in its account, and members of its account', async () => {
    const account = await newAccount();
    const vip = await group(account, 'VIP');
    expect(codeOf(await pages.call('POST', '/groups', { account, name: 'VIP' }))).toEqual([409, 'group.exists']);
    const other = await group(account, 'Other');
    expect(codeOf(await pages.call('PATCH', `/groups/${other}`, { name: 'VIP' }))).toEqual([409, 'group.exists']);
    const ids = [await made(account, { msisdn: phone(1) }), await made(account, { msisdn: phone(2) })];
    const stranger = await made(await newAccount(), { msisdn: phone(1) });
    const change = (body: object) => pages.call('POST', `/groups/${vip}/members`, body);
    expect((await change({ add: [...ids, stranger, ...ids] })).body).toMatchObject({ added: 2, members: 2 });
    expect((await change({ add: ids, remove: [ids[0], stranger] })).body).toMatchObject({
      added: 0,
      removed: 1,
      members: 1,
    });
  });

  test('is removed by an administrator; its members stay', async () => {
    const account = await newAccount();
    const vip = await group(account, 'VIP');
    await add(account, { msisdn: phone(1), name: 'Ann', groups: [vip] });
    expect(codeOf(await pages.call('DELETE', `/groups/${vip}`))).toEqual([403, 'auth.forbidden']);
    expect((await box.admin('DELETE', `/groups/${vip}`)).status).toBe(200);
    expect((await list(account)).items).toMatchObject([{ name: 'Ann', groups: [] }]);
    expect(await members(account)).toEqual([1]);
  });
});

test('contacts leave as a CSV file in which nothing is a formula', async () => {
  const account = await newAccount();
  const vip = await group(account, 'VIP');
  await add(account, { msisdn: phone(1), name: '=cmd|calc', fields: { นัด: '1,2' }, groups: [vip] });
  await add(account, { msisdn: phone(2), name: 'Ben', note: '+x' });
  const get = async (query: string) => {
    const response = await fetch(`${box.url}/api/admin/contacts/export?account=${account}${query}`, {
      headers: { cookie: pages.cookie },
    });
    return {
      headers: response.headers,
      text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer()),
    };
  };
  const { headers, text } = await get('');
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('content-disposition')).toContain(`filename*=UTF-8''contacts-${encodeURIComponent(account)}.csv`);
  expect(text).toBe(
    `\u{feff}msisdn,name,นัด,note,groups\r\n${phone(1)},"'=cmd|calc","1,2",,VIP\r\n${phone(2)},Ben,,"'+x",\r\n`,
  );
  expect((await get(`&group=${vip}`)).text).not.toContain('Ben');
  expect((await get('&group=999999')).headers.get('content-type')).toMatch(/json/u);
});
