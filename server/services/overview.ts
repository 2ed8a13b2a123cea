import type { Clock, Millis } from '../domain/ports.ts';
import { localParts } from '../domain/schedule.ts';
import { counted, hourMs, type Counted, type HourCount, type HourCounts } from '../store/hour-counts.ts';

type Counts = Record<Counted, number>;

interface NamedCarrier {
  readonly id: number;
  readonly name: string;
}

const shownHours = 24;
/** A little over a year. */
const keptHours = 400 * 24;

/** What happened today and in the last hours, from the counts of hours: no figure here counts recipients. */
export class Overview {
  readonly #counts: HourCounts;
  readonly #carriers: () => readonly NamedCarrier[];
  readonly #clock: Clock;
  readonly #timeZone: () => string;

  constructor(options: {
    counts: HourCounts;
    carriers: () => readonly NamedCarrier[];
    clock: Clock;
    timeZone: () => string;
  }) {
    this.#counts = options.counts;
    this.#carriers = options.carriers;
    this.#clock = options.clock;
    this.#timeZone = options.timeZone;
  }

  /** Figures of one account, or of the whole box. */
  look(accountId?: number) {
    const now = this.#clock.now();
    const timeZone = this.#timeZone();
    const present = Math.floor(now / hourMs);
    const today = Math.floor((now - sinceMidnight(now, timeZone)) / hourMs);
    const rows = this.#counts.between(Math.min(today - 24, present - shownHours + 1), present + 1, accountId);
    const recent = rows.filter((row) => row.hour > present - shownHours);
    return {
      timeZone,
      today: sum(rows.filter((row) => row.hour >= today)),
      yesterday: sum(rows.filter((row) => row.hour >= today - 24 && row.hour < today)),
      hours: Array.from({ length: shownHours }, (_, index) => {
        const hour = present - shownHours + 1 + index;
        return { at: new Date(hour * hourMs).toISOString(), ...sum(recent.filter((row) => row.hour === hour)) };
      }),
      carriers: this.#ofCarriers(recent),
      codes: codesOf(recent),
    };
  }

  /** Forgets hours that nobody looks at any more. */
  async sweep(): Promise<void> {
    await this.#counts.dropBefore(Math.floor(this.#clock.now() / hourMs) - keptHours);
  }

  #ofCarriers(rows: readonly HourCount[]) {
    const names = new Map(this.#carriers().map(({ id, name }) => [id, name]));
    const ids = new Set([...names.keys(), ...rows.map((row) => row.carrier_id)]);
    ids.delete(0);
    return [...ids].map((id) => ({
      id,
      name: names.get(id) ?? null,
      ...sum(rows.filter((row) => row.carrier_id === id)),
    }));
  }
}

function sum(rows: readonly HourCount[]): Counts {
  const total: Counts = { accepted: 0, sent: 0, delivered: 0, failed: 0, unknown: 0 };
  for (const row of rows) for (const what of counted) total[what] += row[what];
  return total;
}

function codesOf(rows: readonly HourCount[]) {
  const count = rows.reduce((total, row) => total + row.codes, 0);
  if (count === 0) return { count, averageMs: null, mostMs: null };
  const milliseconds = rows.reduce((total, row) => total + row.codes_ms, 0);
  return {
    count,
    averageMs: Math.round(milliseconds / count),
    mostMs: Math.max(...rows.map((row) => row.codes_ms_most)),
  };
}

function sinceMidnight(at: Millis, timeZone: string): Millis {
  const { hour, minute, second } = localParts(at, timeZone);
  return ((hour * 60 + minute) * 60 + second) * 1000 + (at % 1000);
}
