import { z } from 'zod';
import { drStatus, drSummary, extension, isoTime, messageState, nullableTime, paging, shortPages } from './common.ts';

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

const longestNumber = 64;
const mostNamedFaults = 20;

/** Numbers as they were written. Looked at in one plain loop and passed on as they are: there may be 100,000. */
const recipientNumbers = z
  .custom<readonly string[]>()
  .superRefine((value: unknown, context) => {
    const fault = (message: string, path: number[] = []) => context.addIssue({ code: 'custom', message, path });
    if (!Array.isArray(value)) return fault('expected a list of numbers');
    if (value.length === 0) return fault('expected at least one number');
    let faults = 0;
    for (const [index, number] of value.entries()) {
      if (typeof number === 'string' && number.length <= longestNumber) continue;
      fault(`expected a text of at most ${longestNumber} characters`, [index]);
      faults += 1;
      if (faults === mostNamedFaults) return;
    }
  })
  .meta({ type: 'array', items: { type: 'string', maxLength: longestNumber }, minItems: 1 });

/** Body of POST /message/send (api-v2 §4). Unknown fields are ignored. */
export const sendBody = z
  .object({
    origin: z.string().min(1).max(64).meta({ description: 'A sender name that is approved for the account.' }),
    message: z.string().max(20_000).meta({ description: 'The text; `{name}` stands for a value of `variables`.' }),
    recipients: recipientNumbers.meta({
      description: 'Numbers, such as `0812345678` or `66812345678`. One that comes twice counts once.',
    }),
    scheduledTime: z.string().max(64).nullable().optional().meta({
      description: 'When to send, ISO 8601; without an offset in the time zone of the box. Null or absent: now.',
    }),
    variables: variables
      .nullable()
      .optional()
      .meta({ description: 'Values for personal texts: by number, then by the name of the placeholder.' }),
    clientRef: z
      .string()
      .max(64)
      .nullable()
      .optional()
      .meta(extension('A reference of your own; comes back in status and webhooks.')),
    validityMinutes: z
      .number()
      .int()
      .min(1)
      .max(10_080)
      .optional()
      .meta(extension('How long the message stays worth sending; two days unless the box is set otherwise.')),
    priority: z
      .enum(['normal', 'high'])
      .optional()
      .meta(extension('`high` goes before what is `normal`, the usual one.')),
  })
  .meta({ id: 'SendRequest' });
export type SendBody = z.infer<typeof sendBody>;

export const sendResult = z
  .object({
    uuid: z.uuid().meta({ description: 'The name of the message in every later request.' }),
    refNo: z.string().meta({ description: '`SP`, the day as yymmdd, and a serial number.' }),
    totalMsisdn: z.number().int().meta({ description: 'How many different numbers.' }),
    totalCredit: z.number().int().meta({ description: 'Credits taken: one a segment and number.' }),
    blockedCount: z
      .number()
      .int()
      .meta({ description: 'How many numbers are not sent to, for they are on the blocklist; they cost nothing.' }),
    status: messageState,
    invalidCount: z
      .number()
      .int()
      .optional()
      .meta(extension('How many are no possible numbers; they cost nothing. Absent when there is none.')),
    invalid: z.array(z.string()).max(100).optional().meta(extension('The first 100 of them, as they were written.')),
  })
  .meta({ id: 'SendResult' });
export type SendResult = z.infer<typeof sendResult>;

/** Body of POST /message/preview: what sending takes; other fields are kept, to be named in the warnings. */
export const previewBody = z.looseObject(sendBody.shape);

/** `encoding`, `characters` and `parts` of the first recipient's text, `segments` of the longest one. */
export const previewResult = z
  .object({
    encoding: z
      .enum(['gsm7', 'ucs2'])
      .meta({ description: 'Thai, Chinese and emoji need `ucs2`: 70 characters, not 160.' }),
    segments: z.number().int().meta({ description: 'Of the longest text.' }),
    characters: z.number().int().meta({ description: "Of the first recipient's text." }),
    totalMsisdn: z.number().int(),
    totalCredit: z.number().int(),
    blockedCount: z.number().int(),
    invalidCount: z.number().int(),
    parts: z.array(z.string()).meta({ description: "The first recipient's text, part by part." }),
    warnings: z.array(z.string()).meta({ description: 'What may not be as you meant it, in words.' }),
  })
  .meta({ id: 'PreviewResult' });

