import type { InfiniteData } from '@tanstack/react-query';
import type { LiveEvent } from '../../../server/contract/live.ts';
import type { MessageRow } from '../../../server/contract/admin-shapes.ts';
import type { CallAnswer } from '../../api/call.ts';

export type RowPage = CallAnswer<'messages'>;
export type RowPages = InfiniteData<RowPage, string | null>;

/** The newest row of each message among the news. */
export function newsByUuid(events: readonly LiveEvent[]): ReadonlyMap<string, MessageRow> {
  const news = new Map<string, MessageRow>();
  for (const event of events) if (event.type === 'message') news.set(event.message.uuid, event.message);
  return news;
}

export interface Renewed {
  /** The same object when nothing in the list has changed. */
  readonly data: RowPages;
  /** Rows that belong into the list and are not there yet. */
  readonly unseen: readonly MessageRow[];
}

/** Puts news into the rows that they are about, each in its place, and tells which rows are new to the list. */
export function renew(data: RowPages, news: ReadonlyMap<string, MessageRow>): Renewed {
  const rest = new Map(news);
  let changed = false;
  const pages = data.pages.map((page) => {
    if (!page.items.some((row) => news.has(row.uuid))) return page;
    changed = true;
    return { ...page, items: page.items.map((row) => take(rest, row.uuid) ?? row) };
  });
  const unseen = [...rest.values()].filter((row) => reachesDownTo(data, row));
  return { data: changed ? { ...data, pages } : data, unseen };
}

/** Adds rows to the list, newest first, wherever their time puts them. */
export function insert(data: RowPages, rows: readonly MessageRow[]): RowPages {
  const known = new Set(data.pages.flatMap((page) => page.items.map((row) => row.uuid)));
  const fresh = rows.filter((row) => !known.has(row.uuid));
  const [first, ...others] = data.pages;
  if (fresh.length === 0 || first === undefined) return data;
  const items = [...first.items, ...fresh].toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  return { ...data, pages: [{ ...first, items }, ...others] };
}

export function countRows(data: Pick<RowPages, 'pages'> | undefined): number {
  return data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
}

function take(rows: Map<string, MessageRow>, uuid: string): MessageRow | undefined {
  const row = rows.get(uuid);
  rows.delete(uuid);
  return row;
}

/** Whether the part of history that is on the page reaches down to a row; older ones come when the reader scrolls there. */
function reachesDownTo(data: RowPages, row: MessageRow): boolean {
  const last = data.pages.at(-1);
  if (last === undefined || last.nextCursor === null) return true;
  const oldest = data.pages.findLast((page) => page.items.length > 0)?.items.at(-1);
  return oldest === undefined || row.createdAt >= oldest.createdAt;
}
