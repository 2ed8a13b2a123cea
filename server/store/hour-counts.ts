import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';

/** What is counted in every hour: recipients, unless the name says otherwise. */
export const hourCountNames = [
  'accepted',
  'sent',
  'delivered',
  'failed',
  'expired',
  'blocked',
  'cancelled',
  'unknown',
  'parts',
  'credits',
  'refunded',
  'otp_sent',
  'otp_latency',
] as const;
export type HourCountName = (typeof hourCountNames)[number];

/** Counts that are to be added; what is left out is nothing. Latencies are milliseconds from acceptance to hand-over. */
export type HourCountsOf = { [K in HourCountName]?: number } & { otp_latency_max?: number };

export type HourCountRecord = Readonly<Record<HourCountName, number>> & {
  readonly hour: Millis;
  readonly account_id: number;
  /** 0 for what no carrier had. */
  readonly carrier_id: number;
  readonly otp_latency_max: number;
};

const hourMs = 3_600_000;

/** The beginning of the hour that a moment lies in. */
export function hourOf(at: Millis): Millis {
  return at - (at % hourMs);
}

/** Counters of every hour, account and carrier: written in the transactions of what they count, never counted anew. */
export class HourCounts {
  readonly #add: Database.Statement;
  readonly #since: Database.Statement<[Millis], HourCountRecord>;

  constructor(db: Database.Database) {
    const names = [...hourCountNames, 'otp_latency_max'];
    const sums = hourCountNames.map((name) => `${name} = ${name} + excluded.${name}`).join(', ');
    this.#add = db.prepare(
      `INSERT INTO hour_count (hour, account_id, carrier_id, ${names.join(', ')}) VALUES (?, ?, ?${', ?'.repeat(names.length)})
       ON CONFLICT DO UPDATE SET ${sums}, otp_latency_max = MAX(otp_latency_max, excluded.otp_latency_max)`,
    );
    this.#since = db.prepare(
      'SELECT * FROM hour_count WHERE hour >= ? ORDER BY hour, account_id, carrier_id LIMIT 200000',
    );
  }

  /** Inside a transaction. */
  add(at: Millis, accountId: number, carrierId: number, counts: HourCountsOf): void {
    const values = hourCountNames.map((name) => counts[name] ?? 0);
    this.#add.run(hourOf(at), accountId, carrierId, ...values, counts.otp_latency_max ?? 0);
  }

  /** Everything that was counted in hours that began at or after a moment. */
  since(from: Millis): HourCountRecord[] {
    return this.#since.all(from);
  }
}
