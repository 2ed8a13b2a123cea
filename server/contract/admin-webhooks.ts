import { z } from 'zod';
import { eventNames } from '../domain/events.ts';
import { accountName, deliveryItem, webhookItem } from './admin-shapes.ts';
import { idParam, paging } from './common.ts';
import { admin, done, items, operator, page, viewer } from './admin-route.ts';
import { routeTable } from './route.ts';

/** Webhook endpoints and the log of their deliveries. */
export const adminWebhooksRoutes = routeTable({
  webhooks: {
    method: 'GET',
    path: '/webhooks',
    access: viewer,
    summary: 'Webhook endpoints',
    answer: items(webhookItem),
  },
  webhookAdd: {
    method: 'POST',
    path: '/webhooks',
    access: admin,
    summary: 'Register a webhook endpoint; the answer shows its secret once',
    body: z.object({
      url: z.url().max(2000),
      events: z.union([z.literal('all'), z.array(z.enum(eventNames)).min(1)]),
      account: accountName,
      allowHost: z.boolean().default(false),
    }),
    answer: webhookItem.extend({ secret: z.string() }),
  },
  webhookRemove: {
    method: 'DELETE',
    path: '/webhooks/{id}',
    access: admin,
    summary: 'Remove a webhook endpoint',
    params: idParam,
    answer: done,
  },
  webhookDeliveries: {
    method: 'GET',
    path: '/webhooks/{id}/deliveries',
    access: viewer,
    summary: 'Deliveries of an endpoint, newest first',
    params: idParam,
    query: paging(200, 50),
    answer: page(deliveryItem),
  },
  webhookReplay: {
    method: 'POST',
    path: '/webhooks/{id}/deliveries/{delivery}/replay',
    access: operator,
    summary: 'Deliver once more',
    params: idParam.extend({ delivery: z.string().max(64) }),
    answer: done,
  },
});
