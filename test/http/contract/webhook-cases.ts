import type { V2Operation } from '../../../server/contract/v2.ts';
import { call } from '../../fakes/box.ts';
import type { CallParts, OperationCase, Shop } from './shop.ts';

type WebhookOperation = Extract<V2Operation, `webhook${string}`>;

const page = { 'x-requested-with': 'sepsms-box' };
const password = 'correct horse battery';

/** An endpoint at the sink that was just registered, the only one. */
async function endpoint(shop: Shop): Promise<CallParts> {
  const before = await shop.box.admin('GET', '/webhooks');
  for (const { id } of before.body['items'] as { id: number }[]) await shop.box.admin('DELETE', `/webhooks/${id}`);
  const added = await shop.box.admin('POST', '/webhooks', { url: shop.sink.url, events: 'all', allowHost: true });
  return { params: { id: added.body['id'] } };
}

/** An endpoint that was told of something, with the id of that delivery. */
async function told(shop: Shop): Promise<{ parts: CallParts; delivery: unknown }> {
  const parts = await endpoint(shop);
  const before = shop.sink.posts.length;
  const order = await shop.box.admin('POST', '/orders', { credits: 1 });
  await shop.box.admin('POST', `/orders/${String(order.body['id'])}/complete`);
  await shop.sink.arrivals(before + 1);
  const { result } = await shop.held('webhookDeliveries', { ...parts, query: '?limit=1' });
  const [item] = result['items'] as { id: string }[];
  return { parts, delivery: item?.id };
}

const sessions = new WeakMap<Shop, Map<string, Record<string, string>>>();

/** The headers of a page at which a person of a role is signed in. */
async function signedIn(shop: Shop, role: 'viewer' | 'admin'): Promise<Record<string, string>> {
  const known = sessions.get(shop) ?? new Map<string, Record<string, string>>();
  sessions.set(shop, known);
  const session = known.get(role);
  if (session !== undefined) return session;
  await shop.box.admin('POST', '/users', { name: role, password, role });
  const answer = await call(`${shop.box.url}/api/admin/session`, 'POST', { user: role, password }, page);
  const headers = { cookie: (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '', ...page };
  known.set(role, headers);
  return headers;
}

async function registration(shop: Shop, fields: Readonly<Record<string, unknown>> = {}): Promise<CallParts> {
  const body = { url: 'https://shop.example/hooks/sepsms', events: ['dr.success', 'dr.failed'], ...fields };
  return { body, keyless: true, headers: await signedIn(shop, 'admin') };
}

/** An operation on one endpoint. */
function onEndpoint(name: WebhookOperation, more: Partial<OperationCase> = {}): OperationCase {
  return {
    good: endpoint,
    malformed: { params: { id: 'none' } },
    ...more,
    refusals: {
      'webhook.not_found': async (shop) => shop.call(name, { ...(await more.good?.(shop)), params: { id: 999_999 } }),
      ...more.refusals,
    },
  };
}

// An endpoint whose secret cannot be opened any more, after the key of the box was lost.
const lostSecret = { outOfReach: ['webhook.url_refused'] } as const;

export const webhookCases: Readonly<Record<WebhookOperation, OperationCase>> = {
  webhooks: {
    good: async (shop) => {
      await endpoint(shop);
      return {};
    },
    refusals: {},
  },
  webhookRegister: {
    good: registration,
    malformed: (shop) => registration(shop, { events: [] }),
    refusals: {
      'auth.session_required': async (shop) => {
        const parts = await registration(shop);
        return shop.call('webhookRegister', { ...parts, headers: { ...page, cookie: 'sepsms_session=ended' } });
      },
      'auth.forbidden': async (shop) => {
        const parts = await registration(shop);
        return shop.call('webhookRegister', { ...parts, headers: await signedIn(shop, 'viewer') });
      },
      'auth.cross_site': async (shop) => {
        const { headers, ...parts } = await registration(shop);
        return shop.call('webhookRegister', { ...parts, headers: { cookie: headers?.['cookie'] ?? '' } });
      },
      'webhook.dashboard_only': async (shop) => shop.call('webhookRegister', { body: (await registration(shop)).body }),
      'webhook.url_refused': async (shop) =>
        shop.call('webhookRegister', await registration(shop, { url: 'http://192.168.1.9/hook' })),
      'account.not_found': async (shop) =>
        shop.call('webhookRegister', await registration(shop, { account: 'Nowhere' })),
    },
  },
  webhook: onEndpoint('webhook'),
  webhookDelete: onEndpoint('webhookDelete'),
  webhookDeliveries: onEndpoint('webhookDeliveries', { good: async (shop) => (await told(shop)).parts }),
  webhookPause: onEndpoint('webhookPause'),
  webhookResume: onEndpoint('webhookResume', lostSecret),
  webhookRotate: onEndpoint('webhookRotate'),
  webhookTest: onEndpoint('webhookTest', lostSecret),
  webhookReplay: onEndpoint('webhookReplay', {
    good: async (shop) => {
      const { parts, delivery } = await told(shop);
      return { ...parts, body: { delivery } };
    },
    malformed: { params: { id: 1 }, body: { from: '2026-01-15T10:00:00Z' } },
    refusals: {
      'delivery.not_found': async (shop) =>
        shop.call('webhookReplay', { ...(await endpoint(shop)), body: { delivery: '0000000000000000' } }),
    },
  }),
};
