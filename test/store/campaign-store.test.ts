import { describe, expect, test } from 'vitest';
import type { CampaignDraft } from '../../server/store/campaign-rows.ts';
import { phone } from '../fakes/box.ts';
import { openBox, retry, type StoreBox } from '../fakes/store-box.ts';

const draft: CampaignDraft = {
  accountId: 1,
  name: 'News',
  origin: 'SEPSMS',
  text: 'Hello',
  priority: 'normal',
  missing: 'skip',
  audience: '{}',
  scheduledAt: null,
  by: 'ann',
};
const end = { source: null, after: 0 };

/** A campaign that was made into one message to some numbers. */
async function made(box: StoreBox, count: number): Promise<number> {
  const { campaigns } = box.stores;
  const campaign = await campaigns.create(draft, box.clock.now());
  const to = Array.from({ length: count }, (_, n) => phone(n));
  const step = { to: end, recipients: count, skipped: 0 };
  await box.accept({ to, alongside: ({ id }) => campaigns.noteStep(campaign, { ...step, messageId: id }) });
  return campaign.id;
}

const claimed = async (box: StoreBox, room: number) => (await box.claim(room)).map((claim) => claim.submission.msisdn);

describe('a campaign that is held', () => {
  test('is out of the queue at once and comes back at the same place', async () => {
    const box = await openBox();
    const id = await made(box, 6);
    expect(await claimed(box, 2)).toEqual([phone(0), phone(1)]);
    await box.stores.campaigns.pause(id, box.clock.now());
    expect(box.stores.claims.hasWork(box.clock.now())).toBe(false);
    expect(await claimed(box, 9)).toEqual([]);
    await box.stores.campaigns.resume(id, box.clock.now());
    expect(await claimed(box, 9)).toEqual([phone(2), phone(3), phone(4), phone(5)]);
  });

  test('holds what was to be tried again as well, and lets others through', async () => {
    const box = await openBox();
    const id = await made(box, 2);
    await box.settle(await box.claim(2), retry({ afterMs: 0 }));
    await box.stores.campaigns.pause(id, box.clock.now());
    await box.accept({ to: [phone(9)] });
    expect(await claimed(box, 9)).toEqual([phone(9)]);
    await box.clock.advance(60_000);
    expect(await claimed(box, 9)).toEqual([]);
    await box.stores.campaigns.resume(id, box.clock.now());
    await box.clock.advance(15_000);
    expect(await claimed(box, 9)).toEqual([phone(0), phone(1)]);
  });

  test('does not expire while it is held, and is worth as long as before afterwards', async () => {
    const box = await openBox();
    const at = () => box.peek.one<{ at: number }>('SELECT expires_at AS at FROM message').at;
    const id = await made(box, 1);
    const before = at();
    await box.stores.campaigns.pause(id, box.clock.now());
    await box.clock.advance(1_000);
    box.clock.jump(30 * 86_400_000);
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(0);
    await box.stores.campaigns.resume(id, box.clock.now());
    expect(at()).toBe(before + 30 * 86_400_000 + 1_000);
    expect(await claimed(box, 9)).toEqual([phone(0)]);
  });

  test('tells the pages and the dispatcher that something changed', async () => {
    const box = await openBox();
    const id = await made(box, 1);
    const told: number[] = [];
    box.stores.onCommit((touched) => told.push(...touched));
    await box.stores.campaigns.pause(id, box.clock.now());
    await box.stores.campaigns.resume(id, box.clock.now());
    const message = box.peek.one<{ id: number }>('SELECT id FROM message').id;
    expect(told).toEqual([message, message]);
  });
});

describe('a step of a campaign', () => {
  test('that was paused or cancelled meanwhile undoes its message', async () => {
    for (const ending of ['pause', 'cancel'] as const) {
      const box = await openBox();
      const { campaigns } = box.stores;
      const campaign = await campaigns.create(draft, box.clock.now());
      const step = { to: { source: 1, after: 0 }, recipients: 1, skipped: 0 };
      const writing = box.accept({ alongside: ({ id }) => campaigns.noteStep(campaign, { ...step, messageId: id }) });
      const late = box.accept({ alongside: ({ id }) => campaigns.noteStep(campaign, { ...step, messageId: id }) });
      await writing;
      await expect(late).rejects.toMatchObject({ code: 'campaign.wrong_state' });
      const now = campaigns.get(campaign.id);
      await (ending === 'pause' ? campaigns.pause(campaign.id, 0) : campaigns.cancel(campaign.id));
      const last = box.accept({ alongside: ({ id }) => campaigns.noteStep(now, { ...step, messageId: id }) });
      await expect(last).rejects.toMatchObject({ code: 'campaign.wrong_state' });
      expect(box.peek.counts()).toMatchObject({ message: 1, recipient: 1 });
      expect(campaigns.counts(campaign.id)).toMatchObject({ messages: 1, recipients: 1, pending: 1, open: 1 });
    }
  });
});

test('a slot is served once, however often it is tried', async () => {
  const box = await openBox();
  const { schedules, campaigns } = box.stores;
  const terms = {
    accountId: 1,
    cron: '0 9 * * *',
    timeZone: 'UTC',
    priority: 'normal',
    missing: 'skip',
    audience: '{}',
  };
  const daily = { ...terms, name: 'Daily', origin: 'SEPSMS', text: 'x', templateId: null, by: 'ann' };
  const schedule = await schedules.create(daily, 1_000, 0);
  const ending = { slot: 1_000, outcome: 'sent', note: null, campaign: draft, at: 1_001 } as const;
  const tries = await Promise.all([1, 2, 3].map(() => schedules.serve(schedule, ending, 2_000)));
  expect(tries).toEqual([true, false, false]);
  // A row that is there already means that it was served, whatever the schedule says.
  expect(await schedules.serve(schedules.get(schedule.id), { ...ending, slot: 1_000 }, 3_000)).toBe(false);
  expect(campaigns.list({ accountId: 1, state: null, before: 99 }, 10)).toHaveLength(1);
  expect(schedules.runs(schedule.id, 9_999, 10)).toEqual([
    { schedule_id: schedule.id, slot: 1_000, outcome: 'sent', note: null, campaign_id: 1, at: 1_001 },
  ]);
});
