import type { Carrier, SubmitOutcome } from '../domain/carrier.ts';
import { errorText } from '../domain/errors.ts';
import type { Clock, Logger, Millis, Random } from '../domain/ports.ts';
import type { CarrierPolicy } from '../store/carrier-policy.ts';
import type { ClaimedRecipient } from '../store/claimed-recipient.ts';
import type { DispatchClaim } from '../store/dispatch-claim.ts';
import { mayHaveLeft, type DispatchSettle, type Settlement } from '../store/dispatch-settle.ts';
import type { Doubts } from './doubts.ts';
import type { PumpGate } from './pump-gate.ts';

export interface CarrierPumpOptions {
  readonly carrier: Carrier;
  readonly policy: CarrierPolicy;
  /** What routes, quotas and health have to say; nothing, when left out. */
  readonly gate?: PumpGate | undefined;
  readonly claims: DispatchClaim;
  readonly settles: DispatchSettle;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly isQuiet?: (now: Millis) => boolean;
  /** Where hand-overs without an answer are cleared up, if the carrier can tell what became of them. */
  readonly doubts?: Doubts | undefined;
}

/** At the most this many recipients are taken out of the queue at once. */
const mostHeld = 256;
const storeRetryMs = 1_000;

/**
 * Moves recipients through one carrier: claims as many as there is room for, hands their parts over one after the other,
 * and books the outcomes of one turn together.
 */
export class CarrierPump {
  readonly #options: CarrierPumpOptions;
  /** What its owner has decided; may change while it runs. */
  policy: CarrierPolicy;
  /** Recipients claimed and not settled for good. */
  #held = 0;
  /** Those of them of which nothing more is to be handed over: only their outcomes are not on disk yet. */
  #ending = 0;
  /** Their parts that have no outcome yet; they count against the quota already. */
  #heldParts = 0;
  /** Hand-overs under way; the carrier's own room already counts them. */
  #submitting = 0;
  #claiming = false;
  #running = false;
  #woken = false;
  /** Next parts, journaled, that wait for the carrier to be free again. */
  #parts: ClaimedRecipient[] = [];
  #settlements: Settlement[] = [];
  /** Whether what has ended will be booked without anybody saying so. */
  #settleDue = false;
  /** The last claim brought all that it asked for: there is more. */
  #plenty = false;
  readonly #draining = new Set<() => void>();

  constructor(options: CarrierPumpOptions) {
    this.#options = options;
    this.policy = options.policy;
  }

  start(): void {
    this.#running = true;
    this.wake();
  }

