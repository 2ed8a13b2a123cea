import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { MessageBooks } from './message-books.ts';
import type { MessageTally } from './message-tally.ts';
import type { MessageRecord, RecipientRecord } from './rows.ts';
import type { TrafficStore } from './traffic-store.ts';

const slice = 500;

/** How far a sweep has come, in the order of `expires_at` and id. */
interface Mark {
  expiresAt: Millis;
  id: number;
}

/** What time alone does to messages: schedules fall due, validities end, reports are given up; and what an operator orders. */
export class SweepStore {
  readonly #dropOrphans: Database.Statement;
  readonly #books: MessageBooks;
  readonly #traffic: TrafficStore;
  readonly #release: Database.Statement<[Millis], { expires_at: Millis }>;
  readonly #miss: Database.Statement<[Millis], { expires_at: Millis }>;
  readonly #nextDue: Database.Statement<[], { at: number | null }>;
  readonly #overdue: Database.Statement<[Millis, Millis, number, Millis], MessageRecord>;
  readonly #expired: Mark = { expiresAt: 0, id: 0 };
  readonly #givenUp: Mark = { expiresAt: 0, id: 0 };
  readonly #queued: Database.Statement<[number, number, number], RecipientRecord>;
  readonly #unreported: Database.Statement<[number, number, number], RecipientRecord>;
  readonly #skip: Database.Statement;
  readonly #giveUp: Database.Statement;
  readonly #giveUpParts: Database.Statement;
  readonly #requeue: Database.Statement;
  readonly #extend: Database.Statement;
  readonly #markSent: Database.Statement;

