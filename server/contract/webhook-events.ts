import { z } from 'zod';
import type { EventName } from '../domain/events.ts';
import { drSummary, isoTime } from './common.ts';

/** Bodies of the webhooks (api-v2 §6). Name, time, id and signature of an event travel in headers. */

const recipientFact = z.object({
  smsUuid: z.uuid().meta({ description: 'The message, as `uuid` in its answer.' }),
  msisdn: z.string(),
  txId: z.string().meta({ description: 'The recipient, as in the list of recipients.' }),
});
const clientRef = z.string().optional().meta({ description: 'As given with the message; absent when none was.' });
const errorCode = z.string().optional().meta({ description: 'Why, where the carrier said so.' });

const credits = z.number().int();
const account = z.string().meta({ description: 'Name of the account.' });

interface WebhookEvent {
  /** The fact that it tells. */
  readonly summary: string;
  readonly body: z.ZodObject;
}

/** Every event: what it tells, and the body that is posted. */
export const webhookEvents = {
  'sms.sent': {
    summary: 'A carrier took the message for one number, all parts of it.',
    body: recipientFact.extend({ status: z.literal('sent'), clientRef }),
  },
  'sms.failed': {
    summary:
      'The message for one number was not sent: no carrier took it, its validity ended first, or its number was blocked while it waited.',
    body: recipientFact.extend({ status: z.enum(['failed', 'expired', 'blocked']), errorCode, clientRef }),
  },
  'sms.completed': {
    summary: 'The last recipient of a message is final.',
    body: z.object({
      smsUuid: recipientFact.shape.smsUuid,
      status: z.enum(['completed', 'failed']),
      totalMsisdn: z.number().int(),
      drSummary,
      refundedCount: z.number().int(),
      clientRef,
    }),
  },
  'dr.success': {
    summary: 'The network reports that the phone has the message.',
    body: recipientFact.extend({ status: z.literal('success'), clientRef }),
  },
  'dr.failed': {
    summary: 'The network reports that the phone does not get the message.',
    body: recipientFact.extend({ status: z.enum(['failed', 'expired']), errorCode, clientRef }),
  },
  'otp.verified': {
    summary: 'A one-time code was entered rightly. The code is never told.',
    body: z.object({
      smsUuid: recipientFact.shape.smsUuid,
      msisdn: z.string(),
      reference: z.string(),
      status: z.literal('verified'),
      verifiedAt: isoTime,
    }),
  },
  'credit.low': {
    summary: "An account's balance fell below its threshold; told anew only after it was back at the threshold.",
    body: z.object({ account, balance: credits, threshold: credits }),
  },
  'order.completed': {
    summary: 'Ordered credits were added to the account; `balance` is the one with them.',
    body: z.object({ orderId: z.number().int(), account, credits, balance: credits, completedAt: isoTime }),
  },
  'sms.received': {
    summary: 'A text came in. `to` is the number it was sent to, where that is known.',
    body: z.object({
      uuid: z.uuid(),
      from: z.string(),
      to: z.string().nullable(),
      text: z.string(),
      receivedAt: isoTime,
      rule: z.string().optional().meta({ description: 'The keyword rule that fitted it; absent when none did.' }),
    }),
  },
} satisfies Readonly<Record<EventName, WebhookEvent>>;