export const cancelResult = z
  .object({
    uuid: z.uuid(),
    status: messageState,
    cancelledCount: z.number().int().meta({ description: 'How many numbers are not sent to.' }),
    refundedCredit: z.number().int().meta({ description: 'Credits given back.' }),
  })
  .meta({ id: 'CancelResult' });

export const messageStatus = z
  .object({
    uuid: z.uuid(),
    origin: z.string(),
    status: messageState,
    totalMsisdn: z.number().int(),
    drSummary: drSummary.meta({ description: 'How many numbers are in each state.' }),
    refundedCount: z.number().int().meta({ description: 'How many numbers were refunded.' }),
    refNo: z.string().meta(extension('As in the answer to sending.')),
    clientRef: z.string().nullable().meta(extension('As it was sent.')),
    message: z.string().meta(extension('The text as it was sent.')),
    segments: z.number().int().meta(extension('Segments of the longest text.')),
    totalCredit: z.number().int().meta(extension('Credits taken at acceptance.')),
    blockedCount: z.number().int().meta(extension('How many numbers are on the blocklist.')),
    scheduledTime: nullableTime.meta(extension('When it is to be sent; null for at once.')),
    createdAt: isoTime.meta(extension('When it was accepted.')),
    completedAt: nullableTime.meta(extension('When its last number became final.')),
    waiting: z.string().optional().meta(extension('Why what is queued waits, in words; absent while nothing does.')),
  })
  .meta({ id: 'MessageStatus' });
export type MessageStatus = z.infer<typeof messageStatus>;

export const recipientItem = z
  .object({
    msisdn: z.string(),
    txId: z.string().meta({ description: 'Names this number of this message; webhooks carry it.' }),
    drStatus,
    errorCode: z.string().nullable().meta({ description: 'Why it failed, for programs; null while nothing did.' }),
    errorMessage: z.string().nullable(),
    segments: z.number().int(),
    credit: z.number().int().meta({ description: 'Credits taken.' }),
    refunded: z.boolean().meta({ description: 'Whether they were given back.' }),
    carrier: z.string().nullable().meta({ description: 'The modem or carrier that had it last.' }),
    attempts: z.number().int().meta({ description: 'How many times it was handed over.' }),
    sentAt: nullableTime,
    deliveredAt: nullableTime,
  })
  .meta({ id: 'Recipient' });
export type RecipientItem = z.infer<typeof recipientItem>;

export const recipientsPage = z.object({
  items: z.array(recipientItem),
  nextCursor: z.string().nullable().meta({ description: '`cursor` of the next page; null on the last one.' }),
  total: z.number().int().meta({ description: 'How many there are on all pages.' }),
});

export const recipientsQuery = paging(1000, 100).extend({
  drStatus: drStatus.optional().meta({ description: 'Only those in this state.' }),
});

/** Filters of lists of messages; all can be combined. Times are ISO 8601, in the box's time zone when without an offset. */
export const historyFilters = {
  from: z.string().min(1).max(64).optional().meta({ description: 'Made at or after this time, ISO 8601.' }),
  to: z.string().min(1).max(64).optional().meta({ description: 'Made before this time.' }),
  status: messageState.optional().meta({ description: 'Only those in this state.' }),
  origin: z.string().min(1).max(64).optional().meta({ description: 'Sent under this name.' }),
  msisdn: z.string().min(1).max(64).optional().meta({ description: 'Sent to this number.' }),
  clientRef: z.string().min(1).max(64).optional().meta({ description: 'With this reference of your own.' }),
};

export const historyQuery = paging(1000, 100).extend(historyFilters);

export const historyPage = z.object({
  items: z.array(messageStatus),
  nextCursor: z.string().nullable().meta({ description: shortPages }),
});
