import type { CampaignItem } from '../../../server/contract/campaign-shapes.ts';

/** How far a campaign was at a moment. */
export interface Sample {
  readonly at: number;
  /** Recipients that have left the queue, whatever became of them. */
  readonly done: number;
}

/** Milliseconds that are looked back on, and the least of them that say anything. */
const looked = 60_000;
const least = 4_000;

export interface Progress {
  /** Everybody that it may go to. */
  readonly total: number;
  /** Made into messages so far. */
  readonly made: number;
  /** Not made into messages yet; at most so many. */
  readonly unmade: number;
  readonly waiting: number;
  readonly done: number;
}

/** Reads the counts of a campaign. */
export function progressOf(item: CampaignItem): Progress {
  const { recipients: made, size, skipped, prepared } = item;
  const unmade = prepared || isOver(item) ? 0 : Math.max(0, size - made - skipped);
  const waiting = item.drSummary.find(({ drStatus }) => drStatus === 'pending')?.count ?? 0;
  return { total: made + unmade, made, unmade, waiting, done: Math.max(0, made - waiting) };
}

export function isOver({ state }: Pick<CampaignItem, 'state'>): boolean {
  return state === 'done' || state === 'cancelled';
}

/** Adds what was seen; what is older than a minute is let go of. */
export function withSample(samples: readonly Sample[], seen: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && seen.at <= last.at) return samples;
  return [...samples.filter(({ at }) => at > seen.at - looked), seen];
}

/** Recipients a minute, by what was seen; null while that says too little. */
export function paceOf(samples: readonly Sample[]): number | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < least) return null;
  return ((last.done - first.done) * 60_000) / (last.at - first.at);
}

/** Milliseconds until all of it has left the queue at this pace; null when nobody can say. */
export function timeLeft(pace: number | null, { unmade, waiting }: Progress): number | null {
  return pace === null || pace <= 0 ? null : ((unmade + waiting) * 60_000) / pace;
}
