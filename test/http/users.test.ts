import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AdminPages, pagesOf, password } from '../fakes/admin-pages.ts';
import { runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

let box: HttpBox;
const clock = new ManualClock();

beforeAll(async () => {
  box = await runBox({ clock });
});
afterAll(() => box.close());

const codeOf = (answer: Answer) => [answer.status, answer.error['code'] ?? null];
const set = (name: string, change: unknown) => box.admin('PATCH', `/users/${name}`, change);
const user = async (name: string) =>
  ((await box.admin('GET', '/users')).body['items'] as { name: string }[]).find((item) => item.name === name);

describe('the last administrator', () => {
  test('can be neither demoted nor disabled nor removed, until there is another', async () => {
    await box.admin('POST', '/users', { name: 'ada', password, role: 'admin' });
    for (const change of [{ role: 'operator' }, { disabled: true }])
      expect(codeOf(await set('ada', change))).toEqual([409, 'user.last_admin']);
    expect(codeOf(await box.admin('DELETE', '/users/ada'))).toEqual([409, 'user.last_admin']);
    expect((await set('ada', { role: 'admin', disabled: false })).body).toMatchObject({ role: 'admin' });
    await box.admin('POST', '/users', { name: 'eve', password, role: 'admin' });
    await set('eve', { disabled: true });
    expect(codeOf(await set('ada', { role: 'viewer' }))).toEqual([409, 'user.last_admin']);
    await set('eve', { disabled: false });
    const both = await Promise.all([set('ada', { role: 'viewer' }), set('eve', { role: 'viewer' })]);
    expect(both.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });
});

describe('a user', () => {
  test('has another role from the next request on', async () => {
    const pages = await pagesOf(box, 'otto', 'viewer');
    expect((await pages.call('GET', '/users')).status).toBe(403);
    expect((await set('otto', { role: 'admin' })).body).toMatchObject({ name: 'otto', role: 'admin' });
    expect((await pages.call('GET', '/users')).status).toBe(200);
    await set('otto', { role: 'operator' });
    expect((await pages.call('GET', '/users')).status).toBe(403);
  });

  test('who is disabled is out at once and not let in again until enabled', async () => {
    const pages = await pagesOf(box, 'dora', 'operator');
    expect((await set('dora', { disabled: true })).body).toMatchObject({ disabled: true, sessions: 0 });
    expect(await pages.isIn()).toBe(false);
    for (let tries = 0; tries < 10; tries += 1)
      expect(codeOf(await pages.signIn('dora'))).toEqual([403, 'auth.user_disabled']);
    expect(codeOf(await pages.signIn('dora', { password: 'wrong' }))).toEqual([401, 'auth.wrong_password']);
    await set('dora', { disabled: false });
    expect((await pages.signIn('dora')).status).toBe(200);
  });

  test('who is removed is gone with all sessions; the name is free again', async () => {
    const pages = await pagesOf(box, 'rita', 'admin');
    expect((await box.admin('DELETE', '/users/rita')).body).toEqual({ ok: true });
    expect(await pages.isIn()).toBe(false);
    expect(await user('rita')).toBeUndefined();
    expect(codeOf(await box.admin('DELETE', '/users/rita'))).toEqual([404, 'user.not_found']);
    expect((await pagesOf(box, 'rita', 'viewer')).cookie).not.toBe(pages.cookie);
  });

  test('is listed with what an administrator wants to know', async () => {
    const at = new Date(clock.now()).toISOString();
    const pages = await pagesOf(box, 'lena', 'operator');
    expect(await user('lena')).toMatchObject({
      role: 'operator',
      disabled: false,
      totp: false,
      sessions: 1,
      lockedUntil: null,
      createdAt: at,
      signedInAt: at,
    });
    await pages.signIn('lena', { password: 'wrong' });
    await Promise.all(Array.from({ length: 8 }, () => new AdminPages(box).signIn('lena', { password: 'wrong' })));
    expect(await user('lena')).toMatchObject({ lockedUntil: new Date(clock.now() + 300_000).toISOString() });
    expect(JSON.stringify(await box.admin('GET', '/users').then(({ body }) => body))).not.toContain('scrypt');
  });
});

describe('sessions', () => {
  test('are shown to administrators and to their owner, and end one by one or all', async () => {
    const first = await pagesOf(box, 'sara', 'viewer');
    const second = await pagesOf(box, 'sara', 'viewer');
    const third = await pagesOf(box, 'sara', 'viewer');
    const own = (await second.call('GET', '/profile/sessions')).body['items'] as { id: number; current: boolean }[];
    expect(own.map(({ current }) => current)).toEqual([false, true, false]);
    expect(own[0]).toMatchObject({ address: '127.0.0.1', createdAt: new Date(clock.now()).toISOString() });
    expect(JSON.stringify(own)).not.toMatch(/[0-9a-f]{64}/u);
    await second.call('DELETE', `/profile/sessions/${own[2]?.id}`);
    expect(await first.isIn()).toBe(false);
    const seen = (await box.admin('GET', '/users/sara/sessions')).body['items'] as { id: number }[];
    expect(seen.map(({ id }) => id)).toEqual([own[0]?.id, own[1]?.id]);
    await box.admin('DELETE', `/users/sara/sessions/${own[0]?.id}`);
    expect(await third.isIn()).toBe(false);
    expect((await box.admin('POST', '/users/sara/sign-out')).body).toEqual({ ended: 1 });
    expect(await second.isIn()).toBe(false);
  });

  test('of somebody else are not in reach', async () => {
    const sara = await pagesOf(box, 'sara', 'viewer');
    const vera = await pagesOf(box, 'vera', 'viewer');
    const [open] = (await sara.call('GET', '/profile/sessions')).body['items'] as { id: number }[];
    expect(codeOf(await vera.call('DELETE', `/profile/sessions/${open?.id}`))).toEqual([404, 'session.not_found']);
    expect(codeOf(await box.admin('DELETE', `/users/vera/sessions/${open?.id}`))).toEqual([404, 'session.not_found']);
    expect(await sara.isIn()).toBe(true);
  });

  test('get a new id at every sign-in, and the one before is closed', async () => {
    const pages = await pagesOf(box, 'fay', 'viewer');
    const before = pages.cookie;
    await pages.signIn('fay');
    expect(pages.cookie).not.toBe(before);
    const old = new AdminPages(box);
    old.cookie = before;
    expect(await old.isIn()).toBe(false);
    const planted = new AdminPages(box);
    planted.cookie = 'sepsms_session=chosen-by-somebody-else';
    await planted.signIn('fay');
    expect(planted.cookie).toMatch(/^sepsms_session=[\w-]{43}$/u);
  });

  test('end when they lie unused; using them keeps them open', async () => {
    await box.admin('PUT', '/settings/access.idleMinutes', { value: 30 });
    const busy = await pagesOf(box, 'busy', 'viewer');
    const idle = await pagesOf(box, 'idle', 'viewer');
    for (let minutes = 0; minutes < 40; minutes += 20) {
      await clock.advance(20 * 60_000);
      expect(await busy.isIn()).toBe(true);
    }
    expect(await idle.isIn()).toBe(false);
    await box.admin('PUT', '/settings/access.idleMinutes', { value: 0 });
    clock.jump(10 * 3_600_000);
    expect(await busy.isIn()).toBe(true);
    clock.jump(2 * 3_600_000);
    expect(await busy.isIn()).toBe(false);
  });

  test('that end let the live page hear nothing more', async () => {
    const pages = await pagesOf(box, 'liv', 'viewer');
    const stream = await fetch(`${box.url}/api/admin/live`, { headers: { cookie: pages.cookie } });
    await box.admin('POST', '/users/liv/sign-out');
    const rest = stream.text();
    await clock.advance(16_000);
    expect(await rest).toMatch(/^retry/u);
  });
});

describe('a profile', () => {
  test('changes the own password with the old one; other sessions end, this one goes on under a new id', async () => {
    const pages = await pagesOf(box, 'pia', 'viewer');
    const other = await pagesOf(box, 'pia', 'viewer');
    const before = pages.cookie;
    const change = (current: string) => pages.call('POST', '/profile/password', { current, password: `${password}2` });
    expect(codeOf(await change('wrong'))).toEqual([401, 'auth.wrong_password']);
    expect((await change(password)).status).toBe(200);
    expect(pages.cookie).not.toBe(before);
    expect([await pages.isIn(), await other.isIn()]).toEqual([true, false]);
    expect((await other.signIn('pia')).status).toBe(401);
    expect((await other.signIn('pia', { password: `${password}2` })).status).toBe(200);
    expect((await pages.call('POST', '/profile/sign-out-others')).body).toEqual({ ended: 1 });
  });

  test('counts wrong old passwords as wrong sign-ins', async () => {
    const pages = await pagesOf(box, 'max', 'viewer');
    const body = { current: 'wrong', password: `${password}2` };
    const tries = await Promise.all(Array.from({ length: 9 }, () => pages.call('POST', '/profile/password', body)));
    expect(tries.filter((answer) => answer.status === 429)).toHaveLength(1);
    expect(codeOf(await pages.signIn('max'))).toEqual([429, 'auth.locked']);
  });

  test('remembers a language', async () => {
    const pages = await pagesOf(box, 'lin', 'viewer');
    expect((await pages.call('GET', '/session')).body).toMatchObject({ language: null });
    const answer = await pages.call('PATCH', '/profile', { language: 'zh-Hant' });
    expect(answer.body).toEqual({
      user: 'lin',
      role: 'viewer',
      language: 'zh-Hant',
      totp: false,
      recoveryCodesLeft: 0,
    });
    expect((await pages.call('GET', '/session')).body).toMatchObject({ language: 'zh-Hant' });
    expect((await pages.call('PATCH', '/profile', { language: 'xx' })).status).toBe(400);
  });

  test('is no matter of the command line', async () => {
    expect(codeOf(await box.admin('GET', '/profile'))).toEqual([403, 'auth.forbidden']);
  });
});
