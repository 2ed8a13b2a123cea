import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { MessageBooks } from './message-books.ts';
import type { MessageTally } from './message-tally.ts';
import type { MessageRecord, RecipientRecord, SubmissionRecord } from './rows.ts';

export interface NoteRecord {
  readonly name: string;
  readonly made_at: Millis | null;
}

export interface RestorationRecord {
  readonly id: number;
  readonly name: string;
  readonly made_at: Millis | null;
  readonly at: Millis;
  readonly recipients: number;
  readonly campaigns: number;
  readonly slots: number;
  readonly answers: number;
  readonly done_at: Millis | null;
}

type Held = 'recipients' | 'campaigns' | 'slots' | 'answers';

const slice = 500;
const messagesAtOnce = 100;
/** Ids that are passed over: more than a box gives out between two backups. */
const messageJump = 1_000_000;
const recipientJump = 10_000_000;
const deliveryJump = 10_000_000;

const restored = {
  code: 'restored',
  message:
    'It was waiting when the backup was made that this box was restored from. It may or may not have been sent since.',
  refund: false,
  event: null,
} as const;
const campaignProblem =
  'It was under way when the backup was made that this box was restored from, and may have gone on since. Resume it only if those who come next have not got it yet.';

/**
 * Puts a database that was a backup into a state in which nothing goes out that may have gone out already: what waited is
 * `unknown`, for a person to decide. Each step may be done again, so a crash at any moment costs nothing.
 */
export class RestoreStore {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #books: MessageBooks;
  readonly #note: Database.Statement<[], NoteRecord>;
  readonly #latest: Database.Statement<[], RestorationRecord>;
  readonly #message: Database.Statement<[number], MessageRecord>;
  readonly #recipient: Database.Statement<[number], RecipientRecord>;
  readonly #handing: Database.Statement<[number], SubmissionRecord>;
  readonly #doubt: Database.Statement;
  readonly #retries: Database.Statement<[number], RecipientRecord>;
  readonly #open: Database.Statement<[Millis, Millis, number], MessageRecord>;
  readonly #waiting: Database.Statement<[number, number], RecipientRecord>;
  readonly #skip: Database.Statement;

