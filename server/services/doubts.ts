import type { Carrier, SubmitOutcome } from '../domain/carrier.ts';
import { errorText } from '../domain/errors.ts';
import type { Clock, Logger, Millis, Random, Timer } from '../domain/ports.ts';
import type { CarrierPolicy } from '../store/carrier-policy.ts';
import type { ClaimedRecipient } from '../store/claimed-recipient.ts';
import { mayHaveLeft, type DispatchSettle } from '../store/dispatch-settle.ts';
import type { PumpGate } from './pump-gate.ts';

export interface DoubtsOptions {
  readonly carrier: Carrier;
  readonly carrierId: number;
  /** What its owner has decided; may change while it runs. */
  readonly policy: () => CarrierPolicy;
  /** Against whose quota parts are counted that turn out to be sent. */
  readonly gate?: PumpGate | undefined;
  readonly settles: DispatchSettle;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

interface Doubt {
  readonly claim: ClaimedRecipient;
  readonly since: Millis;
  dueAt: Millis;
  tries: number;
  busy: boolean;
}

const tickMs = 1_000;
const firstMs = 2_000;
const mostMs = 5 * 60_000;
const jitter = 0.2;
const atOnce = 4;
const mostDoubts = 1_000;
const day = 24 * 3_600_000;
/** What is past its validity is asked for some more times, then left unknown. */
const triesWhenExpired = 5;
const stopMs = 9_000;

const untold: SubmitOutcome = {
  kind: 'uncertain',
  code: 'no_answer',
  message: 'It was handed over, and the carrier did not tell what became of it. It may or may not have been sent.',
};

/**
 * Hand-overs to one carrier whose answer is missing, where the carrier can find out what became of them or hand them over
 * again without doubling. Their journal stays open (`handing`) meanwhile, so that a crash loses none of them.
 */
export class Doubts {
  readonly #options: DoubtsOptions;
  readonly #doubts = new Set<Doubt>();
  readonly #running = new Set<Promise<void>>();
  #timer: Timer | undefined;
  #stopped = false;

  constructor(options: DoubtsOptions) {
    this.#options = options;
  }

  /**
   * Takes a hand-over in, to be cleared up.
   * @param afterMs how long to wait before it is first asked for.
   * @returns false when there are too many; then the caller books it as it is.
   */
  take(claim: ClaimedRecipient, afterMs: Millis = firstMs): boolean {
    if (this.#stopped || this.#options.carrier.query === undefined || this.#doubts.size >= mostDoubts) return false;
    const now = this.#options.clock.monotonic();
    this.#doubts.add({ claim, since: now, dueAt: now + afterMs, tries: 0, busy: false });
    this.#schedule();
    return true;
  }

  /**
   * Ends the asking; settles in bounded time. Idempotent.
   * @param keep gives back what is open, to be taken in again; otherwise it is booked as uncertain.
   */
  async stop(keep: boolean): Promise<readonly ClaimedRecipient[]> {
    if (this.#stopped) return [];
    this.#stopped = true;
    this.#timer?.cancel();
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = this.#options.clock.after(stopMs, resolve);
    await Promise.race([late, Promise.all(this.#running)]);
    timer.cancel();
    const open = [...this.#doubts];
    if (keep) return open.map(({ claim }) => claim);
    await this.#settle(open, untold);
    return [];
  }

  #schedule(): void {
    if (this.#stopped || this.#timer !== undefined || this.#doubts.size === 0) return;
    this.#timer = this.#options.clock.after(tickMs, () => {
      this.#timer = undefined;
      this.#look();
      this.#schedule();
    });
  }

  #look(): void {
    const { carrier, clock } = this.#options;
    const now = clock.monotonic();
    const ready = carrier.status().state === 'ready';
    for (const doubt of this.#doubts) {
      if (doubt.busy) continue;
      const given = now - doubt.since > day;
      if (!given && (!ready || doubt.dueAt > now || this.#running.size >= atOnce)) continue;
      doubt.busy = true;
      const work = (given ? this.#settle([doubt], untold) : this.#clear(doubt)).finally(() => {
        this.#running.delete(work);
      });
      this.#running.add(work);
    }
  }

  async #clear(doubt: Doubt): Promise<void> {
    const { clock, random } = this.#options;
    const outcome = await this.#query(doubt.claim);
    doubt.tries += 1;
    if (outcome.kind !== 'uncertain' || this.#hopeless(doubt)) {
      await this.#settle([doubt], outcome);
      return;
    }
    const wait = Math.min(mostMs, firstMs * 2 ** Math.min(doubt.tries, 10)) * (1 + jitter * random.fraction());
    doubt.dueAt = clock.monotonic() + wait;
    doubt.busy = false;
  }

  async #query({ submission }: ClaimedRecipient): Promise<SubmitOutcome> {
    const { carrier, carrierId, log } = this.#options;
    try {
      return (await carrier.query?.(submission)) ?? untold;
    } catch (error) {
      log.error('carrier.query_threw', { carrier: carrierId, error: errorText(error) });
      return untold;
    }
  }

  #hopeless({ claim, tries }: Doubt): boolean {
    const now = this.#options.clock.now();
    const { handedAt, expiresAt } = claim.submission;
    return now - handedAt > day || (tries >= triesWhenExpired && now > expiresAt);
  }

  async #settle(doubts: readonly Doubt[], outcome: SubmitOutcome): Promise<void> {
    const { settles, carrierId, policy, gate, clock, random, log } = this.#options;
    if (doubts.length === 0) return;
    const usage = gate?.usage();
    const at = clock.now();
    try {
      const settlements = doubts.map(({ claim }) => ({ claim, outcome, at, jitter: random.fraction() }));
      await settles.settle(settlements, policy(), false, usage);
      if (usage !== undefined && mayHaveLeft(outcome)) gate?.spent(usage, doubts.length);
      for (const doubt of doubts) this.#doubts.delete(doubt);
      log.info('dispatch.doubts_cleared', { carrier: carrierId, outcome: outcome.kind, count: doubts.length });
    } catch (error) {
      // Kept, and asked for again: a carrier that knows gives the same answer.
      log.error('dispatch.doubt_not_settled', { carrier: carrierId, error: errorText(error) });
      for (const doubt of doubts) {
        doubt.dueAt = clock.monotonic() + firstMs;
        doubt.busy = false;
      }
    }
  }
}
