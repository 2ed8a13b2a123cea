import type Database from 'better-sqlite3';
import { lanes, type Lane } from '../domain/carrier.ts';
import type { DrStatus } from '../domain/message-state.ts';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { MessageRecord, RecipientRecord, SubmissionRecord } from './rows.ts';

export interface Page<T> {
  readonly items: T[];
  /** Where the next page starts; null at the end. */
  readonly next: number | null;
}

export type NamedMessage = MessageRecord & {
  readonly account: string;
  /** The number of a message to one number only. */
  readonly only_msisdn: string | null;
};
export type CarriedRecipient = RecipientRecord & { readonly carrier: string | null };
export type CarriedSubmission = SubmissionRecord & { readonly carrier: string | null };

/** What waits in one lane, and since when. */
export interface LaneQueue {
  readonly lane: Lane;
  readonly queued: number;
  readonly oldest: Millis | null;
}

export interface RecipientDelivery {
  readonly name: string;
  readonly url: string;
  readonly state: string;
  readonly finished_at: number | null;
  readonly tries: number;
}

const byStatus: Readonly<Record<DrStatus, string>> = {
  pending: "r.state IN ('queued', 'sending')",
  sent: "r.state = 'sent'",
  success: "r.state = 'success'",
  failed: "r.state = 'failed'",
  expired: "r.state = 'expired'",
  blocked: "r.state = 'blocked'",
  cancelled: "r.state = 'cancelled'",
  unknown: "r.state = 'unknown'",
};

/** The beginning of a question for whole messages, found by way of `source`, which names the table `m`. */
export function namedMessage(source: string): string {
  return `SELECT m.*, a.name AS account, r.msisdn AS only_msisdn FROM ${source} CROSS JOIN account a ON a.id = m.account_id
    LEFT JOIN recipient r ON m.recipient_count = 1 AND r.id = m.first_recipient_id`;
}

/** Reads messages and what became of them; every query runs on an index or on a range of row ids. */
export class MessageReader {
  readonly #db: Database.Database;
  readonly #byUuid: Database.Statement<[string], NamedMessage>;
  readonly #byId: Database.Statement<[number], NamedMessage>;
  readonly #recipient: Database.Statement<[number], CarriedRecipient>;
  readonly #recipients = new Map<DrStatus | 'all', Database.Statement<[number, number, number], CarriedRecipient>>();
  readonly #submissions: Database.Statement<[number], CarriedSubmission>;
  readonly #deliveries: Database.Statement<[number], RecipientDelivery>;
  readonly #queueByLane: Database.Statement<[], { lane: number; queued: number; oldest: number | null }>;
  readonly #queueState: Database.Statement<[], { queued: number; oldest: number | null }>;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#byUuid = db.prepare(`${namedMessage('message m')} WHERE m.uuid = ?`);
    this.#byId = db.prepare(`${namedMessage('message m')} WHERE m.id = ?`);
    this.#recipient = db.prepare(
      'SELECT r.*, c.name AS carrier FROM recipient r LEFT JOIN carrier c ON c.id = r.carrier_id WHERE r.id = ?',
    );
    this.#submissions = db.prepare(
      'SELECT s.*, c.name AS carrier FROM submission s LEFT JOIN carrier c ON c.id = s.carrier_id WHERE s.recipient_id = ? ORDER BY s.id LIMIT 500',
    );
    this.#deliveries =
      db.prepare(`SELECT e.name, w.url, d.state, d.finished_at, d.tries FROM delivery d JOIN event e ON e.id = d.event_id
      JOIN webhook_endpoint w ON w.id = d.endpoint_id WHERE d.recipient_id = ? ORDER BY d.id LIMIT 100`);
    this.#queueState = db.prepare(`SELECT COALESCE(SUM(queued_count), 0) AS queued, MIN(created_at) AS oldest FROM
      (SELECT queued_count, created_at FROM message WHERE queued_count > 0 AND open_count > 0 AND state <> 'scheduled' ORDER BY expires_at LIMIT 10000)`);
    this.#queueByLane = db.prepare(`SELECT lane, SUM(queued_count) AS queued, MIN(created_at) AS oldest FROM
      (SELECT lane, queued_count, created_at FROM message WHERE queued_count > 0 AND open_count > 0 AND state <> 'scheduled' ORDER BY expires_at LIMIT 10000) GROUP BY lane`);
  }

  /** @throws AppError `message.not_found`, also for a message of another account when one is named. */
  byUuid(uuid: string, accountId?: number): NamedMessage {
    const row = this.#byUuid.get(uuid.toLowerCase());
    if (row === undefined || (accountId !== undefined && row.account_id !== accountId)) {
      throw new AppError('message.not_found', 'There is no such message.');
    }
    return row;
  }

  byId(id: number): NamedMessage | undefined {
    return this.#byId.get(id);
  }

  /** In the order in which they were given, from `cursor` on. */
  recipients(message: MessageRecord, cursor: number | null, limit: number, status?: DrStatus): Page<CarriedRecipient> {
    const end = message.first_recipient_id + message.recipient_count;
    const start = Math.max(message.first_recipient_id, cursor ?? 0);
    const items = this.#recipientsStatement(status ?? 'all').all(start, end, limit);
    const last = items.at(-1);
    const more = items.length === limit && last !== undefined && last.id + 1 < end;
    return { items, next: more ? last.id + 1 : null };
  }

  /** @throws AppError `recipient.not_found` when it is none of the message's. */
  recipient(message: MessageRecord, id: number | null): CarriedRecipient {
    const row = id === null ? undefined : this.#recipient.get(id);
    if (row === undefined || row.message_id !== message.id) {
      throw new AppError('recipient.not_found', 'The message has no such recipient.');
    }
    return row;
  }

  submissions(recipientId: number): CarriedSubmission[] {
    return this.#submissions.all(recipientId);
  }

  deliveries(recipientId: number): RecipientDelivery[] {
    return this.#deliveries.all(recipientId);
  }

  /** Recipients that wait (counted over the 10,000 most urgent messages) and since when. */
  queueState(): { queued: number; oldest: number | null } {
    return this.#queueState.get() ?? { queued: 0, oldest: null };
  }

  /** The same by lane; a lane in which nothing waits is there too. */
  queueByLane(): LaneQueue[] {
    const rows = this.#queueByLane.all();
    return lanes.map((lane, index) => {
      const row = rows.find((one) => one.lane === index);
      return { lane, queued: row?.queued ?? 0, oldest: row?.oldest ?? null };
    });
  }

  #recipientsStatement(status: DrStatus | 'all'): Database.Statement<[number, number, number], CarriedRecipient> {
    let statement = this.#recipients.get(status);
    if (statement === undefined) {
      const filter = status === 'all' ? '' : `AND ${byStatus[status]}`;
      statement = this.#db.prepare(
        `SELECT r.*, c.name AS carrier FROM recipient r LEFT JOIN carrier c ON c.id = r.carrier_id WHERE r.id >= ? AND r.id < ? ${filter} ORDER BY r.id LIMIT ?`,
      );
      this.#recipients.set(status, statement);
    }
    return statement;
  }
}
