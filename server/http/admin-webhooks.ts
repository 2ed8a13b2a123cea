import type { EndpointView } from '../services/webhooks/webhook-registry.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { deliveriesPage, endpointItem, replayRange, rotatedSecret, testOutcome } from './webhook-views.ts';

/** Webhook endpoints and the log of their deliveries. */
export function webhookHandlers(
  services: AdminServices,
): AdminHandlers<
  | 'webhooks'
  | 'webhookAdd'
  | 'webhookRemove'
  | 'webhookDeliveries'
  | 'webhookReplay'
  | 'webhookPause'
  | 'webhookResume'
  | 'webhookRotate'
  | 'webhookTest'
  | 'webhookReplayRange'
> {
  const { webhooks, webhookLog, accounts } = services;
  const nameOf = (accountId: number) => accounts.list().find((row) => row.id === accountId)?.name ?? '';
  const item = (view: EndpointView) => ({ ...endpointItem(view), account: nameOf(view.accountId) });
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
    webhookDeliveries: async ({ params, query }) =>
      deliveriesPage(await webhookLog.deliveries(params.id, query.limit, query.cursor)),
    webhookReplay: async ({ params }) => {
      await webhookLog.replay(params.id, params.delivery);
      return { ok: true };
    },
    webhookPause: async ({ params }) => item(await webhooks.pause(params.id)),
    webhookResume: async ({ params }) => item(await webhooks.resume(params.id)),
    webhookRotate: async ({ params }) => {
      const rotated = await webhooks.rotate(params.id);
      return { ...item(rotated.endpoint), ...rotatedSecret(rotated) };
    },
    webhookTest: async ({ params }) => testOutcome(await webhooks.test(params.id)),
    webhookReplayRange: async ({ params, body }) => ({
      replayed: await webhookLog.replayRange(params.id, replayRange(body)),
    }),
  };
}
