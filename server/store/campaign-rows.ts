import type { Millis } from '../domain/ports.ts';

/**
 * `preparing`: its audience is being made into messages; `sending`: all of it was; `paused`: nothing of it is handed over;
 * `cancelling`: what waits is being taken back; the others are its end.
 */
export type CampaignState = 'preparing' | 'sending' | 'paused' | 'cancelling' | 'done' | 'cancelled';

/** What happens to a recipient for whom a value is missing. */
export type MissingValues = 'skip' | 'blank';

export interface CampaignRecord {
  readonly id: number;
  readonly account_id: number;
  readonly name: string;
  readonly state: CampaignState;
  readonly origin: string;
  readonly text: string;
  readonly priority: string;
  readonly missing: string;
  /** JSON, as `services/campaigns/audience.ts` has it. */
  readonly audience: string;
  readonly scheduled_at: Millis | null;
  /** The source that is being worked through, counted from 0; null when all of them are. */
  readonly source: number | null;
  /** The last of that source that was made into a message. */
  readonly after: number;
  readonly recipient_count: number;
  readonly skipped_count: number;
  readonly problem: string | null;
  readonly problem_code: string | null;
  readonly schedule_id: number | null;
  readonly slot: Millis | null;
  readonly created_by: string;
  readonly created_at: Millis;
  readonly finished_at: Millis | null;
}

export interface CampaignDraft {
  readonly accountId: number;
  readonly name: string;
  readonly origin: string;
  readonly text: string;
  readonly priority: string;
  readonly missing: MissingValues;
  readonly audience: string;
  readonly scheduledAt: Millis | null;
  readonly by: string;
}

/** What became of a campaign's recipients, from the counters of its messages. */
export interface CampaignCounts {
  readonly messages: number;
  readonly recipients: number;
  readonly pending: number;
  readonly sent: number;
  readonly success: number;
  readonly failed: number;
  readonly expired: number;
  readonly blocked: number;
  readonly cancelled: number;
  readonly unknown: number;
  readonly open: number;
  readonly credits: number;
  readonly refunded: number;
}

export type ScheduleState = 'active' | 'paused' | 'cancelled';

export interface ScheduleRecord {
  readonly id: number;
  readonly account_id: number;
  readonly name: string;
  readonly state: ScheduleState;
  readonly cron: string;
  readonly time_zone: string;
  readonly origin: string;
  readonly text: string | null;
  readonly template_id: number | null;
  readonly priority: string;
  readonly missing: string;
  readonly audience: string;
  readonly next_at: Millis | null;
  readonly created_by: string;
  readonly created_at: Millis;
}

/** `sent` on time, `late` after the box was off, `skipped` for being too late, `manual` on a person's word, `failed`: it could not begin. */
export type RunOutcome = 'sent' | 'late' | 'skipped' | 'manual' | 'failed';

export interface ScheduleRunRecord {
  readonly schedule_id: number;
  readonly slot: Millis;
  readonly outcome: RunOutcome;
  readonly note: string | null;
  readonly campaign_id: number | null;
  readonly at: Millis;
}
