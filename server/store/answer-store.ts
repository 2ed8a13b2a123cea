import type Database from 'better-sqlite3';
import {
  refusalOf,
  silenceMs,
  type AnswerHistory,
  type AnswerKind,
  type AnswerLimits,
  type AnswerRefusal,
  type AnswerWish,
  type NumberFacts,
} from '../domain/auto-answer.ts';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

/** What is to be sent because a text came. */
export interface AnswerDraft {
  readonly kind: AnswerKind;
  /** Digits in international form; for what cannot be answered whatever stands for it. */
  readonly to: string;
  readonly text: string;
  readonly accountId: number;
  readonly origin: string | null;
  /** The carrier that it should leave by; null for those that the routes name. */
  readonly carrierId: number | null;
}

/** What the guard against loops goes by. */
export interface AnswerTerms {
  readonly numbers: NumberFacts;
  readonly limits: AnswerLimits;
}

/** An answer that waits to be sent. */
export interface DueAnswer {
  readonly id: number;
  readonly kind: AnswerKind;
  readonly recipient: string;
  readonly text: string;
  readonly account_id: number;
  readonly origin: string | null;
  readonly carrier_id: number | null;
  readonly tries: number;
  readonly created_at: Millis;
}

/** What became of the answers to a text. */
export interface AnswerRecord {
  readonly inbound_id: number;
  readonly kind: AnswerKind | 'manual';
  readonly state: 'pending' | 'sent' | 'refused';
  readonly reason: string | null;
  readonly recipient: string;
  readonly message_uuid: string | null;
}

const sweepSlice = 2_000;

/** Answers that the box sends by itself: written with the text that brings them about, sent once, counted against loops. */
export class AnswerStore {
  readonly #queue: CommitQueue;
  readonly #insert: Database.Statement;
  readonly #recent: Database.Statement<[string, string, Millis, number], { n: number }>;
  readonly #streak: Database.Statement<[string, string], { answers: number; last_at: Millis }>;
  readonly #setStreak: Database.Statement;
  readonly #due: Database.Statement<[Millis, number], DueAnswer>;
  readonly #sent: Database.Statement;
  readonly #refused: Database.Statement;
  readonly #postponed: Database.Statement;
  readonly #of: Database.Statement<[number], AnswerRecord>;
  readonly #sweep: Database.Statement;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#insert = db.prepare(
      `INSERT INTO inbound_answer (inbound_id, kind, state, reason, sender, recipient, text, account_id, origin, carrier_id, message_uuid, next_at, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#recent = db.prepare(
      "SELECT COUNT(*) AS n FROM (SELECT 1 FROM inbound_answer WHERE sender = ? AND kind = ? AND created_at > ? AND state <> 'refused' LIMIT ?)",
    );
    this.#streak = db.prepare('SELECT answers, last_at FROM answer_streak WHERE sender = ? AND kind = ?');
    this.#setStreak = db.prepare(
      'INSERT INTO answer_streak (sender, kind, answers, last_at) VALUES (?, ?, ?, ?) ON CONFLICT (sender, kind) DO UPDATE SET answers = excluded.answers, last_at = excluded.last_at',
    );
    this.#due = db.prepare(
      "SELECT id, kind, recipient, text, account_id, origin, carrier_id, tries, created_at FROM inbound_answer WHERE state = 'pending' AND next_at <= ? ORDER BY next_at, id LIMIT ?",
    );
    this.#sent = db.prepare(
      "UPDATE inbound_answer SET state = 'sent', message_uuid = ?, text = '' WHERE id = ? AND state = 'pending'",
    );
    this.#refused = db.prepare(
      "UPDATE inbound_answer SET state = 'refused', reason = ?, text = '' WHERE id = ? AND state = 'pending'",
    );
    this.#postponed = db.prepare(
      "UPDATE inbound_answer SET tries = tries + 1, next_at = ? WHERE id = ? AND state = 'pending'",
    );
    this.#of = db.prepare(
      'SELECT inbound_id, kind, state, reason, recipient, message_uuid FROM inbound_answer WHERE inbound_id = ? ORDER BY id LIMIT 20',
    );
    this.#sweep = db.prepare(
      'DELETE FROM answer_streak WHERE (sender, kind) IN (SELECT sender, kind FROM answer_streak WHERE last_at < ? ORDER BY last_at LIMIT ?)',
    );
  }

  /** Why an answer would not be sent now; null when it would. Writes nothing. */
  judge(wish: AnswerWish, terms: AnswerTerms, at: Millis): AnswerRefusal | null {
    return refusalOf(wish, terms.numbers, this.#history(wish, terms.limits, at), terms.limits);
  }

  /** Writes down an answer to a text, to be sent or with why it is not; inside the transaction of the text. */
  add(inboundId: number, wish: AnswerWish, draft: AnswerDraft, terms: AnswerTerms, at: Millis): AnswerRefusal | null {
    const history = this.#history(wish, terms.limits, at);
    const refusal = refusalOf(wish, terms.numbers, history, terms.limits);
    const { kind, to, accountId, origin, carrierId } = draft;
    const state = refusal === null ? 'pending' : 'refused';
    const text = refusal === null ? draft.text : '';
    this.#insert.run(
      inboundId,
      kind,
      state,
      refusal,
      wish.sender,
      to,
      text,
      accountId,
      origin,
      carrierId,
      null,
      at,
      at,
    );
    // Also what is not answered keeps the silence from being reached.
    this.#setStreak.run(wish.sender, kind, history.streak + (refusal === null ? 1 : 0), at);
    return refusal;
  }

  /** Notes an answer that a person sent; inside the transaction of its message. */
  addManual(
    inboundId: number,
    sender: string,
    answer: { readonly to: string; readonly accountId: number; readonly uuid: string },
    at: Millis,
  ): void {
    const { to, accountId, uuid } = answer;
    this.#insert.run(inboundId, 'manual', 'sent', null, sender, to, '', accountId, null, null, uuid, at, at);
  }

  /** Answers that are to be sent now, the oldest first. */
  due(at: Millis, most: number): DueAnswer[] {
    return this.#due.all(at, most);
  }

  /**
   * Notes that an answer became a message; inside the transaction of that message, so that both are so or neither.
   * @throws AppError `internal.fault` when it was sent already; then the message is not stored either.
   */
  sent(id: number, uuid: string): void {
    if (this.#sent.run(uuid, id).changes !== 1)
      throw new AppError('internal.fault', 'An answer to a received text was to be sent twice.');
  }

  /** Gives an answer up, with the code of why. */
  async refuse(id: number, reason: string): Promise<void> {
    await this.#queue.run(() => this.#refused.run(reason, id));
  }

  async postpone(id: number, until: Millis): Promise<void> {
    await this.#queue.run(() => this.#postponed.run(until, id));
  }

  /** What became of the answers to a text. */
  of(inboundId: number): AnswerRecord[] {
    return this.#of.all(inboundId);
  }

  /** Forgets numbers that have been silent long enough to begin anew. */
  async sweep(now: Millis): Promise<void> {
    let changes: number;
    do {
      changes = await this.#queue.run(() => this.#sweep.run(now - silenceMs, sweepSlice).changes);
    } while (changes === sweepSlice);
  }

  #history({ sender, kind }: AnswerWish, limits: AnswerLimits, at: Millis): AnswerHistory {
    const streak = this.#streak.get(sender, kind);
    const silent = streak === undefined || at - streak.last_at >= silenceMs;
    const recent = this.#recent.get(sender, kind, at - limits.windowMs, 1_000)?.n ?? 0;
    return { recent, streak: silent ? 0 : streak.answers };
  }
}
