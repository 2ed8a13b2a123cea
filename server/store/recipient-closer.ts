import type Database from 'better-sqlite3';
import { recipientBody } from '../domain/event-bodies.ts';
import type { EventName } from '../domain/events.ts';
import { drStatusOf, recipientSources, type RecipientState } from '../domain/message-state.ts';
import type { Millis } from '../domain/ports.ts';
import type { TxIdCodec } from '../domain/tx-id.ts';
import type { EventWriter } from './event-writer.ts';
import type { MessageTally } from './message-tally.ts';
import type { OtpTexts } from './otp-texts.ts';
import type { MessageRecord, RecipientRecord } from './rows.ts';

export interface Ending {
  readonly code: string | null;
  readonly message: string | null;
  readonly at: Millis;
  /** Give the credit back. */
  readonly refund: boolean;
  readonly event: EventName | null;
  /** For `success`: when the phone had it. */
  readonly deliveredAt?: Millis;
}

/** The counter of each end. */
const countedAs = {
  success: 'delivered',
  failed: 'failed',
  expired: 'expired',
  blocked: 'blocked',
  unknown: 'unknown',
  cancelled: 'cancelled',
} as const;
/** A state in which a recipient ends. */
export type EndState = keyof typeof countedAs;

const endedValidity = { code: 'expired', message: 'Its validity ended before a carrier could take it.' };
const missedSlot = {
  code: 'schedule_missed',
  message: 'The box was off at its scheduled time and came back too late to send it.',
};

/** Brings recipients to their ends: one guarded update each, with counters, refund and event in the same transaction. */
export class RecipientCloser {
  readonly #db: Database.Database;
  readonly #events: EventWriter;
  readonly #txIds: TxIdCodec;
  readonly #otpTexts: OtpTexts;
  readonly #handedParts: Database.Statement<[number], { n: number }>;
  readonly #end = new Map<EndState, Database.Statement>();

  constructor(db: Database.Database, events: EventWriter, txIds: TxIdCodec, otpTexts: OtpTexts) {
    this.#db = db;
    this.#events = events;
    this.#txIds = txIds;
    this.#otpTexts = otpTexts;
    this.#handedParts = db.prepare(
      "SELECT COUNT(*) AS n FROM submission WHERE recipient_id = ? AND state IN ('accepted', 'reported', 'unreported', 'uncertain')",
    );
    for (const to of ['success', 'failed', 'expired', 'blocked', 'unknown', 'cancelled'] as const) {
      const from = recipientSources(to)
        .map((state) => `'${state}'`)
        .join(', ');
      this.#end.set(
        to,
        db.prepare(`UPDATE recipient SET state = '${to}', error_code = ?, error_message = ?, refunded = refunded + ?,
          delivered_at = ?, finished_at = COALESCE(finished_at, ?), retry_lane = NULL, retry_traffic = NULL, retry_at = NULL
          WHERE id = ? AND state IN (${from})`),
      );
    }
  }

  /**
   * Ends a recipient as `to`; changes nothing when its state does not lead there (a late or repeated report).
   * @returns whether it changed.
   */
  end(message: MessageRecord, recipient: RecipientRecord, to: EndState, ending: Ending, tally: MessageTally): boolean {
    const statement = this.#end.get(to);
    if (statement === undefined) throw new RangeError(`${to} is no end`);
    const refund = ending.refund && recipient.refunded === 0 && recipient.credit > 0 ? recipient.credit : 0;
    const changed = statement.run(
      ending.code,
      ending.message,
      refund,
      ending.deliveredAt ?? null,
      ending.at,
      recipient.id,
    ).changes;
    if (changed !== 1) return false;
    this.#otpTexts.wipe(message);
    tally.move(message.id, recipient.state, to);
    tally.count(message.account_id, recipient.carrier_id, countedAs[to]);
    if (recipient.finished_at === null) tally.close(message.id);
    if (refund > 0) tally.refund(message.id, refund);
    if (ending.event !== null) this.tell(message, recipient, to, ending.event, ending.code, ending.at);
    return true;
  }

  /** Whether any of its parts was, or may have been, taken by a network. */
  touched(recipient: RecipientRecord): boolean {
    return recipient.carrier_id !== null && (this.#handedParts.get(recipient.id)?.n ?? 0) > 0;
  }

  /** What waits and is not worth sending any more; given back unless a part of it was, or may have been, sent. */
  expire(message: MessageRecord, recipient: RecipientRecord, tally: MessageTally): void {
    const missed = message.expires_at === message.scheduled_at;
    this.end(
      message,
      recipient,
      'expired',
      {
        ...(missed ? missedSlot : endedValidity),
        at: message.expires_at,
        refund: !this.touched(recipient),
        event: 'sms.failed',
      },
      tally,
    );
  }

  /** What was blocked while it waited; given back unless a part of it was, or may have been, sent. */
  block(message: MessageRecord, recipient: RecipientRecord, at: Millis, tally: MessageTally): void {
    const ending = {
      code: 'blocked',
      message: 'The number was put on the blocklist while this waited.',
      at,
      refund: !this.touched(recipient),
      event: 'sms.failed',
    } as const;
    this.end(message, recipient, 'blocked', ending, tally);
  }

  /** Writes an event about a recipient for those who listen. */
  tell(
    message: MessageRecord,
    recipient: RecipientRecord,
    state: RecipientState,
    name: EventName,
    code: string | null,
    at: Millis,
  ): void {
    if (!this.#events.wanted(message.account_id, name)) return;
    const fact = {
      smsUuid: message.uuid,
      msisdn: recipient.msisdn,
      txId: this.#txIds.encode(recipient.id),
      clientRef: message.client_ref,
    };
    this.#events.write(this.#db, {
      accountId: message.account_id,
      name,
      body: recipientBody(fact, drStatusOf(state), code),
      recipientId: recipient.id,
      messageId: message.id,
      at,
    });
  }
}
