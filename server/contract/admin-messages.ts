import { z } from 'zod';
import { accountName, boxStatus, messageRow, reasonItem, timelineEntry } from './admin-shapes.ts';
import { nullableTime, paging, uuidParam } from './common.ts';
import { done, items, operator, page, viewer } from './admin-route.ts';
import { routeTable } from './route.ts';
import {
  cancelResult,
  historyFilters,
  messageStatus,
  previewResult,
  recipientItem,
  recipientsQuery,
  sendBody,
  sendResult,
} from './v2-message-shapes.ts';

/** What a person sends or only looks at. Without `origin` the account's usual sender name; `at` is ISO 8601. */
const personalSend = z.object({
  to: z.array(z.string().max(64)).min(1).max(100_000),
  text: z.string().max(20_000),
  origin: z.string().max(64).optional(),
  at: z.string().max(64).optional(),
  variables: sendBody.shape.variables,
  priority: sendBody.shape.priority,
  validityMinutes: sendBody.shape.validityMinutes,
  clientRef: sendBody.shape.clientRef,
  account: accountName,
});

/** What may not be as its writer meant it. `characters` are the first that the GSM alphabet does not have. */
export const previewNote = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unicode'), characters: z.array(z.string()), more: z.boolean() }),
  z.object({ kind: z.literal('long'), segments: z.number().int() }),
  z.object({ kind: z.literal('link') }),
  z.object({ kind: z.literal('modem'), origin: z.string() }),
]);
export type PreviewNote = z.infer<typeof previewNote>;

/** The text that one of the first recipients will get, part by part. */
export const previewSample = z.object({ msisdn: z.string(), parts: z.array(z.string()) });
export type PreviewSample = z.infer<typeof previewSample>;

/** Messages, their recipients and timelines; the state of the box. */
export const adminMessagesRoutes = routeTable({
  status: { method: 'GET', path: '/status', access: viewer, summary: 'State of the box', answer: boxStatus },
  messages: {
    method: 'GET',
    path: '/messages',
    access: viewer,
    summary: 'Messages of an account or of the whole box, newest first',
    query: paging(200, 50).extend({
      ...historyFilters,
      /** Only the one with this reference number. */
      refNo: z.string().max(64).optional(),
      account: accountName,
    }),
    answer: page(messageRow),
  },
  message: {
    method: 'GET',
    path: '/messages/{uuid}',
    access: viewer,
    summary: 'One message',
    params: uuidParam,
    answer: messageStatus.extend({
      account: z.string(),
      waiting: z.string().nullable(),
      waitingReasons: z.array(reasonItem),
      /** The campaign that it is a part of. */
      campaign: z.object({ id: z.number().int(), name: z.string() }).nullable(),
    }),
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
  markSent: {
    method: 'POST',
    path: '/messages/{uuid}/recipients/{txId}/mark-sent',
    access: operator,
    summary: 'Take what ended unknown for sent; a late report still settles it',
    params: uuidParam.extend({ txId: z.string().max(32) }),
    answer: done,
  },
  send: {
    method: 'POST',
    path: '/messages',
    access: operator,
    summary: 'Send a message',
    body: personalSend,
    answer: sendResult,
  },
  preview: {
    method: 'POST',
    path: '/messages/preview',
    access: operator,
    summary: 'What a message would be and cost; nothing is sent',
    body: personalSend,
    answer: previewResult.omit({ warnings: true }).extend({
      notes: z.array(previewNote),
      origin: z.string(),
      /** Credits that the account has. */
      balance: z.number().int(),
      samples: z.array(previewSample).max(3),
      /** The first numbers that are no numbers, as they were written. */
      invalid: z.array(z.string()).max(100),
      /** When it would be sent; null for at once. */
      scheduledTime: nullableTime,
    }),
  },
  cancel: {
    method: 'POST',
    path: '/messages/{uuid}/cancel',
    access: operator,
    summary: 'Cancel what waits of a message and give its credits back',
    params: uuidParam,
    answer: cancelResult,
  },
});
