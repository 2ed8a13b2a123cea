import type Database from 'better-sqlite3';
import { recipientStates, type MessageState, type RecipientState } from '../domain/message-state.ts';
import type { Millis } from '../domain/ports.ts';
import { completedBody } from '../domain/event-bodies.ts';
import type { EventWriter } from './event-writer.ts';
import { HourCounts, type HourCountName, type HourCountsOf } from './hour-counts.ts';
import type { Ledger } from './ledger.ts';
import type { MessageRecord } from './rows.ts';

interface Change {
  readonly states: Map<RecipientState, number>;
  opened: number;
  handed: number;
  refundedRecipients: number;
  refundedCredit: number;
}

/** Prepared statements of the tally, made once per database. */
export class TallyStatements {
  /** Ids of messages changed since the last commit; for the live view. */
  readonly touched = new Set<number>();
  readonly ledger: Ledger;
  readonly hours: HourCounts;
  readonly update: Database.Statement<unknown[], MessageRecord>;
  readonly finish: Database.Statement;
  readonly finishCancelled: Database.Statement;

  constructor(db: Database.Database, ledger: Ledger) {
    this.ledger = ledger;
    this.hours = new HourCounts(db);
    const sets = recipientStates.map((name) => `${name}_count = ${name}_count + ?`).join(', ');
    this.update = db.prepare(`UPDATE message SET ${sets}, open_count = open_count + ?, handed_count = handed_count + ?,
      refunded_count = refunded_count + ?,
      state = CASE WHEN state = 'pending' AND ? > 0 THEN 'sending' ELSE state END
      WHERE id = ? RETURNING *`);
    this.finish = db.prepare(
      "UPDATE message SET state = ?, completed_at = ? WHERE id = ? AND state IN ('pending', 'sending') AND open_count = 0",
    );
    this.finishCancelled = db.prepare(
      "UPDATE message SET completed_at = ? WHERE id = ? AND state = 'cancelled' AND open_count = 0 AND completed_at IS NULL",
    );
  }
}

/**
 * Collects what one transaction does to recipients and books it once per message: counters, refunds (one ledger row a
 * message), completion with its event. Made, used and `book`ed inside one transaction.
 */
export class MessageTally {
  readonly #db: Database.Database;
  readonly #statements: TallyStatements;
  readonly #events: EventWriter;
  readonly #at: Millis;
  readonly #changes = new Map<number, Change>();
  /** What is counted in this hour, by account and carrier. */
  readonly #counts = new Map<string, { accountId: number; carrierId: number; counts: HourCountsOf }>();

  constructor(db: Database.Database, statements: TallyStatements, events: EventWriter, at: Millis) {
    this.#db = db;
    this.#statements = statements;
    this.#events = events;
    this.#at = at;
  }

  /** One recipient went from a state to another. */
  move(messageId: number, from: RecipientState, to: RecipientState): void {
    if (from === to) return;
    const states = this.#of(messageId).states;
    states.set(from, (states.get(from) ?? 0) - 1);
    states.set(to, (states.get(to) ?? 0) + 1);
  }

  /** One recipient became final; the message is complete when the last one is. */
  close(messageId: number): void {
    this.#of(messageId).opened -= 1;
  }

  /** One final recipient is to be sent again. */
  reopen(messageId: number): void {
    this.#of(messageId).opened += 1;
  }

  /** One recipient was accepted by a carrier for the first time. */
  handed(messageId: number): void {
    this.#of(messageId).handed += 1;
  }

  refund(messageId: number, credit: number): void {
    const change = this.#of(messageId);
    change.refundedRecipients += 1;
    change.refundedCredit += credit;
  }

  /** Counts something that a carrier of an account's message did; null where no carrier had a part in it. */
  count(accountId: number, carrierId: number | null, name: HourCountName, n = 1): void {
    const { counts } = this.#countsOf(accountId, carrierId ?? 0);
    counts[name] = (counts[name] ?? 0) + n;
  }

