import { describe, expect, test } from 'vitest';
import { progressOf } from '../../renderer/features/campaigns/campaign-counts.ts';
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
