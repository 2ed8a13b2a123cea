import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { GroupRecord } from './contact-rows.ts';

/** Members removed in one transaction. */
const slice = 2_000;

/** Groups of contacts; a contact may be in many. */
export class GroupStore {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #byId: Database.Statement<[number], GroupRecord>;
  readonly #ofContact: Database.Statement<[number], { id: number; name: string }>;
  readonly #put: Database.Statement;
  readonly #take: Database.Statement;
  readonly #count: Database.Statement;
  readonly #owner: Database.Statement<[number], { account_id: number }>;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#db = db;
    this.#queue = queue;
    this.#byId = db.prepare('SELECT * FROM contact_group WHERE id = ?');
    this.#ofContact = db.prepare(
      'SELECT g.id, g.name FROM group_member m JOIN contact_group g ON g.id = m.group_id WHERE m.contact_id = ? ORDER BY g.id LIMIT 200',
    );
    this.#put = db.prepare('INSERT INTO group_member (group_id, contact_id) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#take = db.prepare('DELETE FROM group_member WHERE group_id = ? AND contact_id = ?');
    this.#count = db.prepare('UPDATE contact_group SET member_count = member_count + ? WHERE id = ?');
    this.#owner = db.prepare('SELECT account_id FROM contact WHERE id = ?');
  }

  /** Groups of an account, by name. */
  list(accountId: number): GroupRecord[] {
    return this.#db
      .prepare<[number], GroupRecord>('SELECT * FROM contact_group WHERE account_id = ? ORDER BY name LIMIT 1000')
      .all(accountId);
  }

  find(id: number): GroupRecord | undefined {
    return this.#byId.get(id);
  }

  /** @throws AppError `group.not_found`, also for a group of another account when one is named. */
  get(id: number, accountId?: number): GroupRecord {
    const row = this.#byId.get(id);
    if (row === undefined || (accountId !== undefined && row.account_id !== accountId))
      throw new AppError('group.not_found', `There is no group ${id}.`);
    return row;
  }

  ofContact(contactId: number): { id: number; name: string }[] {
    return this.#ofContact.all(contactId);
  }

  /** @throws AppError `group.exists`. */
  async create(accountId: number, name: string, now: Millis): Promise<GroupRecord> {
    return await this.#queue.run((db) => {
      this.#assertFree(accountId, name);
      const insert = db.prepare('INSERT INTO contact_group (account_id, name, created_at) VALUES (?, ?, ?)');
      return this.get(Number(insert.run(accountId, name, now).lastInsertRowid));
    });
  }

  /** @throws AppError `group.not_found`, `group.exists`. */
  async rename(id: number, name: string): Promise<GroupRecord> {
    return await this.#queue.run((db) => {
      const group = this.get(id);
      if (group.name !== name) this.#assertFree(group.account_id, name);
      db.prepare('UPDATE contact_group SET name = ? WHERE id = ?').run(name, id);
      return this.get(id);
    });
  }

  /** Removes a group; its members stay contacts. @throws AppError `group.not_found`. */
  async remove(id: number): Promise<void> {
    this.get(id);
    for (;;) {
      const left = await this.#queue.run((db) => {
        const taken = db
          .prepare(
            `DELETE FROM group_member WHERE group_id = ? AND contact_id IN (SELECT contact_id FROM group_member WHERE group_id = ? ORDER BY contact_id LIMIT ${slice})`,
          )
          .run(id, id).changes;
        if (taken > 0) this.#count.run(-taken, id);
        if (taken < slice) db.prepare('DELETE FROM contact_group WHERE id = ?').run(id);
        return taken === slice;
      });
      if (!left) return;
    }
  }

  /** Puts contacts of its account into a group and takes others out. @throws AppError `group.not_found`. */
  async changeMembers(
    id: number,
    change: { readonly add: readonly number[]; readonly remove: readonly number[] },
  ): Promise<{ readonly added: number; readonly removed: number }> {
    return await this.#queue.run(() => {
      const { account_id: accountId } = this.get(id);
      const own = change.add.filter((contact) => this.#owner.get(contact)?.account_id === accountId);
      const added = own.reduce((sum, contact) => sum + this.#put.run(id, contact).changes, 0);
      const removed = change.remove.reduce((sum, contact) => sum + this.#take.run(id, contact).changes, 0);
      this.#count.run(added - removed, id);
      return { added, removed };
    });
  }

  /** Puts a contact into groups of its account; inside a transaction. @throws AppError `group.not_found`. */
  putInto(accountId: number, contactId: number, groups: readonly number[]): void {
    for (const id of groups) {
      this.get(id, accountId);
      const { changes } = this.#put.run(id, contactId);
      if (changes > 0) this.#count.run(changes, id);
    }
  }

  /** The same, and takes it out of all others; inside a transaction. */
  setOf(accountId: number, contactId: number, groups: readonly number[]): void {
    for (const { id } of this.#ofContact.all(contactId)) {
      if (groups.includes(id)) continue;
      this.#count.run(-this.#take.run(id, contactId).changes, id);
    }
    this.putInto(accountId, contactId, groups);
  }

  #assertFree(accountId: number, name: string): void {
    const taken = this.#db
      .prepare('SELECT id FROM contact_group WHERE account_id = ? AND name = ?')
      .get(accountId, name);
    if (taken !== undefined) throw new AppError('group.exists', `There is a group ${name} already.`);
  }
}
