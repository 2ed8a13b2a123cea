import type Database from 'better-sqlite3';
import type { MessageState } from '../domain/message-state.ts';
import type { Millis } from '../domain/ports.ts';
import type { HistoryIndex } from './history-index.ts';
import { namedMessage, type NamedMessage, type Page } from './message-reader.ts';
import type { Effort, NumberSearch } from './number-search.ts';

/** What a list is of; what is not named is not asked for. */
export interface HistoryFilter {
  /** Messages of one account; of the whole box when not named. */
  readonly accountId?: number | undefined;
  /** Made at or after. */
  readonly from?: Millis | undefined;
  /** Made before. */
  readonly to?: Millis | undefined;
  readonly status?: MessageState | undefined;
  readonly origin?: string | undefined;
  /** In the form in which numbers are stored. */
  readonly msisdn?: string | undefined;
  readonly clientRef?: string | undefined;
}

/** Ids from `low` on, below `high`. */
interface Range {
  readonly low: number;
  readonly high: number;
}

interface Bound extends Range {
  readonly account: number | null;
  readonly key: number;
  readonly from: Millis;
  readonly to: Millis;
  readonly state: MessageState | null;
  readonly origin: string | null;
  readonly clientRef: string | null;
}

/** How much one call looks at. */
export interface CallBudget {
  /** Messages, in each range of ids. */
  readonly rows: number;
  /** Up to so many open messages are looked through whole. */
  readonly open: number;
  /** Looks into slices of numbers. */
  readonly looks: number;
}

const usualBudget: CallBudget = { rows: 12_000, open: 1_000, looks: 512 };
/** What looking at the message of a number costs, in looks. */
const hitEffort = 2;
const everything = Number.MAX_SAFE_INTEGER;
const openStates = "m.open_count > 0 AND m.state <> 'scheduled'";
const rareStates = "(m.state = 'scheduled' OR m.state = 'failed' OR m.state = 'cancelled')";

const filters = `(@account IS NULL OR m.account_id = @account) AND (@state IS NULL OR m.state = @state)
  AND (@origin IS NULL OR m.origin = @origin) AND (@clientRef IS NULL OR m.client_ref = @clientRef)
  AND m.created_at >= @from AND m.created_at < @to`;

/** Ways through messages, newest first: the index, its column of message ids, and what holds for all of the way. */
const ways = {
  box: { index: 'message m', join: '', id: 'm.id', where: 'TRUE' },
  account: {
    index: 'message m INDEXED BY message_by_account',
    join: '',
    id: 'm.id',
    where: 'm.account_id = @account',
  },
  clientRef: {
    index: 'message m INDEXED BY message_by_client_ref',
    join: '',
    id: 'm.id',
    where: 'm.client_ref = @clientRef AND m.client_ref IS NOT NULL',
  },
  rare: {
    index: 'message m INDEXED BY message_rare',
    join: '',
    id: 'm.id',
    where: `m.account_id = @account AND m.state = @state AND ${rareStates}`,
  },
  rareInBox: {
    index: 'message m INDEXED BY message_rare_in_box',
    join: '',
    id: 'm.id',
    where: `m.state = @state AND ${rareStates}`,
  },
  origin: {
    index: 'message_origin o',
    join: 'CROSS JOIN message m ON m.id = o.message_id',
    id: 'o.message_id',
    where: 'o.account_id = @key AND o.origin = @origin',
  },
} as const;
type Way = keyof typeof ways;

interface WayStatements {
  /** The first message that a call does not look at any more. */
  readonly beyond: Database.Statement<[Bound & { most: number }], { id: number }>;
  readonly page: Database.Statement<[Bound & { limit: number }], NamedMessage>;
}

/**
 * Lists messages, newest first, by any of their properties. A call looks at a bounded number of rows, then answers with what
 * it found: a page may be short, or empty, and still have a next one.
 */
