import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { askAgain, useAsk } from '../../api/ask.ts';
import { Batcher } from '../../api/batcher.ts';
import { useLive } from '../../api/live-context.tsx';
import { useAccountChoice } from '../../router/history.ts';

/** Milliseconds between readings of the figures, however fast messages move. */
const readAgainAfter = 2000;
const readAnywayAfter = 30_000;

/** Today's figures, read again soon after something has moved. */
export function useOverview() {
  const client = useQueryClient();
  const account = useAccountChoice();
  const [reader] = useState(
    () => new Batcher<true>(() => void askAgain(client, ['overview', 'accounts']), readAgainAfter),
  );
  useEffect(() => () => reader.stop(), [reader]);
  useLive((events) => {
    if (events.some((event) => event.type !== 'carrier')) reader.add(true);
  });
  return useAsk(
    'overview',
    { query: { hours: 24, ...(account === null ? {} : { account }) } },
    { every: readAnywayAfter },
  );
}
