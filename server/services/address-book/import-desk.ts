import { AppError } from '../../domain/errors.ts';
import { guessColumns, RowJudge, type ImportColumn, type RowProblem } from '../../domain/import-columns.ts';
import type { Clock } from '../../domain/ports.ts';
import { readSheet, sheetForm } from '../../platform/spreadsheet/read-sheet.ts';
import type { SheetRow } from '../../platform/spreadsheet/sheet.ts';
import type { AccountStore } from '../../store/account-store.ts';
import type { ImportPurpose, ImportRecord } from '../../store/contact-rows.ts';
import type { Existing } from '../../store/contact-store.ts';
import type { ImportStore, RowCounts, WhichRows } from '../../store/import-store.ts';
import { importReport, type ReportRequest } from './import-report.ts';
import {
  cellsOf,
  columnsOf,
  countsOf,
  groupsOf,
  hasHeader,
  judgedRow,
  kindsOf,
  rowView,
  RowWriter,
  slice,
  withUses,
  type ImportRowView,
} from './import-rows.ts';

/** An import as people see it. */
export interface ImportView extends Omit<ImportRecord, 'columns' | 'groups'> {
  readonly account: string;
  readonly columns: ImportColumn[];
  readonly groups: number[];
  /** How many lines have which problem. */
  readonly kinds: Record<RowProblem, number>;
  /** The first rows, to see whether the columns are right. */
  readonly samples: ImportRowView[];
}

export interface ImportChange {
  readonly columns?: readonly Omit<ImportColumn, 'header'>[] | undefined;
  readonly groups?: readonly number[] | undefined;
  readonly existing?: Existing | undefined;
}

/** Rows from which the columns are guessed. */
const guessedFrom = 50;
const shownSamples = 5;
const mostPages = 1_000;

/** Files that are to become contacts: read, judged line by line, looked at by a person, then taken in by the runner. */
export class ImportDesk {
  readonly #store: ImportStore;
  readonly #accounts: AccountStore;
  readonly #clock: Clock;
  readonly #international: () => boolean;
  readonly #wake: () => void;

  /** @param options.wake an import may now run. */
  constructor(options: {
    store: ImportStore;
    accounts: AccountStore;
    clock: Clock;
    international: () => boolean;
    wake: () => void;
  }) {
    this.#store = options.store;
    this.#accounts = options.accounts;
    this.#clock = options.clock;
    this.#international = options.international;
    this.#wake = options.wake;
  }

