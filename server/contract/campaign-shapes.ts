import { z } from 'zod';
import { previewNote } from './admin-messages.ts';
import { accountName } from './admin-shapes.ts';
import { drSummary, isoTime, name, nullableTime } from './common.ts';

const id = z.number().int().positive();

/** Whom a campaign goes to, and with what text; either a text or a template. */
export const campaignBody = z.object({
  account: accountName,
  origin: z.string().max(64).optional(),
  text: z.string().max(20_000).optional(),
  templateId: id.optional(),
  groups: z.array(id).max(100).default([]),
  numbers: z.array(z.string().max(64)).max(10_000).default([]),
  /** Rows of a file that was uploaded as an import; not together with groups and numbers. */
  importId: id.optional(),
  /** When it is sent; now when left out. */
  at: z.string().max(64).optional(),
  priority: z.enum(['normal', 'high']).default('normal'),
  /** Who has no value for a name in the text: is left out, or gets the text with nothing there. */
  missing: z.enum(['skip', 'blank']).default('skip'),
  /** Numbers that are none: the whole is refused, or they are left out. */
  invalid: z.enum(['refuse', 'skip']).default('refuse'),
});
export const campaignCreate = campaignBody.extend({ name });

export const campaignPreview = z.object({
  /** At most; `exact` when all were looked at. */
  recipients: z.number().int(),
  exact: z.boolean(),
  /** Left out among those that were looked at: a value is missing, or the text is empty or too long with it. */
  skipped: z.number().int(),
  /** Of those that were looked at: on the blocklist, or sent the same a moment ago. */
  blocked: z.number().int(),
  /** Named more than once. */
  repeated: z.number().int(),
  invalid: z.number().int(),
  /** The first that are no numbers, as they were written. */
  invalidSample: z.array(z.string()).max(100),
  /** At most; an estimate where not all were looked at. */
  credits: z.number().int(),
  /** Credits that the account has. */
  balance: z.number().int(),
  /** Of the longest text that was looked at. */
  segments: z.number().int(),
  origin: z.string(),
  notes: z.array(previewNote),
  samples: z.array(
    z.object({ msisdn: z.string(), text: z.string(), segments: z.number().int(), parts: z.array(z.string()) }),
  ),
  /** When it would be sent; null for at once. */
  scheduledTime: nullableTime,
});
export type CampaignPreview = z.infer<typeof campaignPreview>;

export const campaignStates = ['preparing', 'sending', 'paused', 'cancelling', 'done', 'cancelled'] as const;
const problem = z.object({ code: z.string(), message: z.string() });

export const campaignItem = z.object({
  id: z.number().int(),
  account: z.string(),
  name: z.string(),
  /**
   * `preparing`: its audience is being made into messages; `sending`: all of it was; `paused`: nothing more is handed over;
   * `cancelling`: what waits is being taken back; `done` and `cancelled` are its end.
   */
  state: z.enum(campaignStates),
  origin: z.string(),
  text: z.string(),
  priority: z.enum(['normal', 'high']),
  missing: z.enum(['skip', 'blank']),
  groups: z.array(z.number().int()),
  /** How many numbers were named besides. */
  numbers: z.number().int(),
  importId: z.number().int().nullable(),
  scheduledTime: nullableTime,
  /** At most so many; exact once `prepared`. */
  size: z.number().int(),
  prepared: z.boolean(),
  /** Made into messages so far, and left out. */
  recipients: z.number().int(),
  skipped: z.number().int(),
  messages: z.number().int(),
  drSummary,
  credits: z.number().int(),
  refundedCount: z.number().int(),
  /** Why it is paused when no person paused it. */
  problem: problem.nullable(),
  /** The schedule that began it, and for which time. */
  scheduleId: z.number().int().nullable(),
  slot: nullableTime,
  createdBy: z.string(),
  createdAt: isoTime,
  finishedAt: nullableTime,
});
export type CampaignItem = z.infer<typeof campaignItem>;

/** Whom a campaign was for, as it was named. */
export const campaignAudience = z.object({
  groups: z.array(z.number().int()),
  numbers: z.array(z.string()),
  importId: z.number().int().nullable(),
});

/** When a schedule falls due. */
export const repeated = {
  name,
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: z.string().trim().min(1).max(100),
  /** The box's own when left out. */
  timeZone: z.string().max(64).optional(),
};
export const scheduleCreate = campaignBody.omit({ importId: true, at: true }).extend(repeated);
export const scheduleChange = z.object({
  name: name.optional(),
  cron: repeated.cron.optional(),
  timeZone: repeated.timeZone,
  origin: z.string().max(64).optional(),
  text: z.string().max(20_000).optional(),
  templateId: id.optional(),
  groups: z.array(id).max(100).optional(),
  numbers: z.array(z.string().max(64)).max(10_000).optional(),
  priority: z.enum(['normal', 'high']).optional(),
  missing: z.enum(['skip', 'blank']).optional(),
  invalid: z.enum(['refuse', 'skip']).optional(),
});

export const scheduleRun = z.object({
  slot: isoTime,
  /** `late`: after the box was off; `skipped`: too late; `manual`: on a person's word; `failed`: it could not begin. */
  outcome: z.enum(['sent', 'late', 'skipped', 'manual', 'failed']),
  note: z.string().nullable(),
  campaignId: z.number().int().nullable(),
  at: isoTime,
});
export type ScheduleRun = z.infer<typeof scheduleRun>;

export const scheduleItem = z.object({
  id: z.number().int(),
  account: z.string(),
  name: z.string(),
  state: z.enum(['active', 'paused', 'cancelled']),
  cron: z.string(),
  timeZone: z.string(),
  origin: z.string(),
  text: z.string().nullable(),
  templateId: z.number().int().nullable(),
  priority: z.enum(['normal', 'high']),
  missing: z.enum(['skip', 'blank']),
  groups: z.array(z.number().int()),
  numbers: z.array(z.string()),
  /** The next times; none while it does not run. */
  nextRuns: z.array(isoTime),
  lastRun: scheduleRun.nullable(),
  createdBy: z.string(),
  createdAt: isoTime,
});
export type ScheduleItem = z.infer<typeof scheduleItem>;

/** What became of times of a schedule, or that they are to come. */
export const calendarEntry = z.object({
  scheduleId: z.number().int(),
  name: z.string(),
  account: z.string(),
  /** One time, or the first of `count` on one day. */
  at: isoTime,
  last: isoTime,
  count: z.number().int().positive(),
  outcome: z.enum(['coming', 'sent', 'late', 'skipped', 'manual', 'failed']),
  campaignId: z.number().int().nullable(),
});
export type CalendarEntry = z.infer<typeof calendarEntry>;
