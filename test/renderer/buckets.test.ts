import { describe, expect, it } from 'vitest';
import { bucketsOf } from '../../renderer/features/dashboard/buckets.ts';
import type { OverviewAnswer } from '../../server/contract/admin-overview.ts';

type Hour = OverviewAnswer['hours'][number];

const nothing = {
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
  codes: 0,
  codeLatencyMs: null,
  codeLatencyMaxMs: null,
  queued: 0,
  queueAgeMs: 0,
};
const last = Date.UTC(2026, 0, 15, 10);
/** Hours up to ten o'clock, each with one message, in UTC. */
const hours = (count: number, change: (ago: number) => Partial<Hour> = () => ({})): Hour[] =>
  Array.from({ length: count }, (_, n) => count - 1 - n).map((ago) => ({
    ...nothing,
    hour: new Date(last - ago * 3_600_000).toISOString(),
    sent: 1,
    ...change(ago),
  }));
const utc = (iso: string) => ({ day: iso.slice(0, 10), hour: new Date(iso).getUTCHours() });

describe('the bars of the charts', () => {
  it('are hours for a day', () => {
    const bars = bucketsOf(hours(24), '24h', utc);
    expect(bars).toHaveLength(24);
    expect(bars.at(-1)).toMatchObject({ at: '2026-01-15T10:00:00.000Z', sent: 1 });
  });

  it('are quarters of a day for a week, and the first, which the hour cuts in two, is left out', () => {
    const bars = bucketsOf(hours(168), '7d', utc);
    expect(bars).toHaveLength(28);
    expect(bars[0]).toMatchObject({ at: '2026-01-08T12:00:00.000Z', sent: 6 });
    expect(bars.at(-1)).toMatchObject({ at: '2026-01-15T06:00:00.000Z', sent: 5 });
  });

  it('are days where the reader is for a month', () => {
    const bangkok = (iso: string) => utc(new Date(Date.parse(iso) + 7 * 3_600_000).toISOString());
    const bars = bucketsOf(hours(720), '30d', bangkok);
    expect(bars).toHaveLength(30);
    expect(bars.at(-1)).toMatchObject({ at: '2026-01-14T17:00:00.000Z', sent: 18 });
    expect(bars.at(-2)).toMatchObject({ sent: 24 });
  });

  it('keep the worst of the queue, and weigh the waits of codes by how many there were', () => {
    const [bar] = bucketsOf(
      hours(2, (ago) =>
        ago === 0
          ? { codes: 1, codeLatencyMs: 5_000, codeLatencyMaxMs: 5_000, queueAgeMs: 10, queued: 4, expired: 1 }
          : { codes: 3, codeLatencyMs: 1_000, codeLatencyMaxMs: 2_000, queueAgeMs: 70, queued: 2, failed: 2 },
      ),
      '7d',
      utc,
    );
    expect(bar).toMatchObject({ codes: 4, codeMs: 2_000, codeMostMs: 5_000, queueAgeMs: 70, queued: 4, failed: 3 });
    expect(bucketsOf(hours(1), '24h', utc)[0]).toMatchObject({ codeMs: 0, codeMostMs: 0 });
  });
});
