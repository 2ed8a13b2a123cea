import { expect, test } from 'vitest';
import type { CampaignDraft } from '../../server/store/campaign-rows.ts';
import { accepted, openBox, retry, type StoreBox } from '../fakes/store-box.ts';

const note = { name: 'box-2026-01-15T03-00-00Z.db', made_at: 1_000 };
const day = 86_400_000;

/** All that a box does with a backup that it is started on. */
async function restore(box: StoreBox): Promise<void> {
  const { restored, sweeps, writer } = box.stores;
  const now = box.clock.now();
  const id = await restored.begin(note, now);
  writer.takeNextIds();
  await restored.holdCampaigns(id, now);
  await sweeps.releaseDue(now, 0);
  await restored.holdRecipients(id, now);
  await restored.finish(id, now);
}

const states = (box: StoreBox) =>
  box.peek.all<{ state: string }>('SELECT state FROM recipient ORDER BY id').map(({ state }) => state);

test('what waited, was being handed over or was to be tried again is unknown, and nothing of it can be claimed', async () => {
  const box = await openBox();
  await box.accept({ to: ['66811111111', '66822222222', '66833333333'] });
  const [first] = await box.claim(1);
  const [second] = await box.claim(1);
  if (first === undefined || second === undefined) throw new Error('nothing to claim');
  await box.settle([second], retry());
  expect(states(box)).toEqual(['sending', 'queued', 'queued']);
  const balance = box.peek.one('SELECT balance FROM account WHERE id = 1');

  await restore(box);
  expect(states(box)).toEqual(['unknown', 'unknown', 'unknown']);
  expect(box.peek.all("SELECT * FROM submission WHERE state = 'handing'")).toEqual([]);
  expect(box.peek.one("SELECT COUNT(*) AS n FROM recipient WHERE error_code = 'restored'")).toEqual({ n: 3 });
  expect(box.peek.one('SELECT state, open_count, unknown_count FROM message')).toEqual({
    state: 'completed',
    open_count: 0,
    unknown_count: 3,
  });
  expect(box.peek.one('SELECT balance FROM account WHERE id = 1')).toEqual(balance);
  await box.clock.advance(day);
  expect(await box.claim()).toEqual([]);
  expect(box.peek.one('SELECT recipients FROM restoration')).toEqual({ recipients: 3 });
});

test('what is scheduled for later stays; what fell due since the backup is unknown', async () => {
  const box = await openBox();
  const now = box.clock.now();
  await box.accept({ to: ['66811111111'], scheduledAt: now + day });
  await box.accept({ to: ['66822222222'], scheduledAt: now - 1 });
  await restore(box);
  expect(box.peek.all('SELECT state, queued_count, unknown_count FROM message ORDER BY id')).toEqual([
    { state: 'scheduled', queued_count: 1, unknown_count: 0 },
    { state: 'completed', queued_count: 0, unknown_count: 1 },
  ]);
});

test('what a carrier has accepted still waits for its report', async () => {
  const box = await openBox();
  await box.accept({ to: ['66811111111'] });
  await box.settle(await box.claim(), accepted('17'));
  await restore(box);
  expect(states(box)).toEqual(['sent']);
  await box.report('17', '66811111111');
  expect(states(box)).toEqual(['success']);
});

test('an operator can send again what was held, and it then goes once', async () => {
  const box = await openBox();
  const { id } = await box.accept({ to: ['66811111111'] });
  await restore(box);
  await box.stores.sweeps.resendUnknown(box.message(id), box.recipient(id), day, box.clock.now());
  expect(await box.claim()).toHaveLength(1);
  expect(await box.claim()).toHaveLength(0);
});

test('begun and cut short, it is done again without counting anything twice', async () => {
  const box = await openBox();
  await box.accept({ to: ['66811111111', '66822222222'] });
  const id = await box.stores.restored.begin(note, box.clock.now());
  await box.stores.restored.holdRecipients(id, box.clock.now());
  const after = box.reopen();
  await restore(after);
  expect(after.peek.all('SELECT id, recipients FROM restoration')).toEqual([{ id, recipients: 2 }]);
});

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

test('a campaign that was taking in its audience is paused; one that is still to come goes on', async () => {
  const box = await openBox();
  const now = box.clock.now();
  const { campaigns } = box.stores;
  const going = await campaigns.create(draft, now);
  const later = await campaigns.create({ ...draft, scheduledAt: now + day }, now);
  await restore(box);
  expect(campaigns.get(going.id)).toMatchObject({ state: 'paused', problem_code: 'restored' });
  expect(campaigns.get(later.id)).toMatchObject({ state: 'preparing', problem_code: null });
});

test('what a paused campaign holds stays held, and its problem says what to think of first', async () => {
  const box = await openBox();
  const now = box.clock.now();
  const { campaigns } = box.stores;
  const campaign = await campaigns.create(draft, now);
  const to = ['66811111111', '66822222222'];
  const step = { to: { source: null, after: 0 }, recipients: 2, skipped: 0 };
  await box.accept({ to, alongside: ({ id }) => campaigns.noteStep(campaign, { ...step, messageId: id }) });
  await campaigns.pause(campaign.id, now);
  await restore(box);
  expect(states(box)).toEqual(['queued', 'queued']);
  expect(campaigns.get(campaign.id)).toMatchObject({ state: 'paused', problem_code: 'restored' });
  expect(await box.claim()).toEqual([]);
  await campaigns.resume(campaign.id, now);
  expect(await box.claim()).toHaveLength(2);
});

test('ids that were given out since the backup are not given out again', async () => {
  const box = await openBox();
  await box.accept();
  await restore(box);
  const { id } = await box.accept();
  const after = box.reopen();
  const next = await after.accept({ uuid: '00000000-0000-7000-8000-000000000009' });
  expect([id, next.id].map((each) => each > 1_000_000)).toEqual([true, true]);
  expect(after.peek.one<{ id: number }>('SELECT MAX(id) AS id FROM recipient').id).toBeGreaterThan(10_000_000);
  expect(after.peek.one<{ id: number }>('SELECT MAX(id) AS id FROM delivery').id).toBeGreaterThanOrEqual(10_000_000);
});

test('nobody stays signed in', async () => {
  const box = await openBox();
  await box.stores.sessions.open({
    tokenHash: 'h',
    userId: await box.stores.people.create('ann', 'p', 'admin', box.clock.now()),
    now: box.clock.now(),
    expiresAt: box.clock.now() + day,
    address: null,
    agent: null,
  });
  await restore(box);
  expect(box.peek.all('SELECT * FROM session')).toEqual([]);
});
