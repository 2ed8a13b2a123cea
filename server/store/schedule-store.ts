import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CampaignDraft, RunOutcome, ScheduleRecord, ScheduleRunRecord, ScheduleState } from './campaign-rows.ts';
import type { CampaignStore } from './campaign-store.ts';
import type { CommitQueue } from './commit-queue.ts';

export interface ScheduleDraft {
  readonly accountId: number;
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly origin: string;
  /** One of both. */
  readonly text: string | null;
  readonly templateId: number | null;
  readonly priority: string;
  readonly missing: string;
  readonly audience: string;
  readonly by: string;
}

/** What becomes of a slot. */
export interface SlotEnding {
  readonly slot: Millis;
  readonly outcome: RunOutcome;
  readonly note: string | null;
  /** What is sent; null for nothing. */
  readonly campaign: CampaignDraft | null;
  readonly at: Millis;
}

/** Recurring schedules. A slot is served in one transaction: its row, its campaign and the time of the next one, or none of them. */
export class ScheduleStore {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #campaigns: CampaignStore;
  readonly #get: Database.Statement<[number], ScheduleRecord>;
  readonly #due: Database.Statement<[Millis], ScheduleRecord>;
  readonly #next: Database.Statement;
  readonly #run: Database.Statement;

  constructor(db: Database.Database, queue: CommitQueue, campaigns: CampaignStore) {
    this.#db = db;
    this.#queue = queue;
    this.#campaigns = campaigns;
    this.#get = db.prepare('SELECT * FROM schedule WHERE id = ?');
    this.#due = db.prepare(
      "SELECT * FROM schedule WHERE state = 'active' AND next_at IS NOT NULL AND next_at <= ? ORDER BY next_at LIMIT 100",
    );
    this.#next = db.prepare("UPDATE schedule SET next_at = ? WHERE id = ? AND state = 'active' AND next_at = ?");
    this.#run = db.prepare(
      'INSERT INTO schedule_run (schedule_id, slot, outcome, note, campaign_id, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
  }

  /** @throws AppError `schedule.not_found`. */
  get(id: number): ScheduleRecord {
    const row = this.#get.get(id);
    if (row === undefined) throw new AppError('schedule.not_found', `There is no schedule ${id}.`);
    return row;
  }

  /** Schedules of an account, or of all of them, newest first. */
  list(accountId: number | null): ScheduleRecord[] {
    if (accountId === null)
      return this.#db.prepare<[], ScheduleRecord>('SELECT * FROM schedule ORDER BY id DESC LIMIT 1000').all();
    return this.#db
      .prepare<[number], ScheduleRecord>('SELECT * FROM schedule WHERE account_id = ? ORDER BY id DESC LIMIT 1000')
      .all(accountId);
  }

  due(now: Millis): ScheduleRecord[] {
    return this.#due.all(now);
  }

  /** The last slots of a schedule, newest first, from before one on. */
  runs(id: number, before: Millis, limit: number): ScheduleRunRecord[] {
    return this.#db
      .prepare<[number, Millis, number], ScheduleRunRecord>(
        'SELECT * FROM schedule_run WHERE schedule_id = ? AND slot < ? ORDER BY slot DESC LIMIT ?',
      )
      .all(id, before, limit);
  }

  /** Slots of a schedule from one time to before another, the oldest first. */
  runsBetween(id: number, from: Millis, to: Millis, limit: number): ScheduleRunRecord[] {
    return this.#db
      .prepare<[number, Millis, Millis, number], ScheduleRunRecord>(
        'SELECT * FROM schedule_run WHERE schedule_id = ? AND slot >= ? AND slot < ? ORDER BY slot LIMIT ?',
      )
      .all(id, from, to, limit);
  }

  async create(draft: ScheduleDraft, nextAt: Millis | null, now: Millis): Promise<ScheduleRecord> {
    return await this.#queue.run((db) => {
      const insert = db.prepare(
        `INSERT INTO schedule (account_id, name, state, cron, time_zone, origin, text, template_id, priority, missing, audience, next_at, created_by, created_at)
         VALUES (?, ?, 'active', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      );
      const { accountId, name, cron, timeZone, origin, text, templateId, priority, missing, audience, by } = draft;
      const values = [accountId, name, cron, timeZone, origin, text, templateId, priority, missing, audience];
      return this.get(Number(insert.run(...values, nextAt, by, now).lastInsertRowid));
    });
  }

  /** Changes a schedule that is not cancelled; its next slot with it. @throws AppError `schedule.not_found`, `schedule.wrong_state`. */
  async change(
    id: number,
    draft: Omit<ScheduleDraft, 'accountId' | 'by'>,
    nextAt: Millis | null,
  ): Promise<ScheduleRecord> {
    return await this.#queue.run((db) => {
      this.#assertState(id, ['active', 'paused']);
      db.prepare(
        `UPDATE schedule SET name = ?, cron = ?, time_zone = ?, origin = ?, text = ?, template_id = ?, priority = ?, missing = ?, audience = ?,
         next_at = CASE WHEN state = 'active' THEN ? END WHERE id = ?`,
      ).run(
        draft.name,
        draft.cron,
        draft.timeZone,
        draft.origin,
        draft.text,
        draft.templateId,
        draft.priority,
        draft.missing,
        draft.audience,
        nextAt,
        id,
      );
      return this.get(id);
    });
  }

  /** @throws AppError `schedule.not_found`, `schedule.wrong_state`. */
  async move(
    id: number,
    from: readonly ScheduleState[],
    to: ScheduleState,
    nextAt: Millis | null,
  ): Promise<ScheduleRecord> {
    return await this.#queue.run((db) => {
      this.#assertState(id, from);
      db.prepare('UPDATE schedule SET state = ?, next_at = ? WHERE id = ?').run(to, nextAt, id);
      return this.get(id);
    });
  }

  /** Serves the slot that is due. @returns whether it was this call that did. */
  async serve(schedule: ScheduleRecord, ending: SlotEnding, nextAt: Millis | null): Promise<boolean> {
    return await this.#queue.run(() => {
      if (this.#next.run(nextAt, schedule.id, schedule.next_at).changes !== 1) return false;
      return this.#write(schedule.id, ending);
    });
  }

  /** Serves a slot of a person's own making. @throws AppError `schedule.not_found`, `schedule.wrong_state` for one that is cancelled, or served at this moment. */
  async runNow(id: number, ending: SlotEnding): Promise<ScheduleRunRecord> {
    return await this.#queue.run(() => {
      this.#assertState(id, ['active', 'paused']);
      if (!this.#write(id, ending))
        throw new AppError('schedule.wrong_state', 'This schedule was run a moment ago already.');
      const [run] = this.runs(id, ending.slot + 1, 1);
      if (run === undefined) throw new Error('a run vanished');
      return run;
    });
  }

  #write(scheduleId: number, { slot, outcome, note, campaign, at }: SlotEnding): boolean {
    // The row first: a slot that has one is served.
    if (this.#run.run(scheduleId, slot, outcome, note, null, at).changes !== 1) return false;
    if (campaign === null) return true;
    const campaignId = this.#campaigns.insert(campaign, at, { scheduleId, slot });
    this.#db
      .prepare('UPDATE schedule_run SET campaign_id = ? WHERE schedule_id = ? AND slot = ?')
      .run(campaignId, scheduleId, slot);
    return true;
  }

  #assertState(id: number, wanted: readonly ScheduleState[]): void {
    const { state } = this.get(id);
    if (!wanted.includes(state))
      throw new AppError('schedule.wrong_state', `That is not possible: the schedule is ${state}.`);
  }
}
