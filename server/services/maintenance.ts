import { errorText } from '../domain/errors.ts';
import type { Clock, Logger, Millis, Service, Timer } from '../domain/ports.ts';
import type { MessageWriter } from '../store/message-writer.ts';
import type { SweepStore } from '../store/sweep-store.ts';
import type { Cancellation } from './cancellation.ts';
import { everyNight } from './cron.ts';
import type { DuplicateGuard } from './guards/duplicate-guard.ts';
import type { Idempotency } from './idempotency.ts';
import type { InboundDesk } from './inbound-desk.ts';
import type { OneTimeCodes } from './one-time-codes.ts';
import type { QueueWatch } from './queue-watch.ts';
import type { AutoAnswers } from './two-way/auto-answers.ts';

export interface MaintenanceOptions {
  readonly sweeps: SweepStore;
  readonly writer: MessageWriter;
  readonly inbound: InboundDesk;
  readonly answers: Pick<AutoAnswers, 'sweep'>;
  readonly idempotency: Idempotency;
  readonly codes: OneTimeCodes;
  readonly cancellation: Cancellation;
  readonly duplicates: DuplicateGuard;
  readonly queueWatch: QueueWatch;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long after its validity a message still waits for reports, in milliseconds. */
  readonly giveUpAfterMs: () => Millis;
  /** How much later than scheduled a message may still be sent, in milliseconds. */
  readonly latenessMs: () => Millis;
}

const tickMs = 1_000;
const slowEvery = 15;
const orphanAgeMs = 7 * 86_400_000;

/** What must happen without anybody calling: schedules fall due, validities end, leftovers are swept. */
export class Maintenance implements Service {
  readonly name = 'maintenance';
  readonly #options: MaintenanceOptions;
  #timer: Timer | undefined;
  #nightly: ReturnType<typeof everyNight> | undefined;
  #running = false;
  #ticks = 0;
  #busy: Promise<void> = Promise.resolve();

  constructor(options: MaintenanceOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#running = true;
    this.#busy = this.#guarded('leftovers', async () => {
      await this.#options.writer.sweepStaging();
      await this.#options.cancellation.finishAll();
    });
    this.#nightly = everyNight(() => {
      this.#busy = this.#guarded('nightly', async () => {
        await this.#options.sweeps.dropOrphans(this.#options.clock.now() - orphanAgeMs);
        await this.#options.idempotency.sweep();
        await this.#options.codes.sweep();
        await this.#options.answers.sweep();
      });
    });
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#timer?.cancel();
    await this.#nightly?.destroy();
    await this.#busy;
  }

  #schedule(): void {
    if (!this.#running) return;
    this.#timer = this.#options.clock.after(tickMs, () => {
      this.#busy = this.#tick().finally(() => this.#schedule());
    });
  }

  async #tick(): Promise<void> {
    const { sweeps, inbound, cancellation, duplicates, queueWatch, clock, giveUpAfterMs, latenessMs } = this.#options;
    this.#ticks += 1;
    await this.#guarded('schedules', async () => {
      await sweeps.releaseDue(clock.now(), clock.now() - latenessMs());
    });
    if (this.#ticks % slowEvery !== 0) return;
    await this.#guarded('cancellations', async () => {
      await cancellation.finishAll();
    });
    await this.#guarded('expiry', async () => {
      await sweeps.expireOverdue(clock.now());
    });
    await this.#guarded('reports', async () => {
      await sweeps.giveUpReports(clock.now() - giveUpAfterMs(), clock.now());
    });
    await this.#guarded('queue', async () => {
      await queueWatch.look();
    });
    await this.#guarded('inbound', async () => {
      await inbound.releaseIncomplete();
    });
    await this.#guarded('duplicates', async () => {
      await duplicates.sweep();
    });
  }

  async #guarded(what: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#options.log.error('maintenance.failed', { what, error: errorText(error) });
    }
  }
}
