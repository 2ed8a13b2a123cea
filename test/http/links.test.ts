import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { phone, runBox, type HttpBox } from '../fakes/box.ts';

let box: HttpBox;

beforeAll(async () => {
  box = await runBox();
});
afterAll(() => box.close());
beforeEach(async () => {
  await links('registered');
  const { items } = (await box.admin('GET', '/links')).body as { items: { host: string }[] };
  if (items.length > 0) await box.admin('POST', '/links/remove', { hosts: items.map((item) => item.host) });
});

const links = (value: string) => box.admin('PUT', '/settings/guards.links', { value });
const register = (...hosts: string[]) => box.admin('POST', '/links', { hosts });
const send = (message: string) => box.send({ message });

/** Refuses to send and to preview alike, and stores nothing. */
async function expectRefused(fields: Readonly<Record<string, unknown>>, code: string, hosts: string[]): Promise<void> {
  const before = box.peek.counts();
  const answer = await box.send(fields);
  expect([answer.status, answer.error['code'], answer.error['hosts']]).toEqual([422, code, hosts]);
  for (const host of hosts) expect(answer.error['message']).toContain(host);
  const preview = { origin: 'SEPSMS', message: 'Hello', recipients: [phone(1)], ...fields };
  expect((await box.api('POST', '/message/preview', preview)).body).toEqual(answer.body);
  expect(box.peek.counts()).toEqual(before);
}

describe('while links must be registered', () => {
  test('a text without links goes, one with a link to an unknown host does not', async () => {
    expect((await send('ราคา 10.50 บาท, info@example.com')).status).toBe(200);
    await expectRefused({ message: 'ดูที่https://Example.com/aสมัคร และ shop.co.th' }, 'message.link_not_registered', [
      'example.com',
      'shop.co.th',
    ]);
  });

  test('a host lets itself be linked to, with a dot before it also what is below', async () => {
    expect((await register('example.com', 'https://www.shop.co.th/x')).body).toEqual({
      added: 2,
      hosts: ['example.com', 'www.shop.co.th'],
    });
    expect((await send('https://EXAMPLE.com/a and WWW.shop.co.th')).status).toBe(200);
    await expectRefused({ message: 'go.example.com/a' }, 'message.link_not_registered', ['go.example.com']);
    expect((await register('*.example.com')).body).toEqual({ added: 1, hosts: ['.example.com'] });
    expect((await send('go.example.com/a')).status).toBe(200);
    await expectRefused({ message: 'https://example.com@evil.com' }, 'message.link_not_registered', ['evil.com']);
    expect((await box.admin('POST', '/links/remove', { hosts: ['.example.com', 'other.com'] })).body).toEqual({
      removed: 1,
    });
    await expectRefused({ message: 'go.example.com/a' }, 'message.link_not_registered', ['go.example.com']);
  });

  test('shorteners are refused whatever is registered, also those that a setting adds', async () => {
    await expectRefused({ message: 'คลิกBIT.LY/x แล้ว example.com' }, 'message.link_shortened', ['bit.ly']);
    await register('go.example', 'go.example.com');
    expect((await send('go.example.com/x')).status).toBe(200);
    await box.admin('PUT', '/settings/guards.shorteners', { value: ['go.example.com'] });
    await expectRefused({ message: 'go.example.com/x' }, 'message.link_shortened', ['go.example.com']);
    await box.admin('PUT', '/settings/guards.shorteners', { value: [] });
    expect((await send('go.example.com/x')).status).toBe(200);
  });

  test('a link that a personal value brings in is found', async () => {
    const variables = { [phone(1)]: { x: 'example.com' }, [phone(2)]: { x: 'evil.com' }, [phone(3)]: { x: 'bad.org' } };
    const fields = { message: 'See {x}', recipients: [phone(1), phone(2), phone(3)], variables };
    await register('example.com');
    await expectRefused(fields, 'message.link_not_registered', ['evil.com', 'bad.org']);
    await register('evil.com', 'bad.org');
    expect((await box.send(fields)).status).toBe(200);
  });

  test('the command line is held to it as well', async () => {
    const answer = await box.admin('POST', '/messages', { to: [phone(1)], text: 'evil.com' });
    expect(answer.error['code']).toBe('message.link_not_registered');
  });

  test('no more than ten hosts are named', async () => {
    const answer = await send(Array.from({ length: 30 }, (_, n) => `a${n}.com`).join(' '));
    expect(answer.error['hosts']).toHaveLength(10);
  });
});

test('links go anywhere as long as nobody minds', async () => {
  await links('any');
  expect((await send('bit.ly/x and example.com')).status).toBe(200);
});

describe('the register', () => {
  test('lists its hosts with their times', async () => {
    await register('b.com', '.a.com');
    await register('b.com');
    const createdAt = expect.stringMatching(/Z$/u);
    expect((await box.admin('GET', '/links')).body).toEqual({
      items: [
        { host: '.a.com', createdAt },
        { host: 'b.com', createdAt },
      ],
    });
  });

  test.each(['nonsense', 'bit.ly', '.bit.ly', 'https://www.tinyurl.com/x', 'com'])('does not take %s', async (host) => {
    const answer = await register('fine.com', host);
    expect([answer.status, answer.error['code']]).toEqual([422, 'link.invalid_host']);
    expect((await box.admin('GET', '/links')).body).toEqual({ items: [] });
  });

  test('is one of each account', async () => {
    await box.admin('POST', '/accounts', { name: 'Branch' });
    await box.admin('POST', '/links', { hosts: ['example.com'], account: 'Branch' });
    await expectRefused({ message: 'example.com' }, 'message.link_not_registered', ['example.com']);
    expect((await box.admin('GET', '/links?account=Branch')).body['items']).toHaveLength(1);
    expect((await box.admin('GET', '/links?account=Nobody')).error['code']).toBe('account.not_found');
  });
});

test.each([
  ['guards.links', 'none'],
  ['guards.shorteners', ['nonsense']],
  ['guards.shorteners', 'bit.ly'],
  ['guards.quietHours', '9-5'],
  ['guards.quietHours', '08:00-08:00'],
  ['guards.duplicateMinutes', -1],
  ['guards.optOutKeywords', ['']],
  ['guards.optOutKeywords', 'STOP'],
])('the setting %s cannot be %j', async (name, value) => {
  const answer = await box.admin('PUT', `/settings/${name}`, { value });
  expect([answer.status, answer.error['code']]).toEqual([422, 'setting.invalid']);
});
