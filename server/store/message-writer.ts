import type Database from 'better-sqlite3';
import { lanes } from '../domain/carrier.ts';
import { purposeOf, type TrafficKey } from '../domain/routing.ts';
import { completedBody } from '../domain/event-bodies.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Ledger } from './ledger.ts';
import type { EventWriter } from './event-writer.ts';
import type { HourCounts } from './hour-counts.ts';
import type { MessageDraft, RecipientDraft, WrittenMessage } from './message-draft.ts';
import type { TallyStatements } from './message-tally.ts';
import type { RecentTexts } from './recent-texts.ts';
import type { TrafficStore } from './traffic-store.ts';

/** Recipients that were blocked as they were written, and what they would have cost. */
interface Repeats {
  count: number;
  credit: number;
}

/** Recipients in one slice of a large request: some milliseconds of work. */
const sliceSize = 2_000;
/** The same where each number is looked up first, or has a text of its own to be written. */
const heavySliceSize = 500;

/** Writes accepted messages: all of one, its credits and its ledger entry in one transaction (architecture: the way of one message). */
export class MessageWriter {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #ledger: Ledger;
  readonly #touched: Set<number>;
  readonly #hours: HourCounts;
  readonly #events: EventWriter;
  readonly #recentTexts: RecentTexts;
  readonly #traffic: TrafficStore;
  readonly #insertMessage: Database.Statement;
  readonly #insertRecipient: Database.Statement;
  readonly #insertStaging: Database.Statement;
  readonly #deleteStaging: Database.Statement;
  readonly #deleteRecipients: Database.Statement;
  #nextMessageId = 1;
  #nextRecipientId = 1;

