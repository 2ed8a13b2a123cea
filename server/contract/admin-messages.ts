import { z } from 'zod';
import { accountName, boxStatus, messageRow, timelineEntry } from './admin-shapes.ts';
import { paging, uuidParam } from './common.ts';
import { done, items, operator, page, viewer } from './admin-route.ts';
import { routeTable } from './route.ts';
import { historyFilters, messageStatus, recipientItem, recipientsQuery, sendResult } from './v2-message-shapes.ts';

/** Messages, their recipients and timelines; the state of the box. */
export const adminMessagesRoutes = routeTable({
  status: { method: 'GET', path: '/status', access: viewer, summary: 'State of the box', answer: boxStatus },
  messages: {
    method: 'GET',
    path: '/messages',
    access: viewer,
    summary: 'Messages of an account or of the whole box, newest first',
    query: paging(200, 50).extend({ ...historyFilters, account: accountName }),
    answer: page(messageRow),
  },
  message: {
    method: 'GET',
    path: '/messages/{uuid}',
    access: viewer,
    summary: 'One message',
    params: uuidParam,
    answer: messageStatus.extend({ account: z.string(), waiting: z.string().nullable() }),
  },
  recipients: {
    method: 'GET',
    path: '/messages/{uuid}/recipients',
    access: viewer,
    summary: 'Recipients of a message',
    params: uuidParam,
    query: recipientsQuery,
    answer: page(recipientItem),
  },
  timeline: {
    method: 'GET',
    path: '/messages/{uuid}/recipients/{txId}/timeline',
    access: viewer,
    summary: 'What happened to one recipient',
    params: uuidParam.extend({ txId: z.string().max(32) }),
    answer: items(timelineEntry),
  },
  resend: {
    method: 'POST',
    path: '/messages/{uuid}/recipients/{txId}/resend',
    access: operator,
    summary: 'Send again what ended unknown',
    params: uuidParam.extend({ txId: z.string().max(32) }),
    answer: done,
  },
  send: {
    method: 'POST',
    path: '/messages',
    access: operator,
    summary: 'Send a message',
    body: z.object({
      to: z.array(z.string().max(64)).min(1).max(1000),
      text: z.string().max(20_000),
      origin: z.string().max(64).optional(),
      at: z.string().max(64).optional(),
      account: accountName,
    }),
    answer: sendResult,
  },
});
