import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { CampaignCounts, CampaignDraft, CampaignRecord, CampaignState } from './campaign-rows.ts';
import type { CommitQueue } from './commit-queue.ts';

/** How far a campaign's audience was made into messages. */
export interface CampaignPlace {
  /** Null at the end. */
  readonly source: number | null;
  readonly after: number;
}

export interface CampaignStep {
  readonly to: CampaignPlace;
  /** The message that the step made; null when all of it was left out. */
  readonly messageId: number | null;
  readonly recipients: number;
  readonly skipped: number;
}

/** Which campaigns are listed; null for all. */
export interface CampaignWish {
  readonly accountId: number | null;
  readonly state: CampaignState | null;
  /** Only those with a smaller id. */
  readonly before: number;
}

/** The validity of what is held ends this much later: it does not run while nothing can be sent. */
const heldMs = 366 * 86_400_000;
const open = "state IN ('scheduled', 'pending', 'sending')";

/**
 * Campaigns. How far one came is written in the transaction of the message it made, and only while it is `preparing`: so
 * pausing and cancelling never miss a message, and no part of an audience is taken twice.
 */
export class CampaignStore {
  readonly #db: Database.Database;
  readonly #queue: CommitQueue;
  readonly #touched: Set<number>;
  readonly #get: Database.Statement<[number], CampaignRecord>;
  readonly #step: Database.Statement;
  readonly #join: Database.Statement;
  readonly #counts: Database.Statement<[number], CampaignCounts>;
  readonly #hold: Database.Statement<[Millis, number], { id: number }>;
  readonly #letGo: Database.Statement<[Millis, number], { id: number }>;
  readonly #move: Database.Statement;

