import type { Clock, Logger, Random } from '../domain/ports.ts';
import type { CarrierPolicy } from '../store/carrier-policy.ts';
import type { DispatchClaim } from '../store/dispatch-claim.ts';
import type { DispatchSettle, Settlement } from '../store/dispatch-settle.ts';

const sliceSize = 500;

/**
 * After a crash: every journal entry without an outcome was handed over, or was about to be, and no answer is known.
 * Its recipient becomes `unknown`, or is sent again where the carrier's policy says so; never silently either.
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
): Promise<number> {
  const { claims, settles, clock, random, log } = parts;
  const leftovers = claims.leftovers();
  const byCarrier = Map.groupBy(leftovers, (entry) => entry.carrier_id);
  for (const [carrierId, entries] of byCarrier) {
    for (let from = 0; from < entries.length; from += sliceSize) {
      const settlements: Settlement[] = [];
      for (const entry of entries.slice(from, from + sliceSize)) {
        const claim = claims.claimOf(entry);
        if (claim === undefined) continue;
        settlements.push({
          claim,
          at: clock.now(),
          jitter: random.fraction(),
          outcome: {
            kind: 'uncertain',
            code: 'stopped_between',
            message:
              'The box stopped between handing it over and hearing the answer. It may or may not have been sent.',
          },
        });
      }
      await settles.settle(settlements, policyOf(carrierId), false);
    }
  }
  if (leftovers.length > 0) log.warn('recovery.left_open', { handOvers: leftovers.length });
  return leftovers.length;
}
