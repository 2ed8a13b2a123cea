import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeApiKey } from '../../server/domain/api-key-format.ts';
import { scopes } from '../../server/domain/scopes.ts';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const clock = new ManualClock();
let box: HttpBox;

beforeAll(async () => {
  box = await runBox({ clock });
});
afterAll(() => box.close());

const sendWith = (key: string): Promise<Answer> =>
  box.api('POST', '/message/send', { origin: 'SEPSMS', message: 'Hi', recipients: [phone(1)] }, { 'x-api-key': key });
const balanceWith = (key: string): Promise<Answer> =>
  box.api('GET', '/message/credit/balance', undefined, { 'x-api-key': key });

async function expectUntouched(run: () => Promise<Answer>): Promise<Answer> {
  const before = box.peek.counts();
  const answer = await run();
  expect(box.peek.counts()).toEqual(before);
  return answer;
}

describe('a key that does not open', () => {
  const other = composeApiKey(new Uint8Array(20).fill(9));

  test.each([
    ['none', ''],
    ['malformed', 'sk_sep_123'],
    ['of another kind', 'Bearer abc'],
    ['with a typo', other.replace(/.$/u, (last) => (last === '0' ? '1' : '0'))],
    ['unknown', other],
    ['in capitals', other.toUpperCase()],
    ['with something after it', `${other}0`],
  ])('%s', async (_what, key) => {
    const answer = await expectUntouched(() => sendWith(key));
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      success: false,
      error: { code: 'auth.invalid_credentials', message: 'API key is missing or invalid' },
    });
    expect(answer.headers.get('x-request-id')).toMatch(/\S/u);
  });

  test('no header at all', async () => {
    const response = await fetch(`${box.url}/api/v2/message/credit/balance`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { message: 'API key is missing or invalid' } });
  });

  test('is refused before the body is read', async () => {
    const answer = await box.api('POST', '/message/send', 'not JSON', { 'x-api-key': other });
    expect(answer.status).toBe(401);
  });

  test('revoked, from that moment on, though it worked before', async () => {
    const created = await box.admin('POST', '/keys', { name: 'short-lived' });
    const key = String(created.body['key']);
    expect((await balanceWith(key)).status).toBe(200);
    expect((await box.admin('DELETE', `/keys/${String(created.body['id'])}`)).status).toBe(200);
    expect((await balanceWith(key)).error['code']).toBe('auth.invalid_credentials');
    expect((await box.admin('DELETE', `/keys/${String(created.body['id'])}`)).status).toBe(404);
  });

  test('expired, to the millisecond, though it worked before', async () => {
    const key = await box.newKey({ expiresAt: new Date(clock.now() + 60_000).toISOString() });
    clock.jump(59_999);
    expect((await balanceWith(key)).status).toBe(200);
    clock.jump(1);
    expect((await balanceWith(key)).error['code']).toBe('auth.invalid_credentials');
  });
});

describe('scopes', () => {
  test.each([
    ['sms:send', 'POST', '/message/send'],
    ['credit:read', 'GET', '/message/credit/balance'],
    ['sms:read', 'GET', '/message/00000000-0000-7000-8000-000000000000'],
    ['sms:read', 'GET', '/message/00000000-0000-7000-8000-000000000000/recipients'],
  ])('%s is needed for %s %s', async (scope, method, path) => {
    const key = await box.newKey({ scopes: scopes.filter((one) => one !== scope) });
    const body = method === 'POST' ? {} : undefined;
    const refused = await expectUntouched(() => box.api(method, path, body, { 'x-api-key': key }));
    expect([refused.status, refused.error['code']]).toEqual([403, 'auth.insufficient_scope']);
    const only = await box.newKey({ scopes: [scope] });
    expect((await box.api(method, path, body, { 'x-api-key': only })).status).not.toBe(403);
  });
});

