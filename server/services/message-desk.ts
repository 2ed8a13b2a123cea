import { drStatusOf, type DrStatus, type MessageState } from '../domain/message-state.ts';
import type { Clock, Millis } from '../domain/ports.ts';
import { waitingFor, type Reason, type Waiting } from '../domain/reason.ts';
import { referenceNumber } from '../domain/schedule.ts';
import type { TxIdCodec } from '../domain/tx-id.ts';
import type { CarriedRecipient, MessageReader, NamedMessage, Page } from '../store/message-reader.ts';
import type { MessageHistory } from '../store/message-history.ts';
import { summaryOf } from '../store/message-tally.ts';
import type { SweepStore } from '../store/sweep-store.ts';
import { historyFilter, type HistoryRequest, type PageRequest, type ReadingRules } from './list-filters.ts';
import { messageByRefNo } from './message-by-ref-no.ts';
import { listMark, openCursor, sealCursor } from './paging.ts';
import { recipientTimeline, type TimelineStep } from './timeline.ts';

export interface MessageView {
  readonly uuid: string;
  readonly origin: string;
  readonly status: MessageState;
  readonly totalMsisdn: number;
  readonly drSummary: { drStatus: DrStatus; count: number }[];
  readonly refundedCount: number;
  readonly refNo: string;
  readonly clientRef: string | null;
  readonly message: string;
  readonly segments: number;
  readonly totalCredit: number;
  readonly blockedCount: number;
  readonly scheduledTime: string | null;
  readonly createdAt: string;
  readonly completedAt: string | null;
}

/** As callers of the API see it. */
export interface StatusView extends MessageView {
  /** Why what is queued waits, in plain words; absent while nothing does. */
  readonly waiting?: string;
}

/** Why it waits, for the pages: in plain English, and by codes. */
interface WaitingView {
  readonly waiting: string | null;
  readonly waitingReasons: Reason[];
}

interface NamedCampaign {
  readonly id: number;
  readonly name: string;
}

export interface RecipientView {
  readonly msisdn: string;
  readonly txId: string;
  readonly drStatus: DrStatus;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly segments: number;
  readonly credit: number;
  readonly refunded: boolean;
  readonly carrier: string | null;
  readonly attempts: number;
  readonly sentAt: string | null;
  readonly deliveredAt: string | null;
}

export interface RecipientsRequest extends PageRequest {
  readonly drStatus?: DrStatus | undefined;
}

const campaignPaused: Reason = {
  code: 'waiting.campaign_paused',
  values: {},
  text: 'Held: its campaign is paused. Resume the campaign to go on.',
};
const excerptLength = 120;
const resendValidityMs = 24 * 3_600_000;

/** Answers what became of messages: for callers of the API and for the pages. */
export class MessageDesk {
  readonly #reader: MessageReader;
  readonly #history: MessageHistory;
  readonly #sweeps: SweepStore;
  readonly #txIds: TxIdCodec;
  readonly #clock: Clock;
  readonly #rules: () => ReadingRules;
  readonly #whyWaiting: (row: NamedMessage) => Waiting | null;
  readonly #campaignOf: (id: number) => NamedCampaign;

  constructor(options: {
    reader: MessageReader;
    history: MessageHistory;
    sweeps: SweepStore;
    txIds: TxIdCodec;
    clock: Clock;
    rules: () => ReadingRules;
    whyWaiting: (row: NamedMessage) => Waiting | null;
    campaignOf: (id: number) => NamedCampaign;
  }) {
    this.#reader = options.reader;
    this.#history = options.history;
    this.#sweeps = options.sweeps;
    this.#txIds = options.txIds;
    this.#clock = options.clock;
    this.#rules = options.rules;
    this.#whyWaiting = options.whyWaiting;
    this.#campaignOf = options.campaignOf;
  }

  /** @throws AppError `message.not_found`, also for another account's message when an account is named. */
  status(uuid: string, accountId?: number): StatusView {
    return this.#status(this.#reader.byUuid(uuid, accountId));
  }

