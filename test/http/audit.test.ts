import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adminRoutes } from '../../server/contract/admin.ts';
import { isKept } from '../../server/contract/route.ts';
import { AdminPages, pagesOf, password } from '../fakes/admin-pages.ts';
import { call, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

interface Row {
  readonly id: number;
  readonly at: string;
  readonly who: string;
  readonly role: string | null;
  readonly operation: string;
  readonly target: string;
  readonly detail: string;
  readonly outcome: string;
  readonly hash: string;
}

const clock = new ManualClock();
let box: HttpBox;
let ada: AdminPages;
let vera: AdminPages;
let before = 0;

const itemsOf = (answer: Answer) => answer.body['items'] as Row[];
const rows = () => box.peek.all<Row>('SELECT * FROM audit WHERE id > ? ORDER BY id', before);
const told = () =>
  rows().map(({ who, role, operation, target, detail, outcome }) => [who, role, operation, target, detail, outcome]);

beforeAll(async () => {
  box = await runBox({ clock });
  ada = await pagesOf(box, 'ada');
  vera = await pagesOf(box, 'vera', 'viewer');
});
beforeEach(() => {
  before = box.peek.one<{ n: number }>('SELECT MAX(id) AS n FROM audit').n;
});
afterAll(() => box.close());

describe('what is written down', () => {
  test('a change, with who made it, to what and with what', async () => {
    const answer = await ada.call('POST', '/accounts', { name: 'Sales' });
    await ada.call('PATCH', '/accounts/Sales', { suspended: true });
    expect(told()).toEqual([
      ['ada', 'admin', 'accountCreate', `accounts/${String(answer.body['id'])}`, 'name=Sales', 'done'],
      ['ada', 'admin', 'accountSet', 'accounts/Sales', 'suspended=true', 'done'],
    ]);
    expect(rows()[0]).toMatchObject({ address: '127.0.0.1', at: clock.now() });
  });

  test('what the command line of the box does', async () => {
    await box.admin('PUT', '/settings/legacy.v1', { value: true });
    expect(told()).toEqual([['command line', 'admin', 'settingSet', 'settings/legacy.v1', 'value=true', 'done']]);
  });

  test('what the rules refuse, and what a role may not do', async () => {
    await ada.call('POST', '/accounts', { name: 'Main' });
    await vera.call('POST', '/accounts', { name: 'Mine' });
    await vera.call('DELETE', '/carriers/7');
    expect(told()).toEqual([
      ['ada', 'admin', 'accountCreate', 'accounts', 'name=Main', 'account.exists'],
      ['vera', 'viewer', 'accountCreate', 'accounts', '', 'auth.forbidden'],
      ['vera', 'viewer', 'carrierRemove', 'carriers/7', '', 'auth.forbidden'],
    ]);
  });

  test('signing in, failing to, and signing out', async () => {
    const pages = new AdminPages(box);
    await pages.signIn('ada', { password: 'a wrong one' });
    await pages.signIn('correct horse battery staple', { password: 'ada' });
    await pages.signIn('ada');
    await pages.call('DELETE', '/session');
    expect(told()).toEqual([
      ['ada', null, 'signIn', 'session', 'user=ada password=(hidden)', 'auth.wrong_password'],
      ['nobody', null, 'signIn', 'session', 'user=(hidden) password=(hidden)', 'auth.wrong_password'],
      ['ada', 'admin', 'signIn', 'session', 'user=ada password=(hidden)', 'done'],
      ['ada', 'admin', 'signOut', 'session', '', 'done'],
    ]);
  });

  test('a webhook that a person registers over the public API', async () => {
    const url = `${box.url}/api/v2/webhooks`;
    const body = { url: 'https://hooks.example/secret-path', events: ['sms.sent'] };
    const headers = { cookie: ada.cookie, 'x-requested-with': 'sepsms-box' };
    expect((await call(url, 'POST', body, headers)).status).toBe(200);
    expect((await call(url, 'POST', body, { ...headers, cookie: vera.cookie })).status).toBe(403);
    expect(told().map(([who, role, , target, detail, outcome]) => [who, role, target, detail, outcome])).toEqual([
      ['ada', 'admin', 'webhooks', 'url=hooks.example events=sms.sent', 'done'],
      ['vera', 'viewer', 'webhooks', '', 'auth.forbidden'],
    ]);
  });

  test('no secret, text or whole number', async () => {
    await ada.call('POST', '/users', { name: 'otto', password, role: 'operator' });
    await ada.call('POST', '/carriers', { kind: 'modem', name: 'Office', path: '/dev/null', pin: '4711' });
    await ada.call('POST', '/messages', { to: ['0812345678'], text: 'the text' });
    await ada.call('POST', '/blocklist', { numbers: ['0812345678'] });
    expect(told().map(([, , operation, , detail]) => [operation, detail])).toEqual([
      ['userCreate', 'name=otto password=(hidden) role=operator'],
      ['carrierAdd', 'kind=modem name=Office path=/dev/null pin=(hidden)'],
      ['send', 'to=66812***678 text=(8 characters)'],
      ['blocklistAdd', 'numbers=66812***678'],
    ]);
  });

  test('nothing of who only looks, of programs with a key, of strangers, or of what has no form', async () => {
    await ada.call('GET', '/accounts');
    await box.send();
    await new AdminPages(box).call('POST', '/accounts', { name: 'Stranger' });
    await ada.call('POST', '/accounts', { title: 'no name' });
    expect(told()).toEqual([]);
  });

  test('not more than 60 failures of strangers in a minute; how many there were is told with the next', async () => {
    await clock.advance(60_000);
    const wrong = { code: 'AAAA-AAAA', user: 'x', password };
    for (let n = 0; n < 65; n += 1) await new AdminPages(box).call('POST', '/setup', wrong);
    expect(rows()).toHaveLength(60);
    await ada.call('POST', '/senders', { name: 'ONE' });
    expect(rows().at(-1)?.detail).toBe('name=ONE (5 more were not written down)');
    await clock.advance(60_000);
    await new AdminPages(box).call('POST', '/setup', wrong);
    expect(rows()).toHaveLength(62);
  });

  test('before it is answered, and what cannot be written down is not done', async () => {
    const db = new Database(join(box.dir, 'box.db'));
    try {
      db.exec("CREATE TRIGGER full BEFORE INSERT ON audit_open BEGIN SELECT RAISE(ABORT, 'no room'); END");
      const refused = await ada.call('POST', '/senders', { name: 'TWO' });
      expect([refused.status, refused.error['code']]).toEqual([503, 'store.unavailable']);
      db.exec('DROP TRIGGER full');
      db.exec("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END");
      expect((await ada.call('POST', '/senders', { name: 'THREE' })).status).toBe(200);
    } finally {
      db.exec('DROP TRIGGER full');
      db.close();
    }
    expect(box.peek.all("SELECT name FROM sender WHERE name IN ('TWO', 'THREE')")).toEqual([{ name: 'THREE' }]);
    expect(told()).toEqual([]);
    // What was done and could not be put into the log waits for the next start.
    expect(box.peek.all('SELECT operation, target FROM audit_open')).toEqual([
      { operation: 'senderApprove', target: 'senders' },
    ]);
  });

  test('every operation that changes something is kept; marking as read and trying a text do not', () => {
    const unkept = Object.entries(adminRoutes).flatMap(([operation, route]) =>
      route.method !== 'GET' && !isKept(route) ? [operation] : [],
    );
    // Questions with a body, asked at every key that is pressed.
    expect(unkept.toSorted()).toEqual(['campaignPreview', 'inboxRead', 'keywordTry', 'schedulePreview', 'textPreview']);
  });
});

describe('the list', () => {
  test('is for administrators alone', async () => {
    const otto = await pagesOf(box, 'olga', 'operator');
    for (const path of ['/audit', '/audit/rows/1', '/audit/verify', '/audit/export'])
      expect([path, (await otto.call('GET', path)).error['code']]).toEqual([path, 'auth.forbidden']);
  });

  test('comes newest first, in pages, each row once', async () => {
    const whole = itemsOf(await ada.call('GET', '/audit?limit=500'));
    expect(whole.length).toBeGreaterThan(20);
    expect(whole.map((row) => row.id)).toEqual(whole.map((row) => row.id).toSorted((a, b) => b - a));
    const seen: Row[] = [];
    let cursor = '';
    for (let page = 0; page < 100 && cursor !== 'null'; page += 1) {
      const answer = await ada.call('GET', `/audit?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...itemsOf(answer));
      cursor = String(answer.body['nextCursor']);
    }
    expect(seen).toEqual(whole);
  });

  test('can be of one user, one operation, one time', async () => {
    await clock.advance(3_600_000);
    const from = new Date(clock.now()).toISOString();
    await ada.call('POST', '/senders', { name: 'LATER' });
    await box.admin('POST', '/senders', { name: 'LATEST' });
    await clock.advance(1_000);
    const to = new Date(clock.now()).toISOString();
    await ada.call('POST', '/senders', { name: 'LAST' });
    const details = async (query: string) => itemsOf(await ada.call('GET', `/audit?${query}`)).map((row) => row.detail);
    expect(await details(`from=${from}&to=${to}`)).toEqual(['name=LATEST', 'name=LATER']);
    expect(await details(`from=${from}&user=ada`)).toEqual(['name=LAST', 'name=LATER']);
    expect(await details(`operation=senderApprove&from=${from}&limit=2`)).toEqual(['name=LAST', 'name=LATEST']);
    expect(await details('operation=userCreate&user=ada')).toEqual([expect.stringContaining('name=otto')]);
    expect(await details('user=eve')).toEqual([]);
    const wrong = await ada.call('GET', '/audit?from=soon');
    expect([wrong.status, wrong.error['details']]).toMatchObject([400, [{ path: 'from' }]]);
  });

  test('can be read row by row', async () => {
    const last = itemsOf(await ada.call('GET', '/audit?limit=1'))[0];
    expect((await ada.call('GET', `/audit/rows/${String(last?.id)}`)).body).toEqual(last);
    const none = await ada.call('GET', `/audit/rows/${Number(last?.id) + 1}`);
    expect([none.status, none.error['code']]).toEqual([404, 'audit.not_found']);
  });

  test('can be had as a CSV file, which is itself written down', async () => {
    await ada.call('POST', '/senders', { name: '-CSV' });
    const response = await fetch(`${box.url}/api/admin/audit/export?operation=senderApprove&user=ada`, {
      headers: { cookie: ada.cookie },
    });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"');
    const lines = Buffer.from(await response.arrayBuffer())
      .toString('utf8')
      .split('\r\n');
    expect(lines[0]).toBe('\uFEFF"id","at","who","role","address","operation","target","detail","outcome","hash"');
    expect(lines[1]).toMatch(/,"name=-CSV","done","[0-9a-f]{64}"$/u);
    expect(lines.at(-1)).toBe('');
    const count = itemsOf(await ada.call('GET', '/audit?operation=senderApprove&user=ada&limit=500')).length;
    expect(lines).toHaveLength(count + 2);
    expect(rows().at(-1)).toMatchObject({ operation: 'auditExport', detail: 'user=ada operation=senderApprove' });
  });
});

describe('verifying', () => {
  test('tells rows and last hash to be noted, and holds a noted one against the log', async () => {
    const { body } = await ada.call('GET', '/audit/verify');
    const last = itemsOf(await ada.call('GET', '/audit?limit=1'))[0];
    const at = new Date(clock.now()).toISOString();
    expect(body).toEqual({ ok: true, rows: last?.id, hash: last?.hash, row: null, cause: null, problem: null, at });
    const row = Number(last?.id);
    const noted = async (query: string) => (await ada.call('GET', `/audit/verify?${query}`)).body;
    expect(await noted(`row=${row}&hash=${String(last?.hash).slice(0, 16).toUpperCase()}`)).toMatchObject({ ok: true });
    expect(await noted(`row=${row}&hash=${'0'.repeat(16)}`)).toMatchObject({ ok: false, row, cause: 'rewritten' });
    expect(await noted(`row=${row + 1}&hash=${'0'.repeat(16)}`)).toMatchObject({
      ok: false,
      row: row + 1,
      cause: 'missing',
    });
    expect((await ada.call('GET', '/audit/verify?row=1')).status).toBe(400);
  });

  test('survives a restart, and ends what was left open', async () => {
    const left = box.peek.one<{ n: number }>('SELECT COUNT(*) AS n FROM audit_open').n;
    expect(left).toBe(1);
    await box.stop();
    box = await runBox({ clock, dir: box.dir });
    expect((await box.admin('GET', '/audit/verify')).body).toMatchObject({ ok: true });
    expect(rows()[0]).toMatchObject({ operation: 'senderApprove', detail: 'name=THREE', outcome: 'unknown' });
  });
});