  /**
   * Reads a file and keeps its rows, judged under guessed columns; takes nothing into the address book yet.
   * @throws AppError `account.not_found`, `import.unreadable`, `import.too_large`.
   */
  async read(file: {
    readonly account: string | undefined;
    readonly name: string;
    readonly bytes: Uint8Array;
    readonly purpose: ImportPurpose;
    readonly by: string;
  }): Promise<ImportView> {
    const { id: accountId } = this.#accounts.named(file.account);
    const { name: fileName, by, bytes, purpose } = file;
    const wanted = { accountId, fileName, ...sheetForm(bytes), purpose, by, at: this.#clock.now() };
    const id = await this.#store.begin(wanted);
    try {
      return this.view(await this.#readRows(id, readSheet(bytes)));
    } catch (error) {
      await this.#store.remove(id);
      throw error;
    }
  }

  /** @throws AppError `import.not_found`. */
  get(id: number): ImportView {
    return this.view(this.#store.get(id));
  }

  /** Imports of an account, newest first. */
  list(request: {
    readonly account?: string | undefined;
    readonly limit: number;
    readonly before?: number | undefined;
  }) {
    const { id } = this.#accounts.named(request.account);
    const rows = this.#store.list(id, request.before ?? Number.MAX_SAFE_INTEGER, request.limit + 1);
    const shown = rows.slice(0, request.limit);
    return {
      items: shown.map((row) => this.view(row)),
      next: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
    };
  }

  /** Lines of the file after one of them: all, those that are left out and why, or those with one problem. */
  rows(id: number, request: { readonly after: number; readonly limit: number; readonly which: WhichRows }) {
    this.#store.get(id);
    const rows = this.#store.rows(id, request.after, request.limit + 1, request.which);
    const shown = rows.slice(0, request.limit);
    return { items: shown.map(rowView), next: rows.length > shown.length ? (shown.at(-1)?.line ?? null) : null };
  }

  /** The lines that are left out, as a file. @throws AppError `import.not_found`. */
  report(id: number, request: ReportRequest): ReturnType<typeof importReport> {
    return importReport(this.#store, id, request);
  }

  /**
   * Changes what columns mean, groups, or what happens to contacts that are there already; the lines are judged anew.
   * @throws AppError `import.not_found`, `import.wrong_state`, `group.not_found`, `validation.failed`.
   */
  async plan(id: number, change: ImportChange): Promise<ImportView> {
    const before = this.#store.get(id);
    const columns = change.columns === undefined ? columnsOf(before) : withUses(columnsOf(before), change.columns);
    await this.#store.move(id, ['ready'], 'reading', this.#clock.now());
    let counts = countsOf(before);
    const plan = {
      hasHeader: hasHeader(before),
      columns: JSON.stringify(columns),
      groups: change.groups ?? groupsOf(before),
      existing: change.existing ?? (before.existing === 'skip' ? 'skip' : 'update'),
    } as const;
    try {
      if (change.columns !== undefined) counts = await this.#judgeAnew(id, columns);
      return this.view(await this.#store.ready(id, plan, counts));
    } catch (error) {
      // As it was; the lines are judged again at the next change of columns.
      const kept = { ...plan, columns: before.columns, groups: groupsOf(before) };
      await this.#store.ready(id, kept, countsOf(before));
      throw error;
    }
  }

  /** Begins, or goes on. @throws AppError `import.not_found`, `import.wrong_state`, `validation.failed` without a column of numbers. */
  async start(id: number): Promise<ImportView> {
    if (!columnsOf(this.#store.get(id)).some(({ use }) => use === 'msisdn')) {
      throw new AppError('validation.failed', 'Say which column has the phone numbers first.', {
        details: [{ path: 'columns', message: 'no column is msisdn' }],
      });
    }
    const row = await this.#store.move(id, ['ready', 'paused'], 'running', this.#clock.now());
    this.#wake();
    return this.view(row);
  }

  async pause(id: number): Promise<ImportView> {
    return this.view(await this.#store.move(id, ['running'], 'paused', this.#clock.now()));
  }

  /** Ends it; contacts that were taken in stay. @throws AppError `import.not_found`, `import.wrong_state`. */
  async cancel(id: number): Promise<ImportView> {
    return this.view(await this.#store.move(id, ['ready', 'running', 'paused'], 'cancelled', this.#clock.now()));
  }

  /** Forgets an import that is not running. @throws AppError `import.not_found`, `import.wrong_state`. */
  async remove(id: number): Promise<void> {
    await this.#store.remove(id);
  }

  view(row: ImportRecord): ImportView {
    const account = this.#accounts.list().find((each) => each.id === row.account_id)?.name ?? '';
    const samples = this.#store.rows(row.id, 0, shownSamples, 'all').map(rowView);
    return { ...row, account, columns: columnsOf(row), groups: groupsOf(row), kinds: kindsOf(row), samples };
  }

  async #readRows(id: number, rows: AsyncIterable<SheetRow>): Promise<ImportRecord> {
    const first: SheetRow[] = [];
    let writer: RowWriter | undefined;
    for await (const row of rows) {
      if (writer === undefined) {
        first.push(row);
        if (first.length < guessedFrom) continue;
        writer = await this.#begin(id, first);
      } else await writer.add(row);
    }
    writer ??= await this.#begin(id, first);
    await writer.flush();
    if (writer.judge.rows === 0) throw new AppError('import.unreadable', 'The file has no rows.');
    const { hasHeader: header } = writer;
    const plan = {
      columns: JSON.stringify(writer.columns),
      groups: [],
      existing: 'update',
      hasHeader: header,
    } as const;
    return await this.#store.ready(id, plan, writer.judge);
  }

  async #begin(id: number, first: readonly SheetRow[]): Promise<RowWriter> {
    const options = { international: this.#international() };
    const guessed = guessColumns(
      first.map((row) => row.cells),
      options,
    );
    const writer = new RowWriter(id, this.#store, guessed, new RowJudge(guessed.columns, options));
    for (const row of guessed.hasHeader ? first.slice(1) : first) await writer.add(row);
    return writer;
  }

  async #judgeAnew(id: number, columns: readonly ImportColumn[]): Promise<RowCounts> {
    const judge = new RowJudge(columns, { international: this.#international() });
    let after = 0;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const rows = this.#store.rows(id, after, slice, 'all');
      await this.#store.judge(
        id,
        rows.map((row) => judgedRow(judge, row.line, cellsOf(row.cells))),
      );
      after = rows.at(-1)?.line ?? after;
      if (rows.length < slice) break;
    }
    return judge;
  }
}
