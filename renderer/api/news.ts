import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LiveEvent } from '../../server/contract/live.ts';
import { Batcher } from './batcher.ts';
import { useLive } from './live-context.tsx';

/** Milliseconds between readings after what people change, and after the traffic, which moves figures all the time. */
const soon = 500;
const later = 5_000;
/** What has its own ear at the stream and is kept up to date row by row. */
const ownEar: readonly unknown[] = ['messages', 'message', 'setup'];

/**
 * Keeps every page as the box is: whatever is on it is asked again when somebody else changed something, when a
 * carrier's state did, after a break, and now and then while messages move.
 */
export function useNews(): void {
  const client = useQueryClient();
  const [readers] = useState(() => newsReaders(client));
  useEffect(() => () => readers.stop(), [readers]);
  useLive((events) => readers.tell(events));
}

/** The readers behind `useNews`: a burst of news is one reading, and one that lasts is one in every while. */
export function newsReaders(client: QueryClient) {
  const reader = (wait: number) => new Batcher<true>(() => readAnew(client), wait);
  const [now, slow] = [reader(soon), reader(later)];
  return {
    tell(events: readonly LiveEvent[]): void {
      const byPeople = events.some(({ type }) => type === 'changed' || type === 'carrier' || type === 'reset');
      (byPeople ? now : slow).add(true);
    },
    stop(): void {
      now.stop();
      slow.stop();
    },
  };
}

/** What is being read right now may be from before the change, so it is begun again. */
function readAnew(client: QueryClient): void {
  void client.invalidateQueries({ predicate: ({ queryKey }) => !ownEar.includes(queryKey[0]) });
}
