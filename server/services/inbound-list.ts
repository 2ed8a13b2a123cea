import type { InboundReader, ReceivedText } from '../store/inbound-reader.ts';
import { inboundFilter, type InboundRequest, type ReadingRules } from './list-filters.ts';
import { listMark, openCursor, sealCursor } from './paging.ts';

export interface InboundView {
  readonly uuid: string;
  readonly from: string;
  readonly to: string | null;
  readonly text: string;
  readonly receivedAt: string;
  readonly carrier: string | null;
  /** The newest message of the account that was handed over for the sender within the week before; left out when there is none. */
  readonly replyTo?: string;
  /** Only when parts of a long text never came. */
  readonly complete?: false;
}

/** Lists the received texts of an account (api-v2 §4). */
export class InboundList {
  readonly #reader: InboundReader;
  readonly #rules: () => ReadingRules;

  constructor(options: { reader: InboundReader; rules: () => ReadingRules }) {
    this.#reader = options.reader;
    this.#rules = options.rules;
  }

  /** Newest first. @throws AppError `validation.failed` for a time or a cursor that cannot be read. */
  page(request: InboundRequest, accountId: number): { items: InboundView[]; nextCursor: string | null } {
    const filter = inboundFilter(request, accountId, this.#rules());
    const mark = listMark('inbound', filter);
    const [at, id] = openCursor(request.cursor, 2, mark) ?? [];
    const before = at === undefined || id === undefined ? null : { at, id };
    const { items, next } = this.#reader.page(filter, before, request.limit);
    return { items: items.map(inboundView), nextCursor: sealCursor(next && [next.at, next.id], mark) };
  }
}

/** A received text as callers of the public API see it. */
export function inboundView(row: ReceivedText): InboundView {
  return {
    uuid: row.uuid,
    from: row.sender,
    to: row.receiver,
    text: row.text,
    receivedAt: new Date(row.received_at).toISOString(),
    carrier: row.carrier,
    ...(row.replied === null ? {} : { replyTo: row.replied }),
    ...(row.complete === 1 ? {} : { complete: false as const }),
  };
}
