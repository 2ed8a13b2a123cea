import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import { lowCreditBody } from '../domain/event-bodies.ts';
import type { Millis } from '../domain/ports.ts';
import type { EventWriter } from './event-writer.ts';

export type LedgerCause = 'message' | 'refund' | 'resend' | 'added' | 'taken' | 'order';

export interface LedgerEntry {
  readonly accountId: number;
  /** Credits added; negative when they are taken. */
  readonly change: number;
  readonly cause: LedgerCause;
  readonly messageId?: number | null;
  readonly orderId?: number | null;
  readonly note?: string | null;
  readonly at: Millis;
}

/** An account's balance after a change; `threshold` is null where nobody is to be told. */
interface Changed {
  readonly balance: number;
  readonly threshold: number | null;
}

/** An unmetered account runs out of nothing, so it has no threshold in force. */
const changed = 'RETURNING balance, CASE metered WHEN 1 THEN low_credit_threshold END AS threshold';

/**
 * Balances and their ledger; used inside transactions, so that the sum of the entries always equals the balance. The entry
 * that takes a balance from at or above its account's threshold to below it writes `credit.low` with it: once, and again
 * only after the balance was back at the threshold.
 */
export class Ledger {
  readonly #db: Database.Database;
  readonly #events: EventWriter;
  readonly #take: Database.Statement<[number, number, number], Changed>;
  readonly #change: Database.Statement<[number, number], Changed>;
  readonly #account: Database.Statement<[number], { name: string; balance: number; metered: number }>;
  readonly #insert: Database.Statement;
  #nextId: number;

  constructor(db: Database.Database, events: EventWriter) {
    this.#db = db;
    this.#events = events;
    this.#take = db.prepare(
      `UPDATE account SET balance = balance - ? WHERE id = ? AND (balance >= ? OR metered = 0) ${changed}`,
    );
    this.#change = db.prepare(`UPDATE account SET balance = balance + ? WHERE id = ? ${changed}`);
    this.#account = db.prepare('SELECT name, balance, metered FROM account WHERE id = ?');
    this.#insert = db.prepare(
      'INSERT INTO ledger (account_id, id, change, balance, cause, message_id, order_id, note, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    const last = db.prepare<[], { top: number | null }>(
      'SELECT MAX(top) AS top FROM (SELECT (SELECT MAX(id) FROM ledger WHERE account_id = a.id) AS top FROM account a)',
    );
    this.#nextId = 1 + (last.get()?.top ?? 0);
  }

  /**
   * Takes credits for a message; an unmetered account may go below nothing by it.
   * @throws AppError `credit.insufficient` when the balance does not cover it, `account.not_found`.
   */
  take(accountId: number, credit: number, messageId: number, at: Millis, cause: LedgerCause = 'message'): void {
    if (credit === 0) return;
    const row = this.#take.get(credit, accountId, credit);
    if (row === undefined) {
      this.assertCovers(accountId, credit);
      throw accountNotFound();
    }
    this.#write({ accountId, change: -credit, cause, messageId, at }, row);
  }

  /** Throws what `take` would throw, without taking; for refusing early. */
  assertCovers(accountId: number, credit: number): void {
    const account = this.#get(accountId);
    if (account.metered === 1 && account.balance < credit) {
      throw new AppError(
        'credit.insufficient',
        `The message costs ${credit} credits, the account has ${account.balance}. Add credits or send to fewer recipients.`,
        { extra: { required: credit, balance: account.balance } },
      );
    }
  }

  /** Adds (or, negative, takes) credits with a cause, whatever is left then; returns the new balance. */
  add(entry: LedgerEntry): number {
    const row = this.#change.get(entry.change, entry.accountId);
    if (row === undefined) throw accountNotFound();
    this.#write(entry, row);
    return row.balance;
  }

  balance(accountId: number): number {
    return this.#get(accountId).balance;
  }

  /** Accounts whose ledger does not add up to the balance; empty in a healthy box. */
  mismatches(): readonly { id: number; balance: number; sum: number }[] {
    return this.#db
      .prepare<[], { id: number; balance: number; sum: number }>(
        'SELECT a.id, a.balance, COALESCE((SELECT SUM(change) FROM ledger WHERE account_id = a.id), 0) AS sum FROM account a WHERE a.balance <> sum',
      )
      .all();
  }

  #write(entry: LedgerEntry, { balance, threshold }: Changed): void {
    const { accountId, change, cause, messageId = null, orderId = null, note = null, at } = entry;
    // Of an entry that is undone the number is left out.
    const id = this.#nextId;
    this.#nextId += 1;
    this.#insert.run(accountId, id, change, balance, cause, messageId, orderId, note, at);
    if (threshold !== null && balance < threshold && balance - change >= threshold) {
      this.#tellLow(entry, balance, threshold);
    }
  }

  #tellLow({ accountId, messageId = null, at }: LedgerEntry, balance: number, threshold: number): void {
    if (!this.#events.wanted(accountId, 'credit.low')) return;
    this.#events.write(this.#db, {
      accountId,
      name: 'credit.low',
      body: lowCreditBody(this.#get(accountId).name, balance, threshold),
      recipientId: null,
      messageId,
      at,
    });
  }

  #get(accountId: number): { readonly name: string; readonly balance: number; readonly metered: number } {
    const account = this.#account.get(accountId);
    if (account === undefined) throw accountNotFound();
    return account;
  }
}

function accountNotFound(): AppError {
  return new AppError('account.not_found', 'The account does not exist.');
}
