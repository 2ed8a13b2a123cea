import type Database from 'better-sqlite3';
import type { CarrierKind } from '../domain/carrier.ts';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

export interface CarrierRecord {
  readonly id: number;
  readonly name: string;
  readonly kind: CarrierKind;
  /** JSON, with secrets sealed. */
  readonly config: string;
  readonly enabled: number;
  /** Since when it takes no new messages; null while it does. */
  readonly paused_at: Millis | null;
}

/** Configured carriers. A removed one stays as a row, so that old messages can still name it. */
export class CarrierStore {
  readonly #list: Database.Statement<[], CarrierRecord>;
  readonly #queue: CommitQueue;
  readonly #byId: Database.Statement<[number], CarrierRecord>;
  readonly #names: Database.Statement<[], { name: string }>;

  constructor(db: Database.Database, queue: CommitQueue) {
    const columns = 'id, name, kind, config, enabled, paused_at';
    this.#list = db.prepare(`SELECT ${columns} FROM carrier WHERE removed_at IS NULL ORDER BY id`);
    this.#queue = queue;
    this.#names = db.prepare('SELECT name FROM carrier');
    this.#byId = db.prepare(`SELECT ${columns} FROM carrier WHERE id = ? AND removed_at IS NULL`);
  }

  /** The names that no new one may have, of removed ones too. */
  names(): string[] {
    return this.#names.all().map(({ name }) => name);
  }

  list(): CarrierRecord[] {
    return this.#list.all();
  }

  /** @throws AppError `carrier.not_found`. */
  byId(id: number): CarrierRecord {
    const row = this.#byId.get(id);
    if (row === undefined) throw new AppError('carrier.not_found', 'There is no such carrier.');
    return row;
  }

  /** @throws AppError `carrier.exists` when the name is taken. */
  async add(name: string, kind: CarrierKind, config: string, at: Millis): Promise<CarrierRecord> {
    const id = await this.#queue.run((db) => {
      const taken = db.prepare('SELECT id FROM carrier WHERE name = ?').get(name);
      if (taken !== undefined)
        throw new AppError('carrier.exists', `There is, or was, a carrier named ${name}. Choose another name.`);
      return Number(
        db
          .prepare('INSERT INTO carrier (name, kind, config, created_at) VALUES (?, ?, ?, ?)')
          .run(name, kind, config, at).lastInsertRowid,
      );
    });
    return this.byId(id);
  }

  /** @throws AppError `carrier.not_found`; `carrier.exists` when another one has, or had, the name. */
  async rename(id: number, name: string): Promise<CarrierRecord> {
    await this.#queue.run((db) => {
      const taken = db.prepare('SELECT id FROM carrier WHERE name = ? AND id <> ?').get(name, id);
      if (taken !== undefined)
        throw new AppError('carrier.exists', `There is, or was, a carrier named ${name}. Choose another name.`);
      db.prepare('UPDATE carrier SET name = ? WHERE id = ? AND removed_at IS NULL').run(name, id);
    });
    return this.byId(id);
  }

  async setEnabled(id: number, enabled: boolean): Promise<CarrierRecord> {
    await this.#queue.run((db) =>
      db.prepare('UPDATE carrier SET enabled = ? WHERE id = ? AND removed_at IS NULL').run(enabled ? 1 : 0, id),
    );
    return this.byId(id);
  }

  /** @param pausedAt since when it takes no new messages; null to let it take them again. */
  async setPaused(id: number, pausedAt: Millis | null): Promise<CarrierRecord> {
    await this.#queue.run((db) =>
      db.prepare('UPDATE carrier SET paused_at = ? WHERE id = ? AND removed_at IS NULL').run(pausedAt, id),
    );
    return this.byId(id);
  }

  /** Changes some fields of a configuration and leaves the others as they are. */
  async patchConfig(id: number, change: Readonly<Record<string, unknown>>): Promise<void> {
    const json = JSON.stringify(change);
    await this.#queue.run((db) =>
      db.prepare('UPDATE carrier SET config = json_patch(config, ?) WHERE id = ?').run(json, id),
    );
  }

  /** @throws AppError `carrier.not_found`. */
  async remove(id: number, at: Millis): Promise<void> {
    this.byId(id);
    await this.#queue.run((db) =>
      db.prepare('UPDATE carrier SET removed_at = ?, enabled = 0 WHERE id = ?').run(at, id),
    );
  }
}
