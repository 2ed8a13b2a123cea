import type Database from 'better-sqlite3';
import { lanes } from '../domain/carrier.ts';
import type { Millis } from '../domain/ports.ts';
import type { MessageRecord, RecipientRecord } from './rows.ts';

/** Messages looked at per lane and claim, so that one large message does not keep the small ones behind it. */
const turnWidth = 8;
/** Classes of traffic that are told apart in one lane and look; the box has a handful. */
const mostClasses = 1_000;

const isOpen = "state IN ('pending', 'sending') AND next_recipient_id < first_recipient_id + recipient_count";

/**
 * What waits to be handed over, by lane and class of traffic, as two small indexes show it: messages with recipients that
 * were never claimed, and recipients that are to be tried again.
 *
 * A bare `?` by which an index could be chosen makes SQLite plan the statement anew each time a value is bound to it, for
 * its statistics might speak for another plan. With `+?` the plan stays, which is ten times as fast here.
 */
export class DispatchQueue {
  readonly #fresh: Database.Statement<[number, number], { id: number }>;
  readonly #again: Database.Statement<[number, number], { id: number }>;
  readonly #turn: Database.Statement<[number, number, number, number], MessageRecord>;
  readonly #due: Database.Statement<[number, number, Millis, number], RecipientRecord>;
  /** Last message served in each lane. */
  readonly #served: number[] = lanes.map(() => 0);

  constructor(db: Database.Database) {
    this.#fresh = db.prepare(
      `SELECT traffic_id AS id FROM message WHERE lane = +? AND traffic_id > +? AND ${isOpen} ORDER BY traffic_id LIMIT 1`,
    );
    this.#again = db.prepare(
      'SELECT retry_traffic AS id FROM recipient WHERE retry_lane = +? AND retry_traffic > +? ORDER BY retry_traffic LIMIT 1',
    );
    this.#turn = db.prepare(
      `SELECT * FROM message WHERE lane = +? AND traffic_id = +? AND id > +? AND ${isOpen} ORDER BY id LIMIT +?`,
    );
    this.#due = db.prepare(
      "SELECT * FROM recipient WHERE retry_lane = +? AND retry_traffic = +? AND retry_at <= +? AND state = 'queued' ORDER BY retry_at, id LIMIT +?",
    );
  }

  /** Classes of which messages wait that were not claimed to their ends. */
  freshClasses(lane: number): number[] {
    return classesBy(this.#fresh, lane);
  }

  /** Classes of which recipients wait to be tried again, now or later. */
  retryClasses(lane: number): number[] {
    return classesBy(this.#again, lane);
  }

  /** Recipients of a class whose time to be tried again has come, the longest due first. */
  due(lane: number, trafficId: number, now: Millis, limit: number): RecipientRecord[] {
    return this.#due.all(lane, trafficId, now, limit);
  }

  /** The next messages of a lane whose turn it is, among those of some classes. */
  turn(lane: number, classes: readonly number[]): MessageRecord[] {
    const after = this.#from(lane, classes, this.#served[lane] ?? 0);
    return after.length > 0 ? after : this.#from(lane, classes, 0);
  }

  /** A message had its turn. */
  served(lane: number, messageId: number): void {
    this.#served[lane] = messageId;
  }

  #from(lane: number, classes: readonly number[], after: number): MessageRecord[] {
    const [only] = classes;
    if (classes.length === 1 && only !== undefined) return this.#turn.all(lane, only, after, turnWidth);
    return classes
      .flatMap((id) => this.#turn.all(lane, id, after, turnWidth))
      .toSorted((a, b) => a.id - b.id)
      .slice(0, turnWidth);
  }
}

/** Leaps through an index from class to class. */
function classesBy(next: Database.Statement<[number, number], { id: number }>, lane: number): number[] {
  const found: number[] = [];
  for (let at = -1; found.length < mostClasses;) {
    const row = next.get(lane, at);
    if (row === undefined) break;
    found.push(row.id);
    at = row.id;
  }
  return found;
}
