import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

export interface LinkHostRecord {
  readonly host: string;
  readonly created_at: Millis;
}

const mostListed = 10_000;

/** Hosts that the texts of an account may link to. */
export class LinkStore {
  readonly #queue: CommitQueue;
  readonly #list: Database.Statement<[number, number], LinkHostRecord>;
  readonly #add: Database.Statement;
  readonly #remove: Database.Statement;
  /** Hosts by account, as far as they were asked for. */
  readonly #known = new Map<number, ReadonlySet<string>>();

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#list = db.prepare('SELECT host, created_at FROM link_host WHERE account_id = ? ORDER BY host LIMIT ?');
    this.#add = db.prepare(
      'INSERT INTO link_host (account_id, host, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#remove = db.prepare('DELETE FROM link_host WHERE account_id = ? AND host = ?');
  }

  /** The registered hosts of an account, for `isListed`. */
  hosts(accountId: number): ReadonlySet<string> {
    let hosts = this.#known.get(accountId);
    if (hosts === undefined) {
      hosts = new Set(this.list(accountId).map((row) => row.host));
      this.#known.set(accountId, hosts);
    }
    return hosts;
  }

  list(accountId: number): LinkHostRecord[] {
    return this.#list.all(accountId, mostListed);
  }

  /** @returns how many are new. */
  async add(accountId: number, hosts: readonly string[], at: Millis): Promise<number> {
    return await this.#change(accountId, hosts, (host) => this.#add.run(accountId, host, at).changes);
  }

  /** @returns how many were registered. */
  async remove(accountId: number, hosts: readonly string[]): Promise<number> {
    return await this.#change(accountId, hosts, (host) => this.#remove.run(accountId, host).changes);
  }

  async #change(accountId: number, hosts: readonly string[], change: (host: string) => number): Promise<number> {
    try {
      return await this.#queue.run(() => {
        const count = hosts.reduce((sum, host) => sum + change(host), 0);
        this.#known.delete(accountId);
        return count;
      });
    } finally {
      this.#known.delete(accountId);
    }
  }
}
