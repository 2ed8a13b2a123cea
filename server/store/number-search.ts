import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import type { HistoryIndex } from './history-index.ts';

/** How much a search may still look at, in looks into a slice (some microseconds each). Used up by walking. */
export interface Effort {
  left: number;
}

/** Recipients read in one step where nothing is filed yet. */
const unfiledStep = 8_192;
/** Rows of `recipient` that are read in the time of one look into a slice. */
const rowsPerLook = 160;
const hitsPerLook = 100;
/** Looks for the message that a received text answers. */
const replyEffort = 200;

/** Finds the recipients of one number, newest first, through slices that were filed and what is newer than they are. */
export class NumberSearch {
  readonly #index: HistoryIndex;
  readonly #slice: Database.Statement<[number, string, number, number, number], number>;
  readonly #unfiled: Database.Statement<[number, number, string], number>;
  readonly #first: Database.Statement<[number], number>;
  readonly #oldBlock: Database.Statement<[Millis], number>;
  readonly #handedOver: Database.Statement<[number], { id: number; account_id: number; created_at: Millis }>;

  constructor(db: Database.Database, index: HistoryIndex) {
    this.#index = index;
    this.#slice = db
      .prepare<[number, string, number, number, number], number>(
        'SELECT recipient_id FROM recipient_number WHERE slice = ? AND msisdn = ? AND recipient_id >= ? AND recipient_id < ? ORDER BY recipient_id DESC LIMIT ?',
      )
      .pluck();
    this.#unfiled = db
      .prepare<[number, number, string], number>(
        'SELECT id FROM recipient WHERE id >= ? AND id < ? AND msisdn = ? ORDER BY id DESC',
      )
      .pluck();
    this.#first = db
      .prepare<[number], number>('SELECT first_recipient_id FROM message WHERE id >= ? ORDER BY id LIMIT 1')
      .pluck();
    this.#oldBlock = db
      .prepare<[Millis], number>('SELECT block FROM message_block WHERE last_at < ? ORDER BY block DESC LIMIT 1')
      .pluck();
    this.#handedOver =
      db.prepare(`SELECT m.id, m.account_id, m.created_at FROM recipient r CROSS JOIN message m ON m.id = r.message_id
      WHERE r.id = ? AND r.state IN ('sending', 'sent', 'success', 'unknown')`);
  }

  /** The first recipient of the messages from an id on; above all ids when there are none. Ids of both rise together. */
  firstRecipientFrom(messageId: number): number {
    if (messageId <= 0) return 0;
    return this.#first.get(messageId) ?? Number.MAX_SAFE_INTEGER;
  }

  /** A walk through the recipients of a number with ids from `low` on and below `high`. */
  walk(msisdn: string, low: number, high: number): NumberWalk {
    const { recipientId: filed } = this.#index.marks();
    return new NumberWalk(low, high, (bound, effort) => this.#look(msisdn, { low, high: bound, filed }, effort));
  }

  /** The newest message of an account that was handed over for a number since a time; null when none is near at hand. */
  newestHandedOver(accountId: number, msisdn: string, since: Millis): number | null {
    const old = this.#oldBlock.get(since);
    const low = old === undefined ? 0 : this.firstRecipientFrom((old + 1) * this.#index.sizes.block);
    const walk = this.walk(msisdn, low, Number.MAX_SAFE_INTEGER);
    const effort = { left: replyEffort };
    for (let id = walk.next(effort); id !== null; id = walk.next(effort)) {
      effort.left -= 1;
      const message = this.#handedOver.get(id);
      if (message?.account_id === accountId && message.created_at >= since) return message.id;
    }
    return null;
  }

  /** Looks at one slice, or at one step of what is not filed, below `high`. */
  #look(
    msisdn: string,
    range: { readonly low: number; readonly high: number; readonly filed: number },
    effort: Effort,
  ): Look {
    const { filed } = range;
    if (range.high > filed) {
      const high = Math.min(range.high, this.#index.endOfRecipients());
      const low = Math.max(range.low, filed, high - unfiledStep);
      effort.left -= 1 + Math.ceil(Math.max(0, high - low) / rowsPerLook);
      return { hits: this.#unfiled.all(low, high, msisdn), down: low };
    }
    const span = this.#index.sizes.slice;
    const slice = Math.floor((range.high - 1) / span);
    const low = Math.max(range.low, slice * span);
    effort.left -= 1;
    const hits = this.#slice.all(slice, msisdn, low, range.high, hitsPerLook);
    return { hits, down: hits.length < hitsPerLook ? low : (hits.at(-1) ?? low) };
  }
}

interface Look {
  /** Ids, newest first. */
  readonly hits: readonly number[];
  /** Everything from here on was looked at. */
  readonly down: number;
}

/** One walk of a search. Made and used within one turn of the event loop. */
export class NumberWalk {
  readonly #low: number;
  readonly #look: (high: number, effort: Effort) => Look;
  #hits: readonly number[] = [];
  #at = 0;
  #down: number;

  constructor(low: number, high: number, look: (high: number, effort: Effort) => Look) {
    this.#low = low;
    this.#down = high;
    this.#look = look;
  }

  /** The next recipient's id; null at the end, or when the effort is used up: then `reached` is above the low end. */
  next(effort: Effort): number | null {
    for (;;) {
      const hit = this.#hits[this.#at];
      if (hit !== undefined) {
        if (effort.left <= 0) return null;
        this.#at += 1;
        return hit;
      }
      if (this.#down <= this.#low || effort.left <= 0) return null;
      const { hits, down } = this.#look(this.#down, effort);
      this.#hits = hits;
      this.#at = 0;
      this.#down = down;
    }
  }

  /** Passes over every recipient from an id on. */
  skipTo(id: number): void {
    while ((this.#hits[this.#at] ?? -1) >= id) this.#at += 1;
    this.#down = Math.min(this.#down, id);
  }

  /** Everything from this id on was gone through. */
  get reached(): number {
    const waiting = this.#hits[this.#at];
    return waiting === undefined ? this.#down : waiting + 1;
  }

  get ended(): boolean {
    return this.reached <= this.#low;
  }
}
