import type { Clock, Millis } from '../domain/ports.ts';
import { zoneOffset } from '../domain/schedule.ts';
import type { AccountStore } from '../store/account-store.ts';
import type { QueueHours } from '../store/queue-hours.ts';
import { hourOf, type HourCountName, type HourCountRecord, type HourCounts } from '../store/hour-counts.ts';

/** Recipients by what became of them, parts, credits, and how long one-time codes waited to be handed over. */
export interface Counts {
  readonly accepted: number;
  readonly sent: number;
  readonly delivered: number;
  readonly failed: number;
  readonly expired: number;
  readonly blocked: number;
  readonly cancelled: number;
  readonly unknown: number;
  readonly parts: number;
  readonly credits: number;
  readonly refunded: number;
  readonly codes: number;
  readonly codeLatencyMs: number | null;
  readonly codeLatencyMaxMs: number | null;
}

export interface OverviewView {
  readonly from: Millis;
  /** With how long the queue was, and how old, at the worst moment of the hour, whoever's it was. */
  readonly hours: ({ readonly hour: Millis; readonly queued: number; readonly queueAgeMs: Millis } & Counts)[];
  readonly total: Counts;
  /** Since midnight, in the box's time zone. */
  readonly today: Counts;
  readonly carriers: ({ readonly carrierId: number } & Counts)[];
  readonly accounts: ({ readonly account: string } & Counts)[];
}

const hourMs = 3_600_000;

/** What the box did in the last hours, from its counters: cheap whatever it has stored. */
export class Overview {
  readonly #counts: HourCounts;
  readonly #queue: QueueHours;
  readonly #accounts: AccountStore;
  readonly #clock: Clock;
  readonly #timeZone: () => string;

  constructor(options: {
    counts: HourCounts;
    queue: QueueHours;
    accounts: AccountStore;
    clock: Clock;
    timeZone: () => string;
  }) {
    this.#counts = options.counts;
    this.#queue = options.queue;
    this.#accounts = options.accounts;
    this.#clock = options.clock;
    this.#timeZone = options.timeZone;
  }

  /**
   * @param hours how many, the one that has begun included.
   * @throws AppError `account.not_found`.
   */
  show(hours: number, account: string | undefined): OverviewView {
    const now = this.#clock.now();
    const from = hourOf(now) - (hours - 1) * hourMs;
    const midnight = this.#midnight(now);
    const accountId = account === undefined ? null : this.#accounts.named(account).id;
    const rows = this.#counts
      .since(Math.min(from, midnight))
      .filter((row) => accountId === null || row.account_id === accountId);
    const shown = rows.filter((row) => row.hour >= from);
    const byHour = group(shown, (row) => row.hour);
    const queue = new Map(this.#queue.since(from).map((row) => [row.hour, row]));
    return {
      from,
      hours: Array.from({ length: hours }, (_, n) => from + n * hourMs).map((hour) => ({
        hour,
        queued: queue.get(hour)?.queued ?? 0,
        queueAgeMs: queue.get(hour)?.oldest_ms ?? 0,
        ...summed(byHour.get(hour) ?? []),
      })),
      total: summed(shown),
      today: summed(rows.filter((row) => row.hour >= midnight)),
      carriers: [...group(shown, (row) => row.carrier_id)]
        .filter(([carrierId]) => carrierId !== 0)
        .map(([carrierId, some]) => ({ carrierId, ...summed(some) })),
      accounts: this.#accounts.list().flatMap(({ id, name }) => {
        const some = shown.filter((row) => row.account_id === id);
        return some.length === 0 ? [] : [{ account: name, ...summed(some) }];
      }),
    };
  }

  /** The hour in which the day began; zones whose day begins within an hour count that hour whole. */
  #midnight(now: Millis): Millis {
    const offset = zoneOffset(now, this.#timeZone());
    const day = 24 * hourMs;
    return hourOf(Math.floor((now + offset) / day) * day - offset);
  }
}

function group<K>(rows: readonly HourCountRecord[], keyOf: (row: HourCountRecord) => K): Map<K, HourCountRecord[]> {
  const groups = new Map<K, HourCountRecord[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return groups;
}

function summed(rows: readonly HourCountRecord[]): Counts {
  const sum = (name: HourCountName) => rows.reduce((all, row) => all + row[name], 0);
  const codes = sum('otp_sent');
  return {
    accepted: sum('accepted'),
    sent: sum('sent'),
    delivered: sum('delivered'),
    failed: sum('failed'),
    expired: sum('expired'),
    blocked: sum('blocked'),
    cancelled: sum('cancelled'),
    unknown: sum('unknown'),
    parts: sum('parts'),
    credits: sum('credits'),
    refunded: sum('refunded'),
    codes,
    codeLatencyMs: codes === 0 ? null : Math.round(sum('otp_latency') / codes),
    codeLatencyMaxMs: codes === 0 ? null : Math.max(...rows.map((row) => row.otp_latency_max)),
  };
}
