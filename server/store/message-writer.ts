import type Database from 'better-sqlite3';
import { lanes, type Lane } from '../domain/carrier.ts';
import { completedBody } from '../domain/event-bodies.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Ledger } from './ledger.ts';
import type { EventWriter, TallyStatements } from './message-tally.ts';

export interface RecipientDraft {
  readonly msisdn: string;
  readonly state: 'queued' | 'failed' | 'blocked';
  readonly segments: number;
  readonly credit: number;
  /** Only when it differs from the message's text. */
  readonly text: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

export interface MessageDraft {
  readonly uuid: string;
  readonly accountId: number;
  readonly keyId: number | null;
  readonly kind: 'sms';
  readonly lane: Lane;
  readonly origin: string;
  readonly text: string;
  readonly clientRef: string | null;
  /** Segments of the longest text among the recipients. */
  readonly segments: number;
  readonly credit: number;
  readonly blockedCount: number;
  readonly failedCount: number;
  readonly scheduledAt: Millis | null;
  readonly expiresAt: Millis;
  readonly createdAt: Millis;
  readonly recipients: readonly RecipientDraft[];
  /** Called inside the transaction that makes the message visible; what it writes is stored with it or not at all. */
  readonly alongside?: (written: WrittenMessage) => void;
}

export interface WrittenMessage {
  readonly id: number;
  /** `failed` at once when every number is blocked: nothing will ever be sent. */
  readonly state: 'scheduled' | 'pending' | 'failed';
}

/** Recipients in one slice of a large request: some milliseconds of work. */
const sliceSize = 2_000;
/** Requests up to this many recipients are written in one piece. */
const onePiece = 2_000;

/** Writes accepted messages: all of one, its credits and its ledger entry in one transaction (architecture: the way of one message). */
export class MessageWriter {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #ledger: Ledger;
  readonly #touched: Set<number>;
  readonly #events: EventWriter;
  readonly #insertMessage: Database.Statement;
  readonly #insertRecipient: Database.Statement;
  readonly #insertStaging: Database.Statement;
  readonly #deleteStaging: Database.Statement;
  readonly #deleteRecipients: Database.Statement;
  #nextMessageId: number;
  #nextRecipientId: number;

  constructor(db: Database.Database, queue: CommitQueue, tallies: TallyStatements, events: EventWriter) {
    this.#db = db;
    this.#queue = queue;
    this.#ledger = tallies.ledger;
    this.#touched = tallies.touched;
    this.#events = events;
    this.#insertMessage = db.prepare(`INSERT INTO message
      (id, uuid, account_id, key_id, kind, lane, origin, text, client_ref, state, segments, credit, first_recipient_id,
       recipient_count, next_recipient_id, queued_count, failed_count, blocked_count, open_count, scheduled_at, expires_at, created_at, completed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#insertRecipient = db.prepare(`INSERT INTO recipient
      (id, message_id, msisdn, state, segments, credit, text, error_code, error_message, finished_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#insertStaging = db.prepare(
      'INSERT INTO staging (message_id, first_recipient_id, recipient_count) VALUES (?, ?, ?)',
    );
    this.#deleteStaging = db.prepare('DELETE FROM staging WHERE message_id = ?');
    this.#deleteRecipients = db.prepare('DELETE FROM recipient WHERE id >= ? AND id < ?');
    // What is filed for searching is not looked at again: ids below the marks are used up, also where no row is left.
    this.#nextMessageId = Math.max(
      1 + highest(db, 'message', 'id'),
      1 + highest(db, 'staging', 'message_id'),
      highest(db, 'history_mark', 'message_id'),
    );
    this.#nextRecipientId = Math.max(
      1 + highest(db, 'recipient', 'id'),
      1 + highestStaged(db),
      highest(db, 'history_mark', 'recipient_id'),
    );
  }

