import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import type {
  AttemptOutcome,
  AttemptRow,
  DeliveryRow,
  DeliveryState,
  DueDelivery,
  DueWindow,
  EndpointChange,
  EndpointRow,
  EndpointState,
  NewEvent,
} from './webhook-rows.ts';

const endpointColumns =
  'id, account_id, url, events, secret, old_secret, old_secret_until, state, reason, failing_since, created_at';
const deliveryColumns =
  'd.id, d.endpoint_id, e.name, d.state, d.tries, d.next_at, d.created_at, d.finished_at FROM delivery d JOIN event e ON e.id = d.event_id';
const attemptsShown = 50;

/** Webhook endpoints, what is to be told to them, and the log of what was. */
export class WebhookStore {
  readonly #db: Database.Database;
  readonly #commits: CommitQueue;
  readonly #dueIds: Database.Statement<[number, number], { id: number; next_at: number }>;
  readonly #dueRow: Database.Statement<[number], DueDelivery>;
  readonly #page: Database.Statement<[number, number, number], DeliveryRow>;
  readonly #attempts: Database.Statement<[number, number], AttemptRow>;
  readonly #scan: Database.Statement<
    [number, number, number],
    { id: number; created_at: number; state: DeliveryState }
  >;
  readonly #lastId: Database.Statement<[number], { id: number | null }>;

