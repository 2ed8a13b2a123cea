import type Database from 'better-sqlite3';
import type { InboundPart } from '../domain/carrier.ts';
import { receivedBody } from '../domain/event-bodies.ts';
import { normalizeMsisdn } from '../domain/msisdn.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { EventWriter } from './event-writer.ts';
import { keptOnly, type InboundDecision, type InboundEffects, type InboundText } from './inbound-effects.ts';
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
  readonly handling?: InboundHandling;
}

/** What becomes of whole texts. */
export interface InboundHandling {
  readonly decide: (text: InboundText) => InboundDecision;
  /** Is told why a text could not be decided about or answered; it is kept all the same. */
  readonly failed: (error: unknown) => void;
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
  readonly #effects: InboundEffects;
  readonly #markRead: Database.Statement;
  readonly #markUnread: Database.Statement;
  readonly #markAll: Database.Statement;

  constructor(
    db: Database.Database,
    queue: CommitQueue,
    parts: { readonly events: EventWriter; readonly effects: InboundEffects; readonly numbers: NumberSearch },
  ) {
    this.#queue = queue;
    this.#events = parts.events;
    this.#effects = parts.effects;
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
      'INSERT INTO inbound (uuid, account_id, carrier_id, sender, receiver, text, complete, sent_at, received_at, reply_to, rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#markRead = db.prepare('UPDATE inbound SET read_at = @at WHERE uuid = @uuid AND read_at IS NULL');
    this.#markUnread = db.prepare('UPDATE inbound SET read_at = @at WHERE uuid = @uuid AND read_at IS NOT NULL');
    this.#markAll = db.prepare(
      `UPDATE inbound SET read_at = @at WHERE id IN (SELECT id FROM inbound INDEXED BY inbound_unread
       WHERE read_at IS NULL AND received_at <= @upTo AND (@account IS NULL OR account_id = @account) ORDER BY received_at LIMIT 2000)`,
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
        // Without handling: half a text is no keyword.
        const received = { part, fingerprint: '', uuid: newUuid(), accountId, carrierId, at: now };
        const id = this.#store(db, received, [...new Map(parts.map((row) => [row.part, row])).values()], false);
        for (const row of parts) this.#join.run(id, row.fingerprint);
        released += 1;
      }
      return released;
    });
  }

  /** Whether a text from a number would answer a message of an account. */
  answers(accountId: number, sender: string, at: Millis): boolean {
    return this.#answered(accountId, sender, at) !== null;
  }

  /** Marks texts as read, or as unread again. @returns how many changed. */
  async markRead(uuids: readonly string[], at: Millis | null): Promise<number> {
    const mark = at === null ? this.#markUnread : this.#markRead;
    return await this.#queue.run(() => uuids.reduce((sum, uuid) => sum + mark.run({ at, uuid }).changes, 0));
  }

  /** Marks all texts as read that came up to a time, some thousands in a transaction. @returns how many there were. */
  async markAllRead(accountId: number | null, upTo: Millis, at: Millis): Promise<number> {
    let marked = 0;
    let changes: number;
    do {
      changes = await this.#queue.run(() => this.#markAll.run({ at, upTo, account: accountId }).changes);
      marked += changes;
    } while (changes > 0);
    return marked;
  }

  #store(
    db: Database.Database,
    received: ReceivedPart,
    parts: readonly { fingerprint: string; text: string }[],
    complete: boolean,
  ): number {
    const { part, uuid, carrierId, at, handling } = received;
    const text = parts.map((row) => row.text).join('');
    const answers = (accountId: number) => this.answers(accountId, part.from, at);
    const whole: InboundText = { text, sender: part.from, carrierId, at, answers };
    const decision = decided(whole, received);
    const { accountId, rule } = decision;
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
      rule,
    );
    const id = Number(lastInsertRowid);
    for (const row of parts) this.#join.run(id, row.fingerprint);
    if (handling !== undefined) this.#effects.apply(db, id, whole, { decision, failed: handling.failed });
    this.#tell(db, received, whole, decision);
    return id;
  }

  #tell(
    db: Database.Database,
    { uuid, part, at }: ReceivedPart,
    { text }: InboundText,
    decision: InboundDecision,
  ): void {
    const { accountId, endpointId, rule } = decision;
    const also = endpointId === null ? [] : [endpointId];
    if (!this.#events.wanted(accountId, 'sms.received', also)) return;
    this.#events.write(db, {
      accountId,
      name: 'sms.received',
      body: receivedBody({ uuid, from: part.from, to: part.to, text, receivedAt: at, rule }),
      recipientId: null,
      messageId: null,
      at,
      also,
    });
  }

  /** The message that a text from a number most likely answers. */
  #answered(accountId: number, sender: string, at: Millis): number | null {
    const msisdn = normalizeMsisdn(sender, { international: true });
    return msisdn === null ? null : this.#numbers.newestHandedOver(accountId, msisdn, at - replyWindowMs);
  }
}

/** What is to be done with a text; when that cannot be said, it is kept as usual. */
function decided(text: InboundText, { accountId, handling }: ReceivedPart): InboundDecision {
  try {
    return handling?.decide(text) ?? keptOnly(accountId);
  } catch (error) {
    handling?.failed(error);
    return keptOnly(accountId);
  }
}
