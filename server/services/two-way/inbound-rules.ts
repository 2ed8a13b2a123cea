import { replyText, type AnswerLimits } from '../../domain/auto-answer.ts';
import { fittingRule, type KeywordRule } from '../../domain/keyword-rules.ts';
import type { OptWish } from '../../domain/opt-out.ts';
import type { Millis } from '../../domain/ports.ts';
import { localParts } from '../../domain/schedule.ts';
import type { InboundDecision, InboundText } from '../../store/inbound-effects.ts';

export interface TwoWayRules {
  readonly timeZone: string;
  readonly international: boolean;
  /** What who opts out is told; empty for nothing. */
  readonly optOutNotice: string;
  readonly limits: AnswerLimits;
}

export interface InboundRulesOptions {
  readonly rules: () => readonly KeywordRule[];
  readonly wishIn: (text: string) => OptWish | null;
  /** The account of a text that no rule gives to another one. */
  readonly usualAccountId: () => number;
  readonly isOwnNumber: (msisdn: string) => boolean;
  readonly settings: () => TwoWayRules;
}

/** The built-in rules, by their names; those of people cannot have them. */
export const builtInRules: readonly OptWish[] = ['opt-out', 'opt-in'];

/** So much of a text is repeated in its answer. */
const longestQuote = 100;

/** Says what is to be done with a received text: the words by which people leave and come back first, then the keyword rules in their order. */
export class InboundRules {
  readonly #options: InboundRulesOptions;

  constructor(options: InboundRulesOptions) {
    this.#options = options;
  }

  decide(text: InboundText): InboundDecision {
    const settings = this.#options.settings();
    const { international, limits } = settings;
    const terms = { limits, numbers: { international, isOwn: this.#options.isOwnNumber } };
    const wish = this.#options.wishIn(text.text);
    const usual = { accountId: this.#options.usualAccountId(), wish, terms } as const;
    const nothing = { notice: null, reply: null, forwardTo: null, endpointId: null } as const;
    if (wish !== null) {
      const { optOutNotice } = settings;
      return { ...usual, ...nothing, rule: wish, notice: optOutNotice === '' ? null : optOutNotice };
    }
    const rule = this.#fitting(text, settings.timeZone);
    if (rule === null) return { ...usual, ...nothing, rule: null };
    return {
      ...usual,
      ...nothing,
      rule: rule.name,
      accountId: rule.accountId ?? usual.accountId,
      reply:
        rule.reply === null ? null : { text: answerTo(text, rule.reply, settings.timeZone), origin: rule.replyOrigin },
      forwardTo: rule.forwardTo,
      endpointId: rule.endpointId,
    };
  }

  #fitting({ text, carrierId, at, answers }: InboundText, timeZone: string): KeywordRule | null {
    const { hour, minute } = localParts(at, timeZone);
    return fittingRule(this.#options.rules(), { text, carrierId, minute: hour * 60 + minute, answers });
  }
}

function answerTo({ text, sender, at }: InboundText, template: string, timeZone: string): string {
  const quoted = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return replyText(template, { from: sender, text: quoted, time: timeOfDay(at, timeZone) });
}

function timeOfDay(at: Millis, timeZone: string): string {
  const { hour, minute } = localParts(at, timeZone);
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
}
