import type Database from 'better-sqlite3';
import type { InboundPart } from '../domain/carrier.ts';
import { receivedBody } from '../domain/event-bodies.ts';
import { normalizeMsisdn } from '../domain/msisdn.ts';
import type { OptWish } from '../domain/opt-out.ts';
import type { Millis } from '../domain/ports.ts';
import type { BlocklistStore } from './blocklist-store.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { EventWriter } from './event-writer.ts';
import type { NumberSearch } from './number-search.ts';

interface PartRecord {
  readonly fingerprint: string;
  readonly carrier_id: number;
  readonly sender: string;
  readonly reference: number | null;
  readonly part: number | null;
  readonly part_count: number | null;
  readonly text: string;
  readonly sent_at: number;
  readonly received_at: number;
}

export interface ReceivedPart {
  readonly part: InboundPart;
  /** Tells this part from every other one, also when the modem gives it twice. */
  readonly fingerprint: string;
  /** For the message that this part may complete. */
  readonly uuid: string;
  readonly accountId: number;
  readonly carrierId: number;
  readonly at: Millis;
  /** What a whole text asks for; null for nothing. */
  readonly wish?: (text: string) => OptWish | null;
  /** Is told why a wish could not be written down; the text is kept all the same. */
  readonly wishFailed?: (error: unknown) => void;
}

/** Parts of one long text that came within this time belong together. */
const assemblyWindowMs = 24 * 3_600_000;
/** A text answers a message that was sent to its sender within this time. */
const replyWindowMs = 7 * 86_400_000;

/** Received messages: each part once, long texts put together, told as `sms.received` in the same transaction. */
export class InboundStore {
  readonly #queue: CommitQueue;
  readonly #events: EventWriter;
  readonly #numbers: NumberSearch;
  readonly #insertPart: Database.Statement;
  readonly #open: Database.Statement<[number, string, number | null, number | null, Millis], PartRecord>;
  readonly #old: Database.Statement<[Millis], PartRecord>;
  readonly #insert: Database.Statement;
  readonly #join: Database.Statement;
  readonly #blocklist: BlocklistStore;

  constructor(
    db: Database.Database,
    queue: CommitQueue,
    parts: { readonly events: EventWriter; readonly blocklist: BlocklistStore; readonly numbers: NumberSearch },
  ) {
    this.#queue = queue;
    this.#events = parts.events;
    this.#blocklist = parts.blocklist;
    this.#numbers = parts.numbers;
    this.#insertPart = db.prepare(
      'INSERT INTO inbound_part (fingerprint, carrier_id, sender, reference, part, part_count, text, raw, sent_at, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#open = db.prepare(
      'SELECT * FROM inbound_part WHERE carrier_id = ? AND sender = ? AND reference IS ? AND part_count IS ? AND inbound_id IS NULL AND received_at >= ? ORDER BY part, received_at',
    );
    this.#old = db.prepare(
      'SELECT * FROM inbound_part WHERE received_at < ? AND inbound_id IS NULL ORDER BY received_at LIMIT 200',
    );
    this.#insert = db.prepare(
      'INSERT INTO inbound (uuid, account_id, carrier_id, sender, receiver, text, complete, sent_at, received_at, reply_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#join = db.prepare('UPDATE inbound_part SET inbound_id = ? WHERE fingerprint = ?');
  }

  /** Stores a part once; resolves when it is on disk. @returns whether a message became complete. */
  async receive(received: ReceivedPart): Promise<boolean> {
    return await this.#queue.run((db) => {
      const { part, fingerprint, carrierId, at } = received;
      const { concat } = part;
      const isNew =
        this.#insertPart.run(
          fingerprint,
          carrierId,
          part.from,
          concat?.reference ?? null,
          concat?.part ?? null,
          concat?.partCount ?? null,
          part.text,
          part.raw,
          part.sentAt ?? at,
          at,
        ).changes === 1;
      if (!isNew) return false;
      const parts =
        concat === null
          ? [{ fingerprint, text: part.text, part: 1 }]
          : this.#open.all(carrierId, part.from, concat.reference, concat.partCount, at - assemblyWindowMs);
      const newest = new Map(parts.map((row) => [row.part, row]));
      if (concat !== null && newest.size < concat.partCount) return false;
      const id = this.#store(db, received, [...newest.values()], true);
      // A part that came twice in different clothes belongs to the same message.
      for (const row of parts) this.#join.run(id, row.fingerprint);
      return true;
    });
  }

  /** Stores what is there of long texts whose other parts did not come in time, marked incomplete. */
  async releaseIncomplete(now: Millis, newUuid: () => string, accountId: number): Promise<number> {
    if (this.#old.get(now - assemblyWindowMs) === undefined) return 0;
    return await this.#queue.run((db) => {
      let released = 0;
      for (const late of this.#old.all(now - assemblyWindowMs)) {
        const { carrier_id: carrierId, sender, reference, part_count: count } = late;
        const parts = this.#open.all(carrierId, sender, reference, count, 0);
        if (parts.length === 0) continue;
        const part = { from: sender, to: null, text: '', sentAt: late.sent_at, concat: null, raw: null };
        // Without a wish: half a text is no keyword.
        const received = { part, fingerprint: '', uuid: newUuid(), accountId, carrierId, at: now };
        const id = this.#store(db, received, [...new Map(parts.map((row) => [row.part, row])).values()], false);
        for (const row of parts) this.#join.run(id, row.fingerprint);
        released += 1;
      }
      return released;
    });
  }

  #store(
    db: Database.Database,
    received: ReceivedPart,
    parts: readonly { fingerprint: string; text: string }[],
    complete: boolean,
  ): number {
    const { part, uuid, accountId, carrierId, at } = received;
    const text = parts.map((row) => row.text).join('');
    const { lastInsertRowid } = this.#insert.run(
      uuid,
      accountId,
      carrierId,
      part.from,
      part.to,
      text,
      complete ? 1 : 0,
      part.sentAt ?? at,
      at,
      this.#answered(accountId, part.from, at),
    );
    const id = Number(lastInsertRowid);
    for (const row of parts) this.#join.run(id, row.fingerprint);
    this.#heed(db, received, text);
    if (!this.#events.wanted(accountId, 'sms.received')) return id;
    this.#events.write(db, {
      accountId,
      name: 'sms.received',
      body: receivedBody(uuid, part.from, part.to, text, at),
      recipientId: null,
      messageId: null,
      at,
    });
    return id;
  }

  /** Blocks or unblocks the sender as the text asks, under a savepoint of its own: the text stays whatever happens. */
  #heed(db: Database.Database, { part, at, wish, wishFailed }: ReceivedPart, text: string): void {
    try {
      const wanted = wish?.(text) ?? null;
      const msisdn = wanted === null ? null : normalizeMsisdn(part.from, { international: true });
      if (msisdn === null) return;
      db.transaction(() => {
        if (wanted === 'opt-out') this.#blocklist.optOut(msisdn, at);
        else this.#blocklist.optIn(msisdn);
      })();
    } catch (error) {
      // A full disk ends the whole transaction; then the carrier keeps the text and gives it again.
      if (!db.inTransaction) throw error;
      wishFailed?.(error);
    }
  }

  /** The message that a text from a number most likely answers. */
  #answered(accountId: number, sender: string, at: Millis): number | null {
    const msisdn = normalizeMsisdn(sender, { international: true });
    return msisdn === null ? null : this.#numbers.newestHandedOver(accountId, msisdn, at - replyWindowMs);
  }
}
