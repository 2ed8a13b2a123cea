import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';

export interface InboundFilter {
  /** Undefined for the whole box. */
  readonly accountId?: number | undefined;
  /** As it is stored: a number as the carrier told it, or a name. */
  readonly sender?: string | undefined;
  /** Received at or after. */
  readonly since?: Millis | undefined;
  /** Part of the text, in any case. */
  readonly contains?: string | undefined;
  /** Only those that nobody has read yet. */
  readonly unread?: boolean | undefined;
}

/** Where a page ended: texts are in the order of their time, those of one time in the order of their ids. */
export interface InboundPosition {
  readonly at: Millis;
  readonly id: number;
}

export interface ReceivedText {
  readonly id: number;
  readonly uuid: string;
  readonly sender: string;
  readonly receiver: string | null;
  readonly text: string;
  readonly complete: number;
  readonly received_at: Millis;
  readonly carrier: string | null;
  /** UUID of the message that it most likely answers. */
  readonly replied: string | null;
  readonly account: string;
  /** Name of the keyword rule that decided about it. */
  readonly rule: string | null;
  readonly read_at: Millis | null;
}

/** What is needed to answer a text. */
export interface AnswerableText {
  readonly id: number;
  readonly sender: string;
  readonly account_id: number;
  readonly carrier_id: number;
}

export interface InboundPage {
  readonly items: ReceivedText[];
  readonly next: InboundPosition | null;
}

interface Glance {
  readonly id: number;
  readonly received_at: Millis;
  readonly text: string;
  readonly account_id: number;
  readonly read_at: Millis | null;
}

type Start = InboundPosition & {
  readonly account: number | null;
  readonly sender: string | null;
  readonly since: Millis;
};

const usualRows = 4_000;

/** Lists received texts, newest first. A call looks at a bounded number of them, so a page may be short and have a next one. */
export class InboundReader {
  readonly #mostRows: number;
  readonly #ofAccount: Database.Statement<[Start], Glance>;
  readonly #ofAccountAndSender: Database.Statement<[Start], Glance>;
  readonly #inBox: Database.Statement<[Start], Glance>;
  readonly #ofSender: Database.Statement<[Start], Glance>;
  readonly #unread: Database.Statement<[Start], Glance>;
  readonly #countUnread: Database.Statement<[number], { n: number }>;
  readonly #byUuid: Database.Statement<[string], AnswerableText>;
  readonly #whole: Database.Statement<[number], ReceivedText>;

  /** @param mostRows texts looked through in one call. */
  constructor(db: Database.Database, mostRows = usualRows) {
    this.#mostRows = mostRows;
    const glance = (index: string, where: string) =>
      db.prepare<[Start], Glance>(`SELECT id, received_at, text, account_id, read_at FROM inbound INDEXED BY ${index}
        WHERE ${where} received_at >= @since AND received_at <= @at AND (received_at < @at OR id < @id)
        ORDER BY received_at DESC, id DESC`);
    this.#ofAccount = glance('inbound_by_time', 'account_id = @account AND');
    this.#ofAccountAndSender = glance('inbound_by_sender', 'account_id = @account AND sender = @sender AND');
    this.#inBox = glance('inbound_in_box', '');
    this.#ofSender = glance('inbound_of_sender', 'sender = @sender AND');
    this.#unread = glance('inbound_unread', 'read_at IS NULL AND');
    this.#countUnread = db.prepare('SELECT COUNT(*) AS n FROM (SELECT 1 FROM inbound WHERE read_at IS NULL LIMIT ?)');
    this.#byUuid = db.prepare('SELECT id, sender, account_id, carrier_id FROM inbound WHERE uuid = ?');
    this.#whole =
      db.prepare(`SELECT i.id, i.uuid, i.sender, i.receiver, i.text, i.complete, i.received_at, i.rule, i.read_at,
      c.name AS carrier, m.uuid AS replied, a.name AS account
      FROM inbound i LEFT JOIN carrier c ON c.id = i.carrier_id LEFT JOIN message m ON m.id = i.reply_to
      JOIN account a ON a.id = i.account_id WHERE i.id = ?`);
  }

  /** @param before where an earlier page of the same filter ended; null for the first page. */
  page(filter: InboundFilter, before: InboundPosition | null, limit: number): InboundPage {
    const contains = filter.contains?.toLowerCase() ?? '';
    const { accountId, sender, unread } = filter;
    const glances = this.#way(filter).iterate({
      account: accountId ?? null,
      sender: sender ?? null,
      since: filter.since ?? 0,
      at: before?.at ?? Number.MAX_SAFE_INTEGER,
      id: before?.id ?? Number.MAX_SAFE_INTEGER,
    });
    const isWanted = (glance: Glance) =>
      (accountId === undefined || glance.account_id === accountId) &&
      (unread !== true || glance.read_at === null) &&
      (contains === '' || glance.text.toLowerCase().includes(contains));
    const found: Glance[] = [];
    let next: InboundPosition | null = null;
    let last: InboundPosition | null = null;
    let rows = 0;
    for (const glance of glances) {
      if (found.length === limit || rows === this.#mostRows) {
        next = last;
        break;
      }
      rows += 1;
      last = { at: glance.received_at, id: glance.id };
      if (isWanted(glance)) found.push(glance);
    }
    const items = found.flatMap(({ id }) => this.#whole.get(id) ?? []);
    return { items, next };
  }

  /** How many texts nobody has read yet, at the most `most`. */
  unread(most: number): number {
    return this.#countUnread.get(most)?.n ?? 0;
  }

  /** @throws AppError `inbound.not_found`. */
  byUuid(uuid: string): AnswerableText {
    const text = this.#byUuid.get(uuid);
    if (text === undefined) throw new AppError('inbound.not_found', 'There is no such received text.');
    return text;
  }

  /** One text, whole. @throws AppError `inbound.not_found`. */
  whole(uuid: string): ReceivedText {
    const text = this.#whole.get(this.byUuid(uuid).id);
    if (text === undefined) throw new AppError('inbound.not_found', 'There is no such received text.');
    return text;
  }

  /** The index that has the fewest texts besides those that are looked for. */
  #way({ accountId, sender, unread }: InboundFilter): Database.Statement<[Start], Glance> {
    if (sender !== undefined) return accountId === undefined ? this.#ofSender : this.#ofAccountAndSender;
    if (unread === true) return this.#unread;
    return accountId === undefined ? this.#inBox : this.#ofAccount;
  }
}
