import type { V2Handlers, V2Services } from './v2-services.ts';
import { deliveriesPage, endpointItem, replayRange, rotatedSecret, testOutcome } from './webhook-views.ts';

/** Webhook endpoints of the caller's account; those of another account are not there. */
export function webhookHandlers(
  services: V2Services,
): V2Handlers<
  | 'webhooks'
  | 'webhookRegister'
  | 'webhook'
  | 'webhookDelete'
  | 'webhookDeliveries'
  | 'webhookPause'
  | 'webhookResume'
  | 'webhookRotate'
  | 'webhookTest'
  | 'webhookReplay'
> {
  const { webhooks, webhookLog, accounts } = services;
  return {
    webhooks: ({ who }) => ({ result: { items: webhooks.list(who.accountId).map(endpointItem) } }),
    webhookRegister: async ({ body }) => {
      const { id: accountId, name: account } = accounts.named(body.account);
      const { url, events } = body;
      const { endpoint, secret } = await webhooks.add({ accountId, url, events, allowHost: false });
      return { result: { ...endpointItem(endpoint), account, secret } };
    },
    webhook: ({ who, params }) => ({ result: endpointItem(webhooks.get(params.id, who.accountId)) }),
    webhookDelete: async ({ who, params }) => {
      await webhooks.remove(params.id, who.accountId);
      return { result: { id: params.id, removed: true } };
    },
    webhookDeliveries: async ({ who, params, query }) => ({
      result: deliveriesPage(await webhookLog.deliveries(params.id, query.limit, query.cursor, who.accountId)),
    }),
    webhookPause: async ({ who, params }) => ({ result: endpointItem(await webhooks.pause(params.id, who.accountId)) }),
    webhookResume: async ({ who, params }) => ({
      result: endpointItem(await webhooks.resume(params.id, who.accountId)),
    }),
    webhookRotate: async ({ who, params }) => {
      const rotated = await webhooks.rotate(params.id, who.accountId);
      return { result: { ...endpointItem(rotated.endpoint), ...rotatedSecret(rotated) } };
    },
    webhookTest: async ({ who, params }) => ({ result: testOutcome(await webhooks.test(params.id, who.accountId)) }),
    webhookReplay: async ({ who, params, body }) => {
      if ('delivery' in body) {
        await webhookLog.replay(params.id, body.delivery, who.accountId);
        return { result: { replayed: 1 } };
      }
      return { result: { replayed: await webhookLog.replayRange(params.id, replayRange(body), who.accountId) } };
    },
  };
}
