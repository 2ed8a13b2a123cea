import type Database from 'better-sqlite3';
import type { DeliveryReport } from '../domain/carrier.ts';
import { sameSubscriber } from '../domain/msisdn.ts';
import type { Millis } from '../domain/ports.ts';
import type { CarrierPolicy } from './carrier-policy.ts';
import type { ClaimedRecipient } from './claimed-recipient.ts';
import type { MessageBooks } from './message-books.ts';
import type { MessageTally } from './message-tally.ts';
import type { MessageRecord, RecipientRecord, SubmissionRecord } from './rows.ts';

type Candidate = SubmissionRecord & { readonly msisdn: string };

interface Sought {
  readonly carrierId: number;
  readonly reference: string;
  readonly since: Millis;
  /** Digits; null for any number. */
  readonly number: string | null;
}

interface OrphanRecord {
  readonly id: number;
  readonly reference: string;
  readonly msisdn: string | null;
  readonly verdict: DeliveryReport['verdict'];
  readonly code: string;
  readonly message: string;
  readonly network_at: number | null;
}

/** A report is looked for among hand-overs of this age; a TP-MR comes round after 256 messages. */
const matchWindowMs = 7 * 86_400_000;
const mostCandidates = 64;
/** The digits by which `sameSubscriber` compares; the number is sought in SQL, for hundreds may wait under one reference. */
const sameNumber = 'substr(r.msisdn, -9) = substr(@number, -9)';
/** A repeated report is looked for among this many of the latest hand-overs of the box. */
const repeatWindow = 5_000;

/** Finds the owners of delivery reports: by carrier, reference, number and time. */
export class ReportStore {
  readonly #books: MessageBooks;
  readonly #newest: Database.Statement<[number, string, Millis], SubmissionRecord>;
  readonly #awaiting: Database.Statement<[Sought], Candidate>;
  readonly #uncertain: Database.Statement<[Sought], Candidate>;
  readonly #awaitingById: Database.Statement<[number], Candidate>;
  readonly #rivals: Database.Statement<[Sought], { msisdn: string }>;
  readonly #note: Database.Statement;
  readonly #reported: Database.Statement;
  readonly #parts: Database.Statement<[number, number], { part: number; part_count: number; report: string | null }>;
  readonly #recipient: Database.Statement<[number], RecipientRecord>;
  readonly #message: Database.Statement<[number], MessageRecord>;
  readonly #keep: Database.Statement;
  readonly #hasOrphan: Database.Statement<[number, string], { id: number }>;
  readonly #orphans: Database.Statement<[number, string, Millis], OrphanRecord>;
  readonly #orphansTo: Database.Statement<[{ carrierId: number; since: Millis; number: string }], OrphanRecord>;
  readonly #uncertainById: Database.Statement<[number], Candidate>;
  readonly #dropOrphan: Database.Statement;

