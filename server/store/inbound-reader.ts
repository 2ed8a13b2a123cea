import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';

export interface InboundFilter {
  readonly accountId: number;
  /** As it is stored: a number as the carrier told it, or a name. */
  readonly sender?: string | undefined;
  /** Received at or after. */
  readonly since?: Millis | undefined;
  /** Part of the text, in any case. */
  readonly contains?: string | undefined;
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
}

export interface InboundPage {
  readonly items: ReceivedText[];
  readonly next: InboundPosition | null;
}

interface Glance {
  readonly id: number;
  readonly received_at: Millis;
  readonly text: string;
}

type Start = InboundPosition & { readonly account: number; readonly sender: string | null; readonly since: Millis };

const usualRows = 4_000;

/** Lists received texts, newest first. A call looks at a bounded number of them, so a page may be short and have a next one. */
export class InboundReader {
  readonly #mostRows: number;
  readonly #all: Database.Statement<[Start], Glance>;
  readonly #ofSender: Database.Statement<[Start], Glance>;
  readonly #whole: Database.Statement<[number], ReceivedText>;

  /** @param mostRows texts looked through in one call. */
  constructor(db: Database.Database, mostRows = usualRows) {
    this.#mostRows = mostRows;
    const glance = (index: string, where: string) =>
      db.prepare<[Start], Glance>(`SELECT id, received_at, text FROM inbound INDEXED BY ${index}
        WHERE account_id = @account AND ${where} received_at >= @since AND received_at <= @at AND (received_at < @at OR id < @id)
        ORDER BY received_at DESC, id DESC`);
    this.#all = glance('inbound_by_time', '');
    this.#ofSender = glance('inbound_by_sender', 'sender = @sender AND');
    this.#whole =
      db.prepare(`SELECT i.id, i.uuid, i.sender, i.receiver, i.text, i.complete, i.received_at, c.name AS carrier, m.uuid AS replied
      FROM inbound i LEFT JOIN carrier c ON c.id = i.carrier_id LEFT JOIN message m ON m.id = i.reply_to WHERE i.id = ?`);
  }

  /** @param before where an earlier page of the same filter ended; null for the first page. */
  page(filter: InboundFilter, before: InboundPosition | null, limit: number): InboundPage {
    const contains = filter.contains?.toLowerCase() ?? '';
    const glances = (filter.sender === undefined ? this.#all : this.#ofSender).iterate({
      account: filter.accountId,
      sender: filter.sender ?? null,
      since: filter.since ?? 0,
      at: before?.at ?? Number.MAX_SAFE_INTEGER,
      id: before?.id ?? Number.MAX_SAFE_INTEGER,
    });
    const found: Glance[] = [];
    let next: InboundPosition | null = null;
    let last: InboundPosition | null = null;
    let rows = 0;
    for (const { id, received_at: at, text } of glances) {
      if (found.length === limit || rows === this.#mostRows) {
        next = last;
        break;
      }
      rows += 1;
      last = { at, id };
      if (contains === '' || text.toLowerCase().includes(contains)) found.push({ id, received_at: at, text });
    }
    const items = found.flatMap(({ id }) => this.#whole.get(id) ?? []);
    return { items, next };
  }
}
