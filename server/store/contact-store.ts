import type Database from 'better-sqlite3';
import { foldName, nameWords } from '../domain/contact.ts';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { ContactRecord } from './contact-rows.ts';
import type { GroupStore } from './group-store.ts';

/** What a person says of a contact. */
export interface ContactDraft {
  readonly msisdn: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly note: string;
}

/** What may be changed of a contact; what is left out stays. */
export interface ContactChange {
  readonly msisdn?: string | undefined;
  readonly name?: string | undefined;
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly note?: string | undefined;
  /** All groups that it is then in. */
  readonly groups?: readonly number[] | undefined;
}

/** What happens to a contact that is there already. */
export type Existing = 'update' | 'skip';

/** Contacts of accounts: written one by one, or many in one transaction by who imports. */
export class ContactStore {
  readonly #queue: CommitQueue;
  readonly #groups: GroupStore;
  readonly #byId: Database.Statement<[number], ContactRecord>;
  readonly #byNumber: Database.Statement<[number, string], ContactRecord>;
  readonly #insert: Database.Statement;
  readonly #update: Database.Statement;
  readonly #delete: Database.Statement;
  readonly #addWord: Database.Statement;
  readonly #dropWord: Database.Statement;
  readonly #count: Database.Statement;

  constructor(db: Database.Database, queue: CommitQueue, groups: GroupStore) {
    this.#queue = queue;
    this.#groups = groups;
    this.#byId = db.prepare('SELECT * FROM contact WHERE id = ?');
    this.#byNumber = db.prepare('SELECT * FROM contact WHERE account_id = ? AND msisdn = ?');
    this.#insert = db.prepare(
      'INSERT INTO contact (account_id, msisdn, name, name_key, fields, note, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#update = db.prepare(
      'UPDATE contact SET msisdn = ?, name = ?, name_key = ?, fields = ?, note = ?, updated_at = ? WHERE id = ?',
    );
    this.#delete = db.prepare('DELETE FROM contact WHERE id = ?');
    this.#addWord = db.prepare('INSERT INTO contact_word (account_id, word, contact_id) VALUES (?, ?, ?)');
    this.#dropWord = db.prepare('DELETE FROM contact_word WHERE account_id = ? AND word = ? AND contact_id = ?');
    this.#count = db.prepare('UPDATE account SET contact_count = contact_count + ? WHERE id = ?');
  }

  /** @throws AppError `contact.not_found`. */
  get(id: number): ContactRecord {
    const row = this.#byId.get(id);
    if (row === undefined) throw new AppError('contact.not_found', 'There is no such contact.');
    return row;
  }

  /** The contact of an account with a number. */
  byNumber(accountId: number, msisdn: string): ContactRecord | undefined {
    return this.#byNumber.get(accountId, msisdn);
  }

  /** @throws AppError `contact.exists`, `group.not_found`. */
  async add(accountId: number, draft: ContactDraft, groups: readonly number[], now: Millis): Promise<ContactRecord> {
    return await this.#queue.run(() => {
      this.#assertFree(accountId, draft.msisdn);
      const id = this.#write(accountId, draft, now);
      this.#groups.putInto(accountId, id, groups);
      return this.get(id);
    });
  }

  /** @throws AppError `contact.not_found`, `contact.exists`, `group.not_found`. */
  async change(id: number, change: ContactChange, now: Millis): Promise<ContactRecord> {
    return await this.#queue.run(() => {
      const before = this.get(id);
      if (change.msisdn !== undefined && change.msisdn !== before.msisdn)
        this.#assertFree(before.account_id, change.msisdn);
      this.#rewrite(before, change, now);
      if (change.groups !== undefined) this.#groups.setOf(before.account_id, id, change.groups);
      return this.get(id);
    });
  }

  /** Removes contacts of an account; returns how many there were. */
  async remove(accountId: number, ids: readonly number[]): Promise<number> {
    return await this.#queue.run(() => {
      let removed = 0;
      for (const id of ids) {
        const contact = this.#byId.get(id);
        if (contact === undefined || contact.account_id !== accountId) continue;
        this.#words(contact, contact.name, '');
        this.#groups.setOf(accountId, id, []);
        removed += this.#delete.run(id).changes;
      }
      this.#count.run(-removed, accountId);
      return removed;
    });
  }

  /**
   * Takes a contact in, new or into the one with its number: values that are given win, others stay. Inside a transaction.
   */
  take(
    accountId: number,
    draft: ContactDraft,
    existing: Existing,
    now: Millis,
  ): { readonly id: number; readonly outcome: 'created' | 'updated' | 'skipped' } {
    const before = this.#byNumber.get(accountId, draft.msisdn);
    if (before === undefined) return { id: this.#write(accountId, draft, now), outcome: 'created' };
    if (existing === 'skip') return { id: before.id, outcome: 'skipped' };
    const { name, note, fields } = draft;
    this.#rewrite(
      before,
      {
        ...(name === '' ? {} : { name }),
        ...(note === '' ? {} : { note }),
        fields: { ...fieldsOf(before), ...fields },
      },
      now,
    );
    return { id: before.id, outcome: 'updated' };
  }

  #write(accountId: number, { msisdn, name, fields, note }: ContactDraft, now: Millis): number {
    const stored = [accountId, msisdn, name, keyOf(name, msisdn), JSON.stringify(fields), note, now, now];
    const id = Number(this.#insert.run(...stored).lastInsertRowid);
    this.#words({ id, account_id: accountId }, '', name);
    this.#count.run(1, accountId);
    return id;
  }

  #rewrite(before: ContactRecord, change: ContactChange, now: Millis): void {
    const { msisdn = before.msisdn, name = before.name, note = before.note } = change;
    const fields = change.fields === undefined ? before.fields : JSON.stringify(change.fields);
    this.#update.run(msisdn, name, keyOf(name, msisdn), fields, note, now, before.id);
    if (name !== before.name) this.#words(before, before.name, name);
  }

  /** Files a contact under the words of another name. */
  #words(contact: { readonly id: number; readonly account_id: number }, before: string, after: string): void {
    const old = nameWords(before);
    const fresh = nameWords(after);
    for (const word of old) if (!fresh.includes(word)) this.#dropWord.run(contact.account_id, word, contact.id);
    for (const word of fresh) if (!old.includes(word)) this.#addWord.run(contact.account_id, word, contact.id);
  }

  #assertFree(accountId: number, msisdn: string): void {
    if (this.#byNumber.get(accountId, msisdn) === undefined) return;
    throw new AppError('contact.exists', `There is a contact with the number ${msisdn} already.`);
  }
}

function keyOf(name: string, msisdn: string): string {
  const folded = foldName(name);
  return folded === '' ? msisdn : folded;
}

/** The values of a contact for templates. */
export function fieldsOf(contact: { readonly fields: string }): Record<string, string> {
  const parsed: unknown = JSON.parse(contact.fields);
  if (typeof parsed !== 'object' || parsed === null) return {};
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
}
