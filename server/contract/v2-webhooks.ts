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

const sample = {
  id: 3,
  url: 'https://your-app.com/hooks/sepsms',
  events: ['dr.success', 'dr.failed'],
  state: 'active',
  reason: null,
  createdAt: '2026-01-15T10:30:00.000Z',
} as const;
const secret = 'whsec_5Jm0yqX2v8bQd1TzKc7RfWn4LgHs9PaE';
const delivery = '5d0c7be91f42a83e';

/** Webhook endpoints of the caller's account (api-v2 §6). */
export const webhookRoutes = routeTable({
  webhooks: {
    method: 'GET',
    path: '/webhooks',
    access: reads,
    summary: 'Webhook endpoints',
    answer: result(z.object({ items: z.array(endpointItem) })),
    extension: true,
    examples: { answer: { result: { items: [sample] } } },
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
    description:
      'The answer shows the secret of the endpoint once. The address must be HTTPS, unless its host is on the allow-list of the box.',
    errors: ['webhook.url_refused', 'account.not_found'],
    examples: {
      body: { url: sample.url, events: sample.events },
      answer: { result: { ...sample, account: 'Main', secret } },
    },
  },
  webhook: {
    method: 'GET',
    path: '/webhooks/{id}',
    access: reads,
    summary: 'One webhook endpoint',
    params: idParam,
    answer: result(endpointItem),
    errors: ['webhook.not_found'],
    extension: true,
    examples: { answer: { result: sample } },
  },
  webhookDelete: {
    method: 'DELETE',
    path: '/webhooks/{id}',
    access: writes,
    summary: 'Remove a webhook endpoint; what waits for it is given up',
    params: idParam,
    answer: result(z.object({ id: z.number().int(), removed: z.literal(true) })),
    errors: ['webhook.not_found'],
    extension: true,
    examples: { answer: { result: { id: sample.id, removed: true } } },
  },
  webhookDeliveries: {
    method: 'GET',
    path: '/webhooks/{id}/deliveries',
    access: reads,
    summary: 'Deliveries of an endpoint with their attempts, newest first',
    params: idParam,
    query: paging(200, 50),
    answer: result(z.object({ items: z.array(deliveryItem), nextCursor: z.string().nullable() })),
    errors: ['webhook.not_found'],
    extension: true,
    examples: {
      answer: {
        result: {
          items: [
            {
              id: delivery,
              event: 'dr.success',
              state: 'delivered',
              attempts: [{ at: '2026-01-15T10:30:04.400Z', status: 200, error: null, durationMs: 87 }],
              nextAt: null,
              createdAt: '2026-01-15T10:30:04.250Z',
            },
          ],
          nextCursor: null,
        },
      },
    },
  },
  webhookPause: {
    method: 'POST',
    path: '/webhooks/{id}/pause',
    access: writes,
    summary: 'Stop posting to an endpoint; events are collected',
    params: idParam,
    answer: result(endpointItem),
    errors: ['webhook.not_found'],
    extension: true,
    examples: { answer: { result: { ...sample, state: 'paused' } } },
  },
  webhookResume: {
    method: 'POST',
    path: '/webhooks/{id}/resume',
    access: writes,
    summary: 'Post to a paused or disabled endpoint again',
    params: idParam,
    answer: result(endpointItem),
    errors: ['webhook.not_found', 'webhook.url_refused'],
    extension: true,
    examples: { answer: { result: sample } },
  },
  webhookRotate: {
    method: 'POST',
    path: '/webhooks/{id}/rotate',
    access: writes,
    summary: 'Make a new secret; the answer shows it once',
    params: idParam,
    answer: result(endpointItem.extend(rotated.shape)),
    description: 'For 24 hours posts are signed with the old secret as well.',
    errors: ['webhook.not_found'],
    extension: true,
    examples: { answer: { result: { ...sample, secret, oldSecretUntil: '2026-01-16T10:30:00.000Z' } } },
  },
  webhookTest: {
    method: 'POST',
    path: '/webhooks/{id}/test',
    access: writes,
    summary: 'Post a test message at once',
    params: idParam,
    answer: result(testOutcome),
    description: 'The event is called `webhook.test`. What came back is in the answer.',
    errors: ['webhook.not_found', 'webhook.url_refused'],
    extension: true,
    examples: { answer: { result: { delivered: true, status: 200, error: null, durationMs: 87 } } },
  },
  webhookReplay: {
    method: 'POST',
    path: '/webhooks/{id}/replay',
    access: writes,
    summary: 'Deliver once more: one delivery, or all of a time range',
    params: idParam,
    body: replayBody,
    answer: result(replayed),
    errors: ['webhook.not_found', 'delivery.not_found'],
    extension: true,
    examples: { body: { delivery }, answer: { result: { replayed: 1 } } },
  },
});