describe('addresses', () => {
  test.each([
    [['127.0.0.1'], 200],
    [['127.0.0.0/8'], 200],
    [['10.0.0.1', '127.0.0.1'], 200],
    [['10.0.0.1'], 403],
    [['192.168.0.0/16', '::1'], 403],
    [['fd00::/8'], 403],
  ])('a key for %j is answered %i from this machine', async (ips, status) => {
    const answer = await balanceWith(await box.newKey({ ips }));
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.error['code']).toBe('auth.ip_not_allowed');
  });

  test.each(['localhost', '10.0.0', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/8/8', '::1/129', ''])(
    'a key is not made for %j',
    async (address) => {
      const answer = await expectUntouched(() => box.admin('POST', '/keys', { name: 'x', ips: [address] }));
      expect([answer.status, answer.error['code']]).toEqual([400, 'validation.failed']);
    },
  );

  test('a header cannot lend another address', async () => {
    const key = await box.newKey({ ips: ['10.0.0.1'] });
    const headers = {
      'x-api-key': key,
      'x-forwarded-for': '10.0.0.1',
      'x-real-ip': '10.0.0.1',
      forwarded: 'for=10.0.0.1',
    };
    expect((await box.api('GET', '/message/credit/balance', undefined, headers)).status).toBe(403);
  });
});

describe('accounts', () => {
  test('see only what is their own', async () => {
    await box.admin('POST', '/accounts', { name: 'Sales' });
    const key = await box.newKey({ account: 'Sales' });
    const uuid = String((await box.send()).result['uuid']);
    for (const path of [`/message/${uuid}`, `/message/${uuid}/recipients`]) {
      expect((await box.api('GET', path)).status).toBe(200);
      const foreign = await box.api('GET', path, undefined, { 'x-api-key': key });
      expect([foreign.status, foreign.error['code']]).toEqual([404, 'message.not_found']);
    }
    expect((await balanceWith(key)).result).toEqual({ balance: 0 });
  });

  test('have senders and credits of their own', async () => {
    await box.admin('POST', '/accounts', { name: 'Press' });
    const key = await box.newKey({ account: 'Press' });
    expect((await expectUntouched(() => sendWith(key))).error['code']).toBe('sender.not_approved');
    await box.admin('POST', '/senders', { name: 'SEPSMS', account: 'Press' });
    expect((await expectUntouched(() => sendWith(key))).error['code']).toBe('credit.insufficient');
    await box.admin('POST', '/credits', { amount: 1, account: 'Press' });
    expect((await sendWith(key)).status).toBe(200);
    expect((await expectUntouched(() => sendWith(key))).error['code']).toBe('credit.insufficient');
  });

  test('that are suspended may do nothing', async () => {
    await box.admin('POST', '/accounts', { name: 'Gone' });
    const key = await box.newKey({ account: 'Gone' });
    const db = new Database(join(box.dir, 'box.db'));
    db.prepare("UPDATE account SET suspended = 1 WHERE name = 'Gone'").run();
    db.close();
    for (const answer of [await expectUntouched(() => sendWith(key)), await balanceWith(key)]) {
      expect([answer.status, answer.error['code']]).toEqual([403, 'auth.account_suspended']);
    }
  });
});

describe('keys at rest', () => {
  test('only their hash is stored; lists show their ends', async () => {
    const created = await box.admin('POST', '/keys', { name: 'shown once', scopes: ['sms:send'] });
    const key = String(created.body['key']);
    expect(key).toMatch(/^sk_sep_[0-9a-f]{48}$/u);
    const display = `sk_sep_${key.slice(7, 11)}...${key.slice(-4)}`;
    const rows = JSON.stringify(box.peek.all('SELECT * FROM api_key'));
    expect(rows).not.toContain(key.slice(7, 30));
    const listed = (await box.admin('GET', '/keys')).body['items'] as Record<string, unknown>[];
    expect(listed[0]).toMatchObject({ name: 'shown once', display, scopes: ['sms:send'] });
    expect(JSON.stringify(listed)).not.toContain(key);
  });

  test('their last use is noted, with time and address', async () => {
    const key = await box.newKey({ name: 'used' });
    await balanceWith(key);
    const at = new Date(clock.now()).toISOString();
    await clock.advance(5_000);
    const listed = (await box.admin('GET', '/keys')).body['items'] as Record<string, unknown>[];
    expect(listed.find((item) => item['name'] === 'used')).toMatchObject({ lastUsedAt: at, lastUsedIp: '127.0.0.1' });
  });
});
