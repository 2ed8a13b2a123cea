import type { Clock, Millis } from '../../domain/ports.ts';
import { periodEnd, periodStart, quotaPeriods, type Quota, type QuotaPeriod } from '../../domain/quota.ts';
import type { PeriodStarts, QuotaStore, Usage } from '../../store/quota-store.ts';

/** A span whose parts are used up. */
export interface Exhausted {
  readonly period: QuotaPeriod;
  readonly limit: number;
  readonly until: Millis;
}

export interface QuotaView {
  readonly period: QuotaPeriod;
  readonly used: number;
  /** Null for as many as it can. */
  readonly limit: number | null;
  readonly endsAt: Millis;
}

/** How many parts each SIM may still send in the minute, hour, day and month that run on the wall of the box. */
export class Quotas {
  readonly #store: QuotaStore;
  readonly #clock: Clock;
  readonly #timeZone: () => string;
  readonly #limitsOf: (carrierId: number) => Quota;
  readonly #subjectOf: (carrierId: number) => string;
  readonly #used = new Map<string, { readonly starts: PeriodStarts; readonly parts: Record<QuotaPeriod, number> }>();
  #spans: { readonly minute: Millis; readonly timeZone: string; readonly starts: PeriodStarts } | null = null;

  constructor(options: {
    store: QuotaStore;
    clock: Clock;
    timeZone: () => string;
    limitsOf: (carrierId: number) => Quota;
    /** The IMSI of the SIM in it, where there is one. */
    subjectOf: (carrierId: number) => string;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#timeZone = options.timeZone;
    this.#limitsOf = options.limitsOf;
    this.#subjectOf = options.subjectOf;
  }

  /** What the store counts the parts of a carrier against now. */
  usage(carrierId: number): Usage {
    return { subject: this.#subjectOf(carrierId), starts: this.#starts() };
  }

  /** Counts parts that the store has counted. */
  spent(usage: Usage, parts: number): void {
    const used = this.#usedOf(usage);
    if (sameStarts(used.starts, usage.starts)) for (const period of quotaPeriods) used.parts[period] += parts;
    else this.#used.delete(usage.subject);
  }

  /** Parts that may still go; without end where there is no quota. */
  left(carrierId: number): number {
    return this.#limited(carrierId).reduce(
      (least, { limit, used }) => Math.min(least, Math.max(0, limit - used)),
      Number.POSITIVE_INFINITY,
    );
  }

  /** Whether a text of more parts than any quota has may go now: nothing has gone in the shortest span with a quota. */
  isWhole(carrierId: number): boolean {
    const limited = this.#limited(carrierId);
    const least = limited.toSorted((a, b) => a.limit - b.limit)[0];
    return least !== undefined && least.used === 0;
  }

  /** The span that keeps a carrier from sending the longest; null when none does. */
  exhausted(carrierId: number): Exhausted | null {
    const spent = this.#limited(carrierId).filter(({ limit, used }) => used >= limit);
    const last = spent.at(-1);
    if (last === undefined) return null;
    return { period: last.period, limit: last.limit, until: this.#end(last.period) };
  }

  /** For people: what is used of each span. */
  view(carrierId: number): QuotaView[] {
    const limits = this.#limitsOf(carrierId);
    const { parts } = this.#usedOf(this.usage(carrierId));
    return quotaPeriods.map((period) => ({
      period,
      used: parts[period],
      limit: limits[period] ?? null,
      endsAt: this.#end(period),
    }));
  }

  #limited(carrierId: number): { period: QuotaPeriod; limit: number; used: number }[] {
    const limits = this.#limitsOf(carrierId);
    const periods = quotaPeriods.filter((period) => limits[period] !== undefined);
    if (periods.length === 0) return [];
    const { parts } = this.#usedOf(this.usage(carrierId));
    return periods.map((period) => ({ period, limit: limits[period] ?? 0, used: parts[period] }));
  }

  #usedOf(usage: Usage) {
    let used = this.#used.get(usage.subject);
    if (used === undefined || !sameStarts(used.starts, usage.starts)) {
      used = { starts: usage.starts, parts: this.#store.used(usage) };
      this.#used.set(usage.subject, used);
    }
    return used;
  }

  #starts(): PeriodStarts {
    const now = this.#clock.now();
    const minute = periodStart('minute', now, 'UTC');
    const timeZone = this.#timeZone();
    if (this.#spans?.minute === minute && this.#spans.timeZone === timeZone) return this.#spans.starts;
    const starts = {
      minute,
      hour: periodStart('hour', now, timeZone),
      day: periodStart('day', now, timeZone),
      month: periodStart('month', now, timeZone),
    };
    this.#spans = { minute, timeZone, starts };
    return starts;
  }

  #end(period: QuotaPeriod): Millis {
    return periodEnd(period, this.#clock.now(), this.#timeZone());
  }
}

function sameStarts(a: PeriodStarts, b: PeriodStarts): boolean {
  return a === b || quotaPeriods.every((period) => a[period] === b[period]);
}
