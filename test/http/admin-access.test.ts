import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminProfileRoutes } from '../../server/contract/admin-profile.ts';
import { adminRoutes } from '../../server/contract/admin.ts';
import { call, runBox, type Answer, type HttpBox } from '../fakes/box.ts';

const password = 'correct horse battery';
const page = { 'x-requested-with': 'sepsms-box' };
let box: HttpBox;

beforeAll(async () => {
  box = await runBox();
  await box.admin('POST', '/users', { name: 'vera', password, role: 'viewer' });
  await box.admin('POST', '/users', { name: 'otto', password, role: 'operator' });
  await box.admin('POST', '/users', { name: 'ada', password, role: 'admin' });
});
afterAll(() => box.close());

const admin = (method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> =>
  call(`${box.url}/api/admin${path}`, method, body, headers);

async function signIn(user: string): Promise<string> {
  const answer = await admin('POST', '/session', { user, password }, page);
  expect(answer.status).toBe(200);
  return cookieOf(answer);
}

function cookieOf(answer: Answer): string {
  return (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

describe('a session', () => {
  test('is a cookie that scripts and other sites do not get', async () => {
    const answer = await admin('POST', '/session', { user: 'ada', password }, page);
    expect(answer.body).toMatchObject({ user: 'ada', role: 'admin' });
    const [set = ''] = answer.headers.getSetCookie();
    expect(set).toMatch(/^sepsms_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/u);
    expect((await admin('GET', '/session', undefined, { cookie: cookieOf(answer) })).body).toMatchObject({
      user: 'ada',
    });
  });

  test('is not there without the cookie, nor with another', async () => {
    for (const headers of [{}, { cookie: 'sepsms_session=x' }, { cookie: 'other=1' }]) {
      const answer = await admin('GET', '/session', undefined, headers);
      expect([answer.status, answer.error['code']]).toEqual([401, 'auth.session_required']);
      expect(answer.headers.get('x-request-id')).toMatch(/\S/u);
    }
  });

  test('ends by signing out, for whoever holds the cookie', async () => {
    const cookie = await signIn('vera');
    const out = await admin('DELETE', '/session', undefined, { cookie, ...page });
    expect(out.headers.getSetCookie()[0]).toMatch(/^sepsms_session=; .*Max-Age=0/u);
    expect((await admin('GET', '/session', undefined, { cookie })).status).toBe(401);
  });

  test('is not given for a wrong password, a wrong name or an empty one', async () => {
    for (const body of [
      { user: 'ada', password: 'wrong' },
      { user: 'nobody', password },
      { user: '', password: '' },
    ]) {
      const answer = await admin('POST', '/session', body, page);
      expect([answer.status, answer.error['code']]).toEqual([401, 'auth.wrong_password']);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  test('a name is locked after eight wrong passwords', async () => {
    await box.admin('POST', '/users', { name: 'lena', password });
    const tries = await Promise.all(
      Array.from({ length: 9 }, () => admin('POST', '/session', { user: 'lena', password: 'wrong' }, page)),
    );
    expect(tries.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 8 }, () => 401),
      429,
    ]);
    const right = await admin('POST', '/session', { user: 'lena', password }, page);
    expect([right.status, right.error['code']]).toEqual([429, 'auth.locked']);
  });
});

describe('requests of other sites', () => {
  test('change nothing: a change needs the header that only the box’s own pages send', async () => {
    const cookie = await signIn('ada');
    const before = box.peek.counts();
    for (const headers of [{ cookie }, { cookie, 'x-requested-with': 'XMLHttpRequest' }]) {
      const answer = await admin('POST', '/senders', { name: 'EVIL' }, headers);
      expect([answer.status, answer.error['code']]).toEqual([403, 'auth.cross_site']);
    }
    expect(box.peek.counts()).toEqual(before);
    expect((await admin('POST', '/senders', { name: 'GOOD' }, { cookie, ...page })).status).toBe(200);
  });

  test('are refused by their origin too', async () => {
    const cookie = await signIn('ada');
    const own = box.url;
    for (const [origin, status] of [
      ['https://evil.test', 403],
      ['null', 403],
      [own.replace(/\d+$/u, '1'), 403],
      [own, 200],
    ] as const) {
      const answer = await admin('POST', '/senders', { name: 'ORIGIN' }, { cookie, ...page, origin });
      expect([origin, answer.status]).toEqual([origin, status]);
    }
  });

  test('cannot sign anybody in', async () => {
    const answer = await admin('POST', '/session', { user: 'ada', password }, {});
    expect([answer.status, answer.error['code']]).toEqual([403, 'auth.cross_site']);
  });

  test('are granted nothing by a preflight', async () => {
    const response = await fetch(`${box.url}/api/admin/senders`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.test', 'access-control-request-method': 'POST' },
    });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('roles', () => {
  const body: Partial<Record<keyof typeof adminRoutes, unknown>> = {
    send: { to: [], text: '' },
    setup: { code: 'x', user: 'x', password },
  };

  test.each(['vera', 'otto', 'ada'] as const)('%s may do what the role allows, and nothing more', async (user) => {
    const rank = { vera: ['viewer'], otto: ['viewer', 'operator'], ada: ['viewer', 'operator', 'admin'] }[user];
    const cookie = await signIn(user);
    for (const [operation, route] of Object.entries(adminRoutes)) {
      if (route.access.by !== 'person' || operation === 'signOut') continue;
      const path = route.path.replaceAll(/\{\w+\}/gu, '999999');
      const payload = 'body' in route ? (body[operation as keyof typeof adminRoutes] ?? {}) : undefined;
      const answer = await admin(route.method, path, payload, { cookie, ...page });
      const allowed = rank.includes(route.access.role);
      expect([operation, answer.error['code'] === 'auth.forbidden']).toEqual([operation, !allowed]);
    }
  });

  test('what changes the box needs an operator or an administrator', () => {
    const needing = (role: string) =>
      Object.entries(adminRoutes).flatMap(([operation, { access }]) =>
        access.by === 'person' && access.role === role ? [operation] : [],
      );
    expect(needing('operator')).toEqual(expect.arrayContaining(['resend', 'send', 'carrierEnable', 'carrierDisable']));
    expect(needing('admin')).toEqual(
      expect.arrayContaining([
        'accountCreate',
        'creditAdd',
        'keyCreate',
        'keyRevoke',
        'senderApprove',
        'carrierAdd',
        'carrierChange',
        'carrierRemove',
        'webhookAdd',
        'webhookRemove',
        'userCreate',
        'userPassword',
        'users',
        'userSet',
        'userRemove',
        'userSignOut',
        'userTotpReset',
        'userSessions',
        'userSessionEnd',
        'settingSet',
      ]),
    );
    const changing = Object.entries(adminRoutes).filter(([, route]) => route.method !== 'GET');
    const open = changing.filter(([, { access }]) => access.by !== 'person' || access.role === 'viewer');
    const own = Object.keys(adminProfileRoutes);
    expect(open.map(([operation]) => operation).filter((operation) => !own.includes(operation))).toEqual([
      'setup',
      'signIn',
      'signInByTicket',
      'signOut',
    ]);
  });

  test('nobody at all gets past the sign-in, whatever the operation', async () => {
    for (const [operation, route] of Object.entries(adminRoutes)) {
      if (route.access.by !== 'person') continue;
      const path = route.path.replaceAll(/\{\w+\}/gu, '999999');
      const answer = await admin(route.method, path, 'body' in route ? {} : undefined, page);
      expect([operation, answer.status]).toEqual([operation, 401]);
    }
  });
});

describe('the command line', () => {
  test('is let in by its token and needs no header of a page', async () => {
    expect((await box.admin('GET', '/status')).status).toBe(200);
    expect((await box.admin('POST', '/senders', { name: 'CLI' })).status).toBe(200);
  });

  test('is not let in with another token, nor another scheme', async () => {
    for (const authorization of ['Bearer wrong', `Basic ${box.cliToken}`, box.cliToken, 'Bearer', 'Bearer ']) {
      const answer = await admin('GET', '/status', undefined, { authorization });
      expect([authorization, answer.status]).toEqual([authorization, 401]);
    }
  });

  test('has no session of its own', async () => {
    const answer = await box.admin('GET', '/session');
    expect(answer.body).toMatchObject({ user: 'command line', role: 'admin' });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('an API key is no way into the admin API, nor its token into the public one', async () => {
    expect((await admin('GET', '/status', undefined, { 'x-api-key': box.key })).status).toBe(401);
    const headers = { authorization: `Bearer ${box.cliToken}` };
    expect((await call(`${box.url}/api/v2/message/credit/balance`, 'GET', undefined, headers)).status).toBe(401);
  });
});

describe('the first set-up', () => {
  test('takes the code of the console once, then never again', async () => {
    const fresh = await runBox();
    try {
      const setup = (code: string, user: string) =>
        call(`${fresh.url}/api/admin/setup`, 'POST', { code, user, password }, page);
      const state = () => call(`${fresh.url}/api/admin/setup`, 'GET', undefined, {});
      const { setupCode } = fresh.server;
      expect(setupCode).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/u);
      expect((await state()).body).toEqual({ needed: true });
      const wrong = await setup('AAAA-AAAA', 'ann');
      expect([wrong.status, wrong.error['code']]).toEqual([403, 'auth.wrong_setup_code']);
      const right = await setup(String(setupCode), 'ann');
      expect(right.body).toMatchObject({ user: 'ann', role: 'admin' });
      expect(cookieOf(right)).toMatch(/^sepsms_session=./u);
      expect((await state()).body).toEqual({ needed: false });
      const again = await setup(String(setupCode), 'eve');
      expect([again.status, again.error['code']]).toEqual([409, 'auth.setup_done']);
      expect(fresh.peek.counts()['user']).toBe(1);
    } finally {
      await fresh.close();
    }
  });

  test('asks for a password of ten characters', async () => {
    const answer = await admin('POST', '/setup', { code: 'x', user: 'x', password: 'short' }, page);
    expect(answer.error).toMatchObject({ code: 'validation.failed', details: [{ path: 'password' }] });
  });
});
