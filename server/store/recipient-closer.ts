import type Database from 'better-sqlite3';
import { recipientBody } from '../domain/event-bodies.ts';
import type { EventName } from '../domain/events.ts';
import { drStatusOf, recipientSources, type RecipientState } from '../domain/message-state.ts';
import type { Millis } from '../domain/ports.ts';
import type { TxIdCodec } from '../domain/tx-id.ts';
import type { EventWriter, MessageTally } from './message-tally.ts';
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

/** Brings recipients to their ends: one guarded update each, with counters, refund and event in the same transaction. */
export class RecipientCloser {
  readonly #db: Database.Database;
  readonly #events: EventWriter;
  readonly #txIds: TxIdCodec;
  readonly #end = new Map<RecipientState, Database.Statement>();

  constructor(db: Database.Database, events: EventWriter, txIds: TxIdCodec) {
    this.#db = db;
    this.#events = events;
    this.#txIds = txIds;
    for (const to of ['success', 'failed', 'expired', 'blocked', 'unknown', 'cancelled'] as const) {
      const from = recipientSources(to)
        .map((state) => `'${state}'`)
        .join(', ');
      this.#end.set(
        to,
        db.prepare(`UPDATE recipient SET state = '${to}', error_code = ?, error_message = ?, refunded = refunded + ?,
          delivered_at = ?, finished_at = COALESCE(finished_at, ?), retry_lane = NULL, retry_at = NULL
          WHERE id = ? AND state IN (${from})`),
      );
    }
  }

  /**
   * Ends a recipient as `to`; changes nothing when its state does not lead there (a late or repeated report).
   * @returns whether it changed.
   */
  end(
    message: MessageRecord,
    recipient: RecipientRecord,
    to: RecipientState,
    ending: Ending,
    tally: MessageTally,
  ): boolean {
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
    tally.move(message.id, recipient.state, to);
    if (recipient.finished_at === null) tally.close(message.id);
    if (refund > 0) tally.refund(message.id, refund);
    if (ending.event !== null) this.tell(message, recipient, to, ending.event, ending.code, ending.at);
    return true;
  }

  /** What was never handed over and is not worth sending any more. */
  expire(message: MessageRecord, recipient: RecipientRecord, tally: MessageTally): void {
    this.end(
      message,
      recipient,
      'expired',
      {
        code: 'expired',
        message: 'Its validity ended before a carrier could take it.',
        at: message.expires_at,
        refund: true,
        event: 'sms.failed',
      },
      tally,
    );
  }

  /** What was blocked while it waited. @param refund whether no network has any part of it. */
  block(message: MessageRecord, recipient: RecipientRecord, refund: boolean, at: Millis, tally: MessageTally): void {
    const ending = { code: 'blocked', message: 'The number was put on the blocklist while this waited.', at, refund };
    this.end(message, recipient, 'blocked', { ...ending, event: 'sms.failed' }, tally);
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
