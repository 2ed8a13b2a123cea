import type { EndpointView } from '../services/webhooks/webhook-registry.ts';
import { iso } from '../services/message-desk.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** Webhook endpoints and the log of their deliveries. */
export function webhookHandlers(
  services: AdminServices,
): AdminHandlers<'webhooks' | 'webhookAdd' | 'webhookRemove' | 'webhookDeliveries' | 'webhookReplay'> {
  const { webhooks, webhookLog, accounts } = services;
  const nameOf = (accountId: number) => accounts.list().find((row) => row.id === accountId)?.name ?? '';
  const item = (view: EndpointView) => ({
    id: view.id,
    account: nameOf(view.accountId),
    url: view.url,
    events: [...view.events],
    state: view.state,
    reason: view.reason,
    createdAt: new Date(view.createdAt).toISOString(),
  });
  return {
    webhooks: () => ({ items: webhooks.list().map(item) }),
    webhookAdd: async ({ body }) => {
      const { endpoint, secret } = await webhooks.add({
        accountId: accounts.named(body.account).id,
        url: body.url,
        events: body.events,
        allowHost: body.allowHost,
      });
      return { ...item(endpoint), secret };
    },
    webhookRemove: async ({ params }) => {
      await webhooks.remove(params.id);
      return { ok: true };
    },
    webhookDeliveries: async ({ params, query }) => {
      const page = await webhookLog.deliveries(params.id, query.limit, query.cursor);
      const items = page.items.map((entry) => ({
        id: entry.id,
        event: entry.event,
        state: entry.state,
        nextAt: iso(entry.nextAt),
        createdAt: new Date(entry.createdAt).toISOString(),
        attempts: entry.attempts.map(({ at, status, error, durationMs }) => ({
          at: new Date(at).toISOString(),
          status,
          error,
          durationMs,
        })),
      }));
      return { items, nextCursor: page.cursor };
    },
    webhookReplay: async ({ params }) => {
      await webhookLog.replay(params.id, params.delivery);
      return { ok: true };
    },
  };
}
