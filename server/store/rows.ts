import type { MessageState, RecipientState } from '../domain/message-state.ts';

/** Rows as SQLite gives them; the only place where column names are spelt as types. */
export interface MessageRecord {
  readonly id: number;
  readonly uuid: string;
  readonly account_id: number;
  readonly key_id: number | null;
  readonly kind: string;
  readonly lane: number;
  readonly origin: string;
  readonly text: string;
  readonly client_ref: string | null;
  readonly state: MessageState;
  readonly segments: number;
  readonly credit: number;
  readonly first_recipient_id: number;
  readonly recipient_count: number;
  readonly next_recipient_id: number;
  readonly queued_count: number;
  readonly sending_count: number;
  readonly sent_count: number;
  readonly success_count: number;
  readonly failed_count: number;
  readonly expired_count: number;
  readonly blocked_count: number;
  readonly cancelled_count: number;
  readonly unknown_count: number;
  readonly open_count: number;
  readonly handed_count: number;
  readonly refunded_count: number;
  readonly scheduled_at: number | null;
  readonly expires_at: number;
  readonly created_at: number;
  readonly completed_at: number | null;
  /** The first recipient that cancelling has still to look at; null when it is done or never began. */
  readonly cancel_from: number | null;
  readonly cancelled_credit: number;
  readonly campaign_id: number | null;
  /** Where it goes on once its campaign is resumed; null when it is not held. */
  readonly held_from: number | null;
  readonly held_at: number | null;
  /** Its class of traffic; 0 for one from before there were any. */
  readonly traffic_id: number;
}

export interface RecipientRecord {
  readonly id: number;
  readonly message_id: number;
  readonly msisdn: string;
  readonly state: RecipientState;
  readonly segments: number;
  readonly credit: number;
  readonly text: string | null;
  readonly refunded: number;
  readonly tries: number;
  readonly carrier_id: number | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly retry_lane: number | null;
  readonly retry_at: number | null;
  /** The class of traffic by which it waits to be tried again. */
  readonly retry_traffic: number | null;
  readonly sent_at: number | null;
  readonly delivered_at: number | null;
  readonly finished_at: number | null;
}

export type SubmissionState = 'handing' | 'accepted' | 'rejected' | 'retry' | 'uncertain' | 'reported' | 'unreported';

export interface SubmissionRecord {
  readonly id: number;
  readonly recipient_id: number;
  readonly message_id: number;
  readonly carrier_id: number;
  readonly part: number;
  readonly part_count: number;
  readonly state: SubmissionState;
  readonly reference: string | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly handed_at: number;
  readonly answered_at: number | null;
  /** When its report is asked for next; null when it never is. */
  readonly ask_at: number | null;
  readonly report: string | null;
  readonly report_code: string | null;
  readonly reported_at: number | null;
}
