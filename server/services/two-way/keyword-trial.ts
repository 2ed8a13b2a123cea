import type { AnswerKind } from '../../domain/auto-answer.ts';
import { normalizeMsisdn } from '../../domain/msisdn.ts';
import type { Clock } from '../../domain/ports.ts';
import type { AccountStore } from '../../store/account-store.ts';
import type { AnswerStore } from '../../store/answer-store.ts';
import type { InboundEffects, InboundText } from '../../store/inbound-effects.ts';
import type { InboundStore } from '../../store/inbound-store.ts';
import { reasonWords } from './answer-words.ts';
import { builtInRules, type InboundRules } from './inbound-rules.ts';

/** What would happen with a text. */
export interface TrialView {
  /** The rule that decides; null where none fits, and the text is only kept. */
  readonly rule: string | null;
  readonly builtIn: boolean;
  /** Whose inbox it would go to. */
  readonly account: string;
  readonly webhook: number | null;
  readonly answers: {
    readonly kind: AnswerKind;
    readonly to: string;
    readonly text: string;
    readonly sent: boolean;
    /** Why it would not be sent. */
    readonly reason: string | null;
    /** The same for programs. */
    readonly code: string | null;
  }[];
}

/** Says what would happen if a text came now; nothing is written, and nothing is sent. */
export class KeywordTrial {
  readonly #rules: InboundRules;
  readonly #inbound: InboundStore;
  readonly #effects: InboundEffects;
  readonly #answers: AnswerStore;
  readonly #accounts: AccountStore;
  readonly #clock: Clock;

  constructor(options: {
    rules: InboundRules;
    inbound: InboundStore;
    effects: InboundEffects;
    answers: AnswerStore;
    accounts: AccountStore;
    clock: Clock;
  }) {
    this.#rules = options.rules;
    this.#inbound = options.inbound;
    this.#effects = options.effects;
    this.#answers = options.answers;
    this.#accounts = options.accounts;
    this.#clock = options.clock;
  }

  /** @param given.carrierId the carrier that it would come by; none in particular when left out. */
  try(given: { readonly text: string; readonly from: string; readonly carrierId?: number | undefined }): TrialView {
    const at = this.#clock.now();
    const sender = normalizeMsisdn(given.from, { international: true }) ?? given.from.trim();
    const text: InboundText = {
      text: given.text,
      sender,
      carrierId: given.carrierId ?? 0,
      at,
      answers: (accountId) => this.#inbound.answers(accountId, sender, at),
    };
    const decision = this.#rules.decide(text);
    const terms = this.#effects.termsFor(decision);
    const answers = this.#effects.wanted(text, decision).map(({ wish, draft }) => {
      const refusal = this.#answers.judge(wish, terms, at);
      const { kind, to, text: words } = draft;
      return { kind, to, text: words, sent: refusal === null, reason: reasonWords(refusal), code: refusal };
    });
    const { rule, accountId, endpointId: webhook } = decision;
    const account = this.#accounts.list().find((one) => one.id === accountId)?.name ?? 'removed';
    return { rule, builtIn: builtInRules.some((name) => name === rule), account, webhook, answers };
  }
}
