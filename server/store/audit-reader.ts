import type Database from 'better-sqlite3';
import type { AuditRecord } from '../domain/audit.ts';
import type { Millis } from '../domain/ports.ts';

export interface AuditFilter {
  readonly who?: string | undefined;
  readonly operation?: string | undefined;
  /** Done at or after. */
  readonly from?: Millis | undefined;
  /** Done before. */
  readonly to?: Millis | undefined;
}

/** Where a page ended: rows are in the order of their time, those of one time in the order of their numbers. */
export interface AuditPosition {
  readonly at: Millis;
  readonly id: number;
}

export interface AuditPage {
  readonly items: AuditRecord[];
  readonly next: AuditPosition | null;
}

type Start = AuditPosition & {
  readonly who: string | null;
  readonly operation: string | null;
  readonly from: Millis;
};

const mostRows = 4_000;

/** Lists the audit log, newest first. A call looks at a bounded number of rows, so a page may be short and have a next one. */
export class AuditReader {
  readonly #all: Database.Statement<[Start], AuditRecord>;
  readonly #ofUser: Database.Statement<[Start], AuditRecord>;
  readonly #ofOperation: Database.Statement<[Start], AuditRecord>;
  readonly #byId: Database.Statement<[number], AuditRecord>;

  constructor(db: Database.Database) {
    const list = (index: string, where: string) =>
      db.prepare<[Start], AuditRecord>(`SELECT * FROM audit INDEXED BY ${index}
        WHERE ${where} at >= @from AND at <= @at AND (at < @at OR id < @id) ORDER BY at DESC, id DESC`);
    this.#all = list('audit_by_time', '');
    this.#ofUser = list('audit_by_user', 'who = @who AND');
    this.#ofOperation = list('audit_by_operation', 'operation = @operation AND');
    this.#byId = db.prepare('SELECT * FROM audit WHERE id = ?');
  }

  one(id: number): AuditRecord | undefined {
    return this.#byId.get(id);
  }

  /** @param before where an earlier page of the same filter ended; null for the first page. */
  page(filter: AuditFilter, before: AuditPosition | null, limit: number): AuditPage {
    const { who, operation, from = 0, to } = filter;
    const newest = { at: (to ?? Number.MAX_SAFE_INTEGER) - 1, id: Number.MAX_SAFE_INTEGER };
    const start = { who: who ?? null, operation: operation ?? null, from, ...(before ?? newest) };
    const list = who === undefined ? (operation === undefined ? this.#all : this.#ofOperation) : this.#ofUser;
    const items: AuditRecord[] = [];
    let last: AuditPosition | null = null;
    let rows = 0;
    for (const row of list.iterate(start)) {
      if (items.length === limit || rows === mostRows) return { items, next: last };
      rows += 1;
      last = { at: row.at, id: row.id };
      if (operation === undefined || row.operation === operation) items.push(row);
    }
    return { items, next: null };
  }
}
