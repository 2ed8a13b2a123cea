import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Ledger } from './ledger.ts';

export interface AccountRecord {
  readonly id: number;
  readonly name: string;
  readonly balance: number;
  readonly metered: number;
  readonly suspended: number;
  /** Below this many credits the account is told of it; null for never. */
  readonly low_credit_threshold: number | null;
}

/** What may be changed of an account; what is left out stays. */
export interface AccountChange {
  readonly lowCreditThreshold?: number | null | undefined;
  readonly metered?: boolean | undefined;
  readonly suspended?: boolean | undefined;
}

export interface SenderRecord {
  readonly id: number;
  readonly account_id: number;
  readonly account: string;
  readonly name: string;
  readonly state: 'requested' | 'approved' | 'rejected';
}

/** Accounts with their credits, sender names and blocked numbers. */
export class AccountStore {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #ledger: Ledger;
  readonly #byName: Database.Statement<[string], AccountRecord>;
  readonly #approved: Database.Statement<[number, string], { id: number }>;
  readonly #blocked: Database.Statement<[number, string], { cause: string }>;
  readonly #anyBlocked: Database.Statement<[number], { cause: string }>;

  readonly #knownSenders = new Set<string>();
  readonly #hasBlocked = new Map<number, boolean>();

  constructor(db: Database.Database, queue: CommitQueue, ledger: Ledger) {
    this.#db = db;
    this.#queue = queue;
    this.#ledger = ledger;
    this.#byName = db.prepare('SELECT * FROM account WHERE name = ?');
    this.#approved = db.prepare("SELECT id FROM sender WHERE account_id = ? AND name = ? AND state = 'approved'");
    this.#blocked = db.prepare('SELECT cause FROM blocked_number WHERE account_id = ? AND msisdn = ?');
    this.#anyBlocked = db.prepare('SELECT cause FROM blocked_number WHERE account_id = ? LIMIT 1');
  }

  list(): AccountRecord[] {
    return this.#db.prepare<[], AccountRecord>('SELECT * FROM account ORDER BY id LIMIT 1000').all();
  }

  /** The named account, `Main` when none is named. @throws AppError `account.not_found`. */
  named(name = 'Main'): AccountRecord {
    const row = this.#byName.get(name);
    if (row === undefined) throw new AppError('account.not_found', `There is no account ${name}.`);
    return row;
  }

  balance(accountId: number): number {
    return this.#ledger.balance(accountId);
  }

  /** @throws AppError `account.exists`. */
  async create(name: string, at: Millis): Promise<AccountRecord> {
    await this.#queue.run((db) => {
      if (this.#byName.get(name) !== undefined)
        throw new AppError('account.exists', `There is an account ${name} already.`);
      db.prepare('INSERT INTO account (name, created_at) VALUES (?, ?)').run(name, at);
    });
    return this.named(name);
  }

  /** Changes what an account may do and when it is told; touches no credits. @throws AppError `account.not_found`. */
  async change(accountId: number, change: AccountChange): Promise<AccountRecord> {
    return await this.#queue.run((db) => {
      const { low_credit_threshold: before, metered, suspended } = this.#get(accountId);
      db.prepare('UPDATE account SET low_credit_threshold = ?, metered = ?, suspended = ? WHERE id = ?').run(
        change.lowCreditThreshold === undefined ? before : change.lowCreditThreshold,
        change.metered === undefined ? metered : Number(change.metered),
        change.suspended === undefined ? suspended : Number(change.suspended),
        accountId,
      );
      return this.#get(accountId);
    });
  }

  /** Adds credits, or takes some with a negative amount; returns the new balance. @throws AppError `credit.invalid_amount`. */
  async addCredits(accountId: number, amount: number, note: string | null, at: Millis): Promise<number> {
    return await this.#queue.run(() => {
      if (amount === 0 || (amount < 0 && this.#ledger.balance(accountId) + amount < 0)) {
        throw new AppError(
          'credit.invalid_amount',
          'The amount must not be zero and must not take more than the account has.',
        );
      }
      return this.#ledger.add({ accountId, change: amount, cause: amount > 0 ? 'added' : 'taken', note, at });
    });
  }

  /** Asked for every message, so the answer is remembered until a sender changes. */
  isApprovedSender(accountId: number, name: string): boolean {
    const key = `${accountId}/${name}`;
    if (this.#knownSenders.has(key)) return true;
    if (this.#approved.get(accountId, name) === undefined) return false;
    this.#knownSenders.add(key);
    return true;
  }

  /** First approved sender of an account, for the command line. */
  anySender(accountId: number): string | undefined {
    return this.senders().find((row) => row.account_id === accountId && row.state === 'approved')?.name;
  }

  senders(): SenderRecord[] {
    return this.#db
      .prepare<[], SenderRecord>(
        'SELECT s.*, a.name AS account FROM sender s JOIN account a ON a.id = s.account_id ORDER BY s.id LIMIT 1000',
      )
      .all();
  }

  async approveSender(accountId: number, name: string, at: Millis): Promise<SenderRecord> {
    await this.#queue.run((db) =>
      db
        .prepare(
          "INSERT INTO sender (account_id, name, state, created_at) VALUES (?, ?, 'approved', ?) ON CONFLICT (account_id, name) DO UPDATE SET state = 'approved'",
        )
        .run(accountId, name, at),
    );
    this.#knownSenders.clear();
    const row = this.senders().find((sender) => sender.account_id === accountId && sender.name === name);
    if (row === undefined) throw new AppError('sender.not_approved', `The sender ${name} vanished.`);
    return row;
  }

  /** A test for blocked numbers of an account; cheap when it blocks none. */
  blocklist(accountId: number): (msisdn: string) => boolean {
    let any = this.#hasBlocked.get(accountId);
    if (any === undefined) {
      any = this.#anyBlocked.get(accountId) !== undefined;
      this.#hasBlocked.set(accountId, any);
    }
    if (!any) return () => false;
    return (msisdn) => this.#blocked.get(accountId, msisdn) !== undefined;
  }

  async block(accountId: number, msisdn: string, cause: string, at: Millis): Promise<void> {
    this.#hasBlocked.set(accountId, true);
    await this.#queue.run((db) =>
      db
        .prepare(
          'INSERT INTO blocked_number (account_id, msisdn, cause, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        )
        .run(accountId, msisdn, cause, at),
    );
  }

  #get(accountId: number): AccountRecord {
    const row = this.#db.prepare<[number], AccountRecord>('SELECT * FROM account WHERE id = ?').get(accountId);
    if (row === undefined) throw new AppError('account.not_found', 'The account does not exist.');
    return row;
  }

  ledgerMismatches(): readonly { id: number; balance: number; sum: number }[] {
    return this.#ledger.mismatches();
  }
}