  constructor(db: Database.Database, queue: CommitQueue, books: MessageBooks) {
    this.#db = db;
    this.#queue = queue;
    this.#books = books;
    this.#note = db.prepare('SELECT name, made_at FROM backup_note WHERE id = 1');
    this.#latest = db.prepare('SELECT * FROM restoration ORDER BY id DESC LIMIT 1');
    this.#message = db.prepare('SELECT * FROM message WHERE id = ?');
    this.#recipient = db.prepare('SELECT * FROM recipient WHERE id = ?');
    this.#handing = db.prepare(
      `SELECT * FROM submission WHERE state = 'handing' AND id > ? ORDER BY id LIMIT ${slice}`,
    );
    this.#doubt = db.prepare(
      "UPDATE submission SET state = 'uncertain', code = ?, detail = ?, answered_at = ? WHERE id = ? AND state = 'handing'",
    );
    this.#retries = db.prepare(
      `SELECT * FROM recipient INDEXED BY recipient_retry WHERE retry_lane IS NOT NULL AND id > ? ORDER BY id LIMIT ${slice}`,
    );
    this.#open = db.prepare(`SELECT * FROM message WHERE open_count > 0 AND state <> 'scheduled'
      AND expires_at >= ? AND (expires_at > ? OR id > ?) ORDER BY expires_at, id LIMIT ${messagesAtOnce}`);
    this.#waiting = db.prepare(
      `SELECT * FROM recipient WHERE id >= ? AND id < ? AND state = 'queued' ORDER BY id LIMIT ${slice}`,
    );
    this.#skip = db.prepare(
      'UPDATE message SET next_recipient_id = first_recipient_id + recipient_count WHERE id = ? AND held_from IS NULL',
    );
  }

  /** What a copy says of itself; undefined for a database that is none. */
  note(): NoteRecord | undefined {
    return this.#note.get();
  }

  /** The last time that this box was restored. */
  latest(): RestorationRecord | undefined {
    return this.#latest.get();
  }

  /**
   * Begins: passes over the ids that were given out since the backup, ends every session and one-time code, and gives up
   * the automatic answers that waited. @returns the number of the restoration.
   */
  async begin(note: NoteRecord, now: Millis): Promise<number> {
    return await this.#queue.run((db) => {
      const left = this.latest();
      if (left !== undefined && left.done_at === null) return left.id;
      const id = this.#insert(note, now);
      db.prepare('DELETE FROM session WHERE expires_at > 0').run();
      db.prepare("UPDATE otp SET state = 'dead' WHERE expires_at > ? AND state = 'live'").run(now);
      const { changes } = db
        .prepare("UPDATE inbound_answer SET state = 'refused', reason = 'restored', text = '' WHERE state = 'pending'")
        .run();
      this.#add(id, 'answers', changes);
      return id;
    });
  }

  /** Makes `unknown` of all that waits or is with a carrier; what a paused campaign holds stays held. */
  async holdRecipients(id: number, now: Millis): Promise<void> {
    await this.#holdHanding(id, now);
    await this.#holdRetries(id, now);
    let [expiresAt, after] = [0, 0];
    for (;;) {
      const messages = this.#open.all(expiresAt, expiresAt, after);
      for (const message of messages) {
        if (message.held_from === null) await this.#holdMessage(id, message, now);
        [expiresAt, after] = [message.expires_at, message.id];
      }
      if (messages.length < messagesAtOnce) return;
    }
  }

  /** Pauses campaigns whose audience was being taken in, and marks those that were paused; those that are still to come go on. */
  async holdCampaigns(id: number, now: Millis): Promise<void> {
    await this.#queue.run((db) => {
      const going = db.prepare(
        "UPDATE campaign SET state = 'paused', problem = ?, problem_code = 'restored' WHERE state = 'preparing' AND (scheduled_at IS NULL OR scheduled_at <= ?)",
      );
      const { changes } = going.run(campaignProblem, now);
      this.#add(id, 'campaigns', changes);
      const held = db.prepare<[], { campaign_id: number }>(
        "SELECT DISTINCT campaign_id FROM message WHERE open_count > 0 AND state <> 'scheduled' AND held_from IS NOT NULL AND expires_at > 0",
      );
      const mark = db.prepare(
        "UPDATE campaign SET problem = ?, problem_code = 'restored' WHERE id = ? AND state = 'paused' AND problem_code IS NULL",
      );
      for (const { campaign_id: campaign } of held.all())
        this.#add(id, 'campaigns', mark.run(campaignProblem, campaign).changes);
    });
  }

  async countSlot(id: number): Promise<void> {
    await this.#queue.run(() => this.#add(id, 'slots', 1));
  }

  /** The database is no backup any more. */
  async finish(id: number, now: Millis): Promise<RestorationRecord> {
    return await this.#queue.run((db) => {
      db.prepare('DELETE FROM backup_note WHERE id = 1').run();
      db.prepare('UPDATE restoration SET done_at = ? WHERE id = ? AND done_at IS NULL').run(now, id);
      const row = this.latest();
      if (row === undefined) throw new Error('a restoration vanished');
      return row;
    });
  }

  #insert({ name, made_at: madeAt }: NoteRecord, now: Millis): number {
    const highest = (table: string) =>
      this.#db.prepare<[], { id: number | null }>(`SELECT MAX(id) AS id FROM ${table}`).get()?.id ?? 0;
    // Receivers of webhooks know deliveries by their ids: a row that belongs to no endpoint keeps them from coming again.
    this.#db
      .prepare(
        "INSERT INTO delivery (id, event_id, endpoint_id, state, next_at, created_at, finished_at) VALUES (?, 0, 0, 'failed', ?, ?, ?)",
      )
      .run(highest('delivery') + deliveryJump, now, now, now);
    const insert = this.#db.prepare(
      'INSERT INTO restoration (name, made_at, at, message_floor, recipient_floor) VALUES (?, ?, ?, ?, ?)',
    );
    const floors = [highest('message') + messageJump, highest('recipient') + recipientJump];
    return Number(insert.run(name, madeAt, now, ...floors).lastInsertRowid);
  }

  async #holdHanding(id: number, now: Millis): Promise<void> {
    for (let after = 0, more = true; more;) {
      const from = after;
      const rows = await this.#books.run(now, (tally) => {
        const found = this.#handing.all(from);
        const held = found.filter((row) => {
          this.#doubt.run(restored.code, restored.message, now, row.id);
          return this.#hold(this.#recipient.get(row.recipient_id), tally, now);
        });
        this.#add(id, 'recipients', held.length);
        return found;
      });
      more = rows.length === slice;
      after = rows.at(-1)?.id ?? after;
    }
  }

  async #holdRetries(id: number, now: Millis): Promise<void> {
    for (let after = 0, more = true; more;) {
      const from = after;
      const rows = await this.#books.run(now, (tally) => {
        const found = this.#retries.all(from);
        const held = found.filter(
          (row) => this.#message.get(row.message_id)?.held_from === null && this.#hold(row, tally, now),
        );
        this.#add(id, 'recipients', held.length);
        return found;
      });
      more = rows.length === slice;
      after = rows.at(-1)?.id ?? after;
    }
  }

  async #holdMessage(id: number, message: MessageRecord, now: Millis): Promise<void> {
    const end = message.first_recipient_id + message.recipient_count;
    for (let from = message.first_recipient_id, more = true; more;) {
      const start = from;
      const rows = await this.#books.run(now, (tally) => {
        const found = this.#waiting.all(start, end);
        const held = found.filter((row) => this.#hold(row, tally, now));
        this.#add(id, 'recipients', held.length);
        return found;
      });
      more = rows.length === slice;
      from = (rows.at(-1)?.id ?? end) + 1;
    }
    await this.#queue.run(() => this.#skip.run(message.id));
  }

  /** One recipient; inside a transaction. @returns whether it was waiting. */
  #hold(recipient: RecipientRecord | undefined, tally: MessageTally, at: Millis): boolean {
    const message = recipient === undefined ? undefined : this.#message.get(recipient.message_id);
    if (recipient === undefined || message === undefined) return false;
    return this.#books.closer.end(message, recipient, 'unknown', { ...restored, at }, tally);
  }

  #add(id: number, what: Held, n: number): void {
    if (n > 0) this.#db.prepare(`UPDATE restoration SET ${what} = ${what} + ? WHERE id = ?`).run(n, id);
  }
}
