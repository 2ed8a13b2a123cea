import type Database from 'better-sqlite3';
import { isOpenOrder, openOrderStates, type OrderEnd, type OrderState } from '../domain/credit-order.ts';
import { AppError } from '../domain/errors.ts';
import { orderCompletedBody } from '../domain/event-bodies.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { EventWriter } from './event-writer.ts';
import type { Ledger, LedgerCause } from './ledger.ts';

export interface OrderRecord {
  readonly id: number;
  readonly account_id: number;
  readonly account: string;
  readonly credits: number;
  readonly state: OrderState;
  readonly note: string | null;
  readonly requested_by: string;
  readonly requested_at: Millis;
  /** Who completed, rejected or cancelled it; null while it is open. */
  readonly decided_by: string | null;
  readonly decided_at: Millis | null;
  readonly reason: string | null;
}

export interface LedgerRecord {
  readonly id: number;
  readonly change: number;
  readonly balance: number;
  readonly cause: LedgerCause;
  /** The message it was for. */
  readonly uuid: string | null;
  readonly order_id: number | null;
  readonly note: string | null;
  readonly at: Millis;
}

export interface NewOrder {
  readonly accountId: number;
  readonly credits: number;
  readonly state: (typeof openOrderStates)[number];
  readonly note: string | null;
  readonly by: string;
  readonly at: Millis;
}

export interface Decision {
  readonly by: string;
  readonly reason: string | null;
  readonly at: Millis;
}

export interface OrderFilter {
  readonly accountId?: number | undefined;
  readonly state?: OrderState | undefined;
}

const orderColumns = 'SELECT o.*, a.name AS account FROM credit_order o CROSS JOIN account a ON a.id = o.account_id';

/** Orders of credits, and the ledger as people read it. */
export class CreditStore {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #ledger: Ledger;
  readonly #events: EventWriter;
  readonly #byId: Database.Statement<[number], OrderRecord>;
  readonly #insert: Database.Statement;
  readonly #end: Database.Statement;
  readonly #entries: Database.Statement<[number, number, number], LedgerRecord>;

  constructor(db: Database.Database, queue: CommitQueue, ledger: Ledger, events: EventWriter) {
    this.#db = db;
    this.#queue = queue;
    this.#ledger = ledger;
    this.#events = events;
    this.#byId = db.prepare(`${orderColumns} WHERE o.id = ?`);
    this.#insert = db.prepare(
      'INSERT INTO credit_order (account_id, credits, state, note, requested_by, requested_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const open = openOrderStates.map((state) => `'${state}'`).join(', ');
    this.#end = db.prepare(
      `UPDATE credit_order SET state = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ? AND state IN (${open})`,
    );
    this.#entries = db.prepare(
      'SELECT l.id, l.change, l.balance, l.cause, m.uuid, l.order_id, l.note, l.at FROM ledger l LEFT JOIN message m ON m.id = l.message_id WHERE l.account_id = ? AND l.id < ? ORDER BY l.id DESC LIMIT ?',
    );
  }

  /** @throws AppError `order.not_found`. */
  order(id: number): OrderRecord {
    const row = this.#byId.get(id);
    if (row === undefined) throw new AppError('order.not_found', `There is no order ${id}.`);
    return row;
  }

  /** Orders with ids below `before`, newest first. */
  orders({ accountId, state }: OrderFilter, before: number, limit: number): OrderRecord[] {
    const byAccount = accountId === undefined ? '' : 'AND o.account_id = @accountId';
    const byState = state === undefined ? '' : 'AND o.state = @state';
    return this.#db
      .prepare<[Readonly<Record<string, unknown>>], OrderRecord>(
        `${orderColumns} WHERE o.id < @before ${byAccount} ${byState} ORDER BY o.id DESC LIMIT @limit`,
      )
      .all({ accountId, state, before, limit });
  }

  async addOrder(order: NewOrder): Promise<OrderRecord> {
    const { accountId, credits, state, note, by, at } = order;
    return await this.#queue.run(() =>
      this.order(Number(this.#insert.run(accountId, credits, state, note, by, at).lastInsertRowid)),
    );
  }

  /**
   * Completes an open order: its credits are added, and told of, in the same transaction.
   * @throws AppError `order.not_found`, or `order.closed` when it is not open any more; then nothing is added.
   */
  async complete(id: number, decision: Decision): Promise<{ readonly order: OrderRecord; readonly balance: number }> {
    const { at } = decision;
    return await this.#queue.run((db) => {
      const order = this.#close(id, 'completed', decision);
      const { account_id: accountId, credits, note } = order;
      const balance = this.#ledger.add({ accountId, change: credits, cause: 'order', orderId: id, note, at });
      if (this.#events.wanted(accountId, 'order.completed')) {
        const { account } = order;
        const body = orderCompletedBody({ orderId: id, account, credits, balance, completedAt: at });
        this.#events.write(db, { accountId, name: 'order.completed', body, recipientId: null, messageId: null, at });
      }
      return { order, balance };
    });
  }

  /** Ends an open order without adding anything. @throws AppError as `complete`. */
  async endWithout(id: number, end: Exclude<OrderEnd, 'completed'>, decision: Decision): Promise<OrderRecord> {
    return await this.#queue.run(() => this.#close(id, end, decision));
  }

  /** Entries of an account's ledger with ids below `before`, newest first. */
  ledger(accountId: number, before: number, limit: number): LedgerRecord[] {
    return this.#entries.all(accountId, before, limit);
  }

  #close(id: number, end: OrderEnd, { by, reason, at }: Decision): OrderRecord {
    const changed = this.#end.run(end, by, at, reason, id).changes;
    const order = this.order(id);
    if (changed !== 1) throw closed(order);
    return order;
  }
}

function closed({ id, state, decided_by: by }: OrderRecord): AppError {
  if (isOpenOrder(state)) throw new Error(`order ${id} is open and did not move`);
  return new AppError(
    'order.closed',
    `Order ${id} is ${state} already${by === null ? '' : ` (by ${by})`}; it cannot change any more. Make a new one if credits are still needed.`,
  );
}
