import type Database from 'better-sqlite3';
import { repeatedText } from '../domain/duplicates.ts';
import type { Millis } from '../domain/ports.ts';
import { sha256Hex } from '../platform/crypto.ts';
import type { CommitQueue } from './commit-queue.ts';

/** Keeps one text from going to one number twice within a time. */
export interface OncePerNumber {
  readonly windowMs: Millis;
  /** When it is to be sent. */
  readonly at: Millis;
}

/** A text on its way to a number. */
interface Sending {
  readonly accountId: number;
  readonly msisdn: string;
  readonly text: string;
}

const sweepSlice = 2_000;
/** Of the hexadecimal digits; it has to tell apart only the texts that go to one number. */
const digestLength = 20;

/**
 * What went, or will go, to which number a short time ago. It is looked at and written in the transaction that stores
 * the recipient, so of two equal requests at once the second sees the first, and a restart forgets nothing. What was
 * cancelled, or did not arrive, is no reason not to send again.
 */
export class RecentTexts {
  readonly #queue: CommitQueue;
  readonly #find: Database.Statement<[string, string, Millis, Millis], { id: number }>;
  readonly #note: Database.Statement;
  readonly #forget: Database.Statement;
  readonly #oldest: Database.Statement<[], { at: Millis | null }>;
  readonly #sweep: Database.Statement;
  #last: { readonly accountId: number; readonly text: string; readonly digest: string } | null = null;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#find = db.prepare(`SELECT r.id FROM recent_text t CROSS JOIN recipient r ON r.id = t.recipient_id
      WHERE t.msisdn = ? AND t.digest = ? AND t.at > ? AND t.at < ?
      AND r.state NOT IN ('failed', 'expired', 'blocked', 'cancelled') LIMIT 1`);
    this.#note = db.prepare(
      'INSERT OR REPLACE INTO recent_text (recipient_id, msisdn, digest, at) VALUES (?, ?, ?, ?)',
    );
    this.#forget = db.prepare('DELETE FROM recent_text WHERE recipient_id >= ? AND recipient_id < ?');
    this.#oldest = db.prepare('SELECT MIN(at) AS at FROM recent_text');
    this.#sweep = db.prepare(
      'DELETE FROM recent_text WHERE recipient_id IN (SELECT recipient_id FROM recent_text WHERE at <= ? ORDER BY at LIMIT ?)',
    );
  }

  /** Whether the same text goes to the number within the time, before or after. */
  isRepeat(sending: Sending, once: OncePerNumber): boolean {
    const { at, windowMs } = once;
    return this.#find.get(sending.msisdn, this.#digest(sending), at - windowMs, at + windowMs) !== undefined;
  }

  /**
   * Remembers a text on its way to a number, as that of a recipient, unless it would be a repetition; inside the
   * transaction that stores the recipient. @returns why it may not be sent; null when it may.
   */
  take(sending: Sending, recipientId: number, once: OncePerNumber): ReturnType<typeof repeatedText> | null {
    if (this.isRepeat(sending, once)) return repeatedText(once.windowMs);
    this.#note.run(recipientId, sending.msisdn, this.#digest(sending), once.at);
    return null;
  }

  /** Forgets recipients that are taken out again; inside a transaction. */
  forget(firstRecipientId: number, endRecipientId: number): void {
    this.#forget.run(firstRecipientId, endRecipientId);
  }

  /** Forgets what was sent up to `until`; writes nothing when there is none. @returns how many. */
  async sweep(until: Millis): Promise<number> {
    let forgotten = 0;
    for (;;) {
      const oldest = this.#oldest.get()?.at ?? null;
      if (oldest === null || oldest > until) return forgotten;
      forgotten += await this.#queue.run(() => this.#sweep.run(until, sweepSlice).changes);
    }
  }

  /** Of account and text; the last one is kept, for most recipients of a message have the same. */
  #digest({ accountId, text }: Sending): string {
    if (this.#last?.accountId !== accountId || this.#last.text !== text) {
      this.#last = { accountId, text, digest: sha256Hex(`${accountId}\u0000${text}`).slice(0, digestLength) };
    }
    return this.#last.digest;
  }
}
