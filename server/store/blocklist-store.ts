import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

/** Why a number is blocked: a person did it, or its owner by a text. */
export type BlockCause = 'manual' | 'opt-out';

export interface BlockedNumber {
  readonly msisdn: string;
  readonly cause: string;
  readonly created_at: Millis;
}

/** Numbers changed in one transaction. */
const slice = 1_000;

/** Numbers that an account does not send to. */
export class BlocklistStore {
  readonly #queue: CommitQueue;
  readonly #blocked: Database.Statement<[number, string], { cause: string }>;
  readonly #any: Database.Statement<[number], { cause: string }>;
  readonly #page: Database.Statement<[number, string, number], BlockedNumber>;
  readonly #add: Database.Statement;
  readonly #remove: Database.Statement;
  readonly #optOut: Database.Statement;
  readonly #optIn: Database.Statement;
  /** Whether an account blocks anybody, as far as it was asked for. Changed inside the transactions that change the list. */
  readonly #hasAny = new Map<number, boolean>();

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#blocked = db.prepare('SELECT cause FROM blocked_number WHERE account_id = ? AND msisdn = ?');
    this.#any = db.prepare('SELECT cause FROM blocked_number WHERE account_id = ? LIMIT 1');
    this.#page = db.prepare(
      'SELECT msisdn, cause, created_at FROM blocked_number WHERE account_id = ? AND msisdn > ? ORDER BY msisdn LIMIT ?',
    );
    this.#add = db.prepare(
      'INSERT INTO blocked_number (account_id, msisdn, cause, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#remove = db.prepare('DELETE FROM blocked_number WHERE account_id = ? AND msisdn = ?');
    this.#optOut = db.prepare(
      "INSERT INTO blocked_number (account_id, msisdn, cause, created_at) SELECT id, ?, 'opt-out', ? FROM account WHERE true ON CONFLICT DO NOTHING",
    );
    this.#optIn = db.prepare(
      "DELETE FROM blocked_number WHERE account_id IN (SELECT id FROM account) AND msisdn = ? AND cause = 'opt-out'",
    );
  }

  /** A test for blocked numbers of an account; cheap when it blocks none. It is of this moment: do not keep it. */
  of(accountId: number): (msisdn: string) => boolean {
    let any = this.#hasAny.get(accountId);
    if (any === undefined) {
      any = this.#any.get(accountId) !== undefined;
      this.#hasAny.set(accountId, any);
    }
    if (!any) return nobody;
    return (msisdn) => this.#blocked.get(accountId, msisdn) !== undefined;
  }

  /** Blocks numbers; those that are blocked already stay as they are. @returns how many are new. */
  async add(accountId: number, msisdns: readonly string[], cause: string, at: Millis): Promise<number> {
    return await this.#slices(msisdns, accountId, (msisdn) => this.#add.run(accountId, msisdn, cause, at).changes);
  }

  /** Unblocks numbers, whatever they were blocked for. @returns how many were blocked. */
  async remove(accountId: number, msisdns: readonly string[]): Promise<number> {
    return await this.#slices(msisdns, accountId, (msisdn) => this.#remove.run(accountId, msisdn).changes);
  }

  /** Blocked numbers of an account in the order of their digits, from after `after` on. */
  page(accountId: number, after: string, limit: number): BlockedNumber[] {
    return this.#page.all(accountId, after, limit);
  }

  /**
   * The owner of a number wants no messages; inside a transaction. It counts for every account: who texts to a SIM
   * cannot know the accounts behind it.
   */
  optOut(msisdn: string, at: Millis): void {
    this.#optOut.run(msisdn, at);
    this.#hasAny.clear();
  }

  /** The owner of a number wants messages again; inside a transaction. What a person blocked stays blocked. */
  optIn(msisdn: string): void {
    this.#optIn.run(msisdn);
    this.#hasAny.clear();
  }

  async #slices(msisdns: readonly string[], accountId: number, change: (msisdn: string) => number): Promise<number> {
    let changed = 0;
    try {
      for (let from = 0; from < msisdns.length; from += slice) {
        const some = msisdns.slice(from, from + slice);
        changed += await this.#queue.run(() => {
          const count = some.reduce((sum, msisdn) => sum + change(msisdn), 0);
          this.#hasAny.delete(accountId);
          return count;
        });
      }
      return changed;
    } finally {
      // What was read inside a transaction that then failed is not so.
      this.#hasAny.delete(accountId);
    }
  }
}

function nobody(): boolean {
  return false;
}
