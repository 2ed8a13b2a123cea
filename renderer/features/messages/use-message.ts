import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Batcher } from '../../api/batcher.ts';
import { call } from '../../api/call.ts';
import type { CallAnswer } from '../../api/call.ts';
import { messageFamily, messageKey, recipientsKey, timelineKey } from '../../api/keys.ts';
import { useLive } from '../../api/live-context.tsx';
import type { DrStatus } from '../../ui/states.ts';
import { newsByUuid } from './rows.ts';

const recipientsPage = 100;
/** Milliseconds between readings of an open message, however fast its news comes. */
const readAgainAfter = 1000;

export type MessageFacts = CallAnswer<'message'>;

/** Keeps everything of one message that is on the page up to date. */
export function useMessageNews(uuid: string): void {
  const client = useQueryClient();
  const [reader] = useState(
    () => new Batcher<string>(([stale]) => stale !== undefined && void readAgain(stale), readAgainAfter),
  );
  function readAgain(stale: string): Promise<void> {
    return client.invalidateQueries({ queryKey: messageFamily(stale) });
  }
  useEffect(() => () => reader.stop(), [reader]);
  useLive((events) => {
    const row = newsByUuid(events).get(uuid);
    if (row !== undefined) {
      client.setQueryData<MessageFacts>(
        messageKey(uuid),
        (facts) =>
          facts && {
            ...facts,
            status: row.status,
            drSummary: row.drSummary,
            totalCredit: row.totalCredit,
            completedAt: row.completedAt,
            waiting: row.waiting,
            waitingReasons: row.waitingReasons,
          },
      );
    }
    if (row !== undefined || events.some((event) => event.type === 'reset')) reader.add(uuid);
  });
}

export function useMessage(uuid: string) {
  return useQuery({
    queryKey: messageKey(uuid),
    queryFn: ({ signal }) => call('message', { params: { uuid } }, { signal }),
  });
}

/** @param status only those in this state; all when null. */
export function useRecipients(uuid: string, status: DrStatus | null) {
  return useInfiniteQuery({
    queryKey: [...recipientsKey(uuid), status],
    queryFn: ({ pageParam, signal }) => {
      const only = status === null ? {} : { drStatus: status };
      const query = { limit: recipientsPage, ...only, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return call('recipients', { params: { uuid }, query }, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useTimeline(uuid: string, txId: string) {
  return useQuery({
    queryKey: timelineKey(uuid, txId),
    queryFn: ({ signal }) => call('timeline', { params: { uuid, txId } }, { signal }),
  });
}

/** Sends again to one recipient whose fate is unknown. */
export function useResend(uuid: string, txId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('resend', { params: { uuid, txId } }),
    onSettled: () => client.invalidateQueries({ queryKey: messageFamily(uuid) }),
  });
}

/** Takes one recipient whose fate is unknown for sent. */
export function useMarkSent(uuid: string, txId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('markSent', { params: { uuid, txId } }),
    onSettled: () => client.invalidateQueries({ queryKey: messageFamily(uuid) }),
  });
}