  constructor(db: Database.Database, books: MessageBooks, traffic: TrafficStore) {
    this.#traffic = traffic;
    this.#dropOrphans = db.prepare('DELETE FROM orphan_report WHERE received_at < ?');
    this.#books = books;
    this.#release = db.prepare(
      "UPDATE message SET state = 'pending' WHERE id IN (SELECT id FROM message WHERE state = 'scheduled' AND scheduled_at <= ? ORDER BY scheduled_at LIMIT 200) AND state = 'scheduled' RETURNING expires_at",
    );
    // Nothing is valid for no time at all, so a validity that ends with the scheduled time tells a missed slot.
    this.#miss = db.prepare(
      `UPDATE message SET state = 'pending', expires_at = scheduled_at, next_recipient_id = first_recipient_id + recipient_count
       WHERE id IN (SELECT id FROM message WHERE state = 'scheduled' AND scheduled_at < ? ORDER BY scheduled_at LIMIT 200) AND state = 'scheduled' RETURNING expires_at`,
    );
    this.#nextDue = db.prepare("SELECT MIN(scheduled_at) AS at FROM message WHERE state = 'scheduled'");
    this.#overdue = db.prepare(`SELECT * FROM message
      WHERE open_count > 0 AND state <> 'scheduled' AND expires_at >= ? AND (expires_at > ? OR id > ?) AND expires_at <= ? ORDER BY expires_at, id LIMIT 100`);
    this.#queued = db.prepare(
      "SELECT * FROM recipient WHERE id >= ? AND id < ? AND state = 'queued' ORDER BY id LIMIT ?",
    );
    this.#unreported = db.prepare(
      "SELECT * FROM recipient WHERE id >= ? AND id < ? AND state = 'sent' AND finished_at IS NULL ORDER BY id LIMIT ?",
    );
    this.#skip = db.prepare('UPDATE message SET next_recipient_id = first_recipient_id + recipient_count WHERE id = ?');
    this.#giveUp = db.prepare(
      "UPDATE recipient SET finished_at = ? WHERE id = ? AND state = 'sent' AND finished_at IS NULL",
    );
    this.#giveUpParts = db.prepare(
      "UPDATE submission SET state = 'unreported' WHERE recipient_id = ? AND state = 'accepted'",
    );
    this.#requeue = db.prepare(
      "UPDATE recipient SET state = 'queued', retry_lane = ?, retry_traffic = ?, retry_at = ?, finished_at = NULL, error_code = NULL, error_message = NULL WHERE id = ? AND state = 'unknown'",
    );
    this.#markSent = db.prepare(
      "UPDATE recipient SET state = 'sent', sent_at = COALESCE(sent_at, ?), error_code = NULL, error_message = NULL WHERE id = ? AND state = 'unknown'",
    );
    this.#extend = db.prepare('UPDATE message SET expires_at = MAX(expires_at, ?) WHERE id = ?');
  }

  /**
   * Lets go of scheduled messages whose time has come; returns how many.
   * @param latest those scheduled before it were missed, by a box that was off: the next sweep ends them.
   */
  async releaseDue(now: Millis, latest: Millis): Promise<number> {
    const due = this.#nextDue.get()?.at ?? null;
    if (due === null || due > now) return 0;
    const released = await this.#books.run(now, () => (due < latest ? this.#miss.all(latest) : this.#release.all(now)));
    const first = released.reduce((least, row) => Math.min(least, row.expires_at), Number.POSITIVE_INFINITY);
    // What expired before it was let go lies behind the marks of the sweeps.
    for (const mark of [this.#expired, this.#givenUp]) {
      if (mark.expiresAt >= first) Object.assign(mark, { expiresAt: first, id: 0 });
    }
    return released.length;
  }

  /** When the next scheduled message falls due. */
  nextDue(): Millis | null {
    return this.#nextDue.get()?.at ?? null;
  }

  /** Ends what was not sent within its validity; returns the number of recipients. */
  async expireOverdue(now: Millis): Promise<number> {
    return await this.#eachOverdue(this.#expired, now, async (message) => {
      if (message.queued_count === 0) return 0;
      const act = (recipient: RecipientRecord, tally: MessageTally) =>
        this.#books.closer.expire(message, recipient, tally);
      const ended = await this.#eachSlice(message, this.#queued, act, now);
      await this.#books.run(now, () => this.#skip.run(message.id));
      return ended;
    });
  }

  /** Stops waiting for the reports of messages whose validity ended before `before`; they stay `sent`. */
  async giveUpReports(before: Millis, now: Millis): Promise<number> {
    return await this.#eachOverdue(this.#givenUp, before, (message) => {
      const act = (recipient: RecipientRecord, tally: MessageTally) => {
        if (this.#giveUp.run(now, recipient.id).changes !== 1) return;
        this.#giveUpParts.run(recipient.id);
        tally.close(message.id);
      };
      return this.#eachSlice(message, this.#unreported, act, now);
    });
  }

  /**
   * Sends again what ended `unknown`, on an operator's word; it may reach the phone a second time.
   * @throws AppError `recipient.not_found` when it is not (or no longer) unknown, `recipient.not_resendable` for a one-time code.
   */
  async resendUnknown(
    message: MessageRecord,
    recipient: RecipientRecord,
    validityMs: number,
    now: Millis,
  ): Promise<void> {
    if (message.kind === 'otp') {
      throw new AppError(
        'recipient.not_resendable',
        'The text of a one-time code is not kept. Ask for a new code instead of sending this one again.',
      );
    }
    await this.#books.run(now, (tally) => {
      if (this.#requeue.run(message.lane, this.#traffic.idFor(message), now, recipient.id).changes !== 1) {
        throw new AppError('recipient.not_found', 'Only a recipient whose outcome is unknown can be sent again.');
      }
      this.#extend.run(now + validityMs, message.id);
      tally.move(message.id, 'unknown', 'queued');
      tally.reopen(message.id);
    });
  }

  /**
   * Takes what ended `unknown` for sent, on an operator's word. Nothing more is waited for; a late report still settles it.
   * @throws AppError `recipient.not_found` when it is not (or no longer) unknown.
   */
  async markUnknownSent(message: MessageRecord, recipient: RecipientRecord, now: Millis): Promise<void> {
    await this.#books.run(now, (tally) => {
      if (this.#markSent.run(now, recipient.id).changes !== 1) {
        throw new AppError('recipient.not_found', 'Only a recipient whose outcome is unknown can be marked as sent.');
      }
      tally.move(message.id, 'unknown', 'sent');
      this.#books.closer.tell(message, recipient, 'sent', 'sms.sent', null, now);
    });
  }

  /** Drops reports that nobody claimed within `before`. */
  async dropOrphans(before: Millis): Promise<number> {
    return await this.#books.run(before, () => this.#dropOrphans.run(before).changes);
  }

  /**
   * Works through open messages whose validity ended up to `until`, each once: `mark` remembers how far it came, so that
   * those which still wait for something else are not looked at again and again.
   */
  async #eachOverdue(mark: Mark, until: Millis, act: (message: MessageRecord) => Promise<number>): Promise<number> {
    let ended = 0;
    if (until < mark.expiresAt) {
      // The clock was set back: what is accepted now ends before the mark.
      mark.expiresAt = 0;
      mark.id = 0;
    }
    for (;;) {
      const messages = this.#overdue.all(mark.expiresAt, mark.expiresAt, mark.id, until);
      for (const message of messages) {
        ended += await act(message);
        mark.expiresAt = message.expires_at;
        mark.id = message.id;
      }
      if (messages.length < 100) return ended;
    }
  }

  async #eachSlice(
    message: MessageRecord,
    rows: Database.Statement<[number, number, number], RecipientRecord>,
    act: (recipient: RecipientRecord, tally: MessageTally) => void,
    now: Millis,
  ): Promise<number> {
    const end = message.first_recipient_id + message.recipient_count;
    let from = message.first_recipient_id;
    let count = 0;
    while (from < end) {
      const start = from;
      const seen = await this.#books.run(now, (tally) => {
        const found = rows.all(start, end, slice);
        for (const recipient of found) act(recipient, tally);
        return found;
      });
      count += seen.length;
      const last = seen.at(-1);
      if (last === undefined || seen.length < slice) break;
      from = last.id + 1;
    }
    return count;
  }
}
