import type { CampaignItem } from '../../../server/contract/campaign-shapes.ts';

/** How far a campaign is. */
export interface Progress {
  /** Everybody that it may go to. */
  readonly total: number;
  /** Made into messages so far. */
  readonly made: number;
  /** Not made into messages yet; at most so many. */
  readonly unmade: number;
  readonly waiting: number;
  /** Have left the queue, whatever became of them. */
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
