import { z } from 'zod';
import { isoTime, paging, shortPages } from './common.ts';
import { result, routeTable } from './route.ts';

export const inboundItem = z
  .object({
    uuid: z.uuid(),
    from: z.string(),
    to: z.string().nullable(),
    text: z.string(),
    receivedAt: isoTime,
    carrier: z.string().nullable(),
    replyTo: z.uuid().optional().meta({
      description: 'The newest message that was handed over for this sender within the seven days before, if any.',
    }),
    complete: z.literal(false).optional().meta({ description: 'Only there when parts of a long text never came.' }),
  })
  .meta({ id: 'ReceivedMessage' });
export type InboundItem = z.infer<typeof inboundItem>;

export const inboundQuery = paging(1000, 100).extend({
  from: z.string().trim().min(1).max(64).optional().meta({ description: 'A number in any usual form, or a name.' }),
  since: z.string().min(1).max(64).optional().meta({ description: 'Received at or after this time, ISO 8601.' }),
  q: z.string().min(1).max(200).optional().meta({ description: 'Part of the text, in any case.' }),
});

/** Received messages (api-v2 §4). */
export const inboundRoutes = routeTable({
  listInbound: {
    method: 'GET',
    path: '/inbound',
    access: { by: 'key', scope: 'sms:read' },
    summary: 'Received messages of the account, newest first',
    query: inboundQuery,
    answer: result(
      z.object({
        items: z.array(inboundItem),
        nextCursor: z.string().nullable().meta({ description: shortPages }),
      }),
    ),
    extension: true,
    examples: {
      answer: {
        result: {
          items: [
            {
              uuid: '019bbfb1-02d0-7c3a-b7f4-91d2c4e8a603',
              from: '66812345678',
              to: null,
              text: 'สนใจครับ',
              receivedAt: '2026-01-15T10:42:11.000Z',
              carrier: 'Office modem',
              replyTo: '019bbfa2-7c4e-7b1d-9f8b-2c1e5d6f7a80',
            },
          ],
          nextCursor: null,
        },
      },
    },
  },
});
