import { AppError } from '../../domain/errors.ts';
import { normalizeMsisdn } from '../../domain/msisdn.ts';
import { countSegments } from '../../domain/segments.ts';
import { fillTemplate, placeholders } from '../../domain/template.ts';
import type { AddressBook } from '../../store/address-book.ts';
import type { MissingValues } from '../../store/campaign-rows.ts';
import type { CampaignPlace } from '../../store/campaign-store.ts';
import { fieldsOf } from '../../store/contact-store.ts';
import { columnsOf, valuesOf } from '../address-book/import-rows.ts';

/** Whom a campaign goes to: groups and numbers, or the rows of a file. Each number once. */
export interface AudiencePlan {
  readonly groups: readonly number[];
  /** Normalised. */
  readonly numbers: readonly string[];
  readonly importId: number | null;
}

/** A plan, and what of the wish could not go into it. */
export interface PlannedAudience {
  readonly plan: AudiencePlan;
  /** What was written and is no number. */
  readonly invalid: readonly string[];
  /** Numbers that were written more than once. */
  readonly repeated: number;
}

/** One number with its values, as the text asks for them. */
export interface AudienceEntry {
  readonly msisdn: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A piece of an audience. */
export interface AudiencePiece {
  readonly entries: AudienceEntry[];
  /** Left out: a value is missing, or the text would be empty or too long with it. */
  readonly skipped: number;
  /** Came in an earlier source already. */
  readonly repeated: number;
  /** Where it goes on. */
  readonly to: CampaignPlace;
}

export interface AudienceTerms {
  readonly accountId: number;
  readonly plan: AudiencePlan;
  readonly text: string;
  readonly missing: MissingValues;
  readonly maxSegments: number;
}

interface Found extends AudienceEntry {
  /** Where it stands in its source. */
  readonly place: number;
}

/** Looked at for one piece, so that no turn of the event loop is long. */
const mostLooked = 2_000;

/** Reads audiences piece by piece, always along an index from where the last piece ended. */
export class AudienceReader {
  readonly #book: AddressBook;
  readonly #international: () => boolean;

  constructor(options: { book: AddressBook; international: () => boolean }) {
    this.#book = options.book;
    this.#international = options.international;
  }

  /**
   * Makes a plan of what a person chose.
   * @throws AppError `validation.failed` for nobody, for numbers that are none, or for a file and groups together; `group.not_found`,
   * `import.not_found`, `import.wrong_state`.
   */
  plan(
    accountId: number,
    chosen: {
      readonly groups: readonly number[];
      readonly numbers: readonly string[];
      readonly importId: number | null;
      /** Numbers that are none: the plan is refused, or they are left out of it. */
      readonly invalid?: 'refuse' | 'skip' | undefined;
    },
  ): PlannedAudience {
    const { importId } = chosen;
    const groups = [...new Set(chosen.groups)];
    for (const id of groups) this.#book.groups.get(id, accountId);
    const { numbers, invalid, repeated } = this.#numbers(chosen.numbers, chosen.invalid ?? 'refuse');
    if (importId !== null && groups.length + numbers.length > 0)
      throw refused('importId', 'A campaign goes to the rows of a file, or to groups and numbers, not to both.');
    if (importId !== null) {
      const row = this.#book.imports.get(importId);
      if (row.account_id !== accountId || row.state === 'reading')
        throw new AppError(
          'import.wrong_state',
          'The rows of this file cannot be used: it is another account’s, or still being read.',
        );
    } else if (groups.length + numbers.length === 0) {
      throw refused('groups', 'Nobody is named: choose groups, numbers or the rows of a file.');
    }
    return { plan: { groups, numbers, importId }, invalid, repeated };
  }

