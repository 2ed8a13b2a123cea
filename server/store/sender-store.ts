import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import { senderPurposes, type SenderPurpose, type SenderState } from '../domain/sender.ts';
import type { CommitQueue } from './commit-queue.ts';

export interface SenderRecord {
  readonly id: number;
  readonly account_id: number;
  readonly account: string;
  readonly name: string;
  readonly state: SenderState;
  /** What it was asked or approved for. */
  readonly purposes: readonly SenderPurpose[];
  /** Why it was rejected. */
  readonly reason: string | null;
}

type Row = Omit<SenderRecord, 'purposes'> & { readonly purposes: string };

export interface SenderName {
  readonly accountId: number;
  readonly name: string;
}

/** Sender names of accounts: asked for, approved, rejected. */
export class SenderStore {
  readonly #queue: CommitQueue;
  readonly #one: Database.Statement<[number, string], Row>;
  readonly #all: Database.Statement<[], Row>;
  readonly #request: Database.Statement;
  readonly #approve: Database.Statement;
  readonly #reject: Database.Statement;
  /** Names known to be approved; asked for every message, so the answer is kept until a sender changes. */
  readonly #known = new Set<string>();

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    const select = 'SELECT s.*, a.name AS account FROM sender s JOIN account a ON a.id = s.account_id';
    this.#one = db.prepare(`${select} WHERE s.account_id = ? AND s.name = ?`);
    this.#all = db.prepare(`${select} ORDER BY s.id LIMIT 1000`);
    this.#request =
      db.prepare(`INSERT INTO sender (account_id, name, state, purposes, created_at) VALUES (?, ?, 'requested', ?, ?)
      ON CONFLICT (account_id, name) DO UPDATE SET state = 'requested', purposes = excluded.purposes, reason = NULL
      WHERE state IN ('requested', 'rejected')`);
    this.#approve =
      db.prepare(`INSERT INTO sender (account_id, name, state, purposes, created_at) VALUES (?, ?, 'approved', ?, ?)
      ON CONFLICT (account_id, name) DO UPDATE SET state = 'approved', purposes = excluded.purposes, reason = NULL
      WHERE state IN ('requested', 'approved', 'rejected')`);
    this.#reject = db.prepare(
      "UPDATE sender SET state = 'rejected', reason = ? WHERE account_id = ? AND name = ? AND state IN ('requested', 'approved', 'rejected')",
    );
  }

  find({ accountId, name }: SenderName): SenderRecord | undefined {
    const row = this.#one.get(accountId, name);
    return row === undefined ? undefined : recordOf(row);
  }

  list(): SenderRecord[] {
    return this.#all.all().map(recordOf);
  }

  isApproved(sender: SenderName, purpose: SenderPurpose): boolean {
    const key = `${sender.accountId}/${purpose}/${sender.name}`;
    if (this.#known.has(key)) return true;
    const record = this.find(sender);
    if (record?.state !== 'approved' || !record.purposes.includes(purpose)) return false;
    this.#known.add(key);
    return true;
  }

  /** Asks for a name, or again for one that waits or was rejected. @throws AppError `sender.already_approved`. */
  async request(sender: SenderName, purposes: readonly SenderPurpose[], at: Millis): Promise<SenderRecord> {
    return await this.#change(sender, () => {
      if (this.#request.run(sender.accountId, sender.name, purposes.join(','), at).changes === 1) return;
      throw new AppError(
        'sender.already_approved',
        `The sender name ${sender.name} is approved already. An administrator may approve it for other purposes.`,
      );
    });
  }

  /** @param purposes what it may be used for; null for what was asked for, and everything when nobody asked. */
  async approve(sender: SenderName, purposes: readonly SenderPurpose[] | null, at: Millis): Promise<SenderRecord> {
    return await this.#change(sender, () => {
      const asked = this.find(sender);
      const granted = purposes ?? (asked?.state === 'requested' ? asked.purposes : senderPurposes);
      this.#approve.run(sender.accountId, sender.name, granted.join(','), at);
    });
  }

  /** Rejects a name that waits, or takes an approval back. @throws AppError `sender.not_found`. */
  async reject(sender: SenderName, reason: string): Promise<SenderRecord> {
    return await this.#change(sender, () => {
      if (this.#reject.run(reason, sender.accountId, sender.name).changes === 1) return;
      throw new AppError('sender.not_found', `The account has no sender name ${sender.name}.`);
    });
  }

  async #change(sender: SenderName, change: () => void): Promise<SenderRecord> {
    const record = await this.#queue.run(() => {
      change();
      // Forgotten inside the transaction, so that nobody is told the old state once the new one is there.
      this.#known.clear();
      return this.find(sender);
    });
    if (record === undefined) throw new AppError('sender.not_found', `The sender name ${sender.name} vanished.`);
    return record;
  }
}

function recordOf(row: Row): SenderRecord {
  const written = row.purposes.split(',');
  return { ...row, purposes: senderPurposes.filter((purpose) => written.includes(purpose)) };
}
