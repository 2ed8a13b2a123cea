import type Database from 'better-sqlite3';
import { lanes, type Lane, type Submission } from '../domain/carrier.ts';
import type { Millis } from '../domain/ports.ts';
import { isHeldLane } from '../domain/quiet-hours.ts';
import { segmentText } from '../domain/segments.ts';
import type { BlocklistStore } from './blocklist-store.ts';
import type { MessageBooks } from './message-books.ts';
import type { MessageTally } from './message-tally.ts';
import type { MessageRecord, RecipientRecord, SubmissionRecord } from './rows.ts';

/** A recipient in the hands of a carrier, with the journal entry of the part that is to be handed over now. */
export interface ClaimedRecipient {
  readonly recipientId: number;
  readonly messageId: number;
  readonly submission: Submission;
  readonly tries: number;
  /** Texts of all parts, for the parts that follow. */
  readonly parts: readonly string[];
}

export interface ClaimRequest {
  readonly carrierId: number;
  /** At the most this many recipients. */
  readonly room: number;
  readonly splitting: 'parts' | 'whole';
  readonly now: Millis;
  /** Whether messages that are not urgent are held. */
  readonly quiet?: boolean;
}

/** Messages looked at per lane and claim, so that one large message does not keep the small ones behind it. */
const turnWidth = 8;
/** Looks at this many turns in one claim, so that a queue of expired messages does not hold the event loop. */
const mostTurns = 100;
/** Ends about this many recipients that were blocked meanwhile in one claim, for the same reason; the next goes on. */
const mostEnded = 250;

const unreadable = {
  code: 'text_unreadable',
  message: 'The text of this one-time code cannot be opened any more. Ask for a new code.',
  refund: true,
  event: 'sms.failed',
} as const;

/** Takes work out of the queue: guarded updates and the journal entry, before anything leaves the box. */
export class DispatchClaim {
  readonly #books: MessageBooks;
  readonly #blocklist: BlocklistStore;
  readonly #retries: Database.Statement<[number, Millis, number], RecipientRecord>;
  readonly #turn: Database.Statement<[number, number, number], MessageRecord>;
  readonly #message: Database.Statement<[number], MessageRecord>;
  readonly #fresh: Database.Statement<[number, number, number], RecipientRecord>;
  readonly #advance: Database.Statement;
  readonly #take: Database.Statement;
  readonly #journal: Database.Statement;
  readonly #leftovers: Database.Statement<[], SubmissionRecord>;
  readonly #recipient: Database.Statement<[number], RecipientRecord>;
  readonly #partsDone: Database.Statement<[number], { part: number | null }>;
  /** Last message served in each lane. */
  readonly #served: number[] = lanes.map(() => 0);
  /** Recipients that the claim under way has ended. */
  #ended = 0;

