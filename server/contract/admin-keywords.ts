import { z } from 'zod';
import { answerKinds } from '../domain/auto-answer.ts';
import { keywordMatches } from '../domain/keyword-rules.ts';
import { admin, done, operator, viewer } from './admin-route.ts';
import { idParam, name } from './common.ts';
import { routeTable } from './route.ts';

/** Which texts a rule fits, and what is done with them. What is null or empty stands for any, or for not doing it. */
const ruleForm = z.object({
  name,
  enabled: z.boolean(),
  /** `exact`: the whole text; `first`: its beginning; `contains`: anywhere in it; `any`: whatever it says. */
  match: z.enum(keywordMatches),
  keywords: z.array(z.string().trim().min(1).max(40)).max(50),
  /** Numbers of the carriers that the text came by. */
  carriers: z.array(z.number().int().positive()).max(100),
  /** Name of an account: only texts that answer a message of it within seven days. */
  answers: z.string().max(64).nullable(),
  /** `08:00-17:00` on the clock of the box. */
  hours: z.string().max(11),
  /** Name of the account whose inbox it goes to, and which pays for answers; the first one when null. */
  account: z.string().max(64).nullable(),
  /** With `{from}`, `{text}` and `{time}`. */
  reply: z.string().max(2_000).nullable(),
  /** Sender name of the answer; the first approved one when null. */
  origin: z.string().max(64).nullable(),
  forwardTo: z.string().max(64).nullable(),
  /** Number of a webhook endpoint that is told by `sms.received`, whatever it listens to. */
  webhook: z.number().int().positive().nullable(),
});

export const keywordItem = ruleForm.extend({ id: z.number().int() });
export type KeywordItem = z.infer<typeof keywordItem>;

const ruleAdd = z.object({
  name,
  enabled: ruleForm.shape.enabled.default(true),
  match: ruleForm.shape.match.default('exact'),
  keywords: ruleForm.shape.keywords.default([]),
  carriers: ruleForm.shape.carriers.default([]),
  answers: ruleForm.shape.answers.default(null),
  hours: ruleForm.shape.hours.default(''),
  account: ruleForm.shape.account.default(null),
  reply: ruleForm.shape.reply.default(null),
  origin: ruleForm.shape.origin.default(null),
  forwardTo: ruleForm.shape.forwardTo.default(null),
  webhook: ruleForm.shape.webhook.default(null),
});

const rules = z.object({
  items: z.array(keywordItem),
  /** Come before all others, and are changed by their settings. */
  builtIn: z.array(z.object({ name: z.string(), keywords: z.array(z.string()), setting: z.string() })),
});

export const keywordTrial = z.object({
  /** The rule that decides; null where none fits and the text is only kept. */
  rule: z.string().nullable(),
  builtIn: z.boolean(),
  /** Whose inbox it goes to. */
  account: z.string(),
  webhook: z.number().int().nullable(),
  answers: z.array(
    z.object({
      kind: z.enum(answerKinds),
      to: z.string(),
      text: z.string(),
      sent: z.boolean(),
      /** Why it would not be sent, in plain English; `code` is the same for programs. */
      reason: z.string().nullable(),
      code: z.string().nullable(),
    }),
  ),
});
export type KeywordTrialAnswer = z.infer<typeof keywordTrial>;

/** The keywords are the box's own words and may be kept; what is answered is a text. */
const audit = { keywords: 'shown', match: 'shown', hours: 'shown', answers: 'shown' } as const;

/** Keyword rules: what is done with received texts. The first that fits decides; where none does, a text is only kept. */
export const adminKeywordsRoutes = routeTable({
  keywords: {
    method: 'GET',
    path: '/keywords',
    access: viewer,
    summary: 'Keyword rules in their order',
    answer: rules,
  },
  keywordAdd: {
    method: 'POST',
    path: '/keywords',
    access: admin,
    summary: 'Add a keyword rule behind the others',
    body: ruleAdd,
    answer: keywordItem,
    audit,
  },
  keywordChange: {
    method: 'PATCH',
    path: '/keywords/{id}',
    access: admin,
    summary: 'Change a keyword rule; what is left out stays',
    params: idParam,
    body: ruleForm.partial(),
    answer: keywordItem,
    audit,
  },
  keywordRemove: {
    method: 'DELETE',
    path: '/keywords/{id}',
    access: admin,
    summary: 'Remove a keyword rule',
    params: idParam,
    answer: done,
  },
  keywordOrder: {
    method: 'POST',
    path: '/keywords/order',
    access: admin,
    summary: 'Put keyword rules first, in the order given',
    body: z.object({ ids: z.array(z.number().int().positive()).min(1).max(500) }),
    answer: rules,
  },
  keywordTry: {
    method: 'POST',
    path: '/keywords/try',
    access: operator,
    summary: 'What would happen with a text; nothing is sent',
    body: z.object({
      text: z.string().max(20_000),
      from: z.string().trim().min(1).max(64),
      carrierId: z.number().int().positive().optional(),
    }),
    answer: keywordTrial,
    audit: false,
  },
});
