import type { OverviewAnswer } from '../../../server/contract/admin-overview.ts';
import type { Period } from './period.ts';

type Hour = OverviewAnswer['hours'][number];

/** What happened in one bar of the charts. */
export interface Bucket {
  /** Its first hour. */
  readonly at: string;
  readonly sent: number;
  readonly delivered: number;
  readonly failed: number;
  readonly codes: number;
  /** Average and longest wait of one-time codes until they were handed over, in milliseconds; 0 without any. */
  readonly codeMs: number;
  readonly codeMostMs: number;
  /** At the worst moment: the oldest wait in milliseconds, and how many waited. */
  readonly queueAgeMs: number;
  readonly queued: number;
}

const hoursInBar: Readonly<Record<Period, number>> = { '24h': 1, '7d': 6, '30d': 24 };
/** The first of more would be cut in two by the hour that it is now. */
const mostBars: Readonly<Record<Period, number>> = { '24h': 24, '7d': 28, '30d': 30 };

/**
 * Hours put together into bars: single hours, quarters of a day, or days, as the reader's clock counts them.
 * @param partOf the day and hour of a time where the reader is.
 */
export function bucketsOf(
  hours: readonly Hour[],
  period: Period,
  partOf: (iso: string) => { readonly day: string; readonly hour: number } = localPart,
): Bucket[] {
  const size = hoursInBar[period];
  const groups = new Map<string, Hour[]>();
  for (const hour of hours) {
    const { day, hour: number } = partOf(hour.hour);
    const key = size === 1 ? hour.hour : `${day} ${Math.floor(number / size)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [hour]);
    else group.push(hour);
  }
  return [...groups.values()].slice(-mostBars[period]).flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [bucketOf(first.hour, group)];
  });
}

function bucketOf(at: string, group: readonly Hour[]): Bucket {
  const sum = (pick: (hour: Hour) => number) => group.reduce((all, hour) => all + pick(hour), 0);
  const most = (pick: (hour: Hour) => number) => Math.max(0, ...group.map(pick));
  const codes = sum((hour) => hour.codes);
  return {
    at,
    sent: sum((hour) => hour.sent),
    delivered: sum((hour) => hour.delivered),
    failed: sum((hour) => hour.failed + hour.expired),
    codes,
    codeMs: codes === 0 ? 0 : Math.round(sum((hour) => hour.codes * (hour.codeLatencyMs ?? 0)) / codes),
    codeMostMs: most((hour) => hour.codeLatencyMaxMs ?? 0),
    queueAgeMs: most((hour) => hour.queueAgeMs),
    queued: most((hour) => hour.queued),
  };
}

function localPart(iso: string): { readonly day: string; readonly hour: number } {
  const time = new Date(iso);
  return { day: time.toDateString(), hour: time.getHours() };
}
