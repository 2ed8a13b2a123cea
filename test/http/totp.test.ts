import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { totpCode, totpStep } from '../../server/platform/totp.ts';
import { AdminPages, pagesOf, password } from '../fakes/admin-pages.ts';
import { runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

let box: HttpBox;
const clock = new ManualClock();
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

beforeAll(async () => {
  box = await runBox({ clock });
  await box.admin('POST', '/users', { name: 'keeper', password, role: 'admin' });
});
afterAll(() => box.close());

const codeOf = (answer: Answer) => [answer.status, answer.error['code'] ?? null];

/** An authenticator app: shows the code of a secret at a time. */
function codeAt(secret: string, at: number): string {
  const bits = Array.from(secret, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/gu) ?? [], (byte) => Number.parseInt(byte, 2));
  return totpCode(bytes, totpStep(at));
}

/** Pages of a new user who signs in with a code from now on. */
async function enrolled(name: string) {
  const pages = await pagesOf(box, name, 'operator');
  const { body } = await pages.call('POST', '/profile/totp', { password });
  const secret = String(body['secret']);
  const confirmed = await pages.call('POST', '/profile/totp/confirm', { code: codeAt(secret, clock.now()) });
  expect(confirmed.status).toBe(200);
  // The code that confirmed is used up.
  await clock.advance(30_000);
  return { pages, secret, recovery: confirmed.body['recoveryCodes'] as string[] };
}

describe('turning codes on', () => {
  test('takes the password, then a code of the new secret; other sessions end', async () => {
    const pages = await pagesOf(box, 'ann', 'operator');
    const other = await pagesOf(box, 'ann', 'operator');
    expect(codeOf(await pages.call('POST', '/profile/totp/confirm', { code: '123456' }))).toEqual([
      409,
      'totp.not_enrolled',
    ]);
    expect(codeOf(await pages.call('POST', '/profile/totp', { password: 'wrong' }))).toEqual([
      401,
      'auth.wrong_password',
    ]);
    const { body } = await pages.call('POST', '/profile/totp', { password });
    const secret = String(body['secret']);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/u);
    expect(body['uri']).toContain(`otpauth://totp/SEPSMS%20Box:ann?secret=${secret}&`);
    expect(box.peek.one<{ secret: string }>('SELECT secret FROM second_factor').secret).not.toContain(secret);
    expect((await new AdminPages(box).signIn('ann')).status).toBe(200);
    expect(codeOf(await pages.call('POST', '/profile/totp/confirm', { code: '000000' }))[1]).toBe('auth.wrong_code');
    const code = codeAt(secret, clock.now());
    const confirmed = await pages.call('POST', '/profile/totp/confirm', { code });
    expect(new Set(confirmed.body['recoveryCodes'] as string[]).size).toBe(10);
    expect([await pages.isIn(), await other.isIn()]).toEqual([true, false]);
    expect((await pages.call('GET', '/profile')).body).toMatchObject({ totp: true, recoveryCodesLeft: 10 });
    expect(codeOf(await pages.call('POST', '/profile/totp', { password }))).toEqual([409, 'totp.already_on']);
  });
});