  /** Looks for work when there is room; cheap when there is none. */
  wake(): void {
    if (this.#woken) return;
    this.#woken = true;
    // In the next turn, so that outcomes which free the carrier are counted before its room is asked for.
    setImmediate(() => {
      this.#woken = false;
      this.#serve();
    });
  }

  /** Claims nothing more; resolves when everything it holds is settled, or after `deadlineMs`. Idempotent. */
  async stop(deadlineMs: number): Promise<void> {
    this.#running = false;
    this.wake();
    await this.drained(deadlineMs);
  }

  /** How many recipients it holds. */
  get held(): number {
    return this.#held;
  }

  /** Resolves when it holds nothing, or after `deadlineMs`; gives what it holds then. */
  async drained(deadlineMs: number): Promise<number> {
    if (this.#held > 0 || this.#claiming) await this.#untilDrained(deadlineMs);
    return this.#held;
  }

  #untilDrained(deadlineMs: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const done = () => {
        timer.cancel();
        this.#draining.delete(done);
        resolve();
      };
      const timer = this.#options.clock.after(deadlineMs, done);
      this.#draining.add(done);
    });
  }

  #serve(): void {
    const { carrier, claims, clock } = this.#options;
    // A carrier that is down or winding down answers at once that it is; then the part goes back to the queue.
    const mayWait = this.#running && carrier.status().state === 'ready';
    while (this.#parts.length > 0 && (carrier.room() > 0 || !mayWait)) {
      const part = this.#parts.shift();
      if (part !== undefined) void this.#handOver(part);
    }
    if (!this.#running || this.#claiming || this.#room() <= 0) return;
    const now = clock.now();
    const hasWork = this.#plenty || claims.hasWork(now, this.#isQuiet(now), this.#options.gate?.routes());
    if (hasWork) void this.#claim();
  }

  #isQuiet(now: Millis): boolean {
    return this.#options.isQuiet?.(now) ?? false;
  }

  #room(): number {
    // Between two parts a recipient takes no room of the carrier, yet its next part is promised a place.
    const { carrier, gate } = this.#options;
    const total = Math.min(mostHeld, carrier.room() + this.#submitting, gate?.room() ?? mostHeld);
    const free = Math.min(total - this.#held + this.#ending, mostHeld - this.#held);
    return this.#partsLeft() > 0 ? free : 0;
  }

  async #claim(): Promise<void> {
    const { claims, carrier, gate, clock, log } = this.#options;
    const { carrierId } = this.policy;
    this.#claiming = true;
    try {
      const room = this.#room();
      const now = clock.now();
      const claimed = await claims.claim({
        carrierId,
        room,
        splitting: carrier.splitting,
        now,
        quiet: this.#isQuiet(now),
        ...(gate === undefined
          ? {}
          : { routes: gate.routes(), parts: this.#partsLeft(), wholeQuota: this.#heldParts === 0 && gate.isWhole() }),
      });
      this.#held += claimed.length;
      this.#plenty = claimed.length >= room;
      for (const claim of claimed) this.#heldParts += partsOf(claim);
      for (const claim of claimed) void this.#handOver(claim);
      if (claimed.length > 0) this.wake();
    } catch (error) {
      log.error('dispatch.claim_failed', { carrier: carrierId, error: errorText(error) });
    } finally {
      this.#claiming = false;
      this.#checkDrained();
    }
  }

  async #handOver(claim: ClaimedRecipient): Promise<void> {
    const { carrier, clock, random } = this.#options;
    this.#submitting += 1;
    const outcome = await this.#submit(carrier, claim);
    this.#submitting -= 1;
    this.#options.gate?.told(outcome, carrier.status().state === 'ready');
    if (outcome.kind === 'uncertain' && this.#options.doubts?.take(claim) === true) {
      this.#held -= 1;
      this.#heldParts -= partsOf(claim);
      this.#checkDrained();
      this.wake();
      return;
    }
    const settlement = { claim, outcome, at: clock.now(), jitter: random.fraction() };
    this.#settlements.push(settlement);
    if (isEnd(settlement)) this.#ending += 1;
    if (!this.#settleDue) {
      this.#settleDue = true;
      setImmediate(() => void this.#settle());
    }
    this.wake();
  }

  async #submit(carrier: Carrier, claim: ClaimedRecipient): Promise<SubmitOutcome> {
    try {
      return await carrier.submit(claim.submission);
    } catch (error) {
      // A carrier never rejects; should one do so, nobody knows what left the box.
      this.#options.log.error('carrier.submit_threw', {
        carrier: this.policy.carrierId,
        error: errorText(error),
      });
      return { kind: 'uncertain', code: 'carrier_fault', message: 'The carrier failed while it held the message.' };
    }
  }

  /** Books what has ended; what cannot be stored is kept and tried again, for it is the only trace of what was sent. */
  async #settle(): Promise<void> {
    this.#settleDue = false;
    const batch = this.#settlements.splice(0);
    if (batch.length === 0) return;
    const { settles, gate, clock, log } = this.#options;
    const usage = gate?.usage();
    try {
      const next = await settles.settle(batch, this.policy, this.#running, usage);
      this.#held -= batch.length - next.length;
      this.#ending -= batch.filter(isEnd).length;
      this.#count(batch, next);
      const sent = batch.filter(({ outcome }) => mayHaveLeft(outcome)).length;
      if (usage !== undefined && sent > 0) gate?.spent(usage, sent);
      this.#parts.push(...next);
    } catch (error) {
      log.error('dispatch.settle_failed', {
        carrier: this.policy.carrierId,
        outcomes: batch.length,
        error: errorText(error),
      });
      this.#settlements.unshift(...batch);
      this.#settleDue = true;
      clock.after(storeRetryMs, () => void this.#settle());
      return;
    }
    this.#checkDrained();
    this.wake();
  }

  /** Of what was held, the parts that follow are left. */
  #count(batch: readonly Settlement[], next: readonly ClaimedRecipient[]): void {
    for (const { claim } of batch) this.#heldParts -= partsOf(claim);
    for (const claim of next) this.#heldParts += partsOf(claim);
  }

  #partsLeft(): number {
    return (this.#options.gate?.parts() ?? Number.POSITIVE_INFINITY) - this.#heldParts;
  }

  #checkDrained(): void {
    if (this.#held > 0 || this.#claiming) return;
    for (const tell of this.#draining) tell();
  }
}

/** Parts of a recipient from the one in hand on. */
function partsOf({ submission }: ClaimedRecipient): number {
  return submission.partCount - submission.part + 1;
}

/** Whether nothing more of the recipient is handed over, whatever the store says. */
function isEnd({ claim, outcome }: Settlement): boolean {
  return outcome.kind !== 'accepted' || claim.submission.part >= claim.submission.partCount;
}
