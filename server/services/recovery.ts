import type { Clock, Logger, Random } from '../domain/ports.ts';
import type { CarrierPolicy } from '../store/carrier-policy.ts';
import type { ClaimedRecipient } from '../store/claimed-recipient.ts';
import type { DispatchClaim } from '../store/dispatch-claim.ts';
import type { DispatchSettle, Settlement } from '../store/dispatch-settle.ts';

const sliceSize = 500;

const stoppedBetween = {
  kind: 'uncertain',
  code: 'stopped_between',
  message: 'The box stopped between handing it over and hearing the answer. It may or may not have been sent.',
} as const;

/**
 * After a crash: every journal entry without an outcome was handed over, or was about to be, and no answer is known.
 * Where the carrier can tell, the claim is given back (`open`, by carrier), to be asked for. Otherwise its recipient
 * becomes `unknown`, or is sent again where the carrier's policy says so; never silently either.
 */
export async function settleLeftovers(
  parts: {
    readonly claims: DispatchClaim;
    readonly settles: DispatchSettle;
    readonly clock: Clock;
    readonly random: Random;
    readonly log: Logger;
  },
  policyOf: (carrierId: number) => CarrierPolicy,
  canTell: (carrierId: number) => boolean = () => false,
): Promise<{ readonly count: number; readonly open: Map<number, ClaimedRecipient[]> }> {
  const { claims, settles, clock, random, log } = parts;
  const leftovers = claims.leftovers();
  const open = new Map<number, ClaimedRecipient[]>();
  for (const [carrierId, entries] of Map.groupBy(leftovers, (entry) => entry.carrier_id)) {
    const tells = canTell(carrierId);
    const kept: ClaimedRecipient[] = [];
    for (let from = 0; from < entries.length; from += sliceSize) {
      const settlements: Settlement[] = [];
      for (const entry of entries.slice(from, from + sliceSize)) {
        const left = claims.leftBy(entry);
        if (left === undefined) continue;
        if (tells && left.whole) kept.push(left.claim);
        else
          settlements.push({
            claim: left.claim,
            at: clock.now(),
            jitter: random.fraction(),
            outcome: stoppedBetween,
          });
      }
      if (settlements.length > 0) await settles.settle(settlements, policyOf(carrierId), false);
    }
    if (kept.length > 0) open.set(carrierId, kept);
  }
  if (leftovers.length > 0) {
    const asked = [...open.values()].reduce((sum, each) => sum + each.length, 0);
    log.warn('recovery.left_open', { handOvers: leftovers.length, asked });
  }
  return { count: leftovers.length, open };
}