  constructor(db: Database.Database, commits: CommitQueue) {
    this.#db = db;
    this.#commits = commits;
    this.#dueIds = db.prepare(
      "SELECT id, next_at FROM delivery WHERE endpoint_id = ? AND state = 'pending' ORDER BY next_at, id LIMIT ?",
    );
    this.#dueRow = db.prepare(
      'SELECT d.id, d.endpoint_id AS endpointId, d.tries, e.name, e.body FROM delivery d JOIN event e ON e.id = d.event_id WHERE d.id = ?',
    );
    this.#page = db.prepare(
      `SELECT ${deliveryColumns} WHERE d.endpoint_id = ? AND d.id < ? ORDER BY d.id DESC LIMIT ?`,
    );
    this.#attempts = db.prepare(
      'SELECT delivery_id, at, status, error, duration_ms, answer FROM delivery_attempt WHERE delivery_id = ? ORDER BY id DESC LIMIT ?',
    );
    this.#scan = db.prepare(
      'SELECT id, created_at, state FROM delivery WHERE endpoint_id = ? AND id >= ? ORDER BY id LIMIT ?',
    );
    this.#lastId = db.prepare('SELECT max(id) AS id FROM delivery WHERE endpoint_id = ?');
  }

  /** Every endpoint that was not removed. */
  async endpoints(): Promise<readonly EndpointRow[]> {
    return this.#db
      .prepare<[], EndpointRow>(`SELECT ${endpointColumns} FROM webhook_endpoint WHERE removed_at IS NULL ORDER BY id`)
      .all();
  }

  async addEndpoint(row: Omit<EndpointRow, 'id'>): Promise<EndpointRow> {
    const id = await this.#commits.run((db) =>
      Number(
        db
          .prepare(
            `INSERT INTO webhook_endpoint (account_id, url, events, secret, state, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
          )
          .run(row.account_id, row.url, row.events, row.secret, row.state, row.created_at).lastInsertRowid,
      ),
    );
    return { ...row, id };
  }

  /** Moves an endpoint into `to` out of one of the states `from`; false when it was in none of them. */
  setEndpointState(id: number, to: EndpointState, from: readonly EndpointState[]): Promise<boolean> {
    const sql =
      'UPDATE webhook_endpoint SET state = ?, reason = NULL, failing_since = NULL WHERE id = ? AND removed_at IS NULL AND state IN (SELECT value FROM json_each(?))';
    return this.#commits.run((db) => db.prepare(sql).run(to, id, JSON.stringify(from)).changes === 1);
  }

  /** Puts a new sealed secret in force; the one before keeps signing until `until`. False when there is no such endpoint. */
  rotateSecret(id: number, secret: string, until: Millis): Promise<boolean> {
    const sql =
      'UPDATE webhook_endpoint SET old_secret = secret, old_secret_until = ?, secret = ? WHERE id = ? AND removed_at IS NULL';
    return this.#commits.run((db) => db.prepare(sql).run(until, secret, id).changes === 1);
  }

  removeEndpoint(id: number, at: Millis): Promise<boolean> {
    const sql = 'UPDATE webhook_endpoint SET removed_at = ? WHERE id = ? AND removed_at IS NULL';
    return this.#commits.run((db) => db.prepare(sql).run(at, id).changes === 1);
  }

  /** Fails up to `limit` deliveries that wait for endpoints that were removed; returns how many it failed. */
  failOrphans(limit: number, at: Millis): Promise<number> {
    const sql = `UPDATE delivery SET state = 'failed', finished_at = ? WHERE state = 'pending' AND id IN (
      SELECT d.id FROM webhook_endpoint w JOIN delivery d ON d.endpoint_id = w.id AND d.state = 'pending'
      WHERE w.removed_at IS NOT NULL LIMIT ?)`;
    return this.#commits.run((db) => db.prepare(sql).run(at, limit).changes);
  }

  /**
   * The first deliveries of an endpoint that are due, oldest first, without those that `busy` names.
   * Reads at most `limit` of them, whatever the backlog.
   */
  async due(endpointId: number, now: Millis, limit: number, busy: ReadonlySet<number>): Promise<DueWindow> {
    const due: DueDelivery[] = [];
    const ask = limit + busy.size;
    const ids = this.#dueIds.all(endpointId, ask);
    for (const { id, next_at: nextAt } of ids) {
      if (busy.has(id)) continue;
      if (nextAt > now) return { due, nextAt, more: false };
      const row = this.#dueRow.get(id);
      if (row !== undefined) due.push(row);
    }
    return { due, nextAt: null, more: ids.length === ask };
  }

  /** Writes what a batch of attempts led to in one transaction. A delivery that is not pending any more is left alone. */
  settle(outcomes: readonly AttemptOutcome[], changes: readonly EndpointChange[]): Promise<void> {
    return this.#commits.run((db) => {
      const statements = settleStatements(db);
      for (const outcome of outcomes) {
        const { deliveryId, at, status, error, durationMs, answer, state, retryAt } = outcome;
        statements.attempt.run(deliveryId, at, status, error, durationMs, answer);
        if (state === 'pending') statements.retry.run(retryAt, deliveryId);
        else statements.finish.run(state, at, deliveryId);
      }
      for (const { endpointId, failingSince, disable } of changes) {
        statements.failing.run(failingSince, endpointId);
        if (disable !== null) statements.disable.run(disable, endpointId);
      }
    });
  }

  /** Deliveries of an endpoint, newest first, with ids below `before`. */
  async deliveries(endpointId: number, before: number, limit: number): Promise<readonly DeliveryRow[]> {
    return this.#page.all(endpointId, before, limit);
  }

  /** The latest attempts at one delivery, oldest first. */
  async attempts(deliveryId: number): Promise<readonly AttemptRow[]> {
    return this.#attempts.all(deliveryId, attemptsShown).toReversed();
  }

  /** Up to `limit` deliveries of an endpoint from id `from` on, oldest first. */
  async scan(
    endpointId: number,
    from: number,
    limit: number,
  ): Promise<readonly { readonly id: number; readonly created_at: Millis; readonly state: DeliveryState }[]> {
    return this.#scan.all(endpointId, from, limit);
  }

  async lastDeliveryId(endpointId: number): Promise<number> {
    return this.#lastId.get(endpointId)?.id ?? 0;
  }

  /** Makes deliveries due again from their first attempt on; their log stays. Returns how many there were. */
  replay(endpointId: number, ids: readonly number[], at: Millis): Promise<number> {
    return this.#commits.run((db) => {
      const again = db.prepare<[number, number, number]>(
        "UPDATE delivery SET state = 'pending', tries = 0, next_at = ?, finished_at = NULL WHERE id = ? AND endpoint_id = ?",
      );
      return ids.reduce((count, id) => count + again.run(at, id, endpointId).changes, 0);
    });
  }
}

interface SettleStatements {
  readonly attempt: Database.Statement;
  readonly retry: Database.Statement;
  readonly finish: Database.Statement;
  readonly failing: Database.Statement;
  readonly disable: Database.Statement;
}

const prepared = new WeakMap<Database.Database, SettleStatements>();

function settleStatements(db: Database.Database): SettleStatements {
  const known = prepared.get(db);
  if (known !== undefined) return known;
  const made: SettleStatements = {
    attempt: db.prepare(
      'INSERT INTO delivery_attempt (delivery_id, at, status, error, duration_ms, answer) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    retry: db.prepare("UPDATE delivery SET tries = tries + 1, next_at = ? WHERE id = ? AND state = 'pending'"),
    finish: db.prepare(
      "UPDATE delivery SET state = ?, tries = tries + 1, finished_at = ? WHERE id = ? AND state = 'pending'",
    ),
    failing: db.prepare('UPDATE webhook_endpoint SET failing_since = ? WHERE id = ?'),
    disable: db.prepare(
      "UPDATE webhook_endpoint SET state = 'disabled', reason = ? WHERE id = ? AND removed_at IS NULL AND state IN ('active', 'paused')",
    ),
  };
  prepared.set(db, made);
  return made;
}

interface EventStatements {
  readonly event: Database.Statement;
  readonly delivery: Database.Statement;
}

const eventStatements = new WeakMap<Database.Database, EventStatements>();

/**
 * Writes an event and its deliveries inside the caller's transaction, the one that writes the fact itself.
 * Afterwards, once committed, wake the dispatcher with the same endpoint ids.
 * @returns the event's id, or null when nobody listens
 */
export function insertEvent(db: Database.Database, event: NewEvent): number | null {
  if (event.endpointIds.length === 0) return null;
  let statements = eventStatements.get(db);
  if (statements === undefined) {
    statements = {
      event: db.prepare(
        'INSERT INTO event (account_id, name, body, recipient_id, message_id, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      delivery: db.prepare(
        "INSERT INTO delivery (event_id, endpoint_id, recipient_id, state, next_at, created_at) VALUES (?, ?, ?, 'pending', ?, ?)",
      ),
    };
    eventStatements.set(db, statements);
  }
  const { accountId, name, body, recipientId, messageId, at, endpointIds } = event;
  const eventId = Number(statements.event.run(accountId, name, body, recipientId, messageId, at).lastInsertRowid);
  for (const endpointId of endpointIds) statements.delivery.run(eventId, endpointId, recipientId, at, at);
  return eventId;
}
