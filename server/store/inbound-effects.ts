import type Database from 'better-sqlite3';
import { forwardText, type AnswerKind, type AnswerLimits, type AnswerWish } from '../domain/auto-answer.ts';
import { normalizeMsisdn } from '../domain/msisdn.ts';
import type { OptWish } from '../domain/opt-out.ts';
import type { Millis } from '../domain/ports.ts';
import type { AnswerDraft, AnswerStore, AnswerTerms } from './answer-store.ts';
import type { BlocklistStore } from './blocklist-store.ts';

/** A whole text that was received, as whoever decides about it sees it. */
export interface InboundText {
  readonly text: string;
  /** A number in the form that is stored, or a name. */
  readonly sender: string;
  readonly carrierId: number;
  readonly at: Millis;
  /** Whether it answers a message of an account. */
  readonly answers: (accountId: number) => boolean;
}

/** What is to be done with a received text. */
export interface InboundDecision {
  /** Name of the rule that decided; null for none. */
  readonly rule: string | null;
  /** Whose inbox it goes to. */
  readonly accountId: number;
  readonly wish: OptWish | null;
  /** What who opts out is told, once; null for nothing. */
  readonly notice: string | null;
  readonly reply: { readonly text: string; readonly origin: string | null } | null;
  readonly forwardTo: string | null;
  /** A webhook endpoint that is told besides those that listen. */
  readonly endpointId: number | null;
  readonly terms: Omit<AnswerTerms, 'numbers'> & { readonly numbers: Omit<AnswerTerms['numbers'], 'isBlocked'> };
}

const noLimits: AnswerLimits = { most: 0, windowMs: 0 };

/** Nothing is done with a text but keeping it. */
export function keptOnly(accountId: number): InboundDecision {
  const numbers = { international: false, isOwn: () => false };
  const nothing = { rule: null, wish: null, notice: null, reply: null, forwardTo: null, endpointId: null };
  return { ...nothing, accountId, terms: { numbers, limits: noLimits } };
}

/** What a text brings about besides being kept: in its transaction, so that it happens once, or not when the text is not kept. */
export class InboundEffects {
  readonly #blocklist: BlocklistStore;
  readonly #answers: AnswerStore;

  constructor(blocklist: BlocklistStore, answers: AnswerStore) {
    this.#blocklist = blocklist;
    this.#answers = answers;
  }

  /** Under a savepoint of its own: whatever fails in it, the text stays. @param failed is told of such a fault. */
  apply(
    db: Database.Database,
    inboundId: number,
    text: InboundText,
    { decision, failed }: { readonly decision: InboundDecision; readonly failed: (error: unknown) => void },
  ): void {
    try {
      db.transaction(() => this.#all(inboundId, text, decision))();
    } catch (error) {
      // A full disk ends the whole transaction; then the carrier keeps the text and gives it again.
      if (!db.inTransaction) throw error;
      failed(error);
    }
  }

  /** What the guard against loops goes by, for an account. */
  termsFor({ terms, accountId }: InboundDecision): AnswerTerms {
    const isBlocked = this.#blocklist.of(accountId);
    return { limits: terms.limits, numbers: { ...terms.numbers, isBlocked } };
  }

  /** The answers that a decision wants, whether or not the guard against loops lets them out. */
  wanted(text: InboundText, decision: InboundDecision): { readonly wish: AnswerWish; readonly draft: AnswerDraft }[] {
    const kinds: AnswerKind[] = [];
    if (decision.notice !== null && this.#wouldLeave(text, decision)) kinds.push('notice');
    if (decision.reply !== null) kinds.push('reply');
    if (decision.forwardTo !== null) kinds.push('forward');
    return kinds.map((kind) => wantedAnswer(kind, text, decision));
  }

  #all(inboundId: number, text: InboundText, decision: InboundDecision): void {
    // Before the wish is done: who is out already is told nothing again.
    const wanted = this.wanted(text, decision);
    this.#heed(text, decision.wish);
    const terms = this.termsFor(decision);
    for (const { wish, draft } of wanted) this.#answers.add(inboundId, wish, draft, terms, text.at);
  }

  #wouldLeave({ sender }: InboundText, { wish, accountId }: InboundDecision): boolean {
    const msisdn = normalizeMsisdn(sender, { international: true });
    return wish === 'opt-out' && msisdn !== null && !this.#blocklist.of(accountId)(msisdn);
  }

  /** Blocks or unblocks the sender as the text asks. */
  #heed({ sender, at }: InboundText, wish: OptWish | null): void {
    const msisdn = wish === null ? null : normalizeMsisdn(sender, { international: true });
    if (msisdn === null) return;
    if (wish === 'opt-out') this.#blocklist.optOut(msisdn, at);
    else this.#blocklist.optIn(msisdn);
  }
}

function wantedAnswer(
  kind: AnswerKind,
  text: InboundText,
  decision: InboundDecision,
): { readonly wish: AnswerWish; readonly draft: AnswerDraft } {
  const { accountId, reply, notice, forwardTo } = decision;
  const sender = normalizeMsisdn(text.sender, { international: true }) ?? text.sender;
  const isForward = kind === 'forward';
  const to = isForward ? (forwardTo ?? '') : sender;
  const words = { reply: reply?.text ?? '', notice: notice ?? '', forward: forwardText(text.sender, text.text) };
  return {
    wish: { kind, sender, text: text.text, to },
    draft: {
      kind,
      to,
      text: words[kind],
      accountId,
      origin: kind === 'reply' ? (reply?.origin ?? null) : null,
      // Who wrote to a number is answered from that number.
      carrierId: isForward ? null : text.carrierId,
    },
  };
}
