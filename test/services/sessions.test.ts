import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../server/platform/crypto.ts';
import { buildPeople } from '../../server/wiring/people-wiring.ts';
import { quiet } from '../fakes/box.ts';
import { openBox, type StoreBox } from '../fakes/store-box.ts';

const minute = 60_000;
const password = 'correct horse battery';

function peopleOn(box: StoreBox) {
  return buildPeople({
    stores: box.stores,
    secrets: box.keys,
    clock: box.clock,
    random: systemRandom,
    log: quiet,
    cliToken: 'cli-token',
    setupCode: 'ABCD-EFGH',
    idleMs: () => 0,
  });
}

async function sessionsOn(box: StoreBox) {
  const { sessions, people } = peopleOn(box);
  await people.create('ann', password, 'operator');
  return sessions;
}

describe('wrong passwords', () => {
  test('lock the name after eight, for five minutes, also against the right one', async () => {
    const box = await openBox();
    const sessions = await sessionsOn(box);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => sessions.signIn('ann', 'wrong')));
    for (const one of tries) expect(one).toMatchObject({ reason: { code: 'auth.wrong_password' } });
    await expect(sessions.signIn('ann', password)).rejects.toMatchObject({ code: 'auth.locked' });
    await box.clock.advance(5 * minute);
    expect((await sessions.signIn('ann', password)).person).toEqual({ id: 1, name: 'ann', role: 'operator' });
  });

  test('are counted anew after a right one', async () => {
    const sessions = await sessionsOn(await openBox());
    const right = () => expect(sessions.signIn('ann', password)).resolves.toMatchObject({ person: { name: 'ann' } });
    await Promise.allSettled(Array.from({ length: 7 }, () => sessions.signIn('ann', 'wrong')));
    await right();
    await expect(sessions.signIn('ann', 'wrong')).rejects.toMatchObject({ code: 'auth.wrong_password' });
    await right();
  });

  test('given all at once are no way round the lock', async () => {
    const sessions = await sessionsOn(await openBox());
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) => sessions.signIn('ann', `wrong ${n}`)),
    );
    const codes = results.map((result) => (result.status === 'rejected' ? String(result.reason.code) : 'in'));
    expect(codes.filter((code) => code === 'auth.wrong_password')).toHaveLength(8);
    expect(codes.filter((code) => code === 'auth.locked')).toHaveLength(22);
  });

  test('for a name that does not exist sound the same', async () => {
    const sessions = await sessionsOn(await openBox());
    const refusal = (name: string) => sessions.signIn(name, 'wrong').catch((error: unknown) => String(error));
    expect(await refusal('nobody')).toBe(await refusal('ann'));
  });
});

describe('sessions', () => {
  test('last twelve hours, and only their hash is stored', async () => {
    const box = await openBox();
    const sessions = await sessionsOn(box);
    const { token } = await sessions.signIn('ann', password);
    expect(sessions.bySession(token)).toEqual({ id: 1, name: 'ann', role: 'operator' });
    expect(sessions.bySession(`${token}x`)).toBeUndefined();
    expect(JSON.stringify(box.peek.all('SELECT * FROM session'))).not.toContain(token);
    box.clock.jump(12 * 60 * minute - 1);
    expect(sessions.bySession(token)).toBeDefined();
    box.clock.jump(1);
    expect(sessions.bySession(token)).toBeUndefined();
  });

  test('end by signing out, and all of a person’s by a new password', async () => {
    const box = await openBox();
    const sessions = await sessionsOn(box);
    const first = await sessions.signIn('ann', password);
    const second = await sessions.signIn('ann', password);
    await sessions.signOut(first.token);
    expect(sessions.bySession(first.token)).toBeUndefined();
    expect(sessions.bySession(second.token)).toBeDefined();
    await peopleOn(box).people.setPassword('ann', 'another long password');
    expect(sessions.bySession(second.token)).toBeUndefined();
    await expect(sessions.signIn('ann', password)).rejects.toMatchObject({ code: 'auth.wrong_password' });
  });

  test('passwords are stored as salted hashes', async () => {
    const box = await openBox();
    await sessionsOn(box);
    await peopleOn(box).people.create('ben', password, 'viewer');
    const stored = box.peek.all<{ password: string }>('SELECT password FROM user').map((row) => row.password);
    expect(stored.every((text) => text.startsWith('scrypt$') && !text.includes(password))).toBe(true);
    expect(new Set(stored).size).toBe(2);
  });
});

describe('the window of the desktop app', () => {
  test('comes in once by a ticket, as the first administrator who may sign in', async () => {
    const box = await openBox();
    const { sessions, people } = peopleOn(box);
    expect(sessions.issueTicket()).toBeNull();
    await people.create('ann', password, 'operator');
    await people.create('bea', password, 'admin');
    await people.create('cat', password, 'admin');
    await people.change('bea', { disabled: true });
    const ticket = String(sessions.issueTicket());
    const { token, person } = await sessions.signInByTicket(ticket);
    expect(person).toMatchObject({ name: 'cat', role: 'admin' });
    expect(sessions.bySession(token)).toEqual(person);
    await expect(sessions.signInByTicket(ticket)).rejects.toMatchObject({ code: 'auth.wrong_ticket' });
  });

  test('does not come in by an older ticket, a late one or none', async () => {
    const box = await openBox();
    const { sessions, people } = peopleOn(box);
    await people.create('cat', password, 'admin');
    const older = String(sessions.issueTicket());
    const late = String(sessions.issueTicket());
    for (const ticket of [older, '', 'x'.repeat(43)])
      await expect(sessions.signInByTicket(ticket)).rejects.toMatchObject({ code: 'auth.wrong_ticket' });
    await box.clock.advance(minute);
    await expect(sessions.signInByTicket(late)).rejects.toMatchObject({ code: 'auth.wrong_ticket' });
  });
});

describe('set-up', () => {
  test('makes one administrator, even when two try at once', async () => {
    const box = await openBox();
    const { sessions } = peopleOn(box);
    expect(sessions.setupNeeded()).toBe(true);
    await expect(sessions.setUp('WRONG', 'ann', password)).rejects.toMatchObject({ code: 'auth.wrong_setup_code' });
    const both = await Promise.allSettled([
      sessions.setUp(' abcd-efgh ', 'ann', password),
      sessions.setUp('ABCD-EFGH', 'ben', password),
    ]);
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(box.peek.all('SELECT role FROM user')).toEqual([{ role: 'admin' }]);
    expect(sessions.setupNeeded()).toBe(false);
    await expect(sessions.setUp('ABCD-EFGH', 'cat', password)).rejects.toMatchObject({ code: 'auth.setup_done' });
  });
});