describe('signing in with a code', () => {
  test('has two steps: the password alone opens nothing', async () => {
    const { secret } = await enrolled('ben');
    const pages = new AdminPages(box);
    expect(codeOf(await pages.signIn('ben'))).toEqual([401, 'auth.code_required']);
    expect(pages.cookie).toBe('');
    expect(codeOf(await pages.signIn('ben', { code: '000000' }))).toEqual([401, 'auth.wrong_code']);
    expect(codeOf(await pages.signIn('ben', { password: 'wrong', code: codeAt(secret, clock.now()) }))[1]).toBe(
      'auth.wrong_password',
    );
    expect((await pages.signIn('ben', { code: codeAt(secret, clock.now()) })).body).toMatchObject({ user: 'ben' });
    expect(await pages.isIn()).toBe(true);
  });

  test('takes a code once, also when it comes twice at the same time, and none from before it', async () => {
    const { secret } = await enrolled('cat');
    const code = codeAt(secret, clock.now());
    const both = await Promise.all([1, 2].map(() => new AdminPages(box).signIn('cat', { code })));
    expect(both.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 401]);
    const before = codeAt(secret, clock.now() - 30_000);
    expect(codeOf(await new AdminPages(box).signIn('cat', { code: before }))).toEqual([401, 'auth.wrong_code']);
    await clock.advance(30_000);
    expect((await new AdminPages(box).signIn('cat', { code: codeAt(secret, clock.now()) })).status).toBe(200);
  });

  test('counts wrong codes with wrong passwords; the first step alone does not count', async () => {
    const { secret } = await enrolled('dan');
    for (let n = 0; n < 10; n += 1) expect((await new AdminPages(box).signIn('dan')).status).toBe(401);
    const wrong = Array.from({ length: 8 }, (_, n) =>
      new AdminPages(box).signIn('dan', n % 2 === 0 ? { code: '000000' } : { password: 'wrong' }),
    );
    expect((await Promise.all(wrong)).map((answer) => answer.status)).toEqual(wrong.map(() => 401));
    const right = () => new AdminPages(box).signIn('dan', { code: codeAt(secret, clock.now()) });
    expect(codeOf(await right())).toEqual([429, 'auth.locked']);
    expect(codeOf(await new AdminPages(box).signIn('dan'))).toEqual([429, 'auth.locked']);
    await clock.advance(300_000);
    expect(codeOf(await new AdminPages(box).signIn('dan'))).toEqual([401, 'auth.code_required']);
    expect((await right()).status).toBe(200);
  });
});

describe('recovery codes', () => {
  test('open the door once each, however they are typed, and are stored as hashes', async () => {
    const { recovery } = await enrolled('eli');
    const [first = '', second = ''] = recovery;
    const stored = JSON.stringify(box.peek.all('SELECT hash FROM recovery_code'));
    expect(stored).not.toContain(first.replace('-', ''));
    const use = (code: string) => new AdminPages(box).signIn('eli', { code });
    expect((await use(first)).status).toBe(200);
    expect(codeOf(await use(first))).toEqual([401, 'auth.wrong_code']);
    expect((await use(` ${second.toLowerCase().replace('-', ' ')}`)).status).toBe(200);
  });

  test('are replaced by new ones', async () => {
    const { pages, recovery } = await enrolled('fay');
    const { body } = await pages.call('POST', '/profile/totp/recovery-codes', { password });
    const [fresh = ''] = body['recoveryCodes'] as string[];
    expect((await new AdminPages(box).signIn('fay', { code: recovery[0] ?? '' })).status).toBe(401);
    expect((await new AdminPages(box).signIn('fay', { code: fresh })).status).toBe(200);
    expect((await pages.call('GET', '/profile')).body).toMatchObject({ recoveryCodesLeft: 9 });
  });

  test('belong to one person', async () => {
    const { recovery } = await enrolled('gus');
    await enrolled('hal');
    expect((await new AdminPages(box).signIn('hal', { code: recovery[0] ?? '' })).status).toBe(401);
  });
});

describe('turning codes off', () => {
  test('takes the password', async () => {
    const { pages } = await enrolled('ida');
    expect((await pages.call('POST', '/profile/totp/remove', { password: 'wrong' })).status).toBe(401);
    expect((await pages.call('POST', '/profile/totp/remove', { password })).status).toBe(200);
    expect((await new AdminPages(box).signIn('ida')).status).toBe(200);
    const again = await pages.call('POST', '/profile/totp/recovery-codes', { password });
    expect(codeOf(again)).toEqual([409, 'totp.not_enrolled']);
  });

  test('is done by an administrator for who lost the app', async () => {
    await enrolled('jon');
    expect((await box.admin('DELETE', '/users/jon/totp')).body).toEqual({ ok: true });
    expect((await new AdminPages(box).signIn('jon')).status).toBe(200);
    expect(codeOf(await box.admin('DELETE', '/users/jon/totp'))).toEqual([409, 'totp.not_enrolled']);
    expect(box.peek.all("SELECT 1 FROM recovery_code r JOIN user u ON u.id = r.user_id WHERE u.name = 'jon'")).toEqual(
      [],
    );
  });
});
