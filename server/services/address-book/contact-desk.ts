import { contactLimits, contactSearch } from '../../domain/contact.ts';
import { csvLine, csvMark } from '../../domain/csv.ts';
import { AppError } from '../../domain/errors.ts';
import { normalizeMsisdn } from '../../domain/msisdn.ts';
import type { Clock } from '../../domain/ports.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import type { AccountStore } from '../../store/account-store.ts';
import type { ContactReader } from '../../store/contact-reader.ts';
import type { ContactRecord, GroupRecord } from '../../store/contact-rows.ts';
import { fieldsOf, type ContactChange, type ContactStore } from '../../store/contact-store.ts';
import type { GroupStore } from '../../store/group-store.ts';
import { listMark, openTextCursor, sealTextCursor } from '../paging.ts';

/** A contact as people see it. */
export interface ContactView {
  readonly id: number;
  readonly account: string;
  readonly msisdn: string;
  readonly name: string;
  readonly fields: Record<string, string>;
  readonly note: string;
  /** Whether the account's blocklist has the number. */
  readonly blocked: boolean;
  readonly groups: { readonly id: number; readonly name: string }[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Which contacts of an account: of a group, found by a search, or all. */
export interface ContactsFound {
  readonly account?: string | undefined;
  readonly q?: string | undefined;
  readonly group?: number | undefined;
}

export interface ContactsRequest extends ContactsFound {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface ContactInput {
  readonly msisdn: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly note: string;
  readonly groups: readonly number[];
}

/** Contacts read for one turn of an export. */
const exportSlice = 500;

/** The address book of the accounts: contacts and their groups. */
export class ContactDesk {
  readonly #contacts: ContactStore;
  readonly #groups: GroupStore;
  readonly #reader: ContactReader;
  readonly #accounts: AccountStore;
  readonly #clock: Clock;
  readonly #international: () => boolean;

  constructor(options: {
    contacts: ContactStore;
    groups: GroupStore;
    reader: ContactReader;
    accounts: AccountStore;
    clock: Clock;
    international: () => boolean;
  }) {
    this.#contacts = options.contacts;
    this.#groups = options.groups;
    this.#reader = options.reader;
    this.#accounts = options.accounts;
    this.#clock = options.clock;
    this.#international = options.international;
  }

  /**
   * Contacts of an account: all by name, those of a group, or those found by the beginning of a number or of words of
   * their name. A page may be short, even empty, and have a next one.
   * @throws AppError `account.not_found`, `group.not_found`, `validation.failed` for a strange cursor.
   */
  list(request: ContactsRequest): { items: ContactView[]; nextCursor: string | null } {
    const { account, filter } = this.#filter(request);
    const mark = listMark('contacts', filter);
    const place = openTextCursor(request.cursor, mark);
    const page = this.#reader.page(filter, place, request.limit);
    const items = page.items.map((row) => this.#view(row, account.name));
    return { items, nextCursor: sealTextCursor(page.next, mark) };
  }

  /** @throws AppError `contact.not_found`. */
  get(id: number): ContactView {
    const row = this.#contacts.get(id);
    return this.#view(row, this.#accountName(row.account_id));
  }

  /** @throws AppError `contact.invalid_number`, `contact.exists`, `account.not_found`, `group.not_found`. */
  async add(account: string | undefined, input: ContactInput): Promise<ContactView> {
    const { id, name } = this.#accounts.named(account);
    const { groups, ...draft } = input;
    const contact = { ...draft, msisdn: this.#msisdn(input.msisdn) };
    return this.#view(await this.#contacts.add(id, contact, groups, this.#clock.now()), name);
  }

  /** @throws AppError `contact.not_found`, `contact.invalid_number`, `contact.exists`, `group.not_found`. */
  async change(id: number, change: ContactChange): Promise<ContactView> {
    const msisdn = change.msisdn === undefined ? undefined : this.#msisdn(change.msisdn);
    const row = await this.#contacts.change(id, { ...change, msisdn }, this.#clock.now());
    return this.#view(row, this.#accountName(row.account_id));
  }

  /** Removes contacts of an account; returns how many there were. @throws AppError `account.not_found`. */
  async remove(account: string | undefined, ids: readonly number[]): Promise<number> {
    return await this.#contacts.remove(this.#accounts.named(account).id, ids);
  }

  /** How many contacts are found. @throws AppError `account.not_found`, `group.not_found`. */
  async count(found: ContactsFound): Promise<number> {
    let count = 0;
    for await (const rows of this.#slices(this.#filter(found).filter)) count += rows.length;
    return count;
  }

  /**
   * Removes the contacts that are found, a slice a transaction; returns how many.
   * @param most no more are removed: as many as the person was told of.
   * @throws AppError `account.not_found`, `group.not_found`.
   */
  async removeFound(found: ContactsFound, most: number): Promise<number> {
    const { account, filter } = this.#filter(found);
    let removed = 0;
    for await (const rows of this.#slices(filter)) {
      const ids = rows.slice(0, most - removed).map(({ id }) => id);
      removed += await this.#contacts.remove(account.id, ids);
      if (removed >= most) break;
    }
    return removed;
  }

  /** @throws AppError `account.not_found`. */
  groups(account: string | undefined): {
    readonly account: string;
    readonly contacts: number;
    readonly groups: GroupRecord[];
  } {
    const { id, name, contact_count: contacts } = this.#accounts.named(account);
    return { account: name, contacts, groups: this.#groups.list(id) };
  }

  /** @throws AppError `account.not_found`, `group.exists`. */
  async createGroup(account: string | undefined, name: string): Promise<GroupRecord> {
    return await this.#groups.create(this.#accounts.named(account).id, name, this.#clock.now());
  }

  /** @throws AppError `group.not_found`, `group.exists`. */
  async renameGroup(id: number, name: string): Promise<GroupRecord> {
    return await this.#groups.rename(id, name);
  }

  /** Removes a group; its members stay contacts. @throws AppError `group.not_found`. */
  async removeGroup(id: number): Promise<void> {
    await this.#groups.remove(id);
  }

  /** Puts contacts into a group and takes others out. @throws AppError `group.not_found`. */
  async changeMembers(
    id: number,
    change: { readonly add: readonly number[]; readonly remove: readonly number[] },
  ): Promise<GroupRecord & { readonly added: number; readonly removed: number }> {
    const counts = await this.#groups.changeMembers(id, change);
    return { ...this.#groups.get(id), ...counts };
  }

  /** The same with all contacts that are found, a slice a transaction. @throws AppError `group.not_found`, `account.not_found`. */
  async changeMembersFound(
    id: number,
    found: ContactsFound,
    way: 'add' | 'remove',
  ): Promise<GroupRecord & { readonly added: number; readonly removed: number }> {
    const { account, filter } = this.#filter(found);
    this.#groups.get(id, account.id);
    const sum = { added: 0, removed: 0 };
    for await (const rows of this.#slices(filter)) {
      const ids = rows.map((row) => row.id);
      const counts = await this.#groups.changeMembers(id, { add: [], remove: [], [way]: ids });
      sum.added += counts.added;
      sum.removed += counts.removed;
    }
    return { ...this.#groups.get(id), ...sum };
  }

  /** The contacts that are found as CSV, a piece a turn. @throws AppError `account.not_found`, `group.not_found`. */
  export(found: ContactsFound): { readonly name: string; readonly pieces: AsyncIterable<string> } {
    const { account, filter } = this.#filter(found);
    const group = filter.groupId === null ? null : this.#groups.get(filter.groupId);
    return { name: `contacts-${group?.name ?? account.name}.csv`, pieces: this.#pieces(filter) };
  }

  #filter(found: ContactsFound) {
    const groupId = found.group ?? null;
    const account = this.#accounts.named(found.account);
    if (groupId !== null) this.#groups.get(groupId, account.id);
    return { account, filter: { accountId: account.id, groupId, search: contactSearch(found.q ?? '') } };
  }

  async *#pieces(filter: Parameters<ContactReader['page']>[0]): AsyncGenerator<string> {
    const names = await this.#fieldNames(filter);
    yield csvMark + csvLine(['msisdn', 'name', ...names, 'note', 'groups']);
    for await (const rows of this.#slices(filter)) {
      yield rows
        .map((row) => {
          const fields = fieldsOf(row);
          const groups = this.#groups.ofContact(row.id).map(({ name }) => name);
          return csvLine([
            row.msisdn,
            row.name,
            ...names.map((name) => fields[name] ?? ''),
            row.note,
            groups.join('; '),
          ]);
        })
        .join('');
    }
  }

  /** The names of all fields that any of the contacts has; the head of the file has to have them all. */
  async #fieldNames(filter: Parameters<ContactReader['page']>[0]): Promise<string[]> {
    const names = new Set<string>();
    for await (const rows of this.#slices(filter)) {
      for (const row of rows) if (row.fields !== '{}') for (const name of Object.keys(fieldsOf(row))) names.add(name);
    }
    return [...names].slice(0, contactLimits.fields * 4);
  }

  async *#slices(filter: Parameters<ContactReader['page']>[0]): AsyncGenerator<ContactRecord[]> {
    let after: ReturnType<ContactReader['page']>['next'] = null;
    do {
      const page: ReturnType<ContactReader['page']> = this.#reader.page(filter, after, exportSlice);
      yield page.items;
      after = page.next;
      await nextTurn();
    } while (after !== null);
  }

  #view(row: ContactRecord, account: string): ContactView {
    return {
      id: row.id,
      account,
      msisdn: row.msisdn,
      name: row.name,
      fields: fieldsOf(row),
      note: row.note,
      blocked: this.#accounts.blocklist(row.account_id)(row.msisdn),
      groups: this.#groups.ofContact(row.id),
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    };
  }

  #accountName(id: number): string {
    return this.#accounts.list().find((account) => account.id === id)?.name ?? '';
  }

  #msisdn(written: string): string {
    const msisdn = normalizeMsisdn(written, { international: this.#international() });
    if (msisdn !== null) return msisdn;
    throw new AppError(
      'contact.invalid_number',
      `${written} is no possible mobile number. Write it as 0xxxxxxxxx or 66xxxxxxxxx.`,
    );
  }
}
