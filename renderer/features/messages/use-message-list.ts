import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MessageRow } from '../../../server/contract/admin-shapes.ts';
import { call } from '../../api/call.ts';
import { messagesKey } from '../../api/keys.ts';
import { useLive, useLiveStream } from '../../api/live-context.tsx';
import type { LiveStream } from '../../api/live-stream.ts';
import { insert, newsByUuid, renew } from './rows.ts';
import type { RowPage, RowPages } from './rows.ts';

const pageSize = 50;
/** Rows in the first page beyond which the list starts afresh rather than grow for days. */
const mostLiveRows = 250;

/**
 * The messages, newest first, kept up to date in place. While the reader is `busy` further down, new messages are
 * held back and counted; `release` puts them on top.
 */
export function useMessageList(busy: () => boolean) {
  const client = useQueryClient();
  const stream = useLiveStream();
  const [held, setHeld] = useState<readonly MessageRow[]>([]);
  const query = useInfiniteQuery({
    queryKey: messagesKey,
    queryFn: ({ pageParam, signal }) => readPage(stream, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });

  function add(rows: readonly MessageRow[]): void {
    const data = client.getQueryData<RowPages>(messagesKey);
    if (data === undefined) return;
    const grown = insert(data, rows);
    const [first] = grown.pages;
    if (first === undefined || first.items.length <= mostLiveRows) {
      client.setQueryData<RowPages>(messagesKey, grown);
      return;
    }
    client.setQueryData<RowPages>(messagesKey, grown);
    keepFirstPage(client);
    void client.invalidateQueries({ queryKey: messagesKey });
  }

  useLive((events) => {
    if (events.some((event) => event.type === 'reset')) {
      setHeld([]);
      if (!busy()) keepFirstPage(client);
      void client.invalidateQueries({ queryKey: messagesKey });
    }
    const data = client.getQueryData<RowPages>(messagesKey);
    const news = newsByUuid(events);
    if (data === undefined || news.size === 0) return;
    const renewed = renew(data, news);
    client.setQueryData<RowPages>(messagesKey, renewed.data);
    if (renewed.unseen.length === 0) return;
    if (busy()) setHeld((rows) => merge(rows, renewed.unseen));
    else add(renewed.unseen);
  });

  function release(): void {
    if (held.length === 0) return;
    add(held);
    setHeld([]);
  }

  return { ...query, heldCount: held.length, release };
}

/** Lets go of what lies further down, so that reading anew is one request whatever the reader has scrolled through. */
function keepFirstPage(client: QueryClient): void {
  client.setQueryData<RowPages>(messagesKey, (data) => {
    const first = data?.pages[0];
    if (first === undefined) return data;
    return { pages: [{ ...first, items: first.items.slice(0, pageSize) }], pageParams: [null] };
  });
}

/** Reads one page. News that comes while the answer is on its way is newer than the answer, so it is put in again. */
async function readPage(stream: LiveStream, cursor: string | null, signal: AbortSignal): Promise<RowPage> {
  const meanwhile = new Map<string, MessageRow>();
  const stop = stream.subscribe((events) => {
    for (const [uuid, row] of newsByUuid(events)) meanwhile.set(uuid, row);
  });
  try {
    const query = { limit: pageSize, ...(cursor === null ? {} : { cursor }) };
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
