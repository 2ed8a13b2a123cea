import { AppError } from '../../domain/errors.ts';
import {
  columnUses,
  rowProblems,
  rowValues,
  type ImportColumn,
  type ImportValues,
  type RowJudge,
  type RowProblem,
} from '../../domain/import-columns.ts';
import type { SheetRow } from '../../platform/spreadsheet/sheet.ts';
import type { ImportRecord, ImportRowRecord } from '../../store/contact-rows.ts';
import type { ImportStore, RowCounts } from '../../store/import-store.ts';

/** Rows judged and written in one turn. */
export const slice = 500;

/** Judges rows as they come and writes them in slices. */
export class RowWriter {
  readonly columns: readonly ImportColumn[];
  readonly hasHeader: boolean;
  readonly judge: RowJudge;
  readonly #id: number;
  readonly #store: ImportStore;
  #waiting: ImportRowRecord[] = [];
  #line = 0;

  constructor(
    id: number,
    store: ImportStore,
    guessed: { readonly columns: readonly ImportColumn[]; readonly hasHeader: boolean },
    judge: RowJudge,
  ) {
    this.#id = id;
    this.#store = store;
    this.columns = guessed.columns;
    this.hasHeader = guessed.hasHeader;
    this.judge = judge;
  }

  async add(row: SheetRow): Promise<void> {
    // A damaged workbook may number its rows as it likes.
    this.#line = Math.max(this.#line + 1, row.line);
    this.#waiting.push(judgedRow(this.judge, this.#line, row.cells));
    if (this.#waiting.length >= slice) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#waiting;
    this.#waiting = [];
    await this.#store.addRows(this.#id, rows);
  }
}

export function judgedRow(judge: RowJudge, line: number, cells: readonly string[]): ImportRowRecord {
  const { msisdn, problem, sameAs } = judge.judge(line, cells);
  return { line, cells: JSON.stringify(cells), msisdn, problem, same_as: sameAs };
}

/** A line of a file as people see it. */
export interface ImportRowView {
  readonly line: number;
  readonly cells: string[];
  readonly msisdn: string | null;
  readonly problem: RowProblem | null;
  readonly sameAs: number | null;
}

export function rowView({ line, cells, msisdn, problem, same_as: sameAs }: ImportRowRecord): ImportRowView {
  return { line, cells: cellsOf(cells), msisdn, problem: rowProblems.find((one) => one === problem) ?? null, sameAs };
}

/** The columns of an import. */
export function columnsOf(row: { readonly columns: string }): ImportColumn[] {
  const parsed: unknown = JSON.parse(row.columns);
  return (Array.isArray(parsed) ? parsed : []).map(readColumn);
}

function readColumn(value: unknown): ImportColumn {
  if (typeof value !== 'object' || value === null) return { header: '', use: 'ignore', field: null };
  const header = 'header' in value ? String(value.header) : '';
  const use = 'use' in value ? columnUses.find((each) => each === value.use) : undefined;
  const field = 'field' in value && typeof value.field === 'string' ? value.field : null;
  return { header, use: use ?? 'ignore', field };
}

export function cellsOf(json: string): string[] {
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

export function groupsOf(row: ImportRecord): number[] {
  const parsed: unknown = JSON.parse(row.groups);
  return Array.isArray(parsed) ? parsed.map(Number) : [];
}

/** How many lines of an import have which problem. */
export function kindsOf(row: { readonly problem_kinds: string }): Record<RowProblem, number> {
  const parsed: unknown = JSON.parse(row.problem_kinds);
  const counts = new Map(typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []);
  const count = (problem: RowProblem) => Number(counts.get(problem) ?? 0);
  return {
    missing_number: count('missing_number'),
    bad_number: count('bad_number'),
    duplicate: count('duplicate'),
  };
}

export function countsOf(row: ImportRecord): RowCounts {
  return { rows: row.row_count, problems: row.problem_count, kinds: kindsOf(row) };
}

/** Whether the first row of the file named its columns; null where that was not written down. */
export function hasHeader(row: { readonly has_header: number | null }): boolean | null {
  return row.has_header === null ? null : row.has_header === 1;
}

/** Values of a row that has no problem. */
export function valuesOf(row: ImportRowRecord, columns: readonly ImportColumn[]): ImportValues | null {
  if (row.msisdn === null || row.problem !== null) return null;
  return { ...rowValues(cellsOf(row.cells), columns), msisdn: row.msisdn };
}

function refuse(message: string): never {
  throw new AppError('validation.failed', `The columns cannot be used so: ${message}.`, {
    details: [{ path: 'columns', message }],
  });
}

/** @throws AppError `validation.failed` for another number of columns, two of one kind, or a field without a name of its own. */
export function withUses(
  columns: readonly ImportColumn[],
  uses: readonly Omit<ImportColumn, 'header'>[],
): ImportColumn[] {
  if (uses.length !== columns.length) refuse(`the file has ${columns.length} columns, ${uses.length} were given`);
  for (const kind of ['msisdn', 'name', 'note'] as const)
    if (uses.filter(({ use }) => use === kind).length > 1) refuse(`two columns are ${kind}`);
  const fields = uses.flatMap(({ use, field }) => (use === 'field' ? [field ?? ''] : []));
  if (fields.includes('') || new Set(fields).size < fields.length) refuse('each field needs a name of its own');
  return columns.map(({ header }, at) => {
    const { use = 'ignore', field = null } = uses[at] ?? {};
    return { header, use, field: use === 'field' ? field : null };
  });
}
