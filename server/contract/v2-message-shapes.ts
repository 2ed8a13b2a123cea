import { z } from 'zod';
import { drStatus, drSummary, isoTime, messageState, nullableTime, paging } from './common.ts';

/** Values by number, then by name. The values of one number are looked at when its text is made: there may be 100,000. */
const variables = z
  .custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'expected an object of values by number',
  )
  .meta({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
  });

/** Body of POST /message/send (api-v2 §4). Unknown fields are ignored. */
export const sendBody = z.object({
  origin: z.string().min(1).max(64),
  message: z.string().max(20_000),
  recipients: z.array(z.string().max(64)).min(1),
  scheduledTime: z.string().max(64).nullable().optional(),
  variables: variables.nullable().optional(),
  clientRef: z.string().max(64).nullable().optional(),
  validityMinutes: z.number().int().min(1).max(10_080).optional(),
  priority: z.enum(['normal', 'high']).optional(),
});
export type SendBody = z.infer<typeof sendBody>;

export const sendResult = z.object({
  uuid: z.uuid(),
  refNo: z.string(),
  totalMsisdn: z.number().int(),
  totalCredit: z.number().int(),
  blockedCount: z.number().int(),
  status: messageState,
  invalidCount: z.number().int().optional(),
  invalid: z.array(z.string()).max(100).optional(),
});
export type SendResult = z.infer<typeof sendResult>;

/** Body of POST /message/preview: what sending takes; other fields are kept, to be named in the warnings. */
export const previewBody = z.looseObject(sendBody.shape);

/** `encoding`, `characters` and `parts` of the first recipient's text, `segments` of the longest one. */
export const previewResult = z.object({
  encoding: z.enum(['gsm7', 'ucs2']),
  segments: z.number().int(),
  characters: z.number().int(),
  totalMsisdn: z.number().int(),
  totalCredit: z.number().int(),
  blockedCount: z.number().int(),
  invalidCount: z.number().int(),
  parts: z.array(z.string()),
  warnings: z.array(z.string()),
});

export const cancelResult = z.object({
  uuid: z.uuid(),
  status: messageState,
  cancelledCount: z.number().int(),
  refundedCredit: z.number().int(),
});

export const messageStatus = z.object({
  uuid: z.uuid(),
  origin: z.string(),
  status: messageState,
  totalMsisdn: z.number().int(),
  drSummary,
  refundedCount: z.number().int(),
  refNo: z.string(),
  clientRef: z.string().nullable(),
  message: z.string(),
  segments: z.number().int(),
  totalCredit: z.number().int(),
  blockedCount: z.number().int(),
  scheduledTime: nullableTime,
  createdAt: isoTime,
  completedAt: nullableTime,
});
export type MessageStatus = z.infer<typeof messageStatus>;

export const recipientItem = z.object({
  msisdn: z.string(),
  txId: z.string(),
  drStatus,
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  segments: z.number().int(),
  credit: z.number().int(),
  refunded: z.boolean(),
  carrier: z.string().nullable(),
  attempts: z.number().int(),
  sentAt: nullableTime,
  deliveredAt: nullableTime,
});
export type RecipientItem = z.infer<typeof recipientItem>;

export const recipientsPage = z.object({
  items: z.array(recipientItem),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
});

export const recipientsQuery = paging(1000, 100).extend({ drStatus: drStatus.optional() });

/** Filters of lists of messages; all can be combined. Times are ISO 8601, in the box's time zone when without an offset. */
export const historyFilters = {
  from: z.string().min(1).max(64).optional().describe('Made at or after this time.'),
  to: z.string().min(1).max(64).optional().describe('Made before this time.'),
  status: messageState.optional(),
  origin: z.string().min(1).max(64).optional(),
  msisdn: z.string().min(1).max(64).optional().describe('Sent to this number.'),
  clientRef: z.string().min(1).max(64).optional(),
};

export const historyQuery = paging(1000, 100).extend(historyFilters);

/** A page may have fewer items than `limit`, even none: the end is where `nextCursor` is null. */
export const historyPage = z.object({ items: z.array(messageStatus), nextCursor: z.string().nullable() });
