import type Database from 'better-sqlite3';
import type { SubmitOutcome } from '../domain/carrier.ts';
import type { Millis } from '../domain/ports.ts';
import { maxTries, retryDelay } from '../domain/retry.ts';
import type { CarrierPolicy } from './carrier-policy.ts';
import type { ClaimedRecipient } from './claimed-recipient.ts';
import type { DispatchClaim } from './dispatch-claim.ts';
import type { MessageBooks } from './message-books.ts';
import type { MessageTally } from './message-tally.ts';
import type { QuotaStore, Usage } from './quota-store.ts';
import type { ReportStore } from './report-store.ts';
import type { MessageRecord, RecipientRecord } from './rows.ts';
import type { TrafficStore } from './traffic-store.ts';

export interface Settlement {
  readonly claim: ClaimedRecipient;
  readonly outcome: SubmitOutcome;
  readonly at: Millis;
  /** In [0, 1), for the jitter of a retry. */
  readonly jitter: number;
}

/** Writes what became of hand-overs, many in one transaction, and opens the journal for the parts that follow. */
export class DispatchSettle {
  readonly #books: MessageBooks;
  readonly #claims: DispatchClaim;
  readonly #reports: ReportStore;
  readonly #traffic: TrafficStore;
  readonly #quotas: QuotaStore;
  readonly #answer: Database.Statement;
  readonly #recipient: Database.Statement<[number], RecipientRecord>;
  readonly #message: Database.Statement<[number], MessageRecord>;
  readonly #sent: Database.Statement;
  readonly #again: Database.Statement;