  /** How many there are at most; numbers in more than one group count once for each. */
  size({ groups, numbers, importId }: AudiencePlan): number {
    if (importId !== null) {
      const { row_count: rows, problem_count: problems } = this.#book.imports.get(importId);
      return rows - problems;
    }
    return groups.reduce((sum, id) => sum + this.#members(id), numbers.length);
  }

  /** The next piece, from a place on, with at most `most` entries. It may be empty and not the last. */
  next(terms: AudienceTerms, from: CampaignPlace, most: number): AudiencePiece {
    const sources = sourcesOf(terms.plan);
    const names = placeholders(terms.text);
    const written = new Set(terms.plan.numbers);
    const entries: AudienceEntry[] = [];
    let skipped = 0;
    let repeated = 0;
    let source = from.source ?? sources;
    let { after } = from;
    for (let looked = 0; source < sources && entries.length < most && looked < mostLooked;) {
      const wanted = Math.min(most - entries.length, mostLooked - looked);
      const found = this.#read(terms, source, after, wanted);
      for (const { place, ...entry } of found) {
        after = place;
        // Lines of a file that are left out stand there without a number.
        if (entry.msisdn === '') continue;
        if (this.#isEarlier(terms.plan, source, place, entry.msisdn, written)) {
          repeated += 1;
          continue;
        }
        const fitted = fit(entry, names, terms);
        if (fitted === null) skipped += 1;
        else entries.push(fitted);
      }
      looked += Math.max(1, found.length);
      if (found.length === wanted) continue;
      source += 1;
      after = 0;
    }
    return { entries, skipped, repeated, to: source < sources ? { source, after } : { source: null, after: 0 } };
  }

  #read({ accountId, plan }: AudienceTerms, source: number, after: number, most: number): Found[] {
    if (plan.importId !== null) return this.#rows(plan.importId, after, most);
    if (source === 0 && plan.numbers.length > 0) {
      return plan.numbers.slice(after, after + most).map((msisdn, n) => {
        const contact = this.#book.contacts.byNumber(accountId, msisdn);
        const own = contact === undefined ? {} : { name: contact.name, ...fieldsOf(contact) };
        return { place: after + n + 1, msisdn, values: { msisdn, ...own } };
      });
    }
    const group = plan.groups[groupAt(plan, source)];
    if (group === undefined) return [];
    return this.#book.contactReader.members(group, after, most).map((contact) => ({
      place: contact.id,
      msisdn: contact.msisdn,
      values: { msisdn: contact.msisdn, ...(contact.name === '' ? {} : { name: contact.name }), ...fieldsOf(contact) },
    }));
  }

  /** Rows of a file; those that are left out stand in for themselves as nobody. */
  #rows(importId: number, after: number, most: number): Found[] {
    const columns = columnsOf(this.#book.imports.get(importId));
    return this.#book.imports.rows(importId, after, most, 'all').map((row) => {
      const given = valuesOf(row, columns);
      if (given === null) return { place: row.line, msisdn: '', values: {} };
      const { msisdn, name, fields } = given;
      return { place: row.line, msisdn, values: { msisdn, ...(name === '' ? {} : { name }), ...fields } };
    });
  }

  /** Whether a number came in an earlier source already. */
  #isEarlier(
    plan: AudiencePlan,
    source: number,
    contactId: number,
    msisdn: string,
    written: ReadonlySet<string>,
  ): boolean {
    if (plan.importId !== null || (source === 0 && plan.numbers.length > 0)) return false;
    if (written.has(msisdn)) return true;
    return plan.groups
      .slice(0, groupAt(plan, source))
      .some((group) => this.#book.contactReader.isMember(group, contactId));
  }

  #members(group: number): number {
    // Nobody is in one that was removed meanwhile.
    return this.#book.groups.find(group)?.member_count ?? 0;
  }

  #numbers(written: readonly string[], mode: 'refuse' | 'skip') {
    const international = this.#international();
    const numbers = written.map((one) => ({ one, msisdn: normalizeMsisdn(one, { international }) }));
    const invalid = numbers.filter(({ msisdn }) => msisdn === null).map(({ one }) => one);
    if (invalid.length > 0 && mode === 'refuse')
      throw refused('numbers', `These are no possible mobile numbers: ${invalid.slice(0, 10).join(', ')}.`);
    const good = numbers.flatMap(({ msisdn }) => msisdn ?? []);
    const once = [...new Set(good)];
    return { numbers: once, invalid, repeated: good.length - once.length };
  }
}

/** The values that a text asks for; null when the entry cannot be sent to. */
function fit(entry: AudienceEntry, names: readonly string[], terms: AudienceTerms): AudienceEntry | null {
  if (names.length === 0) return entry;
  const values: Record<string, string> = Object.create(null);
  for (const name of names) {
    const value = Object.hasOwn(entry.values, name) ? entry.values[name] : undefined;
    if (value === undefined && terms.missing === 'skip') return null;
    values[name] = value ?? '';
  }
  const filled = fillTemplate(terms.text, values);
  const segments = 'text' in filled ? countSegments(filled.text) : 0;
  return segments === 0 || segments > terms.maxSegments ? null : { msisdn: entry.msisdn, values };
}

function sourcesOf(plan: AudiencePlan): number {
  return plan.importId !== null ? 1 : plan.groups.length + (plan.numbers.length > 0 ? 1 : 0);
}

function groupAt(plan: AudiencePlan, source: number): number {
  return source - (plan.numbers.length > 0 ? 1 : 0);
}

/** A plan as it rests. */
export function planOf(json: string): AudiencePlan {
  const plan: unknown = JSON.parse(json);
  if (typeof plan !== 'object' || plan === null) return { groups: [], numbers: [], importId: null };
  return {
    groups: 'groups' in plan && Array.isArray(plan.groups) ? plan.groups.map(Number) : [],
    numbers: 'numbers' in plan && Array.isArray(plan.numbers) ? plan.numbers.map(String) : [],
    importId: 'importId' in plan && typeof plan.importId === 'number' ? plan.importId : null,
  };
}

function refused(path: string, message: string): AppError {
  return new AppError('validation.failed', message, { details: [{ path, message }] });
}
