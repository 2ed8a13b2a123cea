import { contactLimits, fieldName, sheetMsisdn } from './contact.ts';
import type { MsisdnOptions } from './msisdn.ts';

/** What the columns of a spreadsheet are taken for. */

export const columnUses = ['msisdn', 'name', 'note', 'field', 'ignore'] as const;
export type ColumnUse = (typeof columnUses)[number];

export interface ImportColumn {
  /** What its first row says, or `Column 3`. */
  readonly header: string;
  readonly use: ColumnUse;
  /** The name by which templates call it; for `field` only. */
  readonly field: string | null;
}

export interface GuessedColumns {
  readonly columns: ImportColumn[];
  /** Whether the first row names the columns and is no data. */
  readonly hasHeader: boolean;
}

export interface ImportValues {
  readonly msisdn: string;
  readonly name: string;
  readonly note: string;
  readonly fields: Record<string, string>;
}

const numberWords = /phone|mobile|msisdn|cell|^tel|number|โทร|มือถือ|เบอร์|หมายเลข|電話|電话|手機|手机|門號|號碼/iu;
const nameWords = /^(?:full[ _-]?)?name$|customer|contact|ชื่อ|姓名|名稱|名字|稱呼/iu;
const noteWords = /^(?:note|notes|remark|remarks|comment|comments)$|หมายเหตุ|備註|附註/iu;

/** Guesses from the first rows of a file: by what the first says, and by which column holds numbers. */
export function guessColumns(rows: readonly (readonly string[])[], options: MsisdnOptions): GuessedColumns {
  const [first = []] = rows;
  const width = Math.max(0, ...rows.map((row) => row.length));
  const hasHeader = !first.some((cell) => sheetMsisdn(cell, options) !== null);
  const data = hasHeader ? rows.slice(1) : rows;
  const headers = Array.from({ length: width }, (_, at) => (hasHeader ? (first[at] ?? '') : ''));
  const number = numberColumn(headers, data, options);
  const name = headers.findIndex((header, at) => at !== number && nameWords.test(header.trim()));
  const note = headers.findIndex((header, at) => at !== number && at !== name && noteWords.test(header.trim()));
  const taken = new Set<string>();
  const columns = headers.map((header, at): ImportColumn => {
    const shown = header === '' ? `Column ${at + 1}` : header;
    if (at === number) return { header: shown, use: 'msisdn', field: null };
    if (at === name) return { header: shown, use: 'name', field: null };
    if (at === note) return { header: shown, use: 'note', field: null };
    const field = fieldName(header);
    if (field === null || taken.has(field)) return { header: shown, use: 'ignore', field: null };
    taken.add(field);
    return { header: shown, use: 'field', field };
  });
  return { columns, hasHeader };
}

/** The column most of whose cells are numbers; where none has any, the one that says so. */
function numberColumn(
  headers: readonly string[],
  data: readonly (readonly string[])[],
  options: MsisdnOptions,
): number {
  const counts = headers.map((_, at) => data.filter((row) => sheetMsisdn(row[at] ?? '', options) !== null).length);
  const said = headers.findIndex((header) => numberWords.test(header));
  const most = Math.max(0, ...counts);
  if (most === 0) return said;
  return said >= 0 && (counts[said] ?? 0) * 2 >= most ? said : counts.indexOf(most);
}

/** The values of a row under a mapping of its columns; the number as it is written. */
export function rowValues(cells: readonly string[], columns: readonly ImportColumn[]): ImportValues {
  const fields: Record<string, string> = Object.create(null);
  const values = { msisdn: '', name: '', note: '' };
  for (const [at, { use, field }] of columns.entries()) {
    const cell = cells[at] ?? '';
    if (use === 'field' && field !== null) {
      if (cell !== '') fields[field] = cell.slice(0, contactLimits.fieldValue);
    } else if (use !== 'ignore' && use !== 'field') values[use] = cell;
  }
  return {
    msisdn: values.msisdn,
    name: values.name.slice(0, contactLimits.name),
    note: values.note.slice(0, contactLimits.note),
    fields,
  };
}

export const rowProblems = ['missing_number', 'bad_number', 'duplicate'] as const;
export type RowProblem = (typeof rowProblems)[number];

export interface JudgedRow {
  readonly msisdn: string | null;
  readonly problem: RowProblem | null;
  /** The first line with the same number. */
  readonly sameAs: number | null;
}

/** Judges the rows of one file in their order: each needs a number that none before it has. */
export class RowJudge {
  readonly #columns: readonly ImportColumn[];
  readonly #options: MsisdnOptions;
  readonly #lines = new Map<string, number>();
  readonly kinds: Record<RowProblem, number> = { missing_number: 0, bad_number: 0, duplicate: 0 };
  rows = 0;

  constructor(columns: readonly ImportColumn[], options: MsisdnOptions) {
    this.#columns = columns;
    this.#options = options;
  }

  judge(line: number, cells: readonly string[]): JudgedRow {
    const judged = this.#look(line, rowValues(cells, this.#columns).msisdn);
    this.rows += 1;
    if (judged.problem !== null) this.kinds[judged.problem] += 1;
    return judged;
  }

  /** Rows that are left out. */
  get problems(): number {
    return Object.values(this.kinds).reduce((sum, count) => sum + count, 0);
  }

  #look(line: number, written: string): JudgedRow {
    if (written === '') return { msisdn: null, problem: 'missing_number', sameAs: null };
    const msisdn = sheetMsisdn(written, this.#options);
    if (msisdn === null) return { msisdn: null, problem: 'bad_number', sameAs: null };
    const first = this.#lines.get(msisdn);
    if (first !== undefined) return { msisdn, problem: 'duplicate', sameAs: first };
    this.#lines.set(msisdn, line);
    return { msisdn, problem: null, sameAs: null };
  }
}