export class MessageHistory {
  readonly #index: HistoryIndex;
  readonly #numbers: NumberSearch;
  readonly #budget: CallBudget;
  readonly #ways: Readonly<Record<Way, WayStatements>>;
  readonly #blocks: Database.Statement<[{ from: Millis; to: Millis }], { low: number | null; high: number | null }>;
  readonly #openCount: Database.Statement<[number], number>;
  readonly #open: Database.Statement<[Bound & { limit: number }], NamedMessage>;
  readonly #ofRecipient: Database.Statement<[Bound & { recipient: number }], NamedMessage>;

  constructor(db: Database.Database, index: HistoryIndex, numbers: NumberSearch, budget: CallBudget = usualBudget) {
    this.#index = index;
    this.#numbers = numbers;
    this.#budget = budget;
    const prepare = (way: Way): WayStatements => {
      const { index: table, join, id, where } = ways[way];
      const range = `${where} AND ${id} >= @low AND ${id} < @high`;
      return {
        beyond: db.prepare(`SELECT ${id} AS id FROM ${table} WHERE ${range} ORDER BY ${id} DESC LIMIT 1 OFFSET @most`),
        page: db.prepare(
          `${namedMessage(`${table} ${join}`)} WHERE ${range} AND ${filters} ORDER BY ${id} DESC LIMIT @limit`,
        ),
      };
    };
    this.#ways = {
      box: prepare('box'),
      account: prepare('account'),
      clientRef: prepare('clientRef'),
      rare: prepare('rare'),
      rareInBox: prepare('rareInBox'),
      origin: prepare('origin'),
    };
    this.#blocks = db.prepare(`SELECT
      (SELECT block FROM message_block WHERE last_at >= @from AND first_at < @to ORDER BY block LIMIT 1) AS low,
      (SELECT block FROM message_block WHERE last_at >= @from AND first_at < @to ORDER BY block DESC LIMIT 1) AS high`);
    this.#openCount = db
      .prepare<[number], number>(
        `SELECT COUNT(*) FROM (SELECT 1 FROM message m INDEXED BY message_open WHERE ${openStates} LIMIT ?)`,
      )
      .pluck();
    this.#open = db.prepare(`${namedMessage('message m INDEXED BY message_open')} WHERE (${openStates})
      AND m.id >= @low AND m.id < @high AND ${filters} ORDER BY m.id DESC LIMIT @limit`);
    this.#ofRecipient = db.prepare(`${namedMessage('recipient s CROSS JOIN message m ON m.id = s.message_id')}
      WHERE s.id = @recipient AND m.id >= @low AND m.id < @high AND ${filters}`);
  }

  /**
   * The newest messages from before a position.
   * @param before where an earlier page of the same filter ended; null for the first page.
   */
  page(filter: HistoryFilter, before: number | null, limit: number): Page<NamedMessage> {
    if (filter.msisdn !== undefined) return this.#pageOfNumber(filter, filter.msisdn, before, limit);
    const found: NamedMessage[] = [];
    for (const { low, high, way } of this.#path(filter)) {
      const range = { low, high: Math.min(high, before ?? everything) };
      if (range.low >= range.high) continue;
      const next = this.#follow(way, bound(filter, range), found, limit);
      if (next !== null) return { items: found, next };
    }
    return { items: found, next: null };
  }

  /** No position of a filter lies below: to tell how far a walk has come. */
  lowest(filter: HistoryFilter): number {
    const ranges = this.#ranges(filter, this.#index.marks().messageId);
    const low = Math.min(...ranges.map((range) => range.low));
    return filter.msisdn === undefined ? low : this.#numbers.firstRecipientFrom(low);
  }

  /** Adds what one way has in a range. @returns where to go on; null when the range is done. */
  #follow(way: Way | 'open', values: Bound, found: NamedMessage[], limit: number): number | null {
    const most = limit - found.length;
    const beyond = way === 'open' ? undefined : this.#beyond(way, values);
    const low = beyond === undefined ? values.low : beyond + 1;
    // One more than asked for tells whether there is a next page.
    const statement = way === 'open' ? this.#open : this.#ways[way].page;
    const rows = statement.all({ ...values, low, limit: most + 1 });
    found.push(...rows.slice(0, most));
    if (rows.length > most) return found.at(-1)?.id ?? values.high;
    return beyond === undefined ? null : low;
  }

  /** The first message on a way that this call does not look at any more; none when it can look at all. */
  #beyond(way: Way, values: Bound): number | undefined {
    if (way !== 'box') return this.#ways[way].beyond.get({ ...values, most: this.#budget.rows })?.id;
    // Ids of the whole box have few holes: no need to count.
    const id = Math.min(values.high, this.#index.endOfMessages()) - 1 - this.#budget.rows;
    return id < values.low ? undefined : id;
  }

  /** The ranges of ids that may hold what is asked for, newest first, each with the shortest way through it. */
  #path(filter: HistoryFilter): (Range & { readonly way: Way | 'open' })[] {
    const way = this.#way(filter);
    const { messageId: filed } = this.#index.marks();
    if (way !== 'origin') return this.#ranges(filter, filed).map((range) => ({ ...range, way }));
    const unfiledWay = filter.accountId === undefined ? 'box' : 'account';
    return this.#ranges(filter, filed).flatMap(({ low, high }) => [
      { low: Math.max(low, filed), high, way: unfiledWay },
      { low, high: Math.min(high, filed), way },
    ]);
  }

  #way(filter: HistoryFilter): Way | 'open' {
    const { status, accountId } = filter;
    if (filter.clientRef !== undefined) return 'clientRef';
    if (status === 'scheduled' || status === 'failed' || status === 'cancelled') {
      return accountId === undefined ? 'rareInBox' : 'rare';
    }
    if ((status === 'pending' || status === 'sending') && this.#fewOpen()) return 'open';
    if (filter.origin !== undefined) return 'origin';
    return accountId === undefined ? 'box' : 'account';
  }

  #fewOpen(): boolean {
    const { open } = this.#budget;
    return (this.#openCount.get(open + 1) ?? 0) <= open;
  }

  /** Ids of messages that may lie in the times asked for: what is not filed yet, and the blocks that overlap them. */
  #ranges(filter: HistoryFilter, filed: number): Range[] {
    if (filter.from === undefined && filter.to === undefined) return [{ low: 0, high: everything }];
    const { low, high } = this.#blocks.get({ from: filter.from ?? -everything, to: filter.to ?? everything }) ?? {};
    const unfiled = { low: filed, high: everything };
    if (low === null || low === undefined || high === null || high === undefined) return [unfiled];
    const { block } = this.#index.sizes;
    return [unfiled, { low: low * block, high: (high + 1) * block }];
  }

  /** Positions in it are ids of recipients. */
  #pageOfNumber(filter: HistoryFilter, msisdn: string, before: number | null, limit: number): Page<NamedMessage> {
    const found: NamedMessage[] = [];
    const effort: Effort = { left: this.#budget.looks + limit * hitEffort };
    for (const range of this.#ranges(filter, this.#index.marks().messageId)) {
      const low = this.#numbers.firstRecipientFrom(range.low);
      const high = range.high === everything ? everything : this.#numbers.firstRecipientFrom(range.high);
      const walk = this.#numbers.walk(msisdn, low, Math.min(high, before ?? everything));
      const values = bound(filter, range);
      for (let id = walk.next(effort); id !== null; id = walk.next(effort)) {
        effort.left -= hitEffort;
        const message = this.#ofRecipient.get({ ...values, recipient: id });
        if (message === undefined) continue;
        if (found.length === limit) return { items: found, next: found.at(-1)?.first_recipient_id ?? null };
        found.push(message);
        walk.skipTo(message.first_recipient_id);
      }
      if (!walk.ended) return { items: found, next: walk.reached };
    }
    return { items: found, next: null };
  }
}

function bound(filter: HistoryFilter, range: Range): Bound {
  return {
    ...range,
    account: filter.accountId ?? null,
    key: filter.accountId ?? 0,
    from: filter.from ?? -everything,
    to: filter.to ?? everything,
    state: filter.status ?? null,
    origin: filter.origin ?? null,
    clientRef: filter.clientRef ?? null,
  };
}
