import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { askAgain, useAsk } from '../../api/ask.ts';
import { Batcher } from '../../api/batcher.ts';
import { useLive } from '../../api/live-context.tsx';
import { useAccountChoice } from '../../router/history.ts';
import { periods } from './period.ts';
import type { Period } from './period.ts';

/** Milliseconds between readings of the figures, however fast messages move. Long spans have many hours to read. */
const readAgainAfter = 2000;
const longReadAgainAfter = 20_000;
const readAnywayAfter = 30_000;

/** The figures of the last hours and of today, read again soon after something has moved. */
export function useOverview(period: Period) {
  const client = useQueryClient();
  const account = useAccountChoice();
  const pause = period === '24h' ? readAgainAfter : longReadAgainAfter;
  const [readers] = useState(() => new Map<number, Batcher<true>>());
  const reader = readers.get(pause) ?? new Batcher<true>(() => void askAgain(client, ['overview', 'accounts']), pause);
  readers.set(pause, reader);
  useEffect(
    () => () => {
      for (const each of readers.values()) each.stop();
    },
    [readers],
  );
  useLive((events) => {
    if (events.some((event) => event.type !== 'carrier')) reader.add(true);
  });
  return useAsk(
    'overview',
    { query: { hours: periods[period], ...(account === null ? {} : { account }) } },
    { every: readAnywayAfter },
  );
}