  /**
   * Stores a message and takes its credits; resolves when all of it is on disk.
   * Large ones are written in slices that nobody sees until the last transaction makes them visible, all at once.
   * @throws AppError `credit.insufficient`, `account.not_found` or `store.*`; then nothing of it is stored.
   */
  async accept(draft: MessageDraft): Promise<WrittenMessage> {
    const count = draft.recipients.length;
    const id = this.#nextMessageId;
    const firstRecipientId = this.#nextRecipientId;
    this.#nextMessageId += 1;
    this.#nextRecipientId += count;
    if (count <= onePiece) {
      return await this.#queue.run(() => {
        this.#writeRecipients(draft, id, firstRecipientId, 0, count);
        return this.#writeMessage(draft, id, firstRecipientId);
      });
    }
    return await this.#acceptLarge(draft, id, firstRecipientId);
  }

  async #acceptLarge(draft: MessageDraft, id: number, firstRecipientId: number): Promise<WrittenMessage> {
    const count = draft.recipients.length;
    this.#ledger.assertCovers(draft.accountId, draft.credit);
    try {
      await this.#queue.run(() => this.#insertStaging.run(id, firstRecipientId, count));
      for (let from = 0; from < count; from += sliceSize) {
        const to = Math.min(count, from + sliceSize);
        await this.#queue.run(() => this.#writeRecipients(draft, id, firstRecipientId, from, to));
      }
      return await this.#queue.run(() => {
        this.#deleteStaging.run(id);
        return this.#writeMessage(draft, id, firstRecipientId);
      });
    } catch (error) {
      await this.#unstage(id, firstRecipientId, count).catch((reason: unknown) => {
        // The sweep at the next start finds the staging row again; the caller's error matters more.
        if (error instanceof Error && error.cause === undefined) error.cause = reason;
      });
      throw error;
    }
  }

  /** Removes what a crash left of large requests that were never answered. */
  async sweepStaging(): Promise<number> {
    const rows = this.#db
      .prepare<[], { message_id: number; first_recipient_id: number; recipient_count: number }>('SELECT * FROM staging')
      .all();
    for (const row of rows) await this.#unstage(row.message_id, row.first_recipient_id, row.recipient_count);
    return rows.length;
  }

  async #unstage(id: number, first: number, count: number): Promise<void> {
    for (let from = 0; from < count; from += sliceSize) {
      const start = first + from;
      await this.#queue.run(() => this.#deleteRecipients.run(start, Math.min(first + count, start + sliceSize)));
    }
    await this.#queue.run(() => this.#deleteStaging.run(id));
  }

  #writeRecipients(draft: MessageDraft, id: number, firstRecipientId: number, from: number, to: number): void {
    for (let index = from; index < to; index += 1) {
      const recipient = draft.recipients[index];
      if (recipient === undefined) throw new RangeError('recipient slice out of range');
      this.#insertRecipient.run(
        firstRecipientId + index,
        id,
        recipient.msisdn,
        recipient.state,
        recipient.segments,
        recipient.credit,
        recipient.text,
        recipient.errorCode,
        recipient.errorMessage,
        recipient.state === 'queued' ? null : draft.createdAt,
      );
    }
  }

  #writeMessage(draft: MessageDraft, id: number, firstRecipientId: number): WrittenMessage {
    const count = draft.recipients.length;
    const queued = count - draft.blockedCount - draft.failedCount;
    this.#ledger.take(draft.accountId, draft.credit, id, draft.createdAt);
    const state = queued === 0 ? 'failed' : draft.scheduledAt === null ? 'pending' : 'scheduled';
    this.#insertMessage.run(
      id,
      draft.uuid,
      draft.accountId,
      draft.keyId,
      draft.kind,
      lanes.indexOf(draft.lane),
      draft.origin,
      draft.text,
      draft.clientRef,
      state,
      draft.segments,
      draft.credit,
      firstRecipientId,
      count,
      firstRecipientId,
      queued,
      draft.failedCount,
      draft.blockedCount,
      queued,
      draft.scheduledAt,
      draft.expiresAt,
      draft.createdAt,
      queued === 0 ? draft.createdAt : null,
    );
    if (queued === 0) this.#tellFailed(draft, id);
    draft.alongside?.({ id, state });
    this.#touched.add(id);
    return { id, state };
  }

  #tellFailed(draft: MessageDraft, id: number): void {
    if (!this.#events.wanted(draft.accountId, 'sms.completed')) return;
    const summary = [
      { drStatus: 'failed', count: draft.failedCount },
      { drStatus: 'blocked', count: draft.blockedCount },
    ] as const;
    this.#events.write(this.#db, {
      accountId: draft.accountId,
      name: 'sms.completed',
      body: completedBody(
        draft.uuid,
        'failed',
        summary.filter((entry) => entry.count > 0),
        0,
        draft.recipients.length,
        draft.clientRef,
      ),
      recipientId: null,
      messageId: id,
      at: draft.createdAt,
    });
  }
}

function highest(db: Database.Database, table: string, column: string): number {
  return db.prepare<[], { top: number | null }>(`SELECT MAX(${column}) AS top FROM ${table}`).get()?.top ?? 0;
}

function highestStaged(db: Database.Database): number {
  const row = db
    .prepare<[], { top: number | null }>('SELECT MAX(first_recipient_id + recipient_count) AS top FROM staging')
    .get();
  return row?.top ?? 0;
}
