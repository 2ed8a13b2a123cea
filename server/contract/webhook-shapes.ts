import { z } from 'zod';
import { eventNames } from '../domain/events.ts';
import { isoTime, nullableTime } from './common.ts';

const eventName = z.enum(eventNames).meta({ id: 'EventName' });

/** What an endpoint may be told of, for those who offer a choice. */
export const webhookEvents = eventNames;

/** A webhook endpoint, without its secret. */
export const endpointItem = z
  .object({
    id: z.number().int(),
    url: z.string(),
    events: z.array(eventName),
    state: z
      .enum(['active', 'paused', 'disabled'])
      .meta({ description: '`paused` collects events; `disabled` does not, until it is resumed.' }),
    reason: z.string().nullable().meta({ description: 'Why it is disabled.' }),
    createdAt: isoTime,
  })
  .meta({ id: 'WebhookEndpoint' });
export type EndpointItem = z.infer<typeof endpointItem>;

/** One event on its way to one endpoint. */
export const deliveryItem = z
  .object({
    id: z.string().meta({ description: 'What the receiver sees as `X-Webhook-Id`, the same over all attempts.' }),
    event: eventName,
    state: z.enum(['pending', 'delivered', 'failed']),
    attempts: z
      .array(
        z.object({
          at: isoTime,
          status: z.number().int().nullable().meta({ description: 'HTTP status of the answer; null when none came.' }),
          error: z.string().nullable().meta({ description: 'Why there was no answer.' }),
          durationMs: z.number(),
        }),
      )
      .meta({ description: 'The latest 50, oldest first.' }),
    nextAt: nullableTime.meta({ description: 'When the next attempt is due.' }),
    createdAt: isoTime,
  })
  .meta({ id: 'WebhookDelivery' });
export type DeliveryItem = z.infer<typeof deliveryItem>;

export const eventChoice = z.union([z.literal('all'), z.array(eventName).min(1)]);

const offsetTime = z.iso.datetime({ offset: true, error: 'give an ISO 8601 time such as 2026-01-15T10:35:00+07:00' });

/** Deliveries of a time range: made from `from` on and before `to`; `failed` takes only those that were given up. */
export const replayRange = z
  .object({ from: offsetTime, to: offsetTime, only: z.enum(['failed', 'finished']).default('finished') })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], error: 'must be later than from' });

/** How many deliveries are on their way again. */
export const replayed = z.object({ replayed: z.number().int() });

/** What came back from a test post: `delivered` for a 2xx, `error` why there was no answer. */
export const testOutcome = z.object({
  delivered: z.boolean(),
  status: z.number().int().nullable(),
  error: z.string().nullable(),
  durationMs: z.number(),
});

/** A new secret, shown this once; until `oldSecretUntil` posts are signed with the one before as well. */
export const rotated = z.object({ secret: z.string(), oldSecretUntil: nullableTime });
