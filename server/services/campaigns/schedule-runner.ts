import { errorText, isAppError } from '../../domain/errors.ts';
import type { Clock, Logger, Millis, Service, Timer } from '../../domain/ports.ts';
import type { ScheduleRecord } from '../../store/campaign-rows.ts';
import type { ScheduleStore, SlotEnding } from '../../store/schedule-store.ts';
import { readCron } from '../cron.ts';
import type { ScheduleDesk } from './schedule-desk.ts';

export interface ScheduleRunnerOptions {
  readonly store: ScheduleStore;
  readonly desk: ScheduleDesk;
  readonly clock: Clock;
  readonly log: Logger;
  /** How much later than its time a slot is still served, in milliseconds. */
  readonly latenessMs: () => Millis;
  /** A campaign may now run. */
  readonly wake: () => void;
}

const tickMs = 1_000;
/** Later than this a slot was not served on time: the box was off, or its clock was set. */
const lateFrom = 60_000;
/** Missed slots that are counted one by one. */
const mostMissed = 10_000;

/** Serves the slots of schedules as they fall due, each once; of those that passed while the box was off only the last. */
export class ScheduleRunner implements Service {
  readonly name = 'schedules';
  readonly #options: ScheduleRunnerOptions;
  #running = false;
  #timer: Timer | undefined;
  #busy: Promise<void> = Promise.resolve();

  constructor(options: ScheduleRunnerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#running = true;
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#timer?.cancel();
    await this.#busy;
  }

  #schedule(): void {
    if (!this.#running) return;
    this.#timer = this.#options.clock.after(tickMs, () => {
      this.#busy = this.#serveDue().finally(() => this.#schedule());
    });
  }

  async #serveDue(): Promise<void> {
    const { store, clock, log } = this.#options;
    try {
      for (const schedule of store.due(clock.now())) await this.#serve(schedule, clock.now());
    } catch (error) {
      log.error('schedule.failed', { error: errorText(error) });
    }
  }

  async #serve(schedule: ScheduleRecord, now: Millis): Promise<void> {
    const plan = readCron(schedule.cron, schedule.time_zone);
    let slot = schedule.next_at ?? now;
    let missed = 0;
    for (let next = plan.next(slot); next !== null && next <= now && missed < mostMissed; next = plan.next(slot)) {
      slot = next;
      missed += 1;
    }
    const ending = this.#ending(schedule, { slot, missed, now });
    const served = await this.#options.store.serve(schedule, ending, plan.next(Math.max(slot, now)));
    if (served && ending.campaign !== null) this.#options.wake();
  }

  #ending(schedule: ScheduleRecord, { slot, missed, now }: { slot: Millis; missed: number; now: Millis }): SlotEnding {
    const late = now - slot;
    const before = missed === 0 ? '' : ` ${missed} earlier ${missed === 1 ? 'time was' : 'times were'} missed as well.`;
    const minutes = Math.round(late / 60_000);
    if (late > Math.max(lateFrom, this.#options.latenessMs())) {
      const note = `Skipped: the box was off and came back ${minutes} minutes too late.${before}`;
      return { slot, outcome: 'skipped', note, campaign: null, at: now };
    }
    const isLate = late > lateFrom;
    const note = isLate ? `Sent ${minutes} minutes late: the box was off at its time.${before}` : before.trim() || null;
    try {
      const campaign = this.#options.desk.campaignOf(schedule);
      return { slot, outcome: isLate ? 'late' : 'sent', note, campaign, at: now };
    } catch (error) {
      if (!isAppError(error) || error.code.startsWith('store.')) throw error;
      return { slot, outcome: 'failed', note: error.message, campaign: null, at: now };
    }
  }
}