  constructor(db: Database.Database, books: MessageBooks) {
    this.#books = books;
    const candidate = 'SELECT s.*, r.msisdn FROM submission s JOIN recipient r ON r.id = s.recipient_id';
    this.#newest = db.prepare(
      "SELECT * FROM submission WHERE carrier_id = ? AND reference = ? AND state = 'accepted' AND handed_at >= ? LIMIT 2",
    );
    this.#awaiting =
      db.prepare(`${candidate} WHERE s.carrier_id = @carrierId AND s.reference = @reference AND s.state = 'accepted'
      AND s.handed_at >= @since AND (@number IS NULL OR ${sameNumber}) ORDER BY s.id DESC LIMIT ${mostCandidates}`);
    this.#uncertain = db.prepare(`${candidate} WHERE s.carrier_id = @carrierId AND s.state = 'uncertain'
      AND s.handed_at >= @since AND ${sameNumber} ORDER BY s.id DESC LIMIT ${mostCandidates}`);
    this.#awaitingById = db.prepare(`${candidate} WHERE s.id = ? AND s.state = 'accepted'`);
    const rival = 'SELECT r.msisdn FROM submission s JOIN recipient r ON r.id = s.recipient_id';
    this.#rivals =
      db.prepare(`${rival} WHERE s.state = 'handing' AND s.carrier_id = @carrierId AND ${sameNumber} UNION ALL
      ${rival} WHERE s.id > (SELECT MAX(id) FROM submission) - ${repeatWindow} AND s.carrier_id = @carrierId
      AND s.reference = @reference AND s.state IN ('reported', 'unreported') AND s.handed_at >= @since AND ${sameNumber}`);
    this.#note = db.prepare('UPDATE submission SET report_code = ? WHERE id = ?');
    this.#reported = db.prepare(
      "UPDATE submission SET state = 'reported', reference = ?, report = ?, report_code = ?, reported_at = ? WHERE id = ? AND state IN ('accepted', 'uncertain')",
    );
    this.#parts = db.prepare(
      "SELECT part, part_count, report FROM submission WHERE recipient_id = ? AND carrier_id = ? AND state IN ('accepted', 'reported', 'unreported')",
    );
    this.#recipient = db.prepare('SELECT * FROM recipient WHERE id = ?');
    this.#message = db.prepare('SELECT * FROM message WHERE id = ?');
    this.#keep = db.prepare(
      'INSERT INTO orphan_report (carrier_id, reference, msisdn, verdict, code, message, network_at, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#hasOrphan = db.prepare('SELECT id FROM orphan_report WHERE carrier_id = ? AND reference = ? LIMIT 1');
    this.#orphans = db.prepare(
      'SELECT id, reference, msisdn, verdict, code, message, network_at FROM orphan_report WHERE carrier_id = ? AND reference = ? AND received_at >= ? ORDER BY id LIMIT 16',
    );
    this.#orphansTo = db.prepare(
      `SELECT id, reference, msisdn, verdict, code, message, network_at FROM orphan_report WHERE carrier_id = @carrierId
       AND received_at >= @since AND substr(msisdn, -9) = substr(@number, -9) ORDER BY id LIMIT 16`,
    );
    this.#uncertainById = db.prepare(`${candidate} WHERE s.id = ? AND s.state = 'uncertain'`);
    this.#dropOrphan = db.prepare('DELETE FROM orphan_report WHERE id = ?');
  }

  /**
   * Books one report; resolves when it is on disk. A repeated or late one changes nothing; one that comes before its
   * answer is kept until that is there.
   * @returns whether an owner was found.
   */
  async record(report: DeliveryReport, policy: CarrierPolicy, now: Millis): Promise<boolean> {
    return await this.#books.run(now, (tally) => this.#record(report, policy, now, tally));
  }

  /**
   * Books several reports of one carrier in one transaction, or each in its own when one of them cannot be booked.
   * @returns how each went, when all of them are on disk.
   */
  async recordAll(
    reports: readonly DeliveryReport[],
    policy: CarrierPolicy,
    now: Millis,
  ): Promise<PromiseSettledResult<boolean>[]> {
    const together = this.#books.run(now, (tally) => reports.map((report) => this.#record(report, policy, now, tally)));
    const [all] = await Promise.allSettled([together]);
    if (all.status === 'fulfilled') return all.value.map((value) => ({ status: 'fulfilled', value }));
    return await Promise.allSettled(reports.map((report) => this.record(report, policy, now)));
  }

  #record(report: DeliveryReport, policy: CarrierPolicy, now: Millis, tally: MessageTally): boolean {
    const { carrierId } = policy;
    const owner = this.#ownerOf(report, carrierId, now);
    if (owner === undefined) {
      const { reference, msisdn, verdict, code, message, at } = report;
      this.#keep.run(carrierId, reference, msisdn, verdict, code, message, at, now);
      return false;
    }
    this.#apply(owner, report, policy, now, tally);
    return true;
  }

  /** Applies the reports that came before the answer they belong to; inside the transaction that writes the answer. */
  adoptOrphans(
    message: MessageRecord,
    claim: ClaimedRecipient,
    reference: string,
    policy: CarrierPolicy,
    now: Millis,
    tally: MessageTally,
  ): void {
    if (this.#hasOrphan.get(policy.carrierId, reference) === undefined) return;
    const candidate = this.#awaitingById.get(claim.submission.id);
    if (candidate === undefined || message.id !== claim.messageId) return;
    // Only reports from after the hand-over can be its own: older ones belong to an earlier turn of the reference.
    for (const orphan of this.#orphans.all(policy.carrierId, reference, candidate.handed_at)) {
      if (orphan.msisdn !== null && !sameSubscriber(orphan.msisdn, candidate.msisdn)) continue;
      this.#dropOrphan.run(orphan.id);
      this.#apply(candidate, reportOf(orphan), policy, now, tally);
    }
  }

  /**
   * Applies the reports that came before a hand-over turned out to have no answer, as if they came now; inside the
   * transaction that writes that. What is known to have arrived is then neither doubtful nor sent again.
   */
  adoptDoubtful(claim: ClaimedRecipient, policy: CarrierPolicy, now: Millis, tally: MessageTally): void {
    const candidate = this.#uncertainById.get(claim.submission.id);
    if (candidate === undefined) return;
    const { handed_at: since, msisdn: number } = candidate;
    for (const orphan of this.#orphansTo.all({ carrierId: policy.carrierId, since, number })) {
      const report = reportOf(orphan);
      if (this.#ownerOf(report, policy.carrierId, now)?.id !== candidate.id) continue;
      this.#dropOrphan.run(orphan.id);
      this.#apply(candidate, report, policy, now, tally);
    }
  }

  #ownerOf(report: DeliveryReport, carrierId: number, now: Millis): Candidate | undefined {
    const { msisdn, reference } = report;
    const number = msisdn?.replaceAll(/\D/gu, '') ?? null;
    const since = now - matchWindowMs;
    // An SMSC's reference is of one hand-over alone; only a modem's comes round, and many may wait under it.
    const [only, another] = this.#newest.all(carrierId, reference, since);
    if (only !== undefined && another === undefined) {
      const to = this.#recipient.get(only.recipient_id)?.msisdn ?? '';
      if (msisdn === null || sameSubscriber(to, msisdn)) return { ...only, msisdn: to };
    }
    const sought = { carrierId, reference, since, number };
    const open = another === undefined ? [] : this.#awaiting.all(sought);
    // Some modems cannot read the number of a report: then the reference must point at one hand-over alone.
    if (msisdn === null) return open.length === 1 ? open[0] : undefined;
    const isIts = (row: { readonly msisdn: string }) => sameSubscriber(row.msisdn, msisdn);
    return open.find(isIts) ?? this.#doubtfulOwner(sought, isIts);
  }

  /**
   * A hand-over without an answer, whose reference nobody knows: the number alone speaks for it. So it is taken only when
   * nothing else to that number can have caused the report: neither one that waits for its answer, nor one that had this
   * report already (a modem tells it again when the box died before it acknowledged it), nor another doubtful recipient.
   */
  #doubtfulOwner(sought: Sought, isIts: (row: { readonly msisdn: string }) => boolean): Candidate | undefined {
    const doubtful = this.#uncertain.all(sought).filter(isIts);
    const [first] = doubtful;
    if (first === undefined || doubtful.some((row) => row.recipient_id !== first.recipient_id)) return undefined;
    return this.#rivals.all(sought).some(isIts) ? undefined : first;
  }

  #apply(owner: Candidate, report: DeliveryReport, policy: CarrierPolicy, now: Millis, tally: MessageTally): void {
    if (report.verdict === 'trying') {
      this.#note.run(report.code, owner.id);
      return;
    }
    if (this.#reported.run(report.reference, report.verdict, report.code, now, owner.id).changes !== 1) return;
    const recipient = this.#recipient.get(owner.recipient_id);
    const message = this.#message.get(owner.message_id);
    if (recipient === undefined || message === undefined) return;
    // A report proves what no answer told: a network had it.
    if (owner.state === 'uncertain') tally.handed(message.id);
    // The text went on by another carrier: what becomes of the parts it left behind decides nothing, unless it was all of it.
    const isLeftBehind = recipient.carrier_id !== owner.carrier_id;
    if (isLeftBehind && (report.verdict !== 'delivered' || owner.part_count > 1)) return;
    const at = report.at ?? now;
    if (report.verdict === 'delivered') {
      if (!this.#allDelivered(owner)) return;
      const deliveredAt = recipient.sent_at === null ? at : Math.max(at, recipient.sent_at);
      this.#books.closer.end(
        message,
        recipient,
        'success',
        { code: null, message: null, at: now, refund: false, event: 'dr.success', deliveredAt },
        tally,
      );
      return;
    }
    this.#books.closer.end(
      message,
      recipient,
      report.verdict,
      { code: report.code, message: report.message, at: now, refund: policy.refundFailed, event: 'dr.failed' },
      tally,
    );
  }

  #allDelivered(owner: Candidate): boolean {
    if (owner.part_count === 1) return true;
    const delivered = new Set(
      this.#parts
        .all(owner.recipient_id, owner.carrier_id)
        .filter((row) => row.report === 'delivered')
        .map((row) => row.part),
    );
    return delivered.size >= owner.part_count;
  }
}

function reportOf(orphan: OrphanRecord): DeliveryReport {
  const { reference, msisdn, verdict, code, message, network_at: at } = orphan;
  return { reference, msisdn, verdict, code, message, at };
}
