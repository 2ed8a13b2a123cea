import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import { quotaPeriods, type QuotaPeriod } from '../domain/quota.ts';

/** When the spans that a moment lies in began. */
export type PeriodStarts = Readonly<Record<QuotaPeriod, Millis>>;

/** Whose parts are counted, and in which spans. */
export interface Usage {
  /** The IMSI of a SIM, or `carrier:7` for a carrier without one. */
  readonly subject: string;
  readonly starts: PeriodStarts;
}

/** How many parts each SIM has sent in the span of the calendar that runs. */
export class QuotaStore {
  readonly #add: Database.Statement;
  readonly #all: Database.Statement<[string], { period: QuotaPeriod; starts_at: Millis; parts: number }>;

  constructor(db: Database.Database) {
    this.#add = db.prepare(
      `INSERT INTO quota_usage (subject, period, starts_at, parts) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET parts = excluded.parts + CASE WHEN starts_at = excluded.starts_at THEN parts ELSE 0 END,
       starts_at = excluded.starts_at`,
    );
    this.#all = db.prepare('SELECT period, starts_at, parts FROM quota_usage WHERE subject = ?');
  }

  /** Counts parts; inside the transaction that writes that they were sent. */
  add({ subject, starts }: Usage, parts: number): void {
    for (const period of quotaPeriods) this.#add.run(subject, period, starts[period], parts);
  }

  /** Parts in each span that still runs. */
  used({ subject, starts }: Usage): Record<QuotaPeriod, number> {
    const used = { minute: 0, hour: 0, day: 0, month: 0 };
    for (const row of this.#all.all(subject)) {
      if (row.starts_at === starts[row.period]) used[row.period] = row.parts;
    }
    return used;
  }
}
