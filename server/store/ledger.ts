import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';

export type LedgerCause = 'message' | 'refund' | 'resend' | 'added' | 'taken';

/** Balances and their ledger; used inside transactions, so that the sum of the entries always equals the balance. */
export class Ledger {
  readonly #db: Database.Database;
  readonly #take: Database.Statement<[number, number, number], { balance: number }>;
  readonly #change: Database.Statement<[number, number], { balance: number }>;
  readonly #account: Database.Statement<[number], { balance: number; metered: number }>;
  readonly #insert: Database.Statement;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#take = db.prepare(
      'UPDATE account SET balance = balance - ? WHERE id = ? AND (balance >= ? OR metered = 0) RETURNING balance',
    );
    this.#change = db.prepare('UPDATE account SET balance = balance + ? WHERE id = ? RETURNING balance');
    this.#account = db.prepare('SELECT balance, metered FROM account WHERE id = ?');
    this.#insert = db.prepare(
      'INSERT INTO ledger (account_id, change, balance, cause, message_id, note, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
  }

  /**
   * Takes credits for a message.
   * @throws AppError `credit.insufficient` when the balance does not cover it, `account.not_found`.
   */
  take(accountId: number, credit: number, messageId: number, at: Millis, cause: LedgerCause = 'message'): void {
    if (credit === 0) return;
    const row = this.#take.get(credit, accountId, credit);
    if (row === undefined) {
      this.assertCovers(accountId, credit);
      throw new AppError('account.not_found', 'The account does not exist.');
    }
    this.#insert.run(accountId, -credit, row.balance, cause, messageId, null, at);
  }

  /** Throws what `take` would throw, without taking; for refusing early. */
  assertCovers(accountId: number, credit: number): void {
    const account = this.#account.get(accountId);
    if (account === undefined) throw new AppError('account.not_found', 'The account does not exist.');
    if (account.metered === 1 && account.balance < credit) {
      throw new AppError(
        'credit.insufficient',
        `The message costs ${credit} credits, the account has ${account.balance}. Add credits or send to fewer recipients.`,
        { extra: { required: credit, balance: account.balance } },
      );
    }
  }

  /** Adds (or, negative, takes) credits with a cause; returns the new balance. */
  add(
    accountId: number,
    change: number,
    cause: LedgerCause,
    messageId: number | null,
    note: string | null,
    at: Millis,
  ): number {
    const row = this.#change.get(change, accountId);
    if (row === undefined) throw new AppError('account.not_found', 'The account does not exist.');
    this.#insert.run(accountId, change, row.balance, cause, messageId, note, at);
    return row.balance;
  }

  balance(accountId: number): number {
    const account = this.#account.get(accountId);
    if (account === undefined) throw new AppError('account.not_found', 'The account does not exist.');
    return account.balance;
  }

  /** Accounts whose ledger does not add up to the balance; empty in a healthy box. */
  mismatches(): readonly { id: number; balance: number; sum: number }[] {
    return this.#db
      .prepare<[], { id: number; balance: number; sum: number }>(
        'SELECT a.id, a.balance, COALESCE((SELECT SUM(change) FROM ledger WHERE account_id = a.id), 0) AS sum FROM account a WHERE a.balance <> sum',
      )
      .all();
  }
}
