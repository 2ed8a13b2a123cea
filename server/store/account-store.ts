import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { SenderPurpose } from '../domain/sender.ts';
import { BlocklistStore } from './blocklist-store.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Ledger } from './ledger.ts';
import { SenderStore } from './sender-store.ts';

export interface AccountRecord {
  readonly id: number;
  readonly name: string;
  readonly balance: number;
  readonly metered: number;
  readonly suspended: number;
  readonly created_at: Millis;
  /** Contacts in its address book. */
  readonly contact_count: number;
  /** Below this many credits the account is told of it; null for never. */
  readonly low_credit_threshold: number | null;
}

/** What may be changed of an account; what is left out stays. */
export interface AccountChange {
  readonly lowCreditThreshold?: number | null | undefined;
  readonly metered?: boolean | undefined;
  readonly suspended?: boolean | undefined;
}

/** Accounts with their credits, sender names and blocked numbers. */
export class AccountStore {
  readonly senders: SenderStore;
  readonly blocked: BlocklistStore;
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #ledger: Ledger;
  readonly #byName: Database.Statement<[string], AccountRecord>;

  constructor(db: Database.Database, queue: CommitQueue, ledger: Ledger) {
    this.#db = db;
    this.#queue = queue;
    this.#ledger = ledger;
    this.#byName = db.prepare('SELECT * FROM account WHERE name = ?');
    this.senders = new SenderStore(db, queue);
    this.blocked = new BlocklistStore(db, queue);
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

  /** Whether an account may use a sender name for a purpose; cheap, for it is asked for every message. */
  isApprovedSender(accountId: number, name: string, purpose: SenderPurpose = 'marketing'): boolean {
    return this.senders.isApproved({ accountId, name }, purpose);
  }

  /** First sender of an account that may be used for messages, for the command line. */
  anySender(accountId: number): string | undefined {
    const usable = this.senders.list().filter((row) => row.account_id === accountId && row.state === 'approved');
    return usable.find((row) => row.purposes.includes('marketing'))?.name;
  }

  /** A test for blocked numbers of an account; cheap when it blocks none. */
  blocklist(accountId: number): (msisdn: string) => boolean {
    return this.blocked.of(accountId);
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
