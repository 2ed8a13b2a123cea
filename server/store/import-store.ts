import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { RowProblem } from '../domain/import-columns.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { ImportPurpose, ImportRecord, ImportRowRecord, ImportState } from './contact-rows.ts';
import type { ContactDraft, ContactStore, Existing } from './contact-store.ts';
import type { GroupStore } from './group-store.ts';

export interface NewImport {
  readonly accountId: number;
  readonly fileName: string;
  readonly kind: string;
  readonly purpose: ImportPurpose;
  /** How a file of text is written; null for a workbook. */
  readonly csv: { readonly encoding: string; readonly delimiter: string } | null;
  readonly by: string;
  readonly at: Millis;
}

/** What judging the rows of a file came to. */
export interface RowCounts {
  readonly rows: number;
  readonly problems: number;
  readonly kinds: Readonly<Record<string, number>>;
}

/** All rows, those with any problem, or those with one. */
export type WhichRows = 'all' | 'problems' | RowProblem;

/** What is wanted of an import before it begins. */
export interface ImportPlan {
  readonly columns: string;
  readonly groups: readonly number[];
  readonly existing: Existing;
  readonly hasHeader: boolean | null;
}

/** What became of one slice of an import. */
export interface SliceOutcome {
  readonly state: ImportState;
  readonly rows: number;
}

const columnsOfRow = 'line, cells, msisdn, problem, same_as';
/** Rows removed in one transaction. */
const removal = 2_000;

/**
 * Files that were read: their rows rest here, checked, until they are taken into the address book slice by slice. How far
 * an import came is written with each slice, so it goes on from there after a crash and takes no row twice.
 */
export class ImportStore {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #contacts: ContactStore;
  readonly #groups: GroupStore;
  readonly #get: Database.Statement<[number], ImportRecord>;
  readonly #insertRow: Database.Statement;
  readonly #rows: Database.Statement<[number, number, number], ImportRowRecord>;
  readonly #problems: Database.Statement<[number, number, number], ImportRowRecord>;
  readonly #ofKind: Database.Statement<[number, string, number, number], ImportRowRecord>;
  readonly #judge: Database.Statement;
  readonly #progress: Database.Statement<unknown[], { state: ImportState }>;

