import type Database from 'better-sqlite3';
import { nameWords, wordForms, type ContactSearch } from '../domain/contact.ts';
import type { ContactRecord } from './contact-rows.ts';

export interface ContactFilter {
  readonly accountId: number;
  readonly groupId: number | null;
  readonly search: ContactSearch | null;
}

/** Where a list goes on: the key that it is sorted by, and the contact. */
export interface ContactPlace {
  readonly key: string;
  readonly id: number;
}

export interface ContactPage {
  readonly items: ContactRecord[];
  /** Null at the end. */
  readonly next: ContactPlace | null;
}

type Found = ContactRecord & { readonly key: string };
type Ask = (after: ContactPlace, limit: number) => Found[];

/** Rows looked at in one call, when a filter leaves most of them out. */
const mostLooked = 1_500;
const step = 300;
/** A word is rare enough when fewer contacts than this have it. */
const probe = 500;
const last = '\u{10ffff}';
const start: ContactPlace = { key: '', id: 0 };

/** Finds contacts: always along one index, a bounded number of rows in a call. */
export class ContactReader {
  readonly #byName: Database.Statement<[number, string, number, number], Found>;
  readonly #byNumber: Database.Statement<[number, string, string, number], Found>;
  readonly #byWord: Database.Statement<[number, string, number, string, number], Found>;
  readonly #inGroup: Database.Statement<[number, number, number], Found>;
  readonly #rarity: Database.Statement<[number, string, string], { n: number }>;
  readonly #isMember: Database.Statement<[number, number], { contact_id: number }>;

  constructor(db: Database.Database) {
    this.#byName = db.prepare(
      'SELECT *, name_key AS key FROM contact WHERE account_id = ? AND (name_key, id) > (?, ?) ORDER BY name_key, id LIMIT ?',
    );
    this.#byNumber = db.prepare(
      'SELECT *, msisdn AS key FROM contact WHERE account_id = ? AND msisdn >= ? AND msisdn < ? ORDER BY msisdn LIMIT ?',
    );
    this.#byWord = db.prepare(
      `SELECT c.*, w.word AS key FROM contact_word w CROSS JOIN contact c ON c.id = w.contact_id
       WHERE w.account_id = ? AND (w.word, w.contact_id) > (?, ?) AND w.word < ? ORDER BY w.word, w.contact_id LIMIT ?`,
    );
    this.#inGroup = db.prepare(
      `SELECT c.*, '' AS key FROM group_member m CROSS JOIN contact c ON c.id = m.contact_id
       WHERE m.group_id = ? AND m.contact_id > ? ORDER BY m.contact_id LIMIT ?`,
    );
    this.#rarity = db.prepare(
      `SELECT COUNT(*) AS n FROM (SELECT contact_id FROM contact_word WHERE account_id = ? AND word >= ? AND word < ? LIMIT ${probe})`,
    );
    this.#isMember = db.prepare('SELECT contact_id FROM group_member WHERE group_id = ? AND contact_id = ?');
  }

  /**
   * A page of contacts: by name; those of a group in the order in which they came to be; those looked for by what was
   * found. It may be short, even empty, and have a next one.
   */
  page(filter: ContactFilter, after: ContactPlace | null, limit: number): ContactPage {
    const { ask, keep } = this.#way(filter, after);
    const items: Found[] = [];
    let place = after ?? start;
    for (let looked = 0; looked < mostLooked;) {
      const wanted = keep === null ? limit - items.length + 1 : step;
      const rows = ask(place, wanted);
      for (const row of rows) {
        if (keep !== null && !keep(row)) continue;
        if (items.length === limit) return { items, next: placeOf(items.at(-1)) };
        items.push(row);
      }
      if (rows.length < wanted) return { items, next: null };
      place = placeOf(rows.at(-1)) ?? place;
      looked += rows.length;
    }
    return { items, next: place };
  }

  isMember(groupId: number, contactId: number): boolean {
    return this.#isMember.get(groupId, contactId) !== undefined;
  }

  /** Members of a group from after one of them on, in the order of their ids. */
  members(groupId: number, afterId: number, limit: number): ContactRecord[] {
    return this.#inGroup.all(groupId, afterId, limit);
  }

  #way(
    { accountId, groupId, search }: ContactFilter,
    begun: ContactPlace | null,
  ): { ask: Ask; keep: ((row: Found) => boolean) | null } {
    const member = groupId === null ? null : (row: Found) => this.#isMember.get(groupId, row.id) !== undefined;
    if (search === null) {
      if (groupId !== null) return { ask: (after, limit) => this.#inGroup.all(groupId, after.id, limit), keep: null };
      return { ask: (after, limit) => this.#byName.all(accountId, after.key, after.id, limit), keep: null };
    }
    if (search.by === 'number') {
      const { prefix } = search;
      // A blank comes before every digit, so a key with one is the place right after the key.
      const ask: Ask = ({ key }, limit) =>
        this.#byNumber.all(accountId, key === '' ? prefix : `${key} `, prefix + last, limit);
      return { ask, keep: member };
    }
    const lead = this.#lead(accountId, search.words, begun);
    return this.#byWords(accountId, { lead, words: search.words }, member);
  }

  /** The word to go along: the one that a list began with, else the rarest. */
  #lead(accountId: number, words: readonly string[], after: ContactPlace | null): string {
    // Where one word begins another, the longer one alone may lead: a place then tells which it was.
    const leads = words.filter((word) => !words.some((other) => other !== word && begins(word, other)));
    const [first = words[0] ?? ''] = leads;
    if (leads.length < 2) return first;
    if (after !== null) return leads.find((word) => isWord(after.key, word)) ?? first;
    const counts = leads.map((word) => ({ word, n: this.#frequency(accountId, word) }));
    return counts.reduce((rarest, one) => (one.n < rarest.n ? one : rarest)).word;
  }

  /** How many contacts have a word, as far as it matters. */
  #frequency(accountId: number, word: string): number {
    return wordForms(word).reduce((sum, form) => sum + (this.#rarity.get(accountId, form, form + last)?.n ?? 0), 0);
  }

  /** Along one word; the others, and that no contact comes twice, are looked at row by row. */
  #byWords(
    accountId: number,
    { lead, words }: { readonly lead: string; readonly words: readonly string[] },
    member: ((row: Found) => boolean) | null,
  ) {
    const forms = wordForms(lead);
    const ask: Ask = ({ key, id }, limit) => {
      const rows: Found[] = [];
      for (const form of forms) {
        if (rows.length >= limit || (key !== '' && compare(form + last, key) <= 0)) continue;
        const from = compare(key, form) >= 0 ? ([key, id] as const) : ([form, 0] as const);
        rows.push(...this.#byWord.all(accountId, ...from, form + last, limit - rows.length));
      }
      return rows;
    };
    const keep = (row: Found) => {
      if (member !== null && !member(row)) return false;
      const own = nameWords(row.name);
      const first = own.filter((word) => isWord(word, lead)).toSorted((a, b) => compare(a, b))[0];
      return first === row.key && words.every((word) => own.some((one) => isWord(one, word)));
    };
    return { ask, keep };
  }
}

/** Whether a word of a name is one that is looked for, or begins with it. */
function isWord(own: string, word: string): boolean {
  return wordForms(word).some((form) => own.startsWith(form));
}

/** Whether what stands under one word may stand under the other as well. */
function begins(word: string, other: string): boolean {
  return wordForms(other).some((form) => isWord(form, word));
}

/** As SQLite compares: by the bytes of UTF-8. */
function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function placeOf(row: Found | undefined): ContactPlace | null {
  return row === undefined ? null : { key: row.key, id: row.id };
}
