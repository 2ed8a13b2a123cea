import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { MessageBooks } from './message-books.ts';
import type { MessageTally } from './message-tally.ts';
import type { MessageRecord, RecipientRecord } from './rows.ts';

export interface Cancelled {
  readonly cancelledCount: number;
  readonly refundedCredit: number;
}

/** Recipients cancelled in one transaction: some milliseconds of work. */
const slice = 500;
/** Recipients looked at in one transaction. */
const span = 5_000;

/**
 * Cancels messages. The first transaction decides: it cancels the first recipients, marks the message and takes it out of
 * the queue. The others follow in slices; `cancel_from` tells how far they came, also after a crash.
 *
 * Cancelled is what waits and no part of which a carrier has or may have. All else goes on: what is being handed over
 * (and comes back to be tried again), what was sent, long texts of which a part is out. Its outcomes are booked as ever;
 * `completed_at` is set when the last is final. There is no `sms.completed` for a cancelled message: who cancelled it
 * was answered, and the recipients that went on have events of their own.
 */
export class CancelStore {
  readonly #books: MessageBooks;
  readonly #message: Database.Statement<[number], MessageRecord>;
  readonly #waiting: Database.Statement<[number, number, number], RecipientRecord>;
  readonly #mark: Database.Statement;
  readonly #advance: Database.Statement;
  readonly #unfinished: Database.Statement<[], { id: number }>;

  constructor(db: Database.Database, books: MessageBooks) {
    this.#books = books;
    this.#message = db.prepare('SELECT * FROM message WHERE id = ?');
    this.#waiting = db.prepare(`SELECT * FROM recipient WHERE id >= ? AND id < ? AND state = 'queued'
      AND NOT EXISTS (SELECT 1 FROM submission s WHERE s.recipient_id = recipient.id
        AND s.state IN ('accepted', 'reported', 'unreported', 'uncertain')) ORDER BY id LIMIT ?`);
    this.#mark = db.prepare(
      "UPDATE message SET state = 'cancelled', next_recipient_id = first_recipient_id + recipient_count WHERE id = ? AND state IN ('scheduled', 'pending', 'sending')",
    );
    this.#advance = db.prepare(
      'UPDATE message SET cancel_from = ?, cancelled_credit = cancelled_credit + ? WHERE id = ?',
    );
    this.#unfinished = db.prepare('SELECT id FROM message WHERE cancel_from IS NOT NULL');
  }

  /**
   * Cancels what waits of a message and gives its credits back; resolves when all of it is on disk. For a message that is
   * cancelled already it tells the same numbers again.
   * @throws AppError `message.not_cancellable` when nothing waits any more; `store.*`: what is then left is cancelled later.
   */
  async cancel(messageId: number, now: Millis): Promise<Cancelled> {
    await this.#decide(messageId, now);
    return await this.#finish(messageId, now);
  }

  /** Goes on with cancellations that were cut short, by a crash or a full disk; returns how many. */
  async finishAll(now: Millis): Promise<number> {
    const rows = this.#unfinished.all();
    for (const { id } of rows) await this.#finish(id, now);
    return rows.length;
  }

  /** Looks for something to cancel, at what was never claimed first, and makes the message a cancelled one with it. */
  async #decide(id: number, now: Millis): Promise<void> {
    if (await this.#books.run(now, (tally) => this.#begin(id, null, tally, now))) return;
    const { first_recipient_id: first, recipient_count: count } = this.#get(id);
    for (let from = first; from < first + count; from += span) {
      const start = from;
      if (await this.#books.run(now, (tally) => this.#begin(id, start, tally, now))) return;
    }
    throw notCancellable();
  }

  /**
   * @param from where to look; null for the recipients that were never claimed.
   * @returns whether the message is cancelled.
   */
  #begin(id: number, from: number | null, tally: MessageTally, now: Millis): boolean {
    const message = this.#get(id);
    if (message.state === 'cancelled') return true;
    if (message.state === 'completed' || message.state === 'failed' || message.queued_count === 0)
      throw notCancellable();
    const first = message.first_recipient_id;
    const start = from ?? message.next_recipient_id;
    const ended = this.#cancelSlice(message, start, tally, now);
    if (ended.count === 0) return false;
    this.#mark.run(id);
    this.#advance.run(start === first ? ended.next : first, ended.credit, id);
    return true;
  }

  async #finish(id: number, now: Millis): Promise<Cancelled> {
    while (await this.#books.run(now, (tally) => this.#goOn(id, tally, now)));
    const message = this.#get(id);
    return { cancelledCount: message.cancelled_count, refundedCredit: message.cancelled_credit };
  }

  /** The next slice; false when there is none. */
  #goOn(id: number, tally: MessageTally, now: Millis): boolean {
    const message = this.#get(id);
    if (message.cancel_from === null) return false;
    const ended = this.#cancelSlice(message, message.cancel_from, tally, now);
    this.#advance.run(ended.next, ended.credit, id);
    return ended.next !== null;
  }

  #cancelSlice(
    message: MessageRecord,
    from: number,
    tally: MessageTally,
    now: Millis,
  ): { readonly count: number; readonly credit: number; readonly next: number | null } {
    const end = message.first_recipient_id + message.recipient_count;
    const to = Math.min(end, from + span);
    const rows = this.#waiting.all(from, to, slice);
    let count = 0;
    let credit = 0;
    for (const recipient of rows) {
      const ending = { ...cancelledEnding, at: now };
      if (!this.#books.closer.end(message, recipient, 'cancelled', ending, tally)) continue;
      count += 1;
      if (recipient.refunded === 0) credit += recipient.credit;
    }
    const last = rows.at(-1);
    const next = last !== undefined && rows.length === slice ? last.id + 1 : to;
    return { count, credit, next: next < end ? next : null };
  }

  #get(id: number): MessageRecord {
    const message = this.#message.get(id);
    if (message === undefined) throw new AppError('message.not_found', 'There is no such message.');
    return message;
  }
}

const cancelledEnding = {
  code: 'cancelled',
  message: 'It was cancelled before a carrier took it.',
  refund: true,
  event: null,
} as const;

function notCancellable(): AppError {
  return new AppError(
    'message.not_cancellable',
    'Nothing of this message waits any more: all of it was handed over or has ended, and cannot be taken back.',
  );
}