  constructor(db: Database.Database, queue: CommitQueue, touched: Set<number>) {
    this.#db = db;
    this.#queue = queue;
    this.#touched = touched;
    this.#get = db.prepare('SELECT * FROM campaign WHERE id = ?');
    this.#step = db.prepare(`UPDATE campaign SET source = ?, after = ?, recipient_count = recipient_count + ?,
      skipped_count = skipped_count + ?, state = CASE WHEN ? THEN 'sending' ELSE state END
      WHERE id = ? AND state = 'preparing' AND source = ? AND after = ?`);
    this.#join = db.prepare('UPDATE message SET campaign_id = ? WHERE id = ?');
    this.#counts = db.prepare(`SELECT COUNT(*) AS messages, COALESCE(SUM(recipient_count), 0) AS recipients,
      COALESCE(SUM(queued_count + sending_count), 0) AS pending, COALESCE(SUM(sent_count), 0) AS sent,
      COALESCE(SUM(success_count), 0) AS success, COALESCE(SUM(failed_count), 0) AS failed,
      COALESCE(SUM(expired_count), 0) AS expired, COALESCE(SUM(blocked_count), 0) AS blocked,
      COALESCE(SUM(cancelled_count), 0) AS cancelled, COALESCE(SUM(unknown_count), 0) AS unknown,
      COALESCE(SUM(open_count), 0) AS open, COALESCE(SUM(credit), 0) AS credits,
      COALESCE(SUM(refunded_count), 0) AS refunded FROM message WHERE campaign_id = ?`);
    this.#hold =
      db.prepare(`UPDATE message SET held_from = next_recipient_id, held_at = ?, expires_at = expires_at + ${heldMs},
      next_recipient_id = first_recipient_id + recipient_count WHERE campaign_id = ? AND ${open} AND held_from IS NULL RETURNING id`);
    this.#letGo =
      db.prepare(`UPDATE message SET next_recipient_id = CASE WHEN ${open} THEN held_from ELSE next_recipient_id END,
      expires_at = expires_at - ${heldMs} + (? - held_at), held_from = NULL, held_at = NULL
      WHERE campaign_id = ? AND held_from IS NOT NULL RETURNING id`);
    this.#move = db.prepare(
      'UPDATE campaign SET state = ?, problem = ?, problem_code = ?, finished_at = ? WHERE id = ? AND state = ?',
    );
  }

  /** @throws AppError `campaign.not_found`. */
  get(id: number): CampaignRecord {
    const row = this.#get.get(id);
    if (row === undefined) throw new AppError('campaign.not_found', `There is no campaign ${id}.`);
    return row;
  }

  /** Campaigns of an account or of all, in a state or in any, newest first, from before an id on. */
  list(wanted: CampaignWish, limit: number): CampaignRecord[] {
    const { accountId, state, before } = wanted;
    const terms: readonly (readonly [string, number | string])[] = [
      ...(accountId === null ? [] : [['account_id = ?', accountId] as const]),
      ...(state === null ? [] : [['state = ?', state] as const]),
      ['id < ?', before],
    ];
    const conditions = terms.map(([condition]) => condition).join(' AND ');
    return this.#db
      .prepare<unknown[], CampaignRecord>(`SELECT * FROM campaign WHERE ${conditions} ORDER BY id DESC LIMIT ?`)
      .all(...terms.map(([, value]) => value), limit);
  }

  /** Campaigns that have work to do, the oldest first. */
  preparing(): CampaignRecord[] {
    return this.#db.prepare<[], CampaignRecord>("SELECT * FROM campaign WHERE state = 'preparing' ORDER BY id").all();
  }

  cancelling(): CampaignRecord[] {
    return this.#db.prepare<[], CampaignRecord>("SELECT * FROM campaign WHERE state = 'cancelling' ORDER BY id").all();
  }

  sending(): CampaignRecord[] {
    return this.#db.prepare<[], CampaignRecord>("SELECT * FROM campaign WHERE state = 'sending' ORDER BY id").all();
  }

  counts(id: number): CampaignCounts {
    const counts = this.#counts.get(id);
    if (counts === undefined) throw new Error('a sum without a row');
    return counts;
  }

  /** Its messages, the oldest first, from after an id on. */
  messages(id: number, after: number, limit: number): { id: number; state: string }[] {
    return this.#db
      .prepare<[number, number, number], { id: number; state: string }>(
        'SELECT id, state FROM message WHERE campaign_id = ? AND id > ? ORDER BY id LIMIT ?',
      )
      .all(id, after, limit);
  }

  async create(draft: CampaignDraft, now: Millis): Promise<CampaignRecord> {
    return await this.#queue.run(() => this.get(this.insert(draft, now)));
  }

  /** Inside a transaction. */
  insert(draft: CampaignDraft, now: Millis, from: { scheduleId: number; slot: Millis } | null = null): number {
    const { accountId, name, origin, text, priority, missing, audience, scheduledAt, by } = draft;
    return Number(
      this.#db
        .prepare(
          `INSERT INTO campaign (account_id, name, state, origin, text, priority, missing, audience, scheduled_at, source, schedule_id, slot, created_by, created_at)
           VALUES (?, ?, 'preparing', ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)`,
        )
        .run(
          accountId,
          name,
          origin,
          text,
          priority,
          missing,
          audience,
          scheduledAt,
          from?.scheduleId ?? null,
          from?.slot ?? null,
          by,
          now,
        ).lastInsertRowid,
    );
  }

  /**
   * Notes how far a campaign came; inside the transaction of the message that it made.
   * @throws AppError `campaign.wrong_state` when it was paused or cancelled, or came further, meanwhile: that message is then undone.
   */
  noteStep(from: CampaignRecord, { to, messageId, recipients, skipped }: CampaignStep): void {
    const done = Number(to.source === null);
    const stepped = this.#step.run(to.source, to.after, recipients, skipped, done, from.id, from.source, from.after);
    if (stepped.changes !== 1) throw new AppError('campaign.wrong_state', 'The campaign does not go on any more.');
    if (messageId !== null) this.#join.run(from.id, messageId);
  }

  /** The same for a step that made no message. */
  async step(from: CampaignRecord, step: CampaignStep): Promise<void> {
    await this.#queue.run(() => this.noteStep(from, step));
  }

  /** Holds a campaign with all that waits of its messages. @throws AppError `campaign.not_found`, `campaign.wrong_state`. */
  async pause(
    id: number,
    now: Millis,
    problem: { readonly code: string; readonly text: string } | null = null,
  ): Promise<CampaignRecord> {
    return await this.#queue.run(() => {
      this.#go(id, ['preparing', 'sending'], 'paused', problem);
      for (const message of this.#hold.iterate(now, id)) this.#touched.add(message.id);
      return this.get(id);
    });
  }

  /** Goes on where it was held. @throws AppError `campaign.not_found`, `campaign.wrong_state`. */
  async resume(id: number, now: Millis): Promise<CampaignRecord> {
    return await this.#queue.run(() => {
      const next = this.get(id).source === null ? 'sending' : 'preparing';
      this.#go(id, ['paused'], next);
      for (const message of this.#letGo.iterate(now, id)) this.#touched.add(message.id);
      return this.get(id);
    });
  }

  /** Makes no more messages; those that there are are to be cancelled. @throws AppError `campaign.not_found`, `campaign.wrong_state`. */
  async cancel(id: number): Promise<CampaignRecord> {
    return await this.#queue.run(() => {
      this.#go(id, ['preparing', 'sending', 'paused'], 'cancelling');
      return this.get(id);
    });
  }

  /** Its messages are cancelled, as far as they could be. */
  async cancelled(id: number, now: Millis): Promise<void> {
    await this.#queue.run(() => {
      for (const message of this.#letGo.iterate(now, id)) this.#touched.add(message.id);
      this.#move.run('cancelled', null, null, now, id, 'cancelling');
    });
  }

  /** Nothing of it is under way any more. */
  async finish(id: number, now: Millis): Promise<void> {
    await this.#queue.run(() => this.#move.run('done', null, null, now, id, 'sending'));
  }

  #go(
    id: number,
    from: readonly CampaignState[],
    to: CampaignState,
    problem: { readonly code: string; readonly text: string } | null = null,
  ): void {
    const { state } = this.get(id);
    const moved =
      from.includes(state) &&
      this.#move.run(to, problem?.text ?? null, problem?.code ?? null, null, id, state).changes === 1;
    if (!moved) throw new AppError('campaign.wrong_state', `That is not possible: the campaign is ${state}.`);
  }
}
