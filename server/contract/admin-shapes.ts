import { z } from 'zod';
import { languages } from '../domain/languages.ts';
import { roles } from '../domain/roles.ts';
import { scopes } from '../domain/scopes.ts';
import { senderPurposes, senderStates } from '../domain/sender.ts';
import { carrierItem } from './carrier-forms.ts';
import { drSummary, isoTime, messageState, name, nullableTime } from './common.ts';
import { endpointItem } from './webhook-shapes.ts';

export const accountName = name.optional();

/** Why something is as it is: `text` in plain English, and a code with values for pages in other languages. Times are ISO 8601. */
export const reasonItem = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
});
export type ReasonItem = z.infer<typeof reasonItem>;

export const sessionInfo = z.object({
  user: z.string(),
  role: z.enum(roles),
  version: z.string(),
  /** What the person chose to read; null for what the browser prefers. */
  language: z.enum(languages).nullable(),
});
export type SessionInfo = z.infer<typeof sessionInfo>;

/** One message as lists and live news show it. */
export const messageRow = z.object({
  uuid: z.uuid(),
  refNo: z.string(),
  account: z.string(),
  origin: z.string(),
  /** The number, when the message goes to one number only. */
  msisdn: z.string().nullable(),
  /** First characters of the text, with an ellipsis when it is cut. */
  excerpt: z.string(),
  status: messageState,
  totalMsisdn: z.number().int(),
  segments: z.number().int(),
  totalCredit: z.number().int(),
  drSummary,
  clientRef: z.string().nullable(),
  createdAt: isoTime,
  scheduledTime: nullableTime,
  completedAt: nullableTime,
  /** Why it waits, in plain words; null when nothing waits. */
  waiting: z.string().nullable(),
  /** The same, each reason by itself; empty when nothing waits. */
  waitingReasons: z.array(reasonItem),
});
export type MessageRow = z.infer<typeof messageRow>;

/** One step in the life of one recipient, oldest first. */
export const timelineEntry = z.object({
  at: isoTime,
  kind: z.enum([
    'accepted',
    'scheduled',
    'handing',
    'handed',
    'rejected',
    'retry',
    'uncertain',
    'report',
    'final',
    'refund',
    'webhook',
  ]),
  /** In plain words: "Part 1 of 2 handed to modem Office with reference 17". */
  text: z.string(),
  carrier: z.string().nullable(),
  code: z.string().nullable(),
  /** The same in pieces, for pages that say it in the language of their reader; absent is what does not apply. */
  about: z
    .object({
      part: z.number().int(),
      parts: z.number().int(),
      reference: z.string(),
      verdict: z.enum(['delivered', 'failed', 'expired', 'trying']),
      /** Words of the network or the carrier, as they came. */
      detail: z.string(),
      scheduledTime: isoTime,
      credits: z.number().int(),
      event: z.string(),
      host: z.string(),
      /** Whether a webhook was delivered; false when it was given up. */
      delivered: z.boolean(),
    })
    .partial(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const accountItem = z.object({
  id: z.number().int(),
  name: z.string(),
  /** May be below nothing while the account is, or was, unmetered. */
  balance: z.number().int(),
  suspended: z.boolean(),
  /** Sends only while its credits last. An unmetered one keeps its ledger and is never refused. */
  metered: z.boolean(),
  /** Falling below this fires `credit.low`; null for never. */
  lowCreditThreshold: z.number().int().nullable(),
});

/** What a key may do, for those who offer a choice. */
export const keyScopes = scopes;

export const keyItem = z.object({
  id: z.number().int(),
  account: z.string(),
  name: z.string(),
  display: z.string(),
  scopes: z.array(z.enum(scopes)),
  ips: z.array(z.string()),
  rpm: z.number().int().nullable(),
  createdAt: isoTime,
  expiresAt: nullableTime,
  revokedAt: nullableTime,
  lastUsedAt: nullableTime,
  lastUsedIp: z.string().nullable(),
});
export type KeyItem = z.infer<typeof keyItem>;

export const keyCreate = z.object({
  name,
  scopes: z.union([z.literal('all'), z.array(z.enum(scopes)).min(1)]).default('all'),
  ips: z.array(z.string().max(64)).max(100).default([]),
  rpm: z.number().int().min(1).max(1_000_000).nullable().default(null),
  expiresAt: isoTime.nullable().default(null),
  account: accountName,
});

export const webhookItem = endpointItem.extend({ account: z.string() });
export type WebhookItem = z.infer<typeof webhookItem>;

export const senderItem = z.object({
  id: z.number().int(),
  account: z.string(),
  name: z.string(),
  state: z.enum(senderStates),
  /** What it was asked or approved for. */
  purposes: z.array(z.enum(senderPurposes)),
  /** Why it was rejected. */
  reason: z.string().nullable(),
});

export const boxStatus = z.object({
  version: z.string(),
  startedAt: isoTime,
  queued: z.number().int(),
  /** Age in milliseconds of the oldest message that waits; null when none does. */
  oldestQueuedMs: z.number().nullable(),
  carriers: z.array(carrierItem),
});
export type BoxStatus = z.infer<typeof boxStatus>;
