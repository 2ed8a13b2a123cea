import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { SenderPurpose } from '../domain/sender.ts';
import type { CommitQueue } from './commit-queue.ts';

interface TemplateRow {
  readonly id: number;
  readonly account_id: number;
  readonly account: string;
  readonly name: string;
  readonly text: string;
  readonly purposes: string;
  readonly created_at: Millis;
  readonly updated_at: Millis;
}

export interface TemplateRecord extends Omit<TemplateRow, 'purposes'> {
  readonly purposes: SenderPurpose[];
}

export interface TemplateDraft {
  readonly name: string;
  readonly text: string;
  readonly purposes: readonly SenderPurpose[];
}

const select = 'SELECT t.*, a.name AS account FROM template t JOIN account a ON a.id = t.account_id';

/** What may be changed of a template; what is left out stays. */
export type TemplateChange = { readonly [K in keyof TemplateDraft]?: TemplateDraft[K] | undefined };

/** Named texts of accounts. */
export class TemplateStore {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#db = db;
    this.#queue = queue;
  }

  /** Templates of an account, by name. */
  list(accountId: number): TemplateRecord[] {
    return this.#db
      .prepare<[number], TemplateRow>(`${select} WHERE t.account_id = ? ORDER BY t.name LIMIT 1000`)
      .all(accountId)
      .map(recordOf);
  }

  /** @throws AppError `template.not_found`, also for one of another account when one is named. */
  get(id: number, accountId?: number): TemplateRecord {
    const row = this.#db.prepare<[number], TemplateRow>(`${select} WHERE t.id = ?`).get(id);
    if (row === undefined || (accountId !== undefined && row.account_id !== accountId))
      throw new AppError('template.not_found', `There is no template ${id}.`);
    return recordOf(row);
  }

  /** @throws AppError `template.exists`. */
  async create(accountId: number, draft: TemplateDraft, now: Millis): Promise<TemplateRecord> {
    return await this.#queue.run((db) => {
      this.#assertFree(accountId, draft.name, 0);
      const insert = db.prepare(
        'INSERT INTO template (account_id, name, text, purposes, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
      );
      const { lastInsertRowid } = insert.run(accountId, draft.name, draft.text, draft.purposes.join(), now, now);
      return this.get(Number(lastInsertRowid));
    });
  }

  /** @throws AppError `template.not_found`, `template.exists`. */
  async change(id: number, change: TemplateChange, now: Millis): Promise<TemplateRecord> {
    return await this.#queue.run((db) => {
      const before = this.get(id);
      const { name = before.name, text = before.text, purposes = before.purposes } = change;
      this.#assertFree(before.account_id, name, id);
      db.prepare('UPDATE template SET name = ?, text = ?, purposes = ?, updated_at = ? WHERE id = ?').run(
        name,
        text,
        purposes.join(),
        now,
        id,
      );
      return this.get(id);
    });
  }

  /** @throws AppError `template.not_found`. */
  async remove(id: number): Promise<void> {
    const removed = await this.#queue.run((db) => db.prepare('DELETE FROM template WHERE id = ?').run(id).changes);
    if (removed !== 1) throw new AppError('template.not_found', `There is no template ${id}.`);
  }

  #assertFree(accountId: number, name: string, id: number): void {
    const other = this.#db
      .prepare('SELECT id FROM template WHERE account_id = ? AND name = ? AND id <> ?')
      .get(accountId, name, id);
    if (other !== undefined) throw new AppError('template.exists', `There is a template ${name} already.`);
  }
}

function recordOf(row: TemplateRow): TemplateRecord {
  const purposes = (['marketing', 'otp'] as const).filter((one) => row.purposes.split(',').includes(one));
  return { ...row, purposes };
}
