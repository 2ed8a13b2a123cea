import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MessageRow } from '../../../server/contract/admin-shapes.ts';
import { call } from '../../api/call.ts';
import { useLive, useLiveStream } from '../../api/live-context.tsx';
import type { LiveStream } from '../../api/live-stream.ts';
import { belongs } from './filters.ts';
import type { MessageQuery } from './filters.ts';
import { insert, newsByUuid, renew } from './rows.ts';
import type { RowPage, RowPages } from './rows.ts';

const pageSize = 50;
/** Rows in the first page beyond which the list starts afresh rather than grow for days. */
const mostLiveRows = 250;

/**
 * The messages, newest first, kept up to date in place. While the reader is `busy` further down, new messages are
 * held back and counted; `release` puts them on top.
 */
export function useMessageList(filters: MessageQuery, busy: () => boolean) {
  const key = ['messages', filters] as const;
  const client = useQueryClient();
  const stream = useLiveStream();
  const [held, setHeld] = useState<readonly MessageRow[]>([]);
  const [heldFor, setHeldFor] = useState(JSON.stringify(filters));
  if (heldFor !== JSON.stringify(filters)) {
    setHeldFor(JSON.stringify(filters));
    setHeld([]);
  }
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => readPage(stream, filters, { cursor: pageParam, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });

  function add(rows: readonly MessageRow[]): void {
    const data = client.getQueryData<RowPages>(key);
    if (data === undefined) return;
    const grown = insert(data, rows);
    const [first] = grown.pages;
    if (first === undefined || first.items.length <= mostLiveRows) {
      client.setQueryData<RowPages>(key, grown);
      return;
    }
    client.setQueryData<RowPages>(key, grown);
    keepFirstPage(client, key);
    void client.invalidateQueries({ queryKey: key });
  }

  useLive((events) => {
    if (events.some((event) => event.type === 'reset')) {
      setHeld([]);
      if (!busy()) keepFirstPage(client, key);
      void client.invalidateQueries({ queryKey: key });
    }
    const data = client.getQueryData<RowPages>(key);
    const news = newsByUuid(events);
    if (data === undefined || news.size === 0) return;
    const renewed = renew(data, news);
    client.setQueryData<RowPages>(key, renewed.data);
    const unseen = renewed.unseen.filter((row) => belongs(row, filters));
    if (unseen.length === 0) return;
    if (busy()) setHeld((rows) => merge(rows, unseen));
    else add(unseen);
  });

  function release(): void {
    if (held.length === 0) return;
    add(held);
    setHeld([]);
  }

  return { ...query, heldCount: held.length, release };
}

/** Lets go of what lies further down, so that reading anew is one request whatever the reader has scrolled through. */
function keepFirstPage(client: QueryClient, key: readonly unknown[]): void {
  client.setQueryData<RowPages>(key, (data) => {
    const first = data?.pages[0];
    if (first === undefined) return data;
    return { pages: [{ ...first, items: first.items.slice(0, pageSize) }], pageParams: [null] };
  });
}

/** Reads one page. News that comes while the answer is on its way is newer than the answer, so it is put in again. */
async function readPage(
  stream: LiveStream,
  filters: MessageQuery,
  { cursor, signal }: { readonly cursor: string | null; readonly signal: AbortSignal },
): Promise<RowPage> {
  const meanwhile = new Map<string, MessageRow>();
  const stop = stream.subscribe((events) => {
    for (const [uuid, row] of newsByUuid(events)) meanwhile.set(uuid, row);
  });
  try {
    const query = { ...filters, limit: pageSize, ...(cursor === null ? {} : { cursor }) };
    const page = await call('messages', { query }, { signal });
    return { ...page, items: page.items.map((row) => meanwhile.get(row.uuid) ?? row) };
  } finally {
    stop();
  }
}

function merge(rows: readonly MessageRow[], news: readonly MessageRow[]): readonly MessageRow[] {
  const all = new Map(rows.map((row) => [row.uuid, row]));
  for (const row of news) all.set(row.uuid, row);
  return [...all.values()];
}
