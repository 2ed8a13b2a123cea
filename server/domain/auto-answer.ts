import { normalizeMsisdn } from './msisdn.ts';
import type { Millis } from './ports.ts';
import { fillTemplate, placeholders } from './template.ts';

/**
 * What the box sends by itself because a text came: an answer by a keyword rule, the text itself on to a number, or the
 * confirmation of an opt-out.
 */
export const answerKinds = ['reply', 'forward', 'notice'] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** Why the box sends nothing though a rule wants it to. */
export type AnswerRefusal =
  /** The sender is a name or a short number: there nobody reads. */
  | 'no_number'
  /** The number is of one of the box's own SIMs. */
  | 'own_number'
  /** The number is on the blocklist. */
  | 'blocked'
  /** The number got as many in a short time as settings allow. */
  | 'too_many'
  /** It looks like two machines that talk to each other. */
  | 'loop';

/** What is known of a number that texts, before it is answered. */
export interface AnswerHistory {
  /** Answers of this kind within the window of `AnswerLimits`. */
  readonly recent: number;
  /** Answers of this kind since the number was last silent for `silenceMs`. */
  readonly streak: number;
}

export interface AnswerLimits {
  /** Most answers to the texts of one number within `windowMs`. */
  readonly most: number;
  readonly windowMs: Millis;
}

/**
 * A number that wrote nothing for so long begins anew. Nobody writes to a machine day and night; machines do. So a loop
 * whose round takes longer does not end by itself; it is bounded to a round in this time.
 */
export const silenceMs = 6 * 3_600_000;
/** Answers without such a silence between the texts; more are a loop, however slow it is. */
const longestStreak: Readonly<Record<AnswerKind, number>> = { reply: 20, forward: 200, notice: 5 };
/** Texts on their way to a person may come quickly: ten times what one number is answered. */
const forwardFactor = 10;

export interface AnswerWish {
  readonly kind: AnswerKind;
  /** As it is stored: a number, or a name. */
  readonly sender: string;
  readonly text: string;
  /** Where the answer goes: the sender, or for a forward another number. */
  readonly to: string;
}

/** What the box knows of numbers. */
export interface NumberFacts {
  readonly international: boolean;
  readonly isOwn: (msisdn: string) => boolean;
  readonly isBlocked: (msisdn: string) => boolean;
}

/**
 * The guard against loops: null when an answer may be sent, else why not. Every chain of answers goes through a text that
 * came, so refusing one ends it; and one is refused in the end whatever the other side does, in quick loops by the limit,
 * in slow ones by the streak.
 */
export function refusalOf(
  wish: AnswerWish,
  numbers: NumberFacts,
  history: AnswerHistory,
  limits: AnswerLimits,
): AnswerRefusal | null {
  const { kind, sender, to } = wish;
  if (normalizeMsisdn(to, { international: numbers.international }) === null) return 'no_number';
  if (numbers.isOwn(to)) return 'own_number';
  if (kind === 'forward') {
    if (sender === to || numbers.isOwn(sender) || isForwarded(wish.text)) return 'loop';
  } else if (kind === 'reply' && numbers.isBlocked(to)) return 'blocked';
  const most = kind === 'forward' ? limits.most * forwardFactor : limits.most;
  if (history.recent >= most) return 'too_many';
  return history.streak >= longestStreak[kind] ? 'loop' : null;
}

const forwardMark = /^From \+?[^\s:]{1,40}: /u;

/** A text on its way to a person, with who wrote it. */
export function forwardText(sender: string, text: string): string {
  return `From ${sender}: ${text}`;
}

/** Whether a text is one that a box forwarded: it is not forwarded again. */
export function isForwarded(text: string): boolean {
  return forwardMark.test(text);
}

/** What may stand in an answer. */
export const answerPlaceholders = ['from', 'text', 'time'] as const;

/** The placeholders of an answer that there are none of. */
export function unknownPlaceholders(template: string): string[] {
  return placeholders(template).filter((name) => !answerPlaceholders.some((known) => known === name));
}

/** The answer to a text; what is no placeholder stays as it is. */
export function replyText(
  template: string,
  values: Readonly<Record<(typeof answerPlaceholders)[number], string>>,
): string {
  const filled = fillTemplate(template, values);
  return 'text' in filled ? filled.text : template;
}