  /** The status with what only the pages show. */
  adminStatus(uuid: string): MessageView & WaitingView & { account: string; campaign: NamedCampaign | null } {
    const row = this.#reader.byUuid(uuid);
    const campaign = row.campaign_id === null ? null : this.#campaignOf(row.campaign_id);
    return { ...this.#view(row), account: row.account, ...waitingView(this.#waiting(row)), campaign };
  }

  recipients(
    uuid: string,
    request: RecipientsRequest,
    accountId?: number,
  ): { items: RecipientView[]; nextCursor: string | null; total: number } {
    const message = this.#reader.byUuid(uuid, accountId);
    const [from = null] = openCursor(request.cursor, 1) ?? [];
    const page = this.#reader.recipients(message, from, request.limit, request.drStatus);
    const { drStatus } = request;
    const total =
      drStatus === undefined
        ? message.recipient_count
        : (summaryOf(message).find((entry) => entry.drStatus === drStatus)?.count ?? 0);
    const nextCursor = sealCursor(page.next === null ? null : [page.next]);
    return { items: page.items.map((row) => this.#recipientView(row)), nextCursor, total };
  }

  /**
   * Messages of an account, newest first (api-v2 §4). A page may be short, even empty, and have a next one.
   * @throws AppError `validation.failed` for a time, a number or a cursor that cannot be read.
   */
  history(request: HistoryRequest, accountId: number): { items: StatusView[]; nextCursor: string | null } {
    const { items, nextCursor } = this.#page(request, accountId);
    return { items: items.map((row) => this.#status(row)), nextCursor };
  }

  /** The same for the pages: rows of one account, or of the whole box; with `refNo` the one message that has it. */
  list(request: HistoryRequest & { readonly refNo?: string | undefined }, accountId?: number) {
    if (request.refNo !== undefined) {
      const { timeZone } = this.#rules();
      const row = messageByRefNo(this.#reader, request.refNo, { accountId, timeZone });
      return { items: row === undefined ? [] : [this.#row(row)], nextCursor: null };
    }
    const { items, nextCursor } = this.#page(request, accountId);
    return { items: items.map((row) => this.#row(row)), nextCursor };
  }

  /** One message as lists show it; undefined when there is none. */
  row(messageId: number) {
    const row = this.#reader.byId(messageId);
    return row === undefined ? undefined : this.#row(row);
  }

  /** Everything that happened to one recipient, oldest first. */
  timeline(uuid: string, txId: string): TimelineStep[] {
    const message = this.#reader.byUuid(uuid);
    const recipient = this.#reader.recipient(message, this.#txIds.decode(txId));
    return recipientTimeline(
      message,
      recipient,
      this.#reader.submissions(recipient.id),
      this.#reader.deliveries(recipient.id),
    );
  }

  /** Sends again what ended unknown, on an operator's word. */
  async resend(uuid: string, txId: string): Promise<void> {
    const message = this.#reader.byUuid(uuid);
    const recipient = this.#reader.recipient(message, this.#txIds.decode(txId));
    await this.#sweeps.resendUnknown(message, recipient, resendValidityMs, this.#clock.now());
  }

  /** Takes what ended unknown for sent, on an operator's word. */
  async markSent(uuid: string, txId: string): Promise<void> {
    const message = this.#reader.byUuid(uuid);
    const recipient = this.#reader.recipient(message, this.#txIds.decode(txId));
    await this.#sweeps.markUnknownSent(message, recipient, this.#clock.now());
  }

  queue(): { queued: number; oldestQueuedMs: number | null } {
    const { queued, oldest } = this.#reader.queueState();
    return { queued, oldestQueuedMs: oldest === null ? null : Math.max(0, this.#clock.now() - oldest) };
  }

  #page(request: HistoryRequest, accountId: number | undefined): { items: NamedMessage[]; nextCursor: string | null } {
    const filter = historyFilter(request, accountId, this.#rules());
    const mark = listMark('messages', filter);
    const [before = null] = openCursor(request.cursor, 1, mark) ?? [];
    const page: Page<NamedMessage> = this.#history.page(filter, before, request.limit);
    return { items: page.items, nextCursor: sealCursor(page.next === null ? null : [page.next], mark) };
  }

  #status(row: NamedMessage): StatusView {
    const waiting = this.#waiting(row);
    return waiting === null ? this.#view(row) : { ...this.#view(row), waiting: waiting.text };
  }

  #view(row: NamedMessage): MessageView {
    return {
      uuid: row.uuid,
      origin: row.origin,
      status: row.state,
      totalMsisdn: row.recipient_count,
      drSummary: summaryOf(row),
      refundedCount: row.refunded_count,
      refNo: referenceNumber(row.id, row.created_at, this.#rules().timeZone),
      clientRef: row.client_ref,
      message: row.text,
      segments: row.segments,
      totalCredit: row.credit,
      blockedCount: row.blocked_count,
      scheduledTime: iso(row.scheduled_at),
      createdAt: new Date(row.created_at).toISOString(),
      completedAt: iso(row.completed_at),
    };
  }

  #row(row: NamedMessage) {
    const { message, refundedCount: _refunded, blockedCount: _blocked, ...view } = this.#view(row);
    const excerpt = message.length > excerptLength ? `${message.slice(0, excerptLength)}…` : message;
    return { ...view, account: row.account, msisdn: row.only_msisdn, excerpt, ...waitingView(this.#waiting(row)) };
  }

  #waiting(row: NamedMessage): Waiting | null {
    if (row.queued_count === 0 || (row.state !== 'pending' && row.state !== 'sending')) return null;
    if (row.held_from !== null) return waitingFor(campaignPaused);
    return this.#whyWaiting(row);
  }

  #recipientView(row: CarriedRecipient): RecipientView {
    return {
      msisdn: row.msisdn,
      txId: this.#txIds.encode(row.id),
      drStatus: drStatusOf(row.state),
      errorCode: row.error_code,
      errorMessage: row.error_message,
      segments: row.segments,
      credit: row.credit,
      refunded: row.refunded > 0,
      carrier: row.carrier,
      attempts: row.tries,
      sentAt: iso(row.sent_at),
      deliveredAt: iso(row.delivered_at),
    };
  }
}

function waitingView(waiting: Waiting | null): WaitingView {
  return { waiting: waiting?.text ?? null, waitingReasons: [...(waiting?.reasons ?? [])] };
}

export function iso(at: Millis | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
