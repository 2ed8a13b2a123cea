import { z } from 'zod';
import { answerKinds } from '../domain/auto-answer.ts';
import { operator, page, viewer } from './admin-route.ts';
import { accountName } from './admin-shapes.ts';
import { uuidParam } from './common.ts';
import { routeTable } from './route.ts';
import { inboundItem, inboundQuery } from './v2-inbound.ts';
import { sendResult } from './v2-message-shapes.ts';

/** A received text with what became of it. */
export const inboxItem = z.object({
  ...inboundItem.shape,
  account: z.string(),
  /** Name of the keyword rule that decided about it; `opt-out` and `opt-in` are built in. */
  rule: z.string().nullable(),
  read: z.boolean(),
  answers: z.array(
    z.object({
      /** `manual` when a person wrote it. */
      kind: z.enum([...answerKinds, 'manual']),
      state: z.enum(['pending', 'sent', 'refused']),
      to: z.string(),
      /** Why it was not sent, in plain English; `code` is the same for programs. */
      reason: z.string().nullable(),
      code: z.string().nullable(),
      /** The message that it became. */
      uuid: z.string().nullable(),
    }),
  ),
});
export type InboxItem = z.infer<typeof inboxItem>;

const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');

/** The inbox: received texts of all accounts or of one. */
export const adminInboxRoutes = routeTable({
  inbox: {
    method: 'GET',
    path: '/inbound',
    access: viewer,
    summary: 'Received texts, newest first',
    query: inboundQuery.extend({ account: accountName, unread: yesOrNo.optional() }),
    /** `unread` counts those of the whole box that nobody has read, up to 1000. */
    answer: page(inboxItem).extend({ unread: z.number().int() }),
  },
  inboxText: {
    method: 'GET',
    path: '/inbound/{uuid}',
    access: viewer,
    summary: 'One received text',
    params: uuidParam,
    answer: inboxItem,
  },
  inboxRead: {
    method: 'POST',
    path: '/inbound/{uuid}/read',
    access: operator,
    summary: 'Mark a received text as read, or as unread again',
    params: uuidParam,
    body: z.object({ read: z.boolean().default(true) }),
    answer: inboxItem,
    audit: false,
  },
  inboxReadAll: {
    method: 'POST',
    path: '/inbound/read',
    access: operator,
    summary: 'Mark everything as read that came up to a time',
    body: z.object({ account: accountName, upTo: z.iso.datetime({ offset: true }).optional() }),
    answer: z.object({ marked: z.number().int() }),
  },
  inboxReply: {
    method: 'POST',
    path: '/inbound/{uuid}/reply',
    access: operator,
    summary: 'Answer a received text, from the number that it came to where that can be',
    params: uuidParam,
    body: z.object({ text: z.string().max(20_000), origin: z.string().max(64).optional() }),
    answer: sendResult,
  },
});
