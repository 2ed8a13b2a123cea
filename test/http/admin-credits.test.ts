import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminCreditsRoutes } from '../../server/contract/admin-credits.ts';
import { call, phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';

const password = 'correct horse battery';
const page = { 'x-requested-with': 'sepsms-box' };
let box: HttpBox;
const cookies = new Map<string, string>();

beforeAll(async () => {
  box = await runBox({ credits: 100 });
  for (const role of ['viewer', 'operator', 'admin']) {
    await box.admin('POST', '/users', { name: role, password, role });
    const signedIn = await call(`${box.url}/api/admin/session`, 'POST', { user: role, password }, page);
    cookies.set(role, (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '');
  }
});
afterAll(() => box.close());

const as = (user: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  call(`${box.url}/api/admin${path}`, method, body, { ...page, cookie: cookies.get(user) ?? '' });
const balance = async () => Number((await box.api('GET', '/message/credit/balance')).result['balance']);
const codeOf = ({ status, error }: Answer) => [status, error['code']];
const items = (answer: Answer) => answer.body['items'] as Record<string, unknown>[];

describe('orders', () => {
  test('an operator asks, an administrator completes; then the credits are there, once', async () => {
    const before = await balance();
    const asked = await as('operator', 'POST', '/orders', { credits: 40, note: 'invoice 7' });
    expect(adminCreditsRoutes.orderCreate.answer.parse(asked.body)).toMatchObject({
      account: 'Main',
      credits: 40,
      state: 'requested',
      note: 'invoice 7',
      requestedBy: 'operator',
      decidedBy: null,
    });
    const path = `/orders/${String(asked.body['id'])}`;
    expect(codeOf(await as('operator', 'POST', `${path}/complete`))).toEqual([403, 'auth.forbidden']);
    expect(codeOf(await as('viewer', 'POST', '/orders', { credits: 1 }))).toEqual([403, 'auth.forbidden']);
    expect(await balance()).toBe(before);
    const clicks = await Promise.all(Array.from({ length: 5 }, () => as('admin', 'POST', `${path}/complete`)));
    const [done] = clicks.filter((answer) => answer.status === 200);
    expect(clicks.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409]);
    expect(adminCreditsRoutes.orderComplete.answer.parse(done?.body)).toMatchObject({
      state: 'completed',
      decidedBy: 'admin',
      balance: before + 40,
    });
    expect(clicks.find((answer) => answer.status === 409)?.error).toMatchObject({
      code: 'order.closed',
      message: expect.stringContaining('completed already (by admin)'),
    });
    expect(await balance()).toBe(before + 40);
  });

  test('are rejected with a reason, or taken back; what an administrator ordered only by one', async () => {
    const before = await balance();
    const asked = await as('operator', 'POST', '/orders', { credits: 40 });
    const rejected = await as('admin', 'POST', `/orders/${String(asked.body['id'])}/reject`, { reason: 'no budget' });
    expect(rejected.body).toMatchObject({ state: 'rejected', reason: 'no budget', decidedBy: 'admin' });
    const mistaken = await as('operator', 'POST', '/orders', { credits: 4_000 });
    const cancelled = await as('operator', 'POST', `/orders/${String(mistaken.body['id'])}/cancel`, {});
    expect(cancelled.body).toMatchObject({ state: 'cancelled', decidedBy: 'operator' });
    const ordered = await as('admin', 'POST', '/orders', { credits: 5 });
    expect(ordered.body['state']).toBe('ordered');
    const path = `/orders/${String(ordered.body['id'])}`;
    expect(codeOf(await as('operator', 'POST', `${path}/cancel`, {}))).toEqual([403, 'auth.forbidden']);
    expect((await as('admin', 'POST', `${path}/cancel`, {})).body['state']).toBe('cancelled');
    for (const end of ['complete', 'reject', 'cancel'])
      expect(codeOf(await as('admin', 'POST', `${path}/${end}`, {}))).toEqual([409, 'order.closed']);
    expect(codeOf(await as('admin', 'POST', '/orders/9999/complete'))).toEqual([404, 'order.not_found']);
    expect(await balance()).toBe(before);
  });

  test.each([{ credits: 0 }, { credits: -5 }, { credits: 1.5 }, { credits: 1e10 }, {}])(
    'of %j are refused',
    async (body) => {
      expect(codeOf(await as('admin', 'POST', '/orders', body))).toEqual([400, 'validation.failed']);
    },
  );

  test('are listed newest first, page by page, by account and state', async () => {
    await box.admin('POST', '/accounts', { name: 'Sales' });
    const made: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const order = await as('operator', 'POST', '/orders', { credits: n + 1, account: 'Sales' });
      made.unshift(Number(order.body['id']));
    }
    await as('admin', 'POST', `/orders/${made[0]}/complete`);
    const seen: unknown[] = [];
    let query = 'limit=2&account=Sales';
    for (let pages = 1; ; pages += 1) {
      const answer = await as('viewer', 'GET', `/orders?${query}`);
      seen.push(...items(answer).map((item) => item['id']));
      const { nextCursor } = adminCreditsRoutes.orders.answer.parse(answer.body);
      if (nextCursor === null) {
        expect(pages).toBe(3);
        break;
      }
      query = `limit=2&account=Sales&cursor=${nextCursor}`;
    }
    expect(seen).toEqual(made);
    const open = await as('viewer', 'GET', '/orders?account=Sales&state=requested');
    expect(items(open).map((item) => item['id'])).toEqual(made.slice(1));
    expect(items(await as('viewer', 'GET', '/orders?state=completed')).map((item) => item['id'])).toContain(made[0]);
    expect(codeOf(await as('viewer', 'GET', '/orders?account=None'))).toEqual([404, 'account.not_found']);
    expect(codeOf(await as('viewer', 'GET', '/orders?cursor=x'))).toEqual([400, 'validation.failed']);
  });
});

describe('the ledger', () => {
  test('shows every change with its cause, and adds up to the balance, page by page', async () => {
    const sent = await box.send({ recipients: [phone(1), phone(2)] });
    const uuid = String(sent.result['uuid']);
    await box.api('POST', `/message/${uuid}/cancel`);
    await box.admin('POST', '/credits', { amount: -3, note: 'correction' });
    const entries: Record<string, unknown>[] = [];
    for (let cursor = ''; ;) {
      const answer = await as('viewer', 'GET', `/credits/ledger?limit=3${cursor}`);
      const { nextCursor } = adminCreditsRoutes.creditLedger.answer.parse(answer.body);
      entries.push(...items(answer));
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(entries.slice(0, 3)).toMatchObject([
      { change: -3, cause: 'taken', note: 'correction', uuid: null, order: null },
      { change: 2, cause: 'refund', uuid },
      { change: -2, cause: 'message', uuid },
    ]);
    expect(entries.find((entry) => entry['cause'] === 'order')).toMatchObject({
      change: 40,
      note: 'invoice 7',
      order: 1,
    });
    expect(entries.reduce((sum, entry) => sum + Number(entry['change']), 0)).toBe(await balance());
    expect(entries[0]?.['balance']).toBe(await balance());
    expect(items(await as('viewer', 'GET', '/credits/ledger?account=Sales'))).toMatchObject([{ cause: 'order' }]);
  });
});

describe('an account', () => {
  test('is changed by an administrator, one thing at a time', async () => {
    const set = (body: unknown, user = 'admin') => as(user, 'PATCH', '/accounts/Sales', body);
    expect((await set({ lowCreditThreshold: 50 })).body).toMatchObject({ lowCreditThreshold: 50, metered: true });
    expect((await set({ metered: false })).body).toMatchObject({ lowCreditThreshold: 50, metered: false });
    expect((await set({ lowCreditThreshold: null, metered: true })).body).toMatchObject({
      name: 'Sales',
      lowCreditThreshold: null,
      metered: true,
      suspended: false,
    });
    expect(codeOf(await set({ lowCreditThreshold: 0 }))).toEqual([400, 'validation.failed']);
    expect(codeOf(await set({ metered: true }, 'operator'))).toEqual([403, 'auth.forbidden']);
    expect(codeOf(await as('admin', 'PATCH', '/accounts/None', {}))).toEqual([404, 'account.not_found']);
  });

  test('that is suspended is refused with its keys at once, and let in again at once', async () => {
    const key = await box.newKey({ account: 'Sales' });
    const ask = () => box.api('GET', '/message/credit/balance', undefined, { 'x-api-key': key });
    expect((await ask()).status).toBe(200);
    await as('admin', 'PATCH', '/accounts/Sales', { suspended: true });
    expect(codeOf(await ask())).toEqual([403, 'auth.account_suspended']);
    await as('admin', 'PATCH', '/accounts/Sales', { suspended: false });
    expect((await ask()).status).toBe(200);
  });

  test('that is unmetered sends beyond its credits, metered again it does not', async () => {
    await box.admin('POST', '/senders', { name: 'SALES', account: 'Sales' });
    const key = await box.newKey({ account: 'Sales' });
    const recipients = Array.from({ length: 10 }, (_, n) => phone(n));
    const send = () =>
      box.api('POST', '/message/send', { origin: 'SALES', message: 'Hi', recipients }, { 'x-api-key': key });
    expect(codeOf(await send())).toEqual([402, 'credit.insufficient']);
    await as('admin', 'PATCH', '/accounts/Sales', { metered: false });
    expect((await send()).status).toBe(200);
    const answer = await box.api('GET', '/message/credit/balance', undefined, { 'x-api-key': key });
    expect(answer.result['balance']).toBe(5 - 10);
    await as('admin', 'PATCH', '/accounts/Sales', { metered: true });
    expect(codeOf(await send())).toEqual([402, 'credit.insufficient']);
  });
});
