import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeApiKey } from '../../server/domain/api-key-format.ts';
import { v2Routes } from '../../server/contract/v2.ts';
import { scopes } from '../../server/domain/scopes.ts';
import { call, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { answer, verifiesFor, WebhookSink } from '../fakes/webhook-sink.ts';

const password = 'correct horse battery';
const page = { 'x-requested-with': 'sepsms-box' };
const registration = { url: 'https://shop.example/hooks/sepsms', events: ['dr.success', 'dr.failed'] };
let box: HttpBox;
let sink: WebhookSink;

beforeAll(async () => {
  box = await runBox();
  sink = await WebhookSink.start();
  await box.admin('POST', '/accounts', { name: 'Sales' });
  for (const role of ['viewer', 'operator', 'admin']) await box.admin('POST', '/users', { name: role, password, role });
});
afterAll(async () => {
  await box.close();
  await sink.close();
});

const v2 = (method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> =>
  call(`${box.url}/api/v2${path}`, method, body, headers);

async function signIn(user: string): Promise<string> {
  const signedIn = await call(`${box.url}/api/admin/session`, 'POST', { user, password }, page);
  return (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

const codeOf = ({ status, error }: Answer) => [status, error['code']];

/** An endpoint of the sink, with its secret. */
async function endpoint(fields: Readonly<Record<string, unknown>> = {}): Promise<{ id: number; secret: string }> {
  const added = await box.admin('POST', '/webhooks', { url: sink.url, events: 'all', allowHost: true, ...fields });
  expect(added.status).toBe(200);
  return { id: Number(added.body['id']), secret: String(added.body['secret']) };
}

/** Adds credits by an order, which tells `order.completed`. */
async function orderCredits(): Promise<void> {
  const order = await box.admin('POST', '/orders', { credits: 1 });
  expect((await box.admin('POST', `/orders/${String(order.body['id'])}/complete`)).status).toBe(200);
}

describe('registering an endpoint', () => {
  test('with a key is refused, whatever its scopes and whatever the body', async () => {
    for (const key of [box.key, await box.newKey({ scopes: ['sms:read'] })]) {
      for (const body of [registration, {}, 'no JSON', { url: 'ftp://x' }]) {
        const refused = await box.api('POST', '/webhooks', body, { 'x-api-key': key });
        expect(codeOf(refused)).toEqual([403, 'webhook.dashboard_only']);
        expect(refused.body['success']).toBe(false);
      }
    }
    expect((await box.api('GET', '/webhooks')).result).toEqual({ items: [] });
  });

  test('with a key counts against its limits like any other call', async () => {
    await box.admin('PUT', '/settings/limits.allPerMinute', { value: 50 });
    const refused = await box.api('POST', '/webhooks', registration);
    await box.admin('PUT', '/settings/limits.allPerMinute', { value: 0 });
    expect(refused.headers.get('ratelimit-remaining')).toBe('49');
    expect(codeOf(refused)).toEqual([403, 'webhook.dashboard_only']);
  });

  test('with a wrong key, or with nothing at all, is unauthorised', async () => {
    const unknown = composeApiKey(new Uint8Array(20).fill(9));
    for (const headers of [
      { 'x-api-key': unknown },
      { 'x-api-key': 'x' },
      {},
      { authorization: `Bearer ${box.cliToken}` },
    ])
      expect(codeOf(await v2('POST', '/webhooks', registration, { ...page, ...headers }))).toEqual([
        401,
        'auth.invalid_credentials',
      ]);
  });

  test('with a key that may not be used from here says so first', async () => {
    const key = await box.newKey({ ips: ['10.9.8.7'] });
    expect(codeOf(await v2('POST', '/webhooks', registration, { 'x-api-key': key }))).toEqual([
      403,
      'auth.ip_not_allowed',
    ]);
  });

  test('by a signed-in administrator works, for Main or the account named, and shows the secret once', async () => {
    const cookie = await signIn('admin');
    const added = await v2('POST', '/webhooks', registration, { cookie, ...page });
    expect(added.status).toBe(200);
    expect(v2Routes.webhookRegister.answer.parse(added.body).result).toMatchObject({
      ...registration,
      account: 'Main',
      state: 'active',
      reason: null,
      secret: expect.stringMatching(/^whsec_/u),
    });
    const listed = await box.api('GET', '/webhooks');
    expect(listed.result['items']).toMatchObject([{ id: added.result['id'], url: registration.url }]);
    expect(JSON.stringify(listed.body)).not.toContain('whsec_');
    const sales = await v2('POST', '/webhooks', { ...registration, account: 'Sales' }, { cookie, ...page });
    expect(sales.result['account']).toBe('Sales');
    const missing = await v2('POST', '/webhooks', { ...registration, account: 'None' }, { cookie, ...page });
    expect(codeOf(missing)).toEqual([404, 'account.not_found']);
    for (const { result } of [added, sales]) await box.admin('DELETE', `/webhooks/${String(result['id'])}`);
  });

  test.each([
    [{ url: 'https://shop.example/', events: ['dr.late'] }, 400, 'validation.failed'],
    [{ url: 'https://shop.example/', events: [] }, 400, 'validation.failed'],
    [{ events: ['dr.success'] }, 400, 'validation.failed'],
    [{ url: 'http://shop.example/', events: ['dr.success'] }, 422, 'webhook.url_refused'],
    [{ url: 'https://169.254.169.254/', events: ['dr.success'], allowHost: true }, 422, 'webhook.url_refused'],
    [{ url: 'http://10.0.0.1/', events: ['dr.success'], allowHost: true }, 422, 'webhook.url_refused'],
  ])('%j is refused', async (body, status, code) => {
    const cookie = await signIn('admin');
    expect(codeOf(await v2('POST', '/webhooks', body, { cookie, ...page }))).toEqual([status, code]);
  });

  test('needs the role, a live session and a page of the box; a key beside the session is still a key', async () => {
    for (const user of ['viewer', 'operator']) {
      const refused = await v2('POST', '/webhooks', registration, { cookie: await signIn(user), ...page });
      expect(codeOf(refused)).toEqual([403, 'auth.forbidden']);
    }
    const cookie = await signIn('admin');
    const cases: readonly (readonly [Record<string, string>, number, string])[] = [
      [{ cookie }, 403, 'auth.cross_site'],
      [{ cookie, ...page, origin: 'https://evil.test' }, 403, 'auth.cross_site'],
      [{ cookie: 'sepsms_session=gone', ...page }, 401, 'auth.session_required'],
      [{ cookie, ...page, 'x-api-key': box.key }, 403, 'webhook.dashboard_only'],
    ];
    for (const [headers, status, code] of cases)
      expect(codeOf(await v2('POST', '/webhooks', registration, headers))).toEqual([status, code]);
  });

  test('a session opens nothing else of the public API', async () => {
    const cookie = await signIn('admin');
    for (const path of ['/webhooks', '/message/credit/balance'])
      expect(codeOf(await v2('GET', path, undefined, { cookie, ...page }))).toEqual([401, 'auth.invalid_credentials']);
  });
});

describe('endpoints with a key', () => {
  const operations = Object.values(v2Routes).filter((route) => route.path.startsWith('/webhooks'));

  test('need the scope that the operation says', async () => {
    const { id } = await endpoint();
    for (const route of operations) {
      if (route.access.by !== 'key') continue;
      const { scope } = route.access;
      expect(scope).toBe(route.method === 'GET' ? 'webhooks:read' : 'webhooks:write');
      const key = await box.newKey({ scopes: scopes.filter((each) => each !== scope) });
      const path = route.path.replace('{id}', String(id));
      const refused = await v2(route.method, path, undefined, { 'x-api-key': key });
      expect([route.path, ...codeOf(refused)]).toEqual([route.path, 403, 'auth.insufficient_scope']);
    }
    await box.api('DELETE', `/webhooks/${id}`);
  });

  test('of another account are not there', async () => {
    const { id } = await endpoint({ account: 'Sales' });
    expect((await box.api('GET', '/webhooks')).result['items']).toEqual([]);
    const range = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
    for (const route of operations) {
      if (!route.path.includes('{id}')) continue;
      const path = route.path.replace('{id}', String(id));
      const refused = await box.api(route.method, path, 'body' in route ? range : undefined);
      expect([route.path, ...codeOf(refused)]).toEqual([route.path, 404, 'webhook.not_found']);
    }
    const key = await box.newKey({ account: 'Sales' });
    const own = await box.api('GET', `/webhooks/${id}`, undefined, { 'x-api-key': key });
    expect(v2Routes.webhook.answer.parse(own.body).result).toMatchObject({ id, url: sink.url, state: 'active' });
    await box.admin('DELETE', `/webhooks/${id}`);
  });

  test('are paused, collect, and post all of it when resumed', async () => {
    const { id } = await endpoint({ events: ['order.completed'] });
    const before = sink.posts.length;
    expect((await box.api('POST', `/webhooks/${id}/pause`)).result).toMatchObject({ id, state: 'paused' });
    await orderCredits();
    const waiting = await box.api('GET', `/webhooks/${id}/deliveries`);
    expect(v2Routes.webhookDeliveries.answer.parse(waiting.body).result).toMatchObject({
      items: [{ event: 'order.completed', state: 'pending', attempts: [] }],
      nextCursor: null,
    });
    expect(sink.posts.length).toBe(before);
    expect((await box.api('POST', `/webhooks/${id}/resume`)).result).toMatchObject({ id, state: 'active' });
    await sink.arrivals(before + 1);
    await box.api('DELETE', `/webhooks/${id}`);
  });

  test('get a new secret, the old one signing too for a day', async () => {
    const { id, secret: old } = await endpoint({ events: ['order.completed'] });
    const rotated = await box.api('POST', `/webhooks/${id}/rotate`);
    const { secret, oldSecretUntil } = v2Routes.webhookRotate.answer.parse(rotated.body).result;
    expect(secret).toMatch(/^whsec_/u);
    const left = Date.parse(String(oldSecretUntil)) - Date.now();
    expect(left).toBeGreaterThan(86_300_000);
    expect(left).toBeLessThanOrEqual(86_400_000);
    const before = sink.posts.length;
    await orderCredits();
    await sink.arrivals(before + 1);
    const post = sink.posts.at(-1);
    expect([secret, old].map((one) => post !== undefined && verifiesFor(one, post, Date.now()))).toEqual([true, true]);
    expect(JSON.stringify((await box.api('GET', `/webhooks/${id}`)).body)).not.toContain('whsec_');
    await box.api('DELETE', `/webhooks/${id}`);
  });

  test('are tested at once, with status, time and nothing of what the receiver wrote', async () => {
    const { id } = await endpoint();
    sink.behave = () => answer(503, {}, 'inner workings');
    const refused = await box.api('POST', `/webhooks/${id}/test`);
    sink.behave = () => answer(204);
    const taken = await box.api('POST', `/webhooks/${id}/test`);
    sink.behave = () => ({ kind: 'cut' });
    const cut = await box.api('POST', `/webhooks/${id}/test`);
    sink.behave = () => answer(200);
    const outcomes = [refused, taken, cut].map(({ body }) => v2Routes.webhookTest.answer.parse(body).result);
    expect(outcomes).toMatchObject([
      { delivered: false, status: 503, error: null, durationMs: expect.any(Number) },
      { delivered: true, status: 204, error: null },
      { delivered: false, status: null, error: expect.stringContaining('cut') },
    ]);
    expect(JSON.stringify(refused.body)).not.toContain('inner workings');
    expect(sink.posts.at(-1)?.headers['x-webhook-event']).toBe('webhook.test');
    await box.api('DELETE', `/webhooks/${id}`);
  });

  test('deliver once more: one delivery, or a range, with the same ids', async () => {
    const { id } = await endpoint({ events: ['order.completed'] });
    const first = sink.posts.length;
    const from = new Date(Date.now() - 1000).toISOString();
    for (let n = 0; n < 3; n += 1) await orderCredits();
    await sink.arrivals(first + 3);
    await allDelivered(id);
    const ids = sink.posts.slice(first).map((post) => String(post.headers['x-webhook-id']));
    const one = await box.api('POST', `/webhooks/${id}/replay`, { delivery: ids[1] });
    expect(one.result).toEqual({ replayed: 1 });
    await sink.arrivals(first + 4);
    expect(sink.posts[first + 3]?.headers['x-webhook-id']).toBe(ids[1]);
    await allDelivered(id);
    const to = new Date(Date.now() + 1000).toISOString();
    const replay = (body: unknown) => box.api('POST', `/webhooks/${id}/replay`, body);
    expect((await replay({ from, to, only: 'failed' })).result).toEqual({ replayed: 0 });
    expect((await replay({ from: to, to: '2199-01-01T07:00:00+07:00' })).result).toEqual({ replayed: 0 });
    expect((await replay({ from, to })).result).toEqual({ replayed: 3 });
    await sink.arrivals(first + 7);
    const again = sink.posts.slice(first + 4).map((post) => String(post.headers['x-webhook-id']));
    expect(new Set(again)).toEqual(new Set(ids));
    expect(codeOf(await replay({ delivery: 'evt_0000000000000000' }))).toEqual([404, 'delivery.not_found']);
    for (const body of [{}, { from }, { from: to, to: from }, { from: 'noon', to }, { from, to, only: 'some' }])
      expect(codeOf(await replay(body))).toEqual([400, 'validation.failed']);
    await box.api('DELETE', `/webhooks/${id}`);
  });

  test('are removed, once', async () => {
    const { id } = await endpoint();
    expect((await box.api('DELETE', `/webhooks/${id}`)).result).toEqual({ id, removed: true });
    expect(codeOf(await box.api('DELETE', `/webhooks/${id}`))).toEqual([404, 'webhook.not_found']);
    expect(codeOf(await box.api('GET', '/webhooks/one'))).toEqual([400, 'validation.failed']);
  });

  async function allDelivered(id: number): Promise<void> {
    for (;;) {
      const { result } = await box.api('GET', `/webhooks/${id}/deliveries`);
      const { items } = v2Routes.webhookDeliveries.answer.shape.result.parse(result);
      if (items.every((item) => item.state === 'delivered')) return;
    }
  }
});

describe('the admin API', () => {
  test('does the same for any account', async () => {
    const { id } = await endpoint({ account: 'Sales' });
    expect((await box.admin('POST', `/webhooks/${id}/pause`)).body).toMatchObject({
      account: 'Sales',
      state: 'paused',
    });
    expect((await box.admin('POST', `/webhooks/${id}/resume`)).body).toMatchObject({ state: 'active' });
    expect((await box.admin('POST', `/webhooks/${id}/rotate`)).body).toMatchObject({
      secret: expect.stringMatching(/^whsec_/u),
      oldSecretUntil: expect.stringMatching(/Z$/u),
    });
    expect((await box.admin('POST', `/webhooks/${id}/test`)).body).toMatchObject({ delivered: true, status: 200 });
    const range = { from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };
    expect((await box.admin('POST', `/webhooks/${id}/replay`, range)).body).toEqual({ replayed: 0 });
    await box.admin('DELETE', `/webhooks/${id}`);
  });
});