  constructor(
    db: Database.Database,
    parts: { readonly queue: CommitQueue; readonly contacts: ContactStore; readonly groups: GroupStore },
  ) {
    this.#db = db;
    this.#queue = parts.queue;
    this.#contacts = parts.contacts;
    this.#groups = parts.groups;
    this.#get = db.prepare('SELECT * FROM contact_import WHERE id = ?');
    this.#insertRow = db.prepare(
      'INSERT INTO contact_import_row (import_id, line, cells, msisdn, problem, same_as) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#rows = db.prepare(
      `SELECT ${columnsOfRow} FROM contact_import_row WHERE import_id = ? AND line > ? ORDER BY line LIMIT ?`,
    );
    this.#problems = db.prepare(
      `SELECT ${columnsOfRow} FROM contact_import_row WHERE import_id = ? AND line > ? AND problem IS NOT NULL ORDER BY line LIMIT ?`,
    );
    this.#ofKind = db.prepare(
      `SELECT ${columnsOfRow} FROM contact_import_row WHERE import_id = ? AND problem = ? AND line > ? ORDER BY line LIMIT ?`,
    );
    this.#judge = db.prepare(
      'UPDATE contact_import_row SET msisdn = ?, problem = ?, same_as = ? WHERE import_id = ? AND line = ?',
    );
    this.#progress = db.prepare(`UPDATE contact_import SET position = ?, done_count = done_count + ?,
      created_count = created_count + ?, updated_count = updated_count + ?, skipped_count = skipped_count + ?,
      state = CASE WHEN ? THEN 'done' ELSE state END, finished_at = CASE WHEN ? THEN ? ELSE finished_at END
      WHERE id = ? AND state = 'running' RETURNING state`);
  }

  /** @throws AppError `import.not_found`. */
  get(id: number): ImportRecord {
    const row = this.#get.get(id);
    if (row === undefined) throw new AppError('import.not_found', `There is no import ${id}.`);
    return row;
  }

  /** Files of an account that are to become contacts, newest first, from before an id on. */
  list(accountId: number, beforeId: number, limit: number): ImportRecord[] {
    return this.#db
      .prepare<[number, number, number], ImportRecord>(
        "SELECT * FROM contact_import WHERE account_id = ? AND purpose = 'contacts' AND id < ? ORDER BY id DESC LIMIT ?",
      )
      .all(accountId, beforeId, limit);
  }

  /** Imports that are under way, the oldest first. */
  running(): ImportRecord[] {
    return this.#db.prepare<[], ImportRecord>("SELECT * FROM contact_import WHERE state = 'running' ORDER BY id").all();
  }

  /** Rows of an import after a line; all, or those with any problem, or with one of them. */
  rows(id: number, after: number, limit: number, which: WhichRows): ImportRowRecord[] {
    if (which !== 'all' && which !== 'problems') return this.#ofKind.all(id, which, after, limit);
    return (which === 'problems' ? this.#problems : this.#rows).all(id, after, limit);
  }

  /** Begins to take a file in; nobody sees it before it is `ready`. */
  async begin(wanted: NewImport): Promise<number> {
    return await this.#queue.run((db) =>
      Number(
        db
          .prepare(
            `INSERT INTO contact_import (account_id, file_name, kind, purpose, encoding, delimiter, state, created_by, created_at)
             VALUES (?, ?, ?, ?, ?, ?, 'reading', ?, ?)`,
          )
          .run(
            wanted.accountId,
            wanted.fileName,
            wanted.kind,
            wanted.purpose,
            wanted.csv?.encoding ?? null,
            wanted.csv?.delimiter ?? null,
            wanted.by,
            wanted.at,
          ).lastInsertRowid,
      ),
    );
  }

  async addRows(id: number, rows: readonly ImportRowRecord[]): Promise<void> {
    await this.#queue.run(() => {
      for (const row of rows) this.#insertRow.run(id, row.line, row.cells, row.msisdn, row.problem, row.same_as);
    });
  }

  /** Writes how rows are judged under another plan. */
  async judge(id: number, rows: readonly ImportRowRecord[]): Promise<void> {
    await this.#queue.run(() => {
      for (const row of rows) this.#judge.run(row.msisdn, row.problem, row.same_as, id, row.line);
    });
  }

  /** Goes from one state to another. @throws AppError `import.not_found`, `import.wrong_state`. */
  async move(id: number, from: readonly ImportState[], to: ImportState, at: Millis): Promise<ImportRecord> {
    return await this.#queue.run((db) => {
      this.#assertState(this.get(id), from);
      const ended = to === 'cancelled' || to === 'done';
      db.prepare(
        `UPDATE contact_import SET state = ?, started_at = CASE WHEN ? THEN COALESCE(started_at, ?) ELSE started_at END,
         finished_at = CASE WHEN ? THEN ? ELSE finished_at END WHERE id = ?`,
      ).run(to, Number(to === 'running'), at, Number(ended), at, id);
      return this.get(id);
    });
  }

  /** What was read, or judged anew, may begin. @throws AppError `import.not_found`, `group.not_found`, `import.wrong_state`. */
  async ready(id: number, plan: ImportPlan, counts: RowCounts): Promise<ImportRecord> {
    return await this.#queue.run((db) => {
      const row = this.get(id);
      this.#assertState(row, ['reading']);
      for (const group of plan.groups) this.#groups.get(group, row.account_id);
      db.prepare(
        `UPDATE contact_import SET state = 'ready', columns = ?, groups = ?, existing = ?, has_header = ?, row_count = ?,
         problem_count = ?, problem_kinds = ? WHERE id = ?`,
      ).run(
        plan.columns,
        JSON.stringify(plan.groups),
        plan.existing,
        plan.hasHeader === null ? null : Number(plan.hasHeader),
        counts.rows,
        counts.problems,
        JSON.stringify(counts.kinds),
        id,
      );
      return this.get(id);
    });
  }

  /**
   * Takes the next rows of a running import into the address book, with the note of how far it came, in one transaction.
   * @param draftOf makes a contact of a row that has no problem.
   */
  async takeSlice(
    id: number,
    size: number,
    draftOf: (row: ImportRowRecord, columns: string) => ContactDraft | null,
    now: Millis,
  ): Promise<SliceOutcome> {
    return await this.#queue.run(() => {
      const job = this.get(id);
      if (job.state !== 'running') return { state: job.state, rows: 0 };
      const rows = this.#rows.all(id, job.position, size);
      const groups = this.#groupsOf(job);
      const counts = { created: 0, updated: 0, skipped: 0 };
      for (const row of rows) {
        const draft = row.problem === null ? draftOf(row, job.columns) : null;
        if (draft === null) continue;
        const taken = this.#contacts.take(job.account_id, draft, existingOf(job.existing), now);
        counts[taken.outcome] += 1;
        this.#groups.putInto(job.account_id, taken.id, groups);
      }
      const done = Number(rows.length < size);
      const { created, updated, skipped } = counts;
      const position = rows.at(-1)?.line ?? job.position;
      const moved = this.#progress.get(position, rows.length, created, updated, skipped, done, done, now, id);
      return { state: moved?.state ?? job.state, rows: rows.length };
    });
  }

  /** Removes an import that is not running, with its rows; contacts stay. @throws AppError `import.not_found`, `import.wrong_state`. */
  async remove(id: number): Promise<void> {
    this.#assertState(this.get(id), ['reading', 'ready', 'paused', 'done', 'cancelled']);
    await this.dropRows(id);
    await this.#queue.run((db) => db.prepare('DELETE FROM contact_import WHERE id = ?').run(id));
  }

  /** Removes the rows of an import; the import itself stays. */
  async dropRows(id: number): Promise<void> {
    const drop = () =>
      this.#queue.run(
        (db) =>
          db
            .prepare(
              `DELETE FROM contact_import_row WHERE import_id = ? AND line IN (SELECT line FROM contact_import_row WHERE import_id = ? ORDER BY line LIMIT ${removal})`,
            )
            .run(id, id).changes,
      );
    while ((await drop()) === removal);
  }

  /** Imports that were made before a time and are not running. */
  old(before: Millis): ImportRecord[] {
    return this.#db
      .prepare<[Millis], ImportRecord>(
        "SELECT * FROM contact_import WHERE state <> 'running' AND created_at < ? ORDER BY created_at LIMIT 100",
      )
      .all(before);
  }

  /** Imports that a crash cut short while they were read. */
  unfinished(): ImportRecord[] {
    return this.#db.prepare<[], ImportRecord>("SELECT * FROM contact_import WHERE state = 'reading' ORDER BY id").all();
  }

  /** Groups of the plan that are still there. */
  #groupsOf(job: ImportRecord): number[] {
    const parsed: unknown = JSON.parse(job.groups);
    const wanted = Array.isArray(parsed) ? parsed.map(Number) : [];
    const there = new Set(this.#groups.list(job.account_id).map((group) => group.id));
    return wanted.filter((id) => there.has(id));
  }

  #assertState(row: ImportRecord, wanted: readonly ImportState[]): void {
    if (wanted.includes(row.state)) return;
    throw new AppError('import.wrong_state', `That is not possible: the import is ${row.state}.`);
  }
}

function existingOf(text: string): Existing {
  return text === 'skip' ? 'skip' : 'update';
}
