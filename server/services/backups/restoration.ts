import type { Clock, Logger, Millis, Service } from '../../domain/ports.ts';
import type { MessageWriter } from '../../store/message-writer.ts';
import type { RestoreStore } from '../../store/restore-store.ts';
import type { ScheduleStore } from '../../store/schedule-store.ts';
import type { SweepStore } from '../../store/sweep-store.ts';
import type { AuditTrail } from '../audit-trail.ts';
import { readCron } from '../cron.ts';

/**
 * A box that is started on a backup first makes sure that nothing goes out a second time: what waited when the backup was
 * made may have been sent since. It runs before anything that sends, and does nothing on any other start.
 */
export class Restoration implements Service {
  readonly name = 'restoration';
  readonly #store: RestoreStore;
  readonly #writer: MessageWriter;
  readonly #sweeps: SweepStore;
  readonly #schedules: ScheduleStore;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor(options: {
    readonly store: RestoreStore;
    readonly writer: MessageWriter;
    readonly sweeps: SweepStore;
    readonly schedules: ScheduleStore;
    readonly audit: AuditTrail;
    readonly clock: Clock;
    readonly log: Logger;
  }) {
    this.#store = options.store;
    this.#writer = options.writer;
    this.#sweeps = options.sweeps;
    this.#schedules = options.schedules;
    this.#audit = options.audit;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  async start(): Promise<void> {
    const note = this.#store.note();
    if (note === undefined) return;
    const now = this.#clock.now();
    this.#log.warn('restore.begun', { backup: note.name, madeAt: note.made_at });
    const id = await this.#store.begin(note, now);
    this.#writer.takeNextIds();
    await this.#store.holdCampaigns(id, now);
    // What is scheduled for later was not sent by anybody yet, and stays.
    while ((await this.#sweeps.releaseDue(now, 0)) > 0);
    await this.#store.holdRecipients(id, now);
    await this.#passSlots(id, now);
    const { recipients, campaigns, slots, answers } = await this.#store.finish(id, now);
    await this.#audit.note(
      {
        who: 'command line',
        role: null,
        address: '',
        operation: 'restore',
        target: `backups/${note.name}`,
        detail: `recipients=${recipients} campaigns=${campaigns} slots=${slots} answers=${answers}`,
      },
      'done',
    );
    this.#log.warn('restore.done', { backup: note.name, recipients, campaigns, slots, answers });
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** Times of schedules that lie between the backup and now were served, or were not: nobody knows, so they are not served. */
  async #passSlots(id: number, now: Millis): Promise<void> {
    for (let due = this.#schedules.due(now); due.length > 0; due = this.#schedules.due(now)) {
      for (const schedule of due) {
        const slot = schedule.next_at ?? now;
        const next = readCron(schedule.cron, schedule.time_zone).next(now);
        const ending = { slot, outcome: 'skipped', note: passedSlot, campaign: null, at: now } as const;
        if (await this.#schedules.serve(schedule, ending, next)) await this.#store.countSlot(id);
      }
    }
  }
}

const passedSlot =
  'Skipped: the box was restored from a backup of before this time, and it may have been sent since. Run it by hand if it was not.';