  constructor(db: Database.Database, books: MessageBooks, blocklist: BlocklistStore) {
    this.#books = books;
    this.#blocklist = blocklist;
    this.#retries = db.prepare(
      "SELECT * FROM recipient WHERE retry_lane = ? AND retry_at <= ? AND state = 'queued' ORDER BY retry_at, id LIMIT ?",
    );
    this.#turn = db.prepare(`SELECT * FROM message WHERE lane = ? AND id > ? AND state IN ('pending', 'sending')
      AND next_recipient_id < first_recipient_id + recipient_count ORDER BY id LIMIT ?`);
    this.#message = db.prepare('SELECT * FROM message WHERE id = ?');
    this.#fresh = db.prepare(
      "SELECT * FROM recipient WHERE id >= ? AND id < ? AND state = 'queued' AND retry_lane IS NULL ORDER BY id LIMIT ?",
    );
    this.#advance = db.prepare('UPDATE message SET next_recipient_id = ? WHERE id = ?');
    this.#take = db.prepare(
      "UPDATE recipient SET state = 'sending', carrier_id = ?, tries = tries + 1, retry_lane = NULL, retry_at = NULL WHERE id = ? AND state = 'queued'",
    );
    this.#journal = db.prepare(
      "INSERT INTO submission (recipient_id, message_id, carrier_id, part, part_count, state, handed_at) VALUES (?, ?, ?, ?, ?, 'handing', ?)",
    );
    this.#leftovers = db.prepare("SELECT * FROM submission WHERE state = 'handing' ORDER BY id");
    this.#recipient = db.prepare('SELECT * FROM recipient WHERE id = ?');
    this.#partsDone = db.prepare(
      "SELECT MAX(part) AS part FROM submission WHERE recipient_id = ? AND state IN ('accepted', 'reported', 'unreported')",
    );
  }

  /**
   * Up to `room` recipients for a carrier: OTP first, then high, normal and bulk; within a lane the retries that are due
   * first. What was blocked since it was accepted is ended instead.
   */
  async claim(request: ClaimRequest): Promise<ClaimedRecipient[]> {
    return await this.#books.run(request.now, (tally) => {
      const claimed: ClaimedRecipient[] = [];
      this.#ended = 0;
      for (const lane of openLanes(request.quiet)) {
        if (claimed.length >= request.room) break;
        this.#claimRetries(lane, request, claimed, tally);
        this.#claimFresh(lane, request, claimed, tally);
      }
      return claimed;
    });
  }

  /** Whether anything is there to be claimed; a glance at the indexes that writes nothing. */
  hasWork(now: Millis, quiet = false): boolean {
    return openLanes(quiet).some(
      (lane) => this.#turn.get(lane, 0, 1) !== undefined || this.#retries.get(lane, now, 1) !== undefined,
    );
  }

  /** Hand-overs without an outcome, as a crash leaves them. */
  leftovers(): SubmissionRecord[] {
    return this.#leftovers.all();
  }

  /** The claim that a leftover journal entry belongs to; `whole` says that it could be handed over again as it was. */
  leftBy(entry: SubmissionRecord): { readonly claim: ClaimedRecipient; readonly whole: boolean } | undefined {
    const recipient = this.#recipient.get(entry.recipient_id);
    const message = this.#message.get(entry.message_id);
    if (recipient === undefined || message === undefined) return undefined;
    const splitting = entry.part_count === 1 ? 'whole' : 'parts';
    const clear = recipient.text ?? this.#books.otpTexts.clear(message);
    // Of a one-time code whose text is gone the masked one has as many parts, and the claim can still be settled.
    const text = clear ?? message.text;
    const wanted = { submissionId: entry.id, part: entry.part, splitting, text, at: entry.handed_at } as const;
    return { claim: claimedRecipient(message, recipient, wanted), whole: clear !== null };
  }

  /** Journal entry of the next part of a recipient that is already claimed; inside a transaction. */
  journalNext(claim: ClaimedRecipient, carrierId: number, now: Millis): ClaimedRecipient {
    const part = claim.submission.part + 1;
    const text = claim.parts[part - 1];
    if (text === undefined) throw new RangeError(`no part ${part} of ${claim.parts.length}`);
    const id = this.#write(claim.recipientId, claim.messageId, carrierId, part, claim.parts.length, now);
    return { ...claim, submission: { ...claim.submission, id, part, text, handedAt: now } };
  }

  #claimRetries(lane: number, request: ClaimRequest, claimed: ClaimedRecipient[], tally: MessageTally): void {
    const room = request.room - claimed.length;
    if (room <= 0) return;
    for (const recipient of this.#retries.all(lane, request.now, room)) {
      const message = this.#message.get(recipient.message_id);
      if (message !== undefined) this.#takeOne(message, recipient, request, claimed, tally);
    }
  }

  #claimFresh(lane: number, request: ClaimRequest, claimed: ClaimedRecipient[], tally: MessageTally): void {
    for (let turns = 0; turns < mostTurns && claimed.length < request.room && this.#ended < mostEnded; turns += 1) {
      const turn = this.#nextTurn(lane);
      if (turn.length === 0) return;
      const share = Math.ceil((request.room - claimed.length) / turn.length);
      for (const message of turn) {
        const room = Math.min(share, request.room - claimed.length);
        if (room <= 0) return;
        this.#served[lane] = message.id;
        this.#claimFrom(message, room, request, claimed, tally);
      }
    }
  }

  #nextTurn(lane: number): MessageRecord[] {
    const after = this.#turn.all(lane, this.#served[lane] ?? 0, turnWidth);
    return after.length > 0 ? after : this.#turn.all(lane, 0, turnWidth);
  }

  #claimFrom(
    message: MessageRecord,
    room: number,
    request: ClaimRequest,
    claimed: ClaimedRecipient[],
    tally: MessageTally,
  ): void {
    const end = message.first_recipient_id + message.recipient_count;
    if (message.expires_at <= request.now) {
      // However many recipients it has, it only leaves the queue here; the expiry sweep ends them in slices.
      this.#advance.run(end, message.id);
      return;
    }
    const rows = this.#fresh.all(message.next_recipient_id, end, room);
    const last = rows.at(-1);
    this.#advance.run(rows.length < room || last === undefined ? end : last.id + 1, message.id);
    for (const recipient of rows) this.#takeOne(message, recipient, request, claimed, tally);
  }

  #takeOne(
    message: MessageRecord,
    recipient: RecipientRecord,
    request: ClaimRequest,
    claimed: ClaimedRecipient[],
    tally: MessageTally,
  ): void {
    if (message.expires_at <= request.now) {
      this.#books.closer.expire(message, recipient, tally);
      return;
    }
    if (this.#isBlocked(message, recipient)) {
      this.#books.closer.block(message, recipient, request.now, tally);
      this.#ended += 1;
      return;
    }
    const text = recipient.text ?? this.#books.otpTexts.clear(message);
    if (text === null) {
      this.#books.closer.end(message, recipient, 'failed', { ...unreadable, at: request.now }, tally);
      return;
    }
    if (this.#take.run(request.carrierId, recipient.id).changes !== 1) return;
    tally.move(message.id, 'queued', 'sending');
    const done = recipient.retry_lane === null ? 0 : (this.#partsDone.get(recipient.id)?.part ?? 0);
    const claim = claimedRecipient(message, recipient, {
      submissionId: 0,
      part: done + 1,
      splitting: request.splitting,
      text,
      at: request.now,
    });
    const { part, partCount } = claim.submission;
    const id = this.#write(recipient.id, message.id, request.carrierId, part, partCount, request.now);
    claimed.push({ ...claim, tries: recipient.tries + 1, submission: { ...claim.submission, id } });
  }

  /** Whether its number was blocked since it was accepted. Whoever asks for a code wants it: those are not looked at. */
  #isBlocked(message: MessageRecord, recipient: RecipientRecord): boolean {
    return message.lane !== otpLane && this.#blocklist.of(message.account_id)(recipient.msisdn);
  }

  #write(
    recipientId: number,
    messageId: number,
    carrierId: number,
    part: number,
    partCount: number,
    now: Millis,
  ): number {
    return Number(this.#journal.run(recipientId, messageId, carrierId, part, partCount, now).lastInsertRowid);
  }
}

const otpLane = lanes.indexOf('otp');
const everyLane = lanes.map((_, index) => index);
const urgentLanes = everyLane.filter((index) => !isHeldLane(laneOf(index)));

/** The lanes that are served, as numbers, in their order. */
function openLanes(quiet = false): readonly number[] {
  return quiet ? urgentLanes : everyLane;
}

function claimedRecipient(
  message: MessageRecord,
  recipient: RecipientRecord,
  wanted: {
    readonly submissionId: number;
    readonly part: number;
    readonly splitting: 'parts' | 'whole';
    readonly text: string;
    readonly at: Millis;
  },
): ClaimedRecipient {
  const { submissionId, text } = wanted;
  const segmented = segmentText(text);
  const parts = wanted.splitting === 'parts' ? segmented.parts : [text];
  const part = Math.min(parts.length, wanted.part);
  return {
    recipientId: recipient.id,
    messageId: message.id,
    tries: recipient.tries,
    parts,
    submission: {
      id: submissionId,
      msisdn: recipient.msisdn,
      origin: message.origin,
      text: parts[part - 1] ?? '',
      encoding: segmented.encoding,
      part,
      partCount: parts.length,
      concatReference: concatReference(recipient.id),
      lane: laneOf(message.lane),
      expiresAt: message.expires_at,
      handedAt: wanted.at,
    },
  };
}

export function laneOf(index: number): Lane {
  return lanes[index] ?? 'normal';
}

/** The same for every try at a recipient, and spread so that two long texts to one phone rarely share it. */
function concatReference(recipientId: number): number {
  return Math.imul(recipientId, 0x9e3779b1) >>> 24;
}