  /** A one-time code was handed over so many milliseconds after it was asked for. */
  countCode(accountId: number, carrierId: number, latencyMs: number): void {
    this.count(accountId, carrierId, 'otp_sent');
    this.count(accountId, carrierId, 'otp_latency', latencyMs);
    const { counts } = this.#countsOf(accountId, carrierId);
    counts.otp_latency_max = Math.max(counts.otp_latency_max ?? 0, latencyMs);
  }

  /** Writes it all. */
  book(): void {
    for (const [messageId, change] of this.#changes) {
      this.#bookOne(messageId, change);
      this.#statements.touched.add(messageId);
    }
    for (const { accountId, carrierId, counts } of this.#counts.values())
      this.#statements.hours.add(this.#at, accountId, carrierId, counts);
  }

  #bookOne(messageId: number, change: Change): void {
    const counts = recipientStates.map((name) => change.states.get(name) ?? 0);
    const row = this.#statements.update.get(
      ...counts,
      change.opened,
      change.handed,
      change.refundedRecipients,
      change.states.get('sending') ?? 0,
      messageId,
    );
    if (row === undefined) throw new Error(`message ${messageId} vanished`);
    if (change.refundedCredit > 0) {
      this.#statements.ledger.add({
        accountId: row.account_id,
        change: change.refundedCredit,
        cause: 'refund',
        messageId,
        at: this.#at,
      });
      this.count(row.account_id, null, 'refunded', change.refundedCredit);
    }
    this.#complete(row);
  }

  #complete(row: MessageRecord): void {
    if (row.open_count !== 0) return;
    if (row.state === 'cancelled') this.#statements.finishCancelled.run(this.#at, row.id);
    if (row.state !== 'pending' && row.state !== 'sending') return;
    const state: MessageState = row.handed_count === 0 && row.unknown_count === 0 ? 'failed' : 'completed';
    if (this.#statements.finish.run(state, this.#at, row.id).changes !== 1) return;
    const done = { ...row, state, completed_at: this.#at };
    if (this.#events.wanted(row.account_id, 'sms.completed')) {
      this.#events.write(this.#db, {
        accountId: row.account_id,
        name: 'sms.completed',
        body: completedBody(
          done.uuid,
          state,
          summaryOf(done),
          done.refunded_count,
          done.recipient_count,
          done.client_ref,
        ),
        recipientId: null,
        messageId: row.id,
        at: this.#at,
      });
    }
  }

  #countsOf(accountId: number, carrierId: number) {
    const key = `${accountId}/${carrierId}`;
    let entry = this.#counts.get(key);
    if (entry === undefined) {
      entry = { accountId, carrierId, counts: {} };
      this.#counts.set(key, entry);
    }
    return entry;
  }

  #of(messageId: number): Change {
    let change = this.#changes.get(messageId);
    if (change === undefined) {
      change = { states: new Map(), opened: 0, handed: 0, refundedRecipients: 0, refundedCredit: 0 };
      this.#changes.set(messageId, change);
    }
    return change;
  }
}

/** `drSummary` of a message from its counters, without looking at a recipient. */
export function summaryOf(
  row: MessageRecord,
): { drStatus: 'pending' | Exclude<RecipientState, 'queued' | 'sending'>; count: number }[] {
  const all = [
    { drStatus: 'pending', count: row.queued_count + row.sending_count },
    { drStatus: 'sent', count: row.sent_count },
    { drStatus: 'success', count: row.success_count },
    { drStatus: 'failed', count: row.failed_count },
    { drStatus: 'expired', count: row.expired_count },
    { drStatus: 'blocked', count: row.blocked_count },
    { drStatus: 'cancelled', count: row.cancelled_count },
    { drStatus: 'unknown', count: row.unknown_count },
  ] as const;
  return all.filter((entry) => entry.count > 0);
}
