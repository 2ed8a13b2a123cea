import type { Carrier } from '../domain/carrier.ts';
import { errorText } from '../domain/errors.ts';
import type { Clock, Logger, Millis, Random, Service, Timer } from '../domain/ports.ts';
import type { CarrierPolicy } from '../store/carrier-policy.ts';
import type { ClaimedRecipient } from '../store/claimed-recipient.ts';
import type { DispatchClaim } from '../store/dispatch-claim.ts';
import type { DispatchSettle } from '../store/dispatch-settle.ts';
import { CarrierPump } from './carrier-pump.ts';
import { Doubts } from './doubts.ts';
import type { PumpGate } from './pump-gate.ts';
import { settleLeftovers } from './recovery.ts';

export interface DispatcherOptions {
  readonly claims: DispatchClaim;
  readonly settles: DispatchSettle;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Whether messages that are not urgent are held at a moment; never, when left out. */
  readonly isQuiet?: (now: Millis) => boolean;
}

/** Retries fall due, and quiet hours end, without anybody saying so; this often they are looked for. */
const tickMs = 500;
const drainMs = 9_000;

/** Lets carriers pull what they have room for. Knows nothing of how a carrier sends. */
export class Dispatcher implements Service {
  readonly name = 'dispatcher';
  readonly #options: DispatcherOptions;
  readonly #pumps = new Map<number, CarrierPump>();
  readonly #doubts = new Map<number, Doubts>();
  #leftovers = new Map<number, ClaimedRecipient[]>();
  #tick: Timer | undefined;
  #running = false;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Begins to serve; carriers are attached afterwards. */
  async start(): Promise<void> {
    this.#running = true;
    this.#schedule();
    for (const pump of this.#pumps.values()) pump.start();
  }

  /**
   * Decides the hand-overs that a crash left open, for the given policies; call once, before carriers are attached.
   * @param canTell whether a carrier can be asked for its own; those are decided when it is attached and has told.
   * @returns how many there were.
   */
  async recover(
    policyOf: (carrierId: number) => CarrierPolicy,
    canTell: (carrierId: number) => boolean = () => false,
  ): Promise<number> {
    const { count, open } = await settleLeftovers(this.#options, policyOf, canTell);
    this.#leftovers = open;
    return count;
  }

  /** Puts a carrier to work, and to tell what became of the hand-overs that a crash left open. */
  attach(carrier: Carrier, policy: CarrierPolicy, gate?: PumpGate): void {
    const { carrierId } = policy;
    const policyNow = () => this.#pumps.get(carrierId)?.policy ?? policy;
    const doubts = new Doubts({ ...this.#options, carrier, carrierId, policy: policyNow, gate });
    const pump = new CarrierPump({ ...this.#options, carrier, policy, gate, doubts });
    for (const claim of this.#leftovers.get(policy.carrierId) ?? []) doubts.take(claim, 0);
    this.#leftovers.delete(policy.carrierId);
    this.#doubts.set(policy.carrierId, doubts);
    this.#pumps.set(policy.carrierId, pump);
    if (this.#running) pump.start();
  }

  /**
   * Gives a carrier no more work, and resolves when what it holds is settled or its time is up.
   * @param comesBack leaves hand-overs without an answer open: to the next `attach`, or to the next start of the box.
   */
  async detach(carrierId: number, comesBack = false): Promise<void> {
    const pump = this.#pumps.get(carrierId);
    const doubts = this.#doubts.get(carrierId);
    this.#pumps.delete(carrierId);
    this.#doubts.delete(carrierId);
    await pump?.stop(drainMs);
    const left = await doubts?.stop(comesBack);
    if (left !== undefined && left.length > 0) this.#leftovers.set(carrierId, [...left]);
  }

  /** What the owner of a carrier has decided anew. */
  setPolicy(policy: CarrierPolicy): void {
    const pump = this.#pumps.get(policy.carrierId);
    if (pump !== undefined) pump.policy = policy;
  }

  /** Recipients in the hands of a carrier. */
  held(carrierId: number): number {
    return this.#pumps.get(carrierId)?.held ?? 0;
  }

  /** Resolves when a carrier holds nothing, or after `deadlineMs`; gives what it holds then. */
  async drained(carrierId: number, deadlineMs: number): Promise<number> {
    return (await this.#pumps.get(carrierId)?.drained(deadlineMs)) ?? 0;
  }

  /** New work was stored, or a carrier has room again. */
  wake(): void {
    for (const pump of this.#pumps.values()) pump.wake();
  }

  /** Stops looking for work. Carriers are detached before, each with what it holds settled. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#tick?.cancel();
    await Promise.all([...this.#pumps.keys()].map((id) => this.detach(id, true)));
  }

  #schedule(): void {
    if (!this.#running) return;
    this.#tick = this.#options.clock.after(tickMs, () => {
      try {
        this.wake();
      } catch (error) {
        this.#options.log.error('dispatch.tick_failed', { error: errorText(error) });
      }
      this.#schedule();
    });
  }
}
