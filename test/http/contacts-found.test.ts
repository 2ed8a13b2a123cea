import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagesOf, type AdminPages } from '../fakes/admin-pages.ts';
import { phone, runBox, type HttpBox } from '../fakes/box.ts';

const account = 'Main';
let box: HttpBox;
let pages: AdminPages;
let vip: number;

beforeAll(async () => {
  box = await runBox();
  pages = await pagesOf(box, 'otto', 'operator');
  vip = Number((await pages.call('POST', '/groups', { account, name: 'VIP' })).body['id']);
  const add = (n: number, name: string, groups: number[]) =>
    pages.call('POST', '/contacts', { account, msisdn: phone(n), name, groups });
  await add(1, 'Ann สมชาย', [vip]);
  await add(2, 'Anna', []);
  await add(3, 'Ben', [vip]);
});
afterAll(() => box.close());

const count = async (query: string) =>
  (await pages.call('GET', `/contacts/count?account=${account}${query}`)).body['count'];
const remove = async (body: object) =>
  (await pages.call('POST', '/contacts/remove-found', { account, ...body })).body['removed'];

describe('contacts that are found', () => {
  test('are counted: all, those of a group, those of a search, those of both', async () => {
    expect(await Promise.all(['', `&group=${vip}`, '&q=ann', `&q=ann&group=${vip}`, '&q=zoe'].map(count))).toEqual([
      3, 2, 2, 1, 0,
    ]);
  });

  test('leave as a file', async () => {
    const path = `${box.url}/api/admin/contacts/export?account=${account}&q=${encodeURIComponent('สมช')}`;
    const text = await (await fetch(path, { headers: { cookie: pages.cookie } })).text();
    expect(text).toBe(`msisdn,name,note,groups\r\n${phone(1)},Ann สมชาย,,VIP\r\n`);
  });

  test('go into a group together, and out of it', async () => {
    const { body: group } = await pages.call('POST', '/groups', { account, name: 'All' });
    const change = async (body: object) => {
      const path = `/groups/${String(group['id'])}/members-found`;
      const { added, removed, members } = (await pages.call('POST', path, { account, ...body })).body;
      return { added, removed, members };
    };
    expect(await change({ way: 'add', q: 'ann' })).toEqual({ added: 2, removed: 0, members: 2 });
    expect(await change({ way: 'add', group: vip })).toEqual({ added: 1, removed: 0, members: 3 });
    expect(await change({ way: 'remove', group: vip, q: 'ben' })).toEqual({ added: 0, removed: 1, members: 2 });
    expect(await change({ way: 'remove', group: group['id'] })).toEqual({ added: 0, removed: 2, members: 0 });
    await box.admin('POST', '/accounts', { name: 'Other' });
    const strange = await pages.call('POST', `/groups/${vip}/members-found`, { account: 'Other', way: 'add' });
    expect([strange.status, strange.error['code']]).toEqual([404, 'group.not_found']);
  });

  test('are removed together, and no more of them than was agreed to', async () => {
    expect(await remove({ q: 'ann', most: 1 })).toBe(1);
    expect(await count('')).toBe(2);
    const left = await count(`&group=${vip}`);
    expect(await remove({ group: vip, most: 5 })).toBe(left);
    expect(await count(`&group=${vip}`)).toBe(0);
    const strange = await pages.call('POST', '/contacts/remove-found', { account, group: 999_999, most: 1 });
    expect([strange.status, strange.error['code']]).toEqual([404, 'group.not_found']);
  });
});
