import { describe, expect, test } from 'vitest';
import { paceOf, progressOf, timeLeft, withSample } from '../../renderer/features/campaigns/campaign-pace.ts';
import type { Sample } from '../../renderer/features/campaigns/campaign-pace.ts';
import type { CampaignItem } from '../../server/contract/campaign-shapes.ts';

const item: CampaignItem = {
  id: 1,
  account: 'Main',
  name: 'News',
  state: 'preparing',
  origin: 'SEPSMS',
  text: 'Hello',
  priority: 'normal',
  missing: 'skip',
  groups: [1],
  numbers: 0,
  importId: null,
  scheduledTime: null,
  size: 5_000,
  prepared: false,
  recipients: 2_000,
  skipped: 100,
  messages: 1,
  drSummary: [
    { drStatus: 'pending', count: 1_500 },
    { drStatus: 'sent', count: 400 },
    { drStatus: 'failed', count: 100 },
  ],
  credits: 2_000,
  refundedCount: 0,
  problem: null,
  scheduleId: null,
  slot: null,
  createdBy: 'ann',
  createdAt: '2026-01-15T00:00:00.000Z',
  finishedAt: null,
};

describe('how far a campaign is', () => {
  test('counts what is not made into messages yet', () => {
    expect(progressOf(item)).toEqual({ total: 4_900, made: 2_000, unmade: 2_900, waiting: 1_500, done: 500 });
    expect(progressOf({ ...item, prepared: true, size: 2_100 })).toMatchObject({ total: 2_000, unmade: 0 });
  });

  test('of one that was cancelled is as far as it came', () => {
    expect(progressOf({ ...item, state: 'cancelled' })).toMatchObject({ total: 2_000, unmade: 0 });
  });
});

describe('its pace', () => {
  const seen = (...samples: readonly Sample[]) =>
    samples.reduce((all, sample) => withSample(all, sample), [] as readonly Sample[]);

  test('is told when it was seen for some seconds', () => {
    expect(paceOf(seen({ at: 0, done: 0 }))).toBeNull();
    expect(paceOf(seen({ at: 0, done: 0 }, { at: 2_000, done: 40 }))).toBeNull();
    expect(paceOf(seen({ at: 0, done: 0 }, { at: 2_000, done: 40 }, { at: 6_000, done: 60 }))).toBe(600);
  });

  test('is that of the last minute', () => {
    const samples = seen({ at: 0, done: 0 }, { at: 61_000, done: 1_000 }, { at: 91_000, done: 1_010 });
    expect(samples).toHaveLength(2);
    expect(paceOf(samples)).toBe(20);
  });

  test('does not change by what was seen already', () => {
    const samples = seen({ at: 5, done: 0 });
    expect(withSample(samples, { at: 5, done: 9 })).toBe(samples);
  });

  test('says how long the rest takes, and nothing while it stands', () => {
    expect(timeLeft(600, progressOf(item))).toBe(440_000);
    expect(timeLeft(0, progressOf(item))).toBeNull();
    expect(timeLeft(null, progressOf(item))).toBeNull();
  });
});
