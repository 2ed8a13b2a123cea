import { z } from 'zod';
import { idParam, paging } from './common.ts';
import { result, routeTable } from './route.ts';
import {
  deliveryItem,
  endpointItem,
  eventChoice,
  replayed,
  replayRange,
  rotated,
  testOutcome,
} from './webhook-shapes.ts';

const reads = { by: 'key', scope: 'webhooks:read' } as const;
const writes = { by: 'key', scope: 'webhooks:write' } as const;

/** One delivery by its id, or all of a time range. */
const replayBody = z.union([z.object({ delivery: z.string().max(64) }), replayRange], {
  error: 'give delivery, or from and to with from before to',
});

/** Webhook endpoints of the caller's account (api-v2 §6). */
export const webhookRoutes = routeTable({
  webhooks: {
    method: 'GET',
    path: '/webhooks',
    access: reads,
    summary: 'Webhook endpoints',
    answer: result(z.object({ items: z.array(endpointItem) })),
  },
  webhookRegister: {
    method: 'POST',
    path: '/webhooks',
    access: { by: 'session', role: 'admin' },
    summary: 'Register a webhook endpoint: for signed-in administrators, never with a key',
    body: z.object({
      url: z.url().max(2000),
      events: eventChoice,
      /** Name of the account whose events it is told; `Main` when left out. */
      account: z.string().trim().min(1).max(64).optional(),
    }),
    answer: result(endpointItem.extend({ account: z.string(), secret: z.string() })),
  },
  webhook: {
    method: 'GET',
    path: '/webhooks/{id}',
    access: reads,
    summary: 'One webhook endpoint',
    params: idParam,
    answer: result(endpointItem),
  },
  webhookDelete: {
    method: 'DELETE',
    path: '/webhooks/{id}',
    access: writes,
    summary: 'Remove a webhook endpoint; what waits for it is given up',
    params: idParam,
    answer: result(z.object({ id: z.number().int(), removed: z.literal(true) })),
  },
  webhookDeliveries: {
    method: 'GET',
    path: '/webhooks/{id}/deliveries',
    access: reads,
    summary: 'Deliveries of an endpoint with their attempts, newest first',
    params: idParam,
    query: paging(200, 50),
    answer: result(z.object({ items: z.array(deliveryItem), nextCursor: z.string().nullable() })),
  },
  webhookPause: {
    method: 'POST',
    path: '/webhooks/{id}/pause',
    access: writes,
    summary: 'Stop posting to an endpoint; events are collected',
    params: idParam,
    answer: result(endpointItem),
  },
  webhookResume: {
    method: 'POST',
    path: '/webhooks/{id}/resume',
    access: writes,
    summary: 'Post to a paused or disabled endpoint again',
    params: idParam,
    answer: result(endpointItem),
  },
  webhookRotate: {
    method: 'POST',
    path: '/webhooks/{id}/rotate',
    access: writes,
    summary: 'Make a new secret; the answer shows it once',
    params: idParam,
    answer: result(endpointItem.extend(rotated.shape)),
  },
  webhookTest: {
    method: 'POST',
    path: '/webhooks/{id}/test',
    access: writes,
    summary: 'Post a test message at once',
    params: idParam,
    answer: result(testOutcome),
  },
  webhookReplay: {
    method: 'POST',
    path: '/webhooks/{id}/replay',
    access: writes,
    summary: 'Deliver once more: one delivery, or all of a time range',
    params: idParam,
    body: replayBody,
    answer: result(replayed),
  },
});
