import type { SubmitOutcome } from '../domain/carrier.ts';
import type { ClaimRoutes } from '../store/claim-request.ts';
import type { Usage } from '../store/quota-store.ts';

/** What a carrier's pump asks before it takes something, and tells afterwards. */
export interface PumpGate {
  /** How many recipients it may hold: none while it is paused or rests. */
  room(): number;
  /** Parts that its quota leaves; without end where it has none. */
  parts(): number;
  /** Whether nothing of its quota is used, so that a text larger than the quota may go. */
  isWhole(): boolean;
  routes(): ClaimRoutes;
  /** Against what its parts are counted. */
  usage(): Usage;
  /** What became of a hand-over; `ready` tells whether it called itself ready. */
  told(outcome: SubmitOutcome, ready: boolean): void;
  /** Parts were counted. */
  spent(usage: Usage, parts: number): void;
}
