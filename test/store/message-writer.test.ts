import { describe, expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { openBox, recipientDraft, type StoreBox } from '../fakes/store-box.ts';

const many = (count: number, from = 0) => Array.from({ length: count }, (_, n) => phone(from + n));

/** Runs `look` after every commit. */
function afterEachCommit(box: StoreBox, look: () => void): void {
  box.stores.onCommit(look);
}

describe('a small request', () => {
  test('is one transaction with its recipients, credits and ledger entry', async () => {
    const box = await openBox({ credits: 100 });
    const before = box.stores.stats().commits;
    const { id, state } = await box.accept({ to: [phone(1), phone(2)], text: 'Hi', segments: 2, clientRef: 'order 7' });
    expect(box.stores.stats().commits - before).toBe(1);
    expect(state).toBe('pending');
    expect(box.message(id)).toMatchObject({
      state: 'pending',
      recipient_count: 2,
      queued_count: 2,
      open_count: 2,
      credit: 4,
      client_ref: 'order 7',
      completed_at: null,
    });
    expect(box.recipients(id).map((row) => [row.msisdn, row.state, row.credit])).toEqual([
      [phone(1), 'queued', 2],
      [phone(2), 'queued', 2],
    ]);
    expect(box.stores.accounts.balance(1)).toBe(96);
    const entries = box.peek.all('SELECT change, balance, cause, message_id FROM ledger ORDER BY id');
    expect(entries.at(-1)).toEqual({ change: -4, balance: 96, cause: 'message', message_id: id });
  });

  test('requests that arrive together share a commit and get ids of their own', async () => {
    const box = await openBox();
    const before = box.stores.stats().commits;
    const written = await Promise.all(Array.from({ length: 30 }, (_, n) => box.accept({ to: [phone(n), phone(50)] })));
    expect(box.stores.stats().commits - before).toBe(1);
    expect(new Set(written.map((one) => one.id)).size).toBe(30);
    for (const { id } of written) expect(box.recipients(id)).toHaveLength(2);
  });

  test('without enough credits nothing is stored', async () => {
    const box = await openBox({ credits: 3 });
    const before = box.peek.counts();
    await expect(box.accept({ to: many(4) })).rejects.toMatchObject({
      code: 'credit.insufficient',
      extra: { required: 4, balance: 3 },
    });
    expect(box.peek.counts()).toEqual(before);
    expect(box.stores.accounts.balance(1)).toBe(3);
  });

  test('for an unknown account nothing is stored', async () => {
    const box = await openBox();
    const before = box.peek.counts();
    await expect(box.accept({ accountId: 42 })).rejects.toMatchObject({ code: 'account.not_found' });
    expect(box.peek.counts()).toEqual(before);
  });

  test('with blocked and invalid numbers counts them as final, and costs nothing for them', async () => {
    const box = await openBox({ credits: 10 });
    const blocked = { ...recipientDraft(phone(2)), state: 'blocked', credit: 0 } as const;
    const failed = { ...recipientDraft('nonsense', 0), state: 'failed' } as const;
    const { id } = await box.accept({ to: [phone(1), blocked, failed] });
    expect(box.message(id)).toMatchObject({ queued_count: 1, blocked_count: 1, failed_count: 1, open_count: 1 });
    expect(box.recipients(id).map((row) => row.finished_at)).toEqual([null, box.clock.now(), box.clock.now()]);
    expect(box.stores.accounts.balance(1)).toBe(9);
  });

  test('with nobody to send to ends at once as failed, and says so', async () => {
    const box = await openBox();
    const blocked = { ...recipientDraft(phone(2)), state: 'blocked', credit: 0 } as const;
    const { id, state } = await box.accept({ to: [blocked] });
    expect(state).toBe('failed');
    expect(box.message(id)).toMatchObject({ state: 'failed', completed_at: box.clock.now(), open_count: 0 });
    expect(box.events.map((event) => event.name)).toEqual(['sms.completed']);
    expect(JSON.parse(box.events[0]?.body ?? '')).toMatchObject({
      status: 'failed',
      drSummary: [{ drStatus: 'blocked', count: 1 }],
    });
  });
});

describe('a large request', () => {
  test('shows nothing of itself before its last transaction, and everything after it', async () => {
    const box = await openBox();
    const seen: { messages: number; work: boolean; balance: number; staged: number; recipients: number }[] = [];
    afterEachCommit(box, () => {
      const { message, staging, recipient } = box.peek.counts();
      const work = box.stores.claims.hasWork(box.clock.now());
      const balance = box.stores.accounts.balance(1);
      seen.push({ messages: message ?? -1, staged: staging ?? -1, recipients: recipient ?? -1, work, balance });
    });
    const { id } = await box.accept({ to: many(5_001), lane: 'bulk' });
    expect(seen.map((look) => look.recipients)).toEqual([0, 2_000, 4_000, 5_001, 5_001]);
    for (const look of seen.slice(0, -1)) {
      expect(look).toMatchObject({ messages: 0, staged: 1, work: false, balance: 1_000_000 });
    }
    expect(seen.at(-1)).toMatchObject({ messages: 1, staged: 0, work: true, balance: 994_999 });
    expect(box.message(id)).toMatchObject({ recipient_count: 5_001, queued_count: 5_001 });
    expect(box.recipients(id).map((row) => row.msisdn)).toEqual(many(5_001));
  });

  test('lets others in between its slices', async () => {
    const box = await openBox();
    const order: string[] = [];
    const large = box.accept({ to: many(6_000) }).then(() => order.push('large'));
    const small = box.accept({ to: [phone(9)] }).then(() => order.push('small'));
    await Promise.all([large, small]);
    expect(order).toEqual(['small', 'large']);
  });

  test('two that race for the last credits: exactly one wins, the other leaves nothing behind', async () => {
    const box = await openBox({ credits: 5_000 });
    const results = await Promise.allSettled([
      box.accept({ to: many(3_000) }),
      box.accept({ to: many(3_000, 5_000), segments: 1 }),
    ]);
    const won = results.filter((result) => result.status === 'fulfilled');
    const lost = results.filter((result) => result.status === 'rejected');
    expect(won).toHaveLength(1);
    expect(lost.map((result) => result.reason)).toMatchObject([{ code: 'credit.insufficient' }]);
    expect(box.peek.counts()).toMatchObject({ message: 1, recipient: 3_000, staging: 0, ledger: 2 });
    expect(box.recipients().every((row) => row.message_id === won[0]?.value.id)).toBe(true);
    expect(box.stores.accounts.balance(1)).toBe(2_000);
    expect(box.stores.accounts.ledgerMismatches()).toEqual([]);
  });

  test('is refused before any slice when the credits are not there', async () => {
    const box = await openBox({ credits: 5 });
    const commits = box.stores.stats().commits;
    await expect(box.accept({ to: many(3_000) })).rejects.toMatchObject({ code: 'credit.insufficient' });
    expect(box.stores.stats().commits).toBe(commits);
  });
});

describe('a crash between two slices', () => {
  test('leaves nothing that is seen or sent; the rest is swept at start and its ids are not used again', async () => {
    const box = await openBox();
    const crashes: StoreBox[] = [];
    afterEachCommit(box, () => crashes.push(box.afterCrash()));
    const { id } = await box.accept({ to: many(5_000) });
    expect(crashes).toHaveLength(5);
    const complete = crashes.pop();
    expect(complete?.message(id).recipient_count).toBe(5_000);
    for (const [slices, after] of crashes.entries()) {
      expect(after.peek.counts()).toMatchObject({ message: 0, staging: 1, recipient: Math.min(5_000, slices * 2_000) });
      expect(await after.claim()).toEqual([]);
      expect(after.stores.accounts.balance(1)).toBe(1_000_000);
      expect(await after.stores.writer.sweepStaging()).toBe(1);
      expect(after.peek.counts()).toMatchObject({ message: 0, staging: 0, recipient: 0 });
      const next = await after.accept();
      expect(next.id).toBeGreaterThan(id);
      expect(after.recipient(next.id).id).toBeGreaterThan(5_000);
    }
  });
});
