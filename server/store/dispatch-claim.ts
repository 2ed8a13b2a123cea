import type Database from 'better-sqlite3';
import { lanes } from '../domain/carrier.ts';
import type { Millis } from '../domain/ports.ts';
import type { BlocklistStore } from './blocklist-store.ts';
import {
  fits,
  isDone,
  mostEnded,
  openLanes,
  type Claiming,
  type ClaimRequest,
  type ClaimRoutes,
} from './claim-request.ts';
import { claimedRecipient, type ClaimedRecipient } from './claimed-recipient.ts';
import { DispatchQueue } from './dispatch-queue.ts';
import type { MessageBooks } from './message-books.ts';
import type { MessageRecord, RecipientRecord, SubmissionRecord } from './rows.ts';
import type { TrafficStore } from './traffic-store.ts';

/** Looks at this many turns in one claim, so that a queue of expired messages does not hold the event loop. */
const mostTurns = 100;
/** What waits to be tried again and is held is looked at again after this. */
const heldForMs = 15_000;

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
  readonly #traffic: TrafficStore;
  readonly #waiting: DispatchQueue;
  readonly #message: Database.Statement<[number], MessageRecord>;
  readonly #fresh: Database.Statement<[number, number, number], RecipientRecord>;
  readonly #advance: Database.Statement;
  readonly #passOn: Database.Statement;
  readonly #take: Database.Statement;
  readonly #journal: Database.Statement;
  readonly #later: Database.Statement;
  readonly #leftovers: Database.Statement<[], SubmissionRecord>;
  readonly #recipient: Database.Statement<[number], RecipientRecord>;
  readonly #partsDone: Database.Statement<[number, number], { part: number | null }>;

  constructor(db: Database.Database, books: MessageBooks, blocklist: BlocklistStore, traffic: TrafficStore) {
    this.#books = books;
    this.#blocklist = blocklist;
    this.#traffic = traffic;
    this.#waiting = new DispatchQueue(db);
    this.#message = db.prepare('SELECT * FROM message WHERE id = ?');
    this.#fresh = db.prepare(
      "SELECT * FROM recipient WHERE id >= +? AND id < +? AND state = 'queued' AND retry_lane IS NULL ORDER BY id LIMIT +?",
    );
    this.#advance = db.prepare('UPDATE message SET next_recipient_id = ? WHERE id = ?');
    this.#passOn = db.prepare(
      "UPDATE recipient SET retry_lane = ?, retry_traffic = ?, retry_at = COALESCE(retry_at, ?) WHERE id = ? AND state = 'queued'",
    );
    this.#take = db.prepare(
      "UPDATE recipient SET state = 'sending', carrier_id = ?, tries = tries + 1, retry_lane = NULL, retry_traffic = NULL, retry_at = NULL WHERE id = ? AND state = 'queued'",
    );
    this.#later = db.prepare("UPDATE recipient SET retry_at = ? WHERE id = ? AND state = 'queued'");
    this.#journal = db.prepare(
      "INSERT INTO submission (recipient_id, message_id, carrier_id, part, part_count, state, handed_at) VALUES (?, ?, ?, ?, ?, 'handing', ?)",
    );
    this.#leftovers = db.prepare("SELECT * FROM submission WHERE state = 'handing' ORDER BY id");
    this.#recipient = db.prepare('SELECT * FROM recipient WHERE id = ?');
    // Parts that went by another carrier came from another sender: no phone puts those together.
    this.#partsDone = db.prepare(
      "SELECT MAX(part) AS part FROM submission WHERE recipient_id = ? AND carrier_id = ? AND state IN ('accepted', 'reported', 'unreported')",
    );
  }

  /**
   * Up to `room` recipients for a carrier: OTP first, then high, normal and bulk; within a lane the retries that are due
   * first. What was blocked since it was accepted is ended instead; what is another carrier's is passed over.
   */
  async claim(request: ClaimRequest): Promise<ClaimedRecipient[]> {
    return await this.#books.run(request.now, (tally) => {
      const claiming: Claiming = { request, claimed: [], tally, ended: 0, parts: 0, full: false };
      for (const lane of openLanes(request.quiet)) {
        if (isDone(claiming)) break;
        this.#claimRetries(lane, claiming);
        this.#claimFresh(lane, claiming);
      }
      return claiming.claimed;
    });
  }

  /** Whether anything is there to be claimed; a glance at the indexes that writes nothing. */
  hasWork(now: Millis, quiet = false, routes?: ClaimRoutes): boolean {
    return openLanes(quiet).some(
      (lane) =>
        this.#waiting.freshClasses(lane).some((id) => this.#share(id, routes) !== 0) ||
        this.#waiting
          .retryClasses(lane)
          .some((id) => this.#share(id, routes) !== 0 && this.#waiting.due(lane, id, now, 1).length > 0),
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

  /** Whether a carrier has parts of a text already. */
  hasBegun(recipient: RecipientRecord, carrierId: number): boolean {
    return (this.#partsDone.get(recipient.id, carrierId)?.part ?? 0) > 0;
  }

  #claimRetries(lane: number, claiming: Claiming): void {
    const { request } = claiming;
    for (const id of this.#waiting.retryClasses(lane)) {
      if (isDone(claiming)) return;
      const share = this.#share(id, request.routes);
      if (share === 0) continue;
      const room = request.room - claiming.claimed.length;
      // Those of another carrier, by their numbers, are only passed on: more are looked at.
      const most = share === 'by-number' ? room + mostEnded : Math.min(room, share);
      for (const recipient of this.#waiting.due(lane, id, request.now, most)) {
        const message = this.#message.get(recipient.message_id);
        if (message !== undefined && message.held_from !== null) this.#putOff(recipient, claiming);
        else if (message !== undefined) this.#takeOne(message, recipient, id, claiming);
        if (isDone(claiming)) return;
      }
    }
  }

  /** Its message is held: it is looked at again a little later. */
  #putOff(recipient: RecipientRecord, claiming: Claiming): void {
    this.#later.run(claiming.request.now + heldForMs, recipient.id);
    claiming.ended += 1;
  }

  #claimFresh(lane: number, claiming: Claiming): void {
    const { request } = claiming;
    for (let turns = 0; turns < mostTurns && !isDone(claiming); turns += 1) {
      const classes = this.#waiting.freshClasses(lane).filter((id) => this.#share(id, request.routes) !== 0);
      const turn = classes.length === 0 ? [] : this.#waiting.turn(lane, classes);
      if (turn.length === 0) return;
      const share = Math.ceil((request.room - claiming.claimed.length) / turn.length);
      for (const message of turn) {
        if (isDone(claiming)) return;
        this.#waiting.served(lane, message.id);
        this.#claimFrom(message, Math.min(share, request.room - claiming.claimed.length), claiming);
      }
    }
  }

  #claimFrom(message: MessageRecord, room: number, claiming: Claiming): void {
    const { request } = claiming;
    const end = message.first_recipient_id + message.recipient_count;
    if (message.expires_at <= request.now) {
      // However many recipients it has, it only leaves the queue here; the expiry sweep ends them in slices.
      this.#advance.run(end, message.id);
      return;
    }
    const share = this.#share(message.traffic_id, request.routes);
    const most = share === 'by-number' ? Math.max(room, mostEnded) : Math.min(room, share);
    if (most <= 0) return;
    const rows = this.#fresh.all(message.next_recipient_id, end, most);
    const target = claiming.claimed.length + room;
    let next = rows.length < most ? end : (rows.at(-1)?.id ?? end - 1) + 1;
    for (const recipient of rows) {
      if (claiming.claimed.length >= target || claiming.full) {
        next = recipient.id;
        break;
      }
      if (this.#takeOne(message, recipient, message.traffic_id, claiming) === 'left') {
        next = recipient.id;
        break;
      }
    }
    if (next !== message.next_recipient_id) this.#advance.run(next, message.id);
  }

  /** Takes a recipient, ends it, or passes it on to another carrier; `left` when it stays where it is. */
  #takeOne(message: MessageRecord, recipient: RecipientRecord, trafficId: number, claiming: Claiming): 'done' | 'left' {
    const { request, tally } = claiming;
    if (message.expires_at <= request.now) {
      this.#books.closer.expire(message, recipient, tally);
      return 'done';
    }
    if (this.#isBlocked(message, recipient)) {
      this.#books.closer.block(message, recipient, request.now, tally);
      claiming.ended += 1;
      return 'done';
    }
    if (this.#passedOn(message, recipient, trafficId, claiming)) return 'done';
    const text = recipient.text ?? this.#books.otpTexts.clear(message);
    if (text === null) {
      this.#books.closer.end(message, recipient, 'failed', { ...unreadable, at: request.now }, tally);
      return 'done';
    }
    const done = recipient.carrier_id === request.carrierId ? this.#doneBy(recipient, request.carrierId) : 0;
    const claim = claimedRecipient(message, recipient, {
      submissionId: 0,
      part: done + 1,
      splitting: request.splitting,
      text,
      at: request.now,
    });
    const { part, partCount } = claim.submission;
    const needed = partCount - part + 1;
    if (!fits(needed, claiming)) {
      claiming.full = true;
      return 'left';
    }
    if (this.#take.run(request.carrierId, recipient.id).changes !== 1) return 'done';
    tally.move(message.id, 'queued', 'sending');
    const id = this.#write(recipient.id, message.id, request.carrierId, part, partCount, request.now);
    claiming.parts += needed;
    claiming.claimed.push({ ...claim, tries: recipient.tries + 1, submission: { ...claim.submission, id } });
    const traffic = this.#traffic.byId(trafficId);
    if (traffic !== undefined) request.routes?.taken(traffic, recipient.msisdn);
    return 'done';
  }

  /** Leaves a number that is another carrier's for that one: it then waits under what is known of it. */
  #passedOn(message: MessageRecord, recipient: RecipientRecord, trafficId: number, claiming: Claiming): boolean {
    const { routes, now } = claiming.request;
    const traffic = routes === undefined ? undefined : this.#traffic.byId(trafficId);
    if (routes === undefined || traffic === undefined) return false;
    if (traffic.prefix === '' && routes.share(traffic) !== 'by-number') return false;
    if (routes.isMine(traffic, recipient.msisdn)) return false;
    const narrowed = this.#traffic.narrowed(trafficId, { prefix: routes.prefixOf(recipient.msisdn) });
    this.#passOn.run(message.lane, narrowed, now, recipient.id);
    claiming.ended += 1;
    return true;
  }

  /** What a carrier may take of a class. Messages from before there were classes are for every carrier. */
  #share(trafficId: number, routes: ClaimRoutes | undefined): number | 'by-number' {
    const traffic = routes === undefined ? undefined : this.#traffic.byId(trafficId);
    return traffic === undefined || routes === undefined ? Number.POSITIVE_INFINITY : routes.share(traffic);
  }

  #doneBy(recipient: RecipientRecord, carrierId: number): number {
    return recipient.retry_lane === null ? 0 : (this.#partsDone.get(recipient.id, carrierId)?.part ?? 0);
  }

  /** Whether its number was blocked since it was accepted. Whoever asks for a code, or to be left alone, wants that answer. */
  #isBlocked(message: MessageRecord, recipient: RecipientRecord): boolean {
    if (message.kind === 'notice') return false;
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