  constructor(
    db: Database.Database,
    parts: {
      books: MessageBooks;
      claims: DispatchClaim;
      reports: ReportStore;
      traffic: TrafficStore;
      quotas: QuotaStore;
    },
  ) {
    this.#books = parts.books;
    this.#claims = parts.claims;
    this.#reports = parts.reports;
    this.#traffic = parts.traffic;
    this.#quotas = parts.quotas;
    this.#answer = db.prepare(
      "UPDATE submission SET state = ?, reference = ?, code = ?, detail = ?, answered_at = ?, ask_at = ? WHERE id = ? AND state = 'handing'",
    );
    this.#recipient = db.prepare('SELECT * FROM recipient WHERE id = ?');
    this.#message = db.prepare('SELECT * FROM message WHERE id = ?');
    this.#sent = db.prepare(
      "UPDATE recipient SET state = 'sent', sent_at = ?, error_code = NULL, error_message = NULL, finished_at = ? WHERE id = ? AND state = 'sending'",
    );
    this.#again = db.prepare(
      "UPDATE recipient SET state = 'queued', retry_lane = ?, retry_traffic = ?, retry_at = ?, tries = tries - ?, error_code = ?, error_message = ? WHERE id = ? AND state = 'sending'",
    );
  }

  /**
   * Books outcomes; resolves when they are on disk.
   * @param goOn whether the carrier goes on with the next parts; otherwise those wait for another claim.
   * @param usage whose quota the parts are counted against that were, or may have been, sent.
   * @returns the next parts, journaled and ready to be handed over.
   */
  async settle(
    settlements: readonly Settlement[],
    policy: CarrierPolicy,
    goOn: boolean,
    usage?: Usage,
  ): Promise<ClaimedRecipient[]> {
    return await this.#books.run(settlements[0]?.at ?? 0, (tally) => {
      const next: ClaimedRecipient[] = [];
      const sent = settlements.filter(({ outcome }) => mayHaveLeft(outcome)).length;
      if (usage !== undefined && sent > 0) this.#quotas.add(usage, sent);
      for (const settlement of settlements) this.#settleOne(settlement, policy, goOn, tally, next);
      return next;
    });
  }

  #settleOne(
    settlement: Settlement,
    policy: CarrierPolicy,
    goOn: boolean,
    tally: MessageTally,
    next: ClaimedRecipient[],
  ): void {
    const { claim, outcome, at } = settlement;
    const recipient = this.#recipient.get(claim.recipientId);
    const message = this.#message.get(claim.messageId);
    if (recipient === undefined || message === undefined) throw new Error('a claimed recipient vanished');
    if (!this.#record(settlement, policy)) return;
    if (outcome.kind === 'accepted') tally.count(message.account_id, policy.carrierId, 'parts');
    switch (outcome.kind) {
      case 'accepted':
        if (claim.submission.part === 1) tally.handed(message.id);
        if (claim.submission.part < claim.submission.partCount) {
          this.#reports.adoptOrphans(message, claim, outcome.reference, policy, at, tally);
          this.#goOn(message, settlement, policy, goOn, tally, next);
        } else {
          this.#accepted(message, recipient, at, policy, tally);
          this.#reports.adoptOrphans(message, claim, outcome.reference, policy, at, tally);
        }
        return;
      case 'rejected':
        this.#fail(message, recipient, outcome.code, outcome.message, at, tally);
        return;
      case 'retry':
        this.#retry(message, recipient, settlement, outcome, tally);
        return;
      case 'uncertain':
        this.#uncertain(message, recipient, settlement, outcome, policy, tally);
        return;
    }
  }

  #record({ claim, outcome, at }: Settlement, { askAfterMs }: CarrierPolicy): boolean {
    const reference = outcome.kind === 'accepted' ? outcome.reference : null;
    const code = outcome.kind === 'accepted' ? null : outcome.code;
    const detail = outcome.kind === 'accepted' ? null : outcome.message;
    const askAt = outcome.kind === 'accepted' && typeof askAfterMs === 'number' ? at + askAfterMs : null;
    return this.#answer.run(outcome.kind, reference, code, detail, at, askAt, claim.submission.id).changes === 1;
  }

  /** The next part; none when a report has ended the recipient meanwhile. */
  #goOn(
    message: MessageRecord,
    settlement: Settlement,
    policy: CarrierPolicy,
    goOn: boolean,
    tally: MessageTally,
    next: ClaimedRecipient[],
  ): void {
    const { claim, at } = settlement;
    const recipient = this.#recipient.get(claim.recipientId);
    if (recipient?.state !== 'sending') return;
    if (goOn) next.push(this.#claims.journalNext(claim, policy.carrierId, at));
    else this.#queueAgain(message, recipient, { at, retryAt: at, forgive: 1, code: null, text: null }, tally);
  }

  /** The last part was accepted. */
  #accepted(
    message: MessageRecord,
    recipient: RecipientRecord,
    at: Millis,
    policy: CarrierPolicy,
    tally: MessageTally,
  ): void {
    if (this.#sent.run(at, policy.reports ? null : at, recipient.id).changes !== 1) return;
    this.#books.otpTexts.wipe(message);
    tally.move(message.id, 'sending', 'sent');
    tally.count(message.account_id, policy.carrierId, 'sent');
    if (message.kind === 'otp')
      tally.countCode(message.account_id, policy.carrierId, Math.max(0, at - message.created_at));
    if (!policy.reports) tally.close(message.id);
    this.#books.closer.tell(message, recipient, 'sent', 'sms.sent', null, at);
  }

  #fail(
    message: MessageRecord,
    recipient: RecipientRecord,
    code: string,
    text: string,
    at: Millis,
    tally: MessageTally,
  ): void {
    const untouched = !this.#books.closer.touched(recipient);
    this.#books.closer.end(
      message,
      recipient,
      'failed',
      { code, message: text, at, refund: untouched, event: 'sms.failed' },
      tally,
    );
  }

  #retry(
    message: MessageRecord,
    recipient: RecipientRecord,
    settlement: Settlement,
    outcome: SubmitOutcome & { kind: 'retry' },
    tally: MessageTally,
  ): void {
    const { at, jitter } = settlement;
    if (!outcome.carrierFault && recipient.tries >= maxTries) {
      this.#fail(
        message,
        recipient,
        outcome.code,
        `${outcome.message} Given up after ${recipient.tries} tries.`,
        at,
        tally,
      );
      return;
    }
    const wait = outcome.afterMs ?? (outcome.carrierFault ? 1_000 : retryDelay(recipient.tries, jitter));
    const forgive = outcome.carrierFault ? 1 : 0;
    const { code, message: text } = outcome;
    this.#queueAgain(message, recipient, { at, retryAt: at + wait, forgive, code, text }, tally);
  }

  #uncertain(
    message: MessageRecord,
    recipient: RecipientRecord,
    settlement: Settlement,
    outcome: SubmitOutcome & { kind: 'uncertain' },
    policy: CarrierPolicy,
    tally: MessageTally,
  ): void {
    const { at, jitter } = settlement;
    this.#reports.adoptDoubtful(settlement.claim, policy, at, tally);
    if (this.#recipient.get(recipient.id)?.state !== 'sending') return;
    const retryAt = at + retryDelay(recipient.tries, jitter);
    if (policy.uncertain === 'resend' && recipient.tries < maxTries && retryAt < message.expires_at) {
      const { code, message: text } = outcome;
      this.#queueAgain(message, recipient, { at, retryAt, forgive: 0, code, text }, tally);
      return;
    }
    this.#books.closer.end(
      message,
      recipient,
      'unknown',
      { code: outcome.code, message: outcome.message, at, refund: false, event: null },
      tally,
    );
  }

  /** A text of which parts are out goes on where it began, as long as that carrier can. */
  #trafficOf(message: MessageRecord, recipient: RecipientRecord): number {
    const traffic = this.#traffic.idFor(message);
    if (recipient.segments === 1 || recipient.carrier_id === null) return traffic;
    if (!this.#claims.hasBegun(recipient, recipient.carrier_id)) return traffic;
    return this.#traffic.narrowed(traffic, { begunCarrierId: recipient.carrier_id });
  }

  #queueAgain(message: MessageRecord, recipient: RecipientRecord, again: Again, tally: MessageTally): void {
    const { at, retryAt, forgive, code, text } = again;
    if (retryAt >= message.expires_at) {
      const refund = !this.#books.closer.touched(recipient);
      const why = text ?? 'Its validity ended before a carrier could take it.';
      this.#books.closer.end(
        message,
        recipient,
        'expired',
        { code: code ?? 'expired', message: why, at, refund, event: 'sms.failed' },
        tally,
      );
      return;
    }
    const traffic = this.#trafficOf(message, recipient);
    if (this.#again.run(message.lane, traffic, retryAt, forgive, code, text, recipient.id).changes !== 1) return;
    tally.move(message.id, 'sending', 'queued');
  }
}

/** Whether a part was, or may have been, sent: it then counts against a quota. */
export function mayHaveLeft(outcome: SubmitOutcome): boolean {
  return outcome.kind === 'accepted' || outcome.kind === 'uncertain';
}

/** How a recipient goes back into the queue. */
interface Again {
  readonly at: Millis;
  readonly retryAt: Millis;
  /** Tries that are not counted against the recipient. */
  readonly forgive: 0 | 1;
  readonly code: string | null;
  readonly text: string | null;
}
