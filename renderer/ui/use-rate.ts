import { useState } from 'react';

export interface Seen {
  /** When it was seen, in milliseconds. */
  readonly at: number;
  readonly done: number;
}

/** Milliseconds over which the rate is an average, so that it does not jump. */
const usualSpan = 10_000;

/**
 * How much is done in a second, from what is seen of it; null before that can be said, and while it rests.
 * @param span milliseconds over which it is an average: longer where little is done at a time.
 */
export function useRate({ done, at }: Seen, running: boolean, span = usualSpan): number | null {
  const [seen, setSeen] = useState<readonly Seen[]>([]);
  const last = seen.at(-1);
  if (!running && last !== undefined) setSeen([]);
  if (running && last?.at !== at) setSeen(withSeen(seen, { at, done }, span));
  return running ? rateOf(seen) : null;
}

/** What was seen in the last seconds, and one look before them. */
export function withSeen(seen: readonly Seen[], now: Seen, span = usualSpan): readonly Seen[] {
  const first = seen.findLastIndex(({ at }) => at < now.at - span);
  const kept = seen.slice(Math.max(0, first));
  return (kept.at(-1)?.done ?? 0) > now.done ? [now] : [...kept, now];
}

export function rateOf(seen: readonly Seen[]): number | null {
  const [first] = seen;
  const last = seen.at(-1);
  if (first === undefined || last === undefined || last.at <= first.at) return null;
  return ((last.done - first.done) * 1000) / (last.at - first.at);
}
