import { z } from 'zod';
import { isoTime, paging } from './common.ts';
import { result, routeTable } from './route.ts';

export const inboundItem = z.object({
  uuid: z.uuid(),
  from: z.string(),
  to: z.string().nullable(),
  text: z.string(),
  receivedAt: isoTime,
  carrier: z.string().nullable(),
  replyTo: z
    .uuid()
    .optional()
    .describe('The newest message that was handed over for this sender within the seven days before, if any.'),
  complete: z.literal(false).optional().describe('Only there when parts of a long text never came.'),
});
export type InboundItem = z.infer<typeof inboundItem>;

export const inboundQuery = paging(1000, 100).extend({
  from: z.string().trim().min(1).max(64).optional().describe('A number in any usual form, or a name.'),
  since: z.string().min(1).max(64).optional().describe('Received at or after this time, ISO 8601.'),
  q: z.string().min(1).max(200).optional().describe('Part of the text, in any case.'),
});

/** Received messages (api-v2 §4). */
export const inboundRoutes = routeTable({
  listInbound: {
    method: 'GET',
    path: '/inbound',
    access: { by: 'key', scope: 'sms:read' },
    summary: 'Received messages of the account, newest first',
    query: inboundQuery,
    /** A page may have fewer items than `limit`, even none: the end is where `nextCursor` is null. */
    answer: result(z.object({ items: z.array(inboundItem), nextCursor: z.string().nullable() })),
  },
});
