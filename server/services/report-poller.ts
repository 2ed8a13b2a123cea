import type { Carrier, ReportAsking } from '../domain/carrier.ts';
import { errorText } from '../domain/errors.ts';
import type { Clock, Logger, Millis, Service, Timer } from '../domain/ports.ts';
import type { CarrierPolicy } from '../store/carrier-policy.ts';
import type { DueAsk, ReportAsks } from '../store/report-asks.ts';
import type { ReportStore } from '../store/report-store.ts';

export interface ReportPollerOptions {
  readonly asks: ReportAsks;
  readonly reports: ReportStore;
  /** The carriers at work. */
  readonly carriers: () => readonly { readonly carrier: Carrier; readonly policy: CarrierPolicy }[];
  readonly clock: Clock;
  readonly log: Logger;
}

const tickMs = 1_000;
const atOnce = 4;
/** A round a second: asking must leave most of another side's rate limit to sending. */
const roundSize = 16;
const mostDoublings = 32;

/** Asks carriers for the reports that do not come by themselves: each hand-over again and again, at doubling intervals. */
export class ReportPoller implements Service {
  readonly name = 'report poller';
  readonly #options: ReportPollerOptions;
  /** Rounds under way, one a carrier. */
  readonly #rounds = new Map<number, Promise<void>>();
  #timer: Timer | undefined;
  #running = false;

  constructor(options: ReportPollerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#running = true;
    this.#schedule();
  }

  /** Resolves when the rounds under way have ended; each ends within the deadlines of its carrier. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#timer?.cancel();
    await Promise.all(this.#rounds.values());
  }

  #schedule(): void {
    if (!this.#running) return;
    this.#timer = this.#options.clock.after(tickMs, () => {
      this.#look();
      this.#schedule();
    });
  }

  #look(): void {
    for (const { carrier, policy } of this.#options.carriers()) {
      if (carrier.ask === undefined || carrier.asking === undefined) continue;
      if (carrier.status().state !== 'ready' || this.#rounds.has(policy.carrierId)) continue;
      const round = this.#round(carrier, carrier.asking, policy)
        .catch((error: unknown) => {
          this.#options.log.error('reports.round_failed', { carrier: policy.carrierId, error: errorText(error) });
        })
        .finally(() => this.#rounds.delete(policy.carrierId));
      this.#rounds.set(policy.carrierId, round);
    }
  }

  async #round(carrier: Carrier, asking: ReportAsking, policy: CarrierPolicy): Promise<void> {
    const { asks, clock } = this.#options;
    const due = asks.due(policy.carrierId, clock.now(), roundSize);
    const later: { id: number; at: Millis }[] = [];
    const askOne = async (): Promise<void> => {
      for (let next = due.shift(); next !== undefined && this.#running; next = due.shift()) {
        const known = await this.#ask(carrier, next, policy);
        if (!known) later.push({ id: next.id, at: nextAsk(next, asking, clock.now()) });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, askOne));
    await asks.later(later);
  }

  /** Returns whether nothing is left to be asked. */
  async #ask(
    carrier: Carrier,
    { reference, msisdn, origin, handedAt }: DueAsk,
    policy: CarrierPolicy,
  ): Promise<boolean> {
    const { reports, clock, log } = this.#options;
    try {
      const report = (await carrier.ask?.({ reference, msisdn, origin, handedAt })) ?? null;
      if (report === null) return false;
      await reports.record(report, policy, clock.now());
      return report.verdict !== 'trying';
    } catch (error) {
      // One that cannot be asked for or stored must not keep the others from being asked for.
      log.error('reports.ask_failed', { carrier: policy.carrierId, error: errorText(error) });
      return false;
    }
  }
}

/** Each pause is about as long as all that went before it, up to 32 times the first. */
function nextAsk({ acceptedAt }: DueAsk, { afterMs, everyMs }: ReportAsking, now: Millis): Millis {
  const asked = Math.max(0, now - acceptedAt - afterMs);
  return now + Math.min(mostDoublings * everyMs, asked + everyMs);
}
