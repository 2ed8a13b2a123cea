import type Database from 'better-sqlite3';
import type { CommitQueue } from './commit-queue.ts';

/** The sizes of what is filed. What rests on disk was filed by the usual ones. */
export interface FilingSizes {
  /** Recipient ids in one slice of `recipient_number`; a multiple of `batch`. */
  readonly slice: number;
  /** Recipients filed in one transaction: some milliseconds of work. */
  readonly batch: number;
  /** Message ids in one row of `message_block`. */
  readonly block: number;
}

const usualSizes: FilingSizes = { slice: 32_768, batch: 2_048, block: 1_024 };

/** Everything below these ids is filed; the rest is read from the tables themselves. */
export interface HistoryMarks {
  readonly recipientId: number;
  readonly messageId: number;
}

/** Ids below these will never gain rows again. */
interface Settled {
  readonly recipients: number;
  readonly messages: number;
}

interface OriginRow {
  readonly id: number;
  readonly account_id: number;
  readonly origin: string;
  readonly created_at: number;
}

/**
 * Files messages for searching, behind their writing and in pieces: numbers in slices, origins, times of blocks. A piece
 * and the mark that tells of it are one transaction, so a crash at any moment leaves both or neither.
 */
export class HistoryIndex {
  readonly sizes: FilingSizes;
  readonly #queue: CommitQueue;
  readonly #marks: Database.Statement<[], HistoryMarks>;
  readonly #highest: Database.Statement<[], Settled>;
  readonly #staged: Database.Statement<[], { recipients: number | null; messages: number | null }>;
  readonly #numbers: Database.Statement<[number, number], [number, string]>;
  readonly #insertNumber: Database.Statement<[number, string, number]>;
  readonly #markRecipients: Database.Statement<[number]>;
  readonly #messages: Database.Statement<[number, number], OriginRow>;
  readonly #insertOrigin: Database.Statement<[number, string, number]>;
  readonly #insertBlock: Database.Statement<[number, number, number]>;
  readonly #markMessages: Database.Statement<[number]>;

  constructor(db: Database.Database, queue: CommitQueue, sizes: FilingSizes = usualSizes) {
    this.sizes = sizes;
    this.#queue = queue;
    this.#marks = db.prepare('SELECT recipient_id AS recipientId, message_id AS messageId FROM history_mark');
    this.#highest = db.prepare(
      'SELECT COALESCE((SELECT MAX(id) FROM recipient), 0) + 1 AS recipients, COALESCE((SELECT MAX(id) FROM message), 0) + 1 AS messages',
    );
    this.#staged = db.prepare('SELECT MIN(first_recipient_id) AS recipients, MIN(message_id) AS messages FROM staging');
    this.#numbers = db
      .prepare<[number, number], [number, string]>('SELECT id, msisdn FROM recipient WHERE id >= ? AND id < ?')
      .raw();
    this.#insertNumber = db.prepare('INSERT INTO recipient_number (slice, msisdn, recipient_id) VALUES (?, ?, ?)');
    this.#markRecipients = db.prepare('UPDATE history_mark SET recipient_id = ?');
    this.#messages = db.prepare('SELECT id, account_id, origin, created_at FROM message WHERE id >= ? AND id < ?');
    this.#insertOrigin = db.prepare('INSERT INTO message_origin (account_id, origin, message_id) VALUES (?, ?, ?)');
    this.#insertBlock = db.prepare('INSERT INTO message_block (block, first_at, last_at) VALUES (?, ?, ?)');
    this.#markMessages = db.prepare('UPDATE history_mark SET message_id = ?');
  }

  marks(): HistoryMarks {
    return this.#marks.get() ?? { recipientId: 0, messageId: 0 };
  }

  /** Every recipient's id lies below. */
  endOfRecipients(): number {
    return this.#highest.get()?.recipients ?? 1;
  }

  /** Every message's id lies below. */
  endOfMessages(): number {
    return this.#highest.get()?.messages ?? 1;
  }

  /** Files the next piece of numbers; false when less than a piece is there. */
  async fileNumbers(): Promise<boolean> {
    const { slice, batch } = this.sizes;
    if (this.marks().recipientId + batch > this.endOfRecipients()) return false;
    return await this.#queue.run(() => {
      const from = this.marks().recipientId;
      if (from + batch > this.#settled().recipients) return false;
      const rows = this.#numbers.all(from, from + batch);
      // In the order of the slice, so that its pages are gone through once.
      rows.sort(([, left], [, right]) => (left < right ? -1 : left > right ? 1 : 0));
      for (const [id, msisdn] of rows) this.#insertNumber.run(Math.floor(from / slice), msisdn, id);
      this.#markRecipients.run(from + batch);
      return true;
    });
  }

  /** Files the next block of messages; false when less than a block is there. */
  async fileMessages(): Promise<boolean> {
    const { block } = this.sizes;
    if (this.marks().messageId + block > this.endOfMessages()) return false;
    return await this.#queue.run(() => {
      const from = this.marks().messageId;
      if (from + block > this.#settled().messages) return false;
      const rows = this.#messages.all(from, from + block);
      let first = Number.POSITIVE_INFINITY;
      let last = Number.NEGATIVE_INFINITY;
      for (const { id, account_id: accountId, origin, created_at: createdAt } of rows) {
        this.#insertOrigin.run(accountId, origin, id);
        this.#insertOrigin.run(0, origin, id);
        first = Math.min(first, createdAt);
        last = Math.max(last, createdAt);
      }
      if (rows.length > 0) this.#insertBlock.run(from / block, first, last);
      this.#markMessages.run(from + block);
      return true;
    });
  }

  /**
   * Asked inside a transaction of the queue only. Ids are given out in the order of its jobs, and a large request leaves its
   * staging row before its recipients: so whatever lies below the newest row and below every staged one is there, or never
   * will be. Holes stay holes, since the writer begins above the marks when the box starts again.
   */
  #settled(): Settled {
    const highest = this.#highest.get() ?? { recipients: 0, messages: 0 };
    const staged = this.#staged.get();
    return {
      recipients: Math.min(highest.recipients, staged?.recipients ?? highest.recipients),
      messages: Math.min(highest.messages, staged?.messages ?? highest.messages),
    };
  }
}