  constructor(
    db: Database.Database,
    parts: {
      queue: CommitQueue;
      tallies: TallyStatements;
      events: EventWriter;
      recentTexts: RecentTexts;
      traffic: TrafficStore;
    },
  ) {
    this.#db = db;
    this.#queue = parts.queue;
    this.#ledger = parts.tallies.ledger;
    this.#touched = parts.tallies.touched;
    this.#hours = parts.tallies.hours;
    this.#events = parts.events;
    this.#recentTexts = parts.recentTexts;
    this.#traffic = parts.traffic;
    this.#insertMessage = db.prepare(`INSERT INTO message
      (id, uuid, account_id, key_id, kind, lane, origin, text, client_ref, state, segments, credit, first_recipient_id,
       recipient_count, next_recipient_id, queued_count, failed_count, blocked_count, open_count, scheduled_at, expires_at, created_at, completed_at, traffic_id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#insertRecipient = db.prepare(`INSERT INTO recipient
      (id, message_id, msisdn, state, segments, credit, text, error_code, error_message, finished_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#insertStaging = db.prepare(
      'INSERT INTO staging (message_id, first_recipient_id, recipient_count) VALUES (?, ?, ?)',
    );
    this.#deleteStaging = db.prepare('DELETE FROM staging WHERE message_id = ?');
    this.#deleteRecipients = db.prepare('DELETE FROM recipient WHERE id >= ? AND id < ?');
    this.takeNextIds();
  }

  /**
   * Goes on above every id that was ever given out; only while nothing is being written.
   */
  takeNextIds(): void {
    // What is filed for searching is not looked at again: ids below the marks are used up, also where no row is left. So are
    // those that were given out between a backup and its restoring.
    this.#nextMessageId = Math.max(
      1 + highest(this.#db, 'message', 'id'),
      1 + highest(this.#db, 'staging', 'message_id'),
      highest(this.#db, 'history_mark', 'message_id'),
      highest(this.#db, 'restoration', 'message_floor'),
    );
    this.#nextRecipientId = Math.max(
      1 + highest(this.#db, 'recipient', 'id'),
      1 + highestStaged(this.#db),
      highest(this.#db, 'history_mark', 'recipient_id'),
      highest(this.#db, 'restoration', 'recipient_floor'),
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
    const heavy = draft.once !== undefined || draft.recipients.some(({ text }) => text !== null);
    const sliceOf = heavy ? heavySliceSize : sliceSize;
    if (count <= sliceOf) {
      const write = () => {
        const repeats = { count: 0, credit: 0 };
        this.#writeRecipients(draft, id, firstRecipientId, { from: 0, to: count, repeats });
        return this.#writeMessage(draft, id, firstRecipientId, repeats);
      };
      return await this.#queue.run(write, { repeatable: true });
    }
    return await this.#acceptLarge(draft, id, firstRecipientId, sliceOf);
  }

  async #acceptLarge(
    draft: MessageDraft,
    id: number,
    firstRecipientId: number,
    sliceOf: number,
  ): Promise<WrittenMessage> {
    const count = draft.recipients.length;
    // What it costs is known in advance only when nothing of it is looked at again while it is written.
    if (draft.once === undefined) this.#ledger.assertCovers(draft.accountId, draft.credit);
    const repeats = { count: 0, credit: 0 };
    try {
      await this.#queue.run(() => this.#insertStaging.run(id, firstRecipientId, count));
      for (let from = 0; from < count; from += sliceOf) {
        const to = Math.min(count, from + sliceOf);
        await this.#queue.run(() => this.#writeRecipients(draft, id, firstRecipientId, { from, to, repeats }));
      }
      return await this.#queue.run(() => {
        this.#deleteStaging.run(id);
        return this.#writeMessage(draft, id, firstRecipientId, repeats);
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
      const end = Math.min(first + count, start + sliceSize);
      await this.#queue.run(() => {
        this.#recentTexts.forget(start, end);
        this.#deleteRecipients.run(start, end);
      });
    }
    await this.#queue.run(() => this.#deleteStaging.run(id));
  }

  #writeRecipients(
    draft: MessageDraft,
    id: number,
    firstRecipientId: number,
    slice: { readonly from: number; readonly to: number; readonly repeats: Repeats },
  ): void {
    for (let index = slice.from; index < slice.to; index += 1) {
      const wanted = draft.recipients[index];
      if (wanted === undefined) throw new RangeError('recipient slice out of range');
      const recipientId = firstRecipientId + index;
      const recipient = this.#guarded(draft, wanted, recipientId);
      if (recipient !== wanted) {
        slice.repeats.count += 1;
        slice.repeats.credit += wanted.credit;
      }
      this.#insertRecipient.run(
        recipientId,
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

  /** A recipient as it is stored: blocked, and free of charge, when the same text goes to its number already. */
  #guarded(draft: MessageDraft, recipient: RecipientDraft, recipientId: number): RecipientDraft {
    if (draft.once === undefined || recipient.state !== 'queued') return recipient;
    const sending = { accountId: draft.accountId, msisdn: recipient.msisdn, text: recipient.text ?? draft.text };
    const repeat = this.#recentTexts.take(sending, recipientId, draft.once);
    return repeat === null ? recipient : { ...recipient, state: 'blocked', credit: 0, ...repeat };
  }

  #writeMessage(draft: MessageDraft, id: number, firstRecipientId: number, repeats: Repeats): WrittenMessage {
    const count = draft.recipients.length;
    const blockedCount = draft.blockedCount + repeats.count;
    const credit = draft.credit - repeats.credit;
    const queued = count - blockedCount - draft.failedCount;
    this.#ledger.take(draft.accountId, credit, id, draft.createdAt);
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
      credit,
      firstRecipientId,
      count,
      firstRecipientId,
      queued,
      draft.failedCount,
      blockedCount,
      queued,
      draft.scheduledAt,
      draft.expiresAt,
      draft.createdAt,
      queued === 0 ? draft.createdAt : null,
      this.#traffic.intern(trafficOf(draft)),
    );
    this.#hours.add(draft.createdAt, draft.accountId, 0, {
      accepted: queued,
      failed: draft.failedCount,
      blocked: blockedCount,
      credits: credit,
    });
    if (queued === 0) this.#tellFailed(draft, id, blockedCount);
    const written = { id, state, credit, blockedCount } as const;
    draft.alongside?.(written);
    this.#touched.add(id);
    return written;
  }

  #tellFailed(draft: MessageDraft, id: number, blockedCount: number): void {
    if (!this.#events.wanted(draft.accountId, 'sms.completed')) return;
    const summary = [
      { drStatus: 'failed', count: draft.failedCount },
      { drStatus: 'blocked', count: blockedCount },
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

function trafficOf({ accountId, origin, lane, hasLink, carrierId }: MessageDraft): TrafficKey {
  const purpose = purposeOf(lane);
  return { accountId, origin, purpose, hasLink, prefix: '', onlyCarrierId: carrierId, begunCarrierId: null };
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
