import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

export const hourMs = 3_600_000;

/** What is counted of recipients, each when it happens: none of it is taken back. */
export const counted = ['accepted', 'sent', 'delivered', 'failed', 'unknown'] as const;
export type Counted = (typeof counted)[number];

export interface HourCount {
  /** Hours since 1970, UTC. */
  readonly hour: number;
  /** 0 for what no carrier has a part in. */
  readonly carrier_id: number;
  readonly accepted: number;
  readonly sent: number;
  readonly delivered: number;
  readonly failed: number;
  readonly unknown: number;
  /** One-time codes handed over, the milliseconds from acceptance to that in sum, and the most of one. */
  readonly codes: number;
  readonly codes_ms: number;
  readonly codes_ms_most: number;
}

/** Whose count it is. */
export interface CountPlace {
  readonly at: Millis;
  readonly accountId: number;
  /** 0 for none. */
  readonly carrierId: number;
}

type Tally = Record<Counted | 'codes' | 'codesMs' | 'codesMsMost', number>;

const sums = `hour, carrier_id, SUM(accepted) AS accepted, SUM(sent) AS sent, SUM(delivered) AS delivered, SUM(failed) AS failed,
  SUM(unknown) AS unknown, SUM(codes) AS codes, SUM(codes_ms) AS codes_ms, MAX(codes_ms_most) AS codes_ms_most`;

/** The counts of hours: written in the transaction of what they count, one row for each hour, account and carrier. */
export class HourCounts {
  readonly #queue: CommitQueue;
  readonly #add: Database.Statement;
  readonly #ofBox: Database.Statement<[number, number], HourCount>;
  readonly #ofAccount: Database.Statement<[number, number, number], HourCount>;
  readonly #drop: Database.Statement<[number]>;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#add = db.prepare(`INSERT INTO hour_count
      (hour, account_id, carrier_id, accepted, sent, delivered, failed, unknown, codes, codes_ms, codes_ms_most)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hour, account_id, carrier_id) DO UPDATE SET
      accepted = accepted + excluded.accepted, sent = sent + excluded.sent, delivered = delivered + excluded.delivered,
      failed = failed + excluded.failed, unknown = unknown + excluded.unknown, codes = codes + excluded.codes,
      codes_ms = codes_ms + excluded.codes_ms, codes_ms_most = MAX(codes_ms_most, excluded.codes_ms_most)`);
    this.#ofBox = db.prepare(
      `SELECT ${sums} FROM hour_count WHERE hour >= ? AND hour < ? GROUP BY hour, carrier_id ORDER BY hour`,
    );
    this.#ofAccount = db.prepare(
      `SELECT ${sums} FROM hour_count WHERE hour >= ? AND hour < ? AND account_id = ? GROUP BY hour, carrier_id ORDER BY hour`,
    );
    this.#drop = db.prepare('DELETE FROM hour_count WHERE hour < ?');
  }

  /** Counts of the hours from `from` on and before `to`, of one account or the whole box. */
  between(from: number, to: number, accountId?: number): HourCount[] {
    return accountId === undefined ? this.#ofBox.all(from, to) : this.#ofAccount.all(from, to, accountId);
  }

  /** Adds to one row; inside the caller's transaction. */
  add({ at, accountId, carrierId }: CountPlace, tally: Partial<Tally>): void {
    const { accepted = 0, sent = 0, delivered = 0, failed = 0, unknown = 0 } = tally;
    const { codes = 0, codesMs = 0, codesMsMost = 0 } = tally;
    const hour = Math.floor(at / hourMs);
    this.#add.run(hour, accountId, carrierId, accepted, sent, delivered, failed, unknown, codes, codesMs, codesMsMost);
  }

  /** Forgets the hours before one. */
  async dropBefore(hour: number): Promise<void> {
    await this.#queue.run(() => this.#drop.run(hour));
  }
}

/** Gathers the counts of one transaction, so that many recipients cost one write. */
export class HourTally {
  readonly #counts: HourCounts;
  readonly #at: Millis;
  readonly #tallies = new Map<string, { readonly place: CountPlace; readonly tally: Partial<Tally> }>();

  constructor(counts: HourCounts, at: Millis) {
    this.#counts = counts;
    this.#at = at;
  }

  count(what: Counted, accountId: number, carrierId: number | null): void {
    const tally = this.#of(accountId, carrierId);
    tally[what] = (tally[what] ?? 0) + 1;
  }

  /** A one-time code was handed over so many milliseconds after it was accepted. */
  code(accountId: number, carrierId: number | null, took: Millis): void {
    const tally = this.#of(accountId, carrierId);
    tally.codes = (tally.codes ?? 0) + 1;
    tally.codesMs = (tally.codesMs ?? 0) + took;
    tally.codesMsMost = Math.max(tally.codesMsMost ?? 0, took);
  }

  book(): void {
    for (const { place, tally } of this.#tallies.values()) this.#counts.add(place, tally);
  }

  #of(accountId: number, carrierId: number | null): Partial<Tally> {
    const key = `${accountId} ${carrierId ?? 0}`;
    let entry = this.#tallies.get(key);
    if (entry === undefined) {
      entry = { place: { at: this.#at, accountId, carrierId: carrierId ?? 0 }, tally: {} };
      this.#tallies.set(key, entry);
    }
    return entry.tally;
  }
}
