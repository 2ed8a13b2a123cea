import { laneOf, lanes } from '../domain/carrier.ts';
import type { Millis } from '../domain/ports.ts';
import { isHeldLane } from '../domain/quiet-hours.ts';
import type { TrafficKey } from '../domain/routing.ts';
import type { ClaimedRecipient } from './claimed-recipient.ts';
import type { MessageTally } from './message-tally.ts';

/** What a carrier may take at this moment, as the routes say. */
export interface ClaimRoutes {
  /** How many recipients of a class it may take; 0 for none, `by-number` when that depends on the number. */
  share(traffic: TrafficKey): number | 'by-number';
  /** Whether a number of a class is its own to take. */
  isMine(traffic: TrafficKey, msisdn: string): boolean;
  /** What the routes know of a number. */
  prefixOf(msisdn: string): string;
  /** Told of every recipient taken. */
  taken(traffic: TrafficKey, msisdn: string): void;
}

export interface ClaimRequest {
  readonly carrierId: number;
  /** At the most this many recipients. */
  readonly room: number;
  readonly splitting: 'parts' | 'whole';
  readonly now: Millis;
  /** Whether messages that are not urgent are held. */
  readonly quiet?: boolean;
  /** Every class without end, when left out. */
  readonly routes?: ClaimRoutes;
  /** At the most so many parts; a text with more of them waits, unless it is the first and `wholeQuota` says that none more can be had. */
  readonly parts?: number;
  readonly wholeQuota?: boolean;
}

/** Ends about this many recipients that were blocked meanwhile in one claim, or passes on as many that are another carrier's. */
export const mostEnded = 250;

/** One claim under way. */
export interface Claiming {
  readonly request: ClaimRequest;
  readonly claimed: ClaimedRecipient[];
  readonly tally: MessageTally;
  /** Recipients that were ended or passed on. */
  ended: number;
  parts: number;
  /** A text did not fit into what is left of a quota. */
  full: boolean;
}

/** Whether a claim takes nothing more. */
export function isDone({ request, claimed, ended, full }: Claiming): boolean {
  return claimed.length >= request.room || ended >= mostEnded || full;
}

/** Whether so many parts more fit into what is left of the quota. A text that is larger than any quota goes alone. */
export function fits(needed: number, { request, parts, claimed }: Claiming): boolean {
  if (request.parts === undefined || parts + needed <= request.parts) return true;
  return request.wholeQuota === true && claimed.length === 0;
}

const everyLane = lanes.map((_, index) => index);
const urgentLanes = everyLane.filter((index) => !isHeldLane(laneOf(index)));

/** The lanes that are served, as numbers, in their order. */
export function openLanes(quiet = false): readonly number[] {
  return quiet ? urgentLanes : everyLane;
}
