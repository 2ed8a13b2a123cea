import type { Clock, Millis } from '../../domain/ports.ts';
import { hourCountNames, hourOf, type HourCountName, type HourCountRecord } from '../../store/hour-counts.ts';

const hourMs = 3_600_000;

export type Totals = Readonly<Record<HourCountName, number>>;

/**
 * What was counted since the box started, by carrier (0 for what no carrier had), from the counters that are kept by the
 * hour. Hours that are over are added up once; only those that can still grow are read again.
 */
export class HourTotals {
  readonly #since: (from: Millis) => readonly HourCountRecord[];
  readonly #clock: Clock;
  /** What the first hour had before the box started. */
  #before: ReadonlyMap<number, Totals> = new Map();
  #over = new Map<number, Totals>();
  /** Hours from here on are read anew. */
  #from: Millis = 0;

  constructor(options: { since: (from: Millis) => readonly HourCountRecord[]; clock: Clock }) {
    this.#since = options.since;
    this.#clock = options.clock;
  }

  /** Counts from this moment on. */
  start(): void {
    this.#from = hourOf(this.#clock.now());
    this.#before = summed(this.#since(this.#from));
    this.#over = new Map();
  }

  /** By carrier. */
  read(): ReadonlyMap<number, Totals> {
    const rows = this.#since(this.#from);
    // What is booked now may belong to the hour before, for a transaction takes its time when it begins.
    const growing = Math.max(this.#from, hourOf(this.#clock.now()) - hourMs);
    this.#over = added(this.#over, summed(rows.filter((row) => row.hour < growing)), 1);
    const open = summed(rows.filter((row) => row.hour >= growing));
    this.#from = growing;
    return added(added(this.#over, open, 1), this.#before, -1);
  }
}

function summed(rows: readonly HourCountRecord[]): Map<number, Totals> {
  const sums = new Map<number, Record<HourCountName, number>>();
  for (const row of rows) {
    const sum = sums.get(row.carrier_id) ?? zero();
    for (const name of hourCountNames) sum[name] += row[name];
    sums.set(row.carrier_id, sum);
  }
  return sums;
}

function added(one: ReadonlyMap<number, Totals>, other: ReadonlyMap<number, Totals>, sign: 1 | -1) {
  const sums = new Map<number, Totals>(one);
  for (const [carrier, counts] of other) {
    const sum = { ...(sums.get(carrier) ?? zero()) };
    for (const name of hourCountNames) sum[name] = Math.max(0, sum[name] + sign * counts[name]);
    sums.set(carrier, sum);
  }
  return sums;
}

function zero(): Record<HourCountName, number> {
  return {
    accepted: 0,
    sent: 0,
    delivered: 0,
    failed: 0,
    expired: 0,
    blocked: 0,
    cancelled: 0,
    unknown: 0,
    parts: 0,
    credits: 0,
    refunded: 0,
    otp_sent: 0,
    otp_latency: 0,
  };
}
