import { z } from 'zod';
import { accountName, webhookItem } from './admin-shapes.ts';
import { idParam, paging } from './common.ts';
import { admin, done, items, operator, page, viewer } from './admin-route.ts';
import { routeTable } from './route.ts';
import { deliveryItem, eventChoice, replayed, replayRange, rotated, testOutcome } from './webhook-shapes.ts';

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
      events: eventChoice,
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
  webhookPause: {
    method: 'POST',
    path: '/webhooks/{id}/pause',
    access: operator,
    summary: 'Stop posting to an endpoint; events are collected',
    params: idParam,
    answer: webhookItem,
  },
  webhookResume: {
    method: 'POST',
    path: '/webhooks/{id}/resume',
    access: operator,
    summary: 'Post to a paused or disabled endpoint again',
    params: idParam,
    answer: webhookItem,
  },
  webhookRotate: {
    method: 'POST',
    path: '/webhooks/{id}/rotate',
    access: admin,
    summary: 'Make a new secret; the answer shows it once',
    params: idParam,
    answer: webhookItem.extend(rotated.shape),
  },
  webhookTest: {
    method: 'POST',
    path: '/webhooks/{id}/test',
    access: operator,
    summary: 'Post a test message at once',
    params: idParam,
    answer: testOutcome,
  },
  webhookReplayRange: {
    method: 'POST',
    path: '/webhooks/{id}/replay',
    access: operator,
    summary: 'Deliver everything of a time range once more',
    params: idParam,
    body: replayRange,
    answer: replayed,
  },
});
