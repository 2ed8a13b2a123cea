import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { KeywordMatch, KeywordRule } from '../domain/keyword-rules.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

interface RuleRecord {
  readonly id: number;
  readonly name: string;
  readonly enabled: number;
  readonly match: KeywordMatch;
  readonly keywords: string;
  readonly carriers: string;
  readonly answers_account_id: number | null;
  readonly hours: string;
  readonly account_id: number | null;
  readonly reply: string | null;
  readonly reply_origin: string | null;
  readonly forward_to: string | null;
  readonly endpoint_id: number | null;
}

export type KeywordDraft = Omit<KeywordRule, 'id'>;

/** Rules looked through for every text. */
const mostRules = 500;

/** The keyword rules in their order. They are few, and asked for at every received text: kept in memory, the database first. */
export class KeywordStore {
  readonly #queue: CommitQueue;
  readonly #db: Database.Database;
  readonly #rows: Database.Statement<[], RuleRecord>;
  #rules: readonly KeywordRule[] | null = null;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#db = db;
    this.#rows = db.prepare('SELECT * FROM keyword_rule ORDER BY position, id');
  }

  list(): readonly KeywordRule[] {
    this.#rules ??= this.#rows.all().map(ruleOf);
    return this.#rules;
  }

  /** @throws AppError `keyword.not_found`. */
  byId(id: number): KeywordRule {
    const rule = this.list().find((one) => one.id === id);
    if (rule === undefined) throw notFound();
    return rule;
  }

  /** Adds a rule behind the others. @throws AppError `keyword.exists` when its name is taken, `keyword.invalid` for one too many. */
  async add(draft: KeywordDraft, at: Millis): Promise<KeywordRule> {
    const id = await this.#change(() => {
      this.#assertFree(draft.name, 0);
      if (this.#rows.all().length >= mostRules)
        throw new AppError('keyword.invalid', `There are ${mostRules} rules already. Remove one first.`);
      const added = this.#db
        .prepare(
          `INSERT INTO keyword_rule (position, name, enabled, match, keywords, carriers, answers_account_id, hours, account_id,
           reply, reply_origin, forward_to, endpoint_id, created_at)
           VALUES ((SELECT COALESCE(MAX(position), 0) + 1 FROM keyword_rule), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(...columnsOf(draft), at);
      return Number(added.lastInsertRowid);
    });
    return this.byId(id);
  }

  /** @throws AppError `keyword.not_found`, `keyword.exists`. */
  async replace(id: number, draft: KeywordDraft): Promise<KeywordRule> {
    await this.#change(() => {
      this.#assertFree(draft.name, id);
      const changed = this.#db
        .prepare(
          `UPDATE keyword_rule SET name = ?, enabled = ?, match = ?, keywords = ?, carriers = ?, answers_account_id = ?,
           hours = ?, account_id = ?, reply = ?, reply_origin = ?, forward_to = ?, endpoint_id = ? WHERE id = ?`,
        )
        .run(...columnsOf(draft), id).changes;
      if (changed !== 1) throw notFound();
    });
    return this.byId(id);
  }

  /** @throws AppError `keyword.not_found`. */
  async remove(id: number): Promise<void> {
    await this.#change(() => {
      if (this.#db.prepare('DELETE FROM keyword_rule WHERE id = ?').run(id).changes !== 1) throw notFound();
    });
  }

  /** Puts the named rules first, in this order; the others keep theirs behind them. @throws AppError `keyword.not_found`. */
  async order(ids: readonly number[]): Promise<void> {
    await this.#change(() => {
      const rest = this.#rows.all().filter(({ id }) => !ids.includes(id));
      const place = this.#db.prepare('UPDATE keyword_rule SET position = ? WHERE id = ?');
      for (const [index, id] of [...ids, ...rest.map((rule) => rule.id)].entries())
        if (place.run(index + 1, id).changes !== 1) throw notFound();
    });
  }

  async #change<T>(work: () => T): Promise<T> {
    try {
      return await this.#queue.run(work);
    } finally {
      this.#rules = null;
    }
  }

  #assertFree(name: string, ownId: number): void {
    const taken = this.#db
      .prepare<[string], { id: number }>('SELECT id FROM keyword_rule WHERE name = ?')
      .get(name)?.id;
    if (taken !== undefined && taken !== ownId)
      throw new AppError('keyword.exists', `There is a keyword rule named ${name} already. Choose another name.`);
  }
}

function notFound(): AppError {
  return new AppError('keyword.not_found', 'There is no such keyword rule.');
}

function columnsOf(draft: KeywordDraft) {
  const { name, enabled, match, keywords, carrierIds, answersAccountId, hours } = draft;
  const { accountId, reply, replyOrigin, forwardTo, endpointId } = draft;
  const lists = [JSON.stringify(keywords), JSON.stringify(carrierIds)] as const;
  const actions = [accountId, reply, replyOrigin, forwardTo, endpointId] as const;
  return [name, enabled ? 1 : 0, match, ...lists, answersAccountId, hours, ...actions] as const;
}

function ruleOf(row: RuleRecord): KeywordRule {
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled === 1,
    match: row.match,
    keywords: listIn(row.keywords).filter((item) => typeof item === 'string'),
    carrierIds: listIn(row.carriers).filter((item) => typeof item === 'number'),
    answersAccountId: row.answers_account_id,
    hours: row.hours,
    accountId: row.account_id,
    reply: row.reply,
    replyOrigin: row.reply_origin,
    forwardTo: row.forward_to,
    endpointId: row.endpoint_id,
  };
}

function listIn(json: string): unknown[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list : [];
}
