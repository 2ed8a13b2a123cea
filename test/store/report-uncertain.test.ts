import { describe, expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, type StoreBox, uncertain } from '../fakes/store-box.ts';

const hour = 3_600_000;

/** A message to one number, accepted by the carrier under a reference. */
async function sent(box: StoreBox, reference: string, to = phone(1)): Promise<number> {
  const { id } = await box.accept({ to: [to] });
  await box.settle(await box.claim(), accepted(reference));
  return id;
}

const failed = { verdict: 'failed', code: 'TP-Status 0x43', message: 'not obtainable' } as const;

describe('an uncertain hand-over', () => {
  test('is settled by a late report to its number, though its reference was never known', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await box.settle(await box.claim(), uncertain);
    expect(box.message(id)).toMatchObject({ state: 'completed', unknown_count: 1 });
    expect(await box.report('99', phone(1))).toBe(true);
    expect(box.recipient(id)).toMatchObject({ state: 'success', error_code: null });
    expect(box.message(id)).toMatchObject({ state: 'completed', success_count: 1, unknown_count: 0, open_count: 0 });
    expect(box.journal()).toMatchObject([{ state: 'reported', reference: '99' }]);
  });

  test('does not take the report of a message that fits better', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await box.settle(await box.claim(), uncertain);
    const other = await sent(box, '5');
    await box.report('5', phone(1));
    expect([box.recipient(id).state, box.recipient(other).state]).toEqual(['unknown', 'success']);
  });

  test('does not take a report that may belong to a message whose answer is still to come', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await box.settle(await box.claim(), uncertain);
    const { id: current } = await box.accept();
    const claims = await box.claim();
    await box.report('6', phone(1));
    expect(box.recipient(id).state).toBe('unknown');
    await box.settle(claims, accepted('6'));
    expect([box.recipient(id).state, box.recipient(current).state]).toEqual(['unknown', 'success']);
  });

  test('does not take a report that was booked already and comes once more', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await box.settle(await box.claim(), uncertain);
    await sent(box, '5');
    await box.report('5', phone(1));
    expect(await box.report('5', phone(1))).toBe(false);
    expect(box.recipient(id).state).toBe('unknown');
  });

  test('is found among many others', async () => {
    const box = await openBox();
    const numbers = Array.from({ length: 100 }, (_, n) => phone(n));
    const { id } = await box.accept({ to: numbers });
    await box.settle(await box.claim(), uncertain);
    expect(await box.report('5', phone(0))).toBe(true);
    expect(box.recipients(id)[0]?.state).toBe('success');
    expect(box.message(id)).toMatchObject({ success_count: 1, unknown_count: 99 });
  });

  test('that a report says has failed is refunded by the rule of its carrier', async () => {
    const box = await openBox({ credits: 10 });
    const { id } = await box.accept();
    await box.settle(await box.claim(), uncertain);
    await box.report('99', phone(1), failed);
    expect(box.recipient(id)).toMatchObject({ state: 'failed', refunded: 1 });
    expect(box.stores.accounts.balance(1)).toBe(10);
  });
});

describe('a report that comes before its hand-over turns out to have no answer', () => {
  test('settles it: it is not doubtful, and its message was not in vain', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    const claims = await box.claim();
    expect(await box.report('99', phone(1))).toBe(false);
    await box.settle(claims, uncertain);
    expect(box.recipient(id)).toMatchObject({ state: 'success', error_code: null });
    expect(box.message(id)).toMatchObject({ state: 'completed', success_count: 1, unknown_count: 0, open_count: 0 });
    expect(box.peek.counts()['orphan_report']).toBe(0);
  });

  test('keeps it from being sent again where that is wanted for doubtful ones', async () => {
    const box = await openBox();
    box.policy = { ...box.policy, uncertain: 'resend' };
    const { id } = await box.accept();
    const claims = await box.claim();
    await box.report('99', phone(1));
    await box.settle(claims, uncertain);
    await box.clock.advance(hour);
    expect(await box.claim()).toEqual([]);
    expect(box.recipient(id).state).toBe('success');
  });

  test('is found after a crash in between', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await box.claim();
    await box.report('99', phone(1), failed);
    const after = box.afterCrash();
    const [open] = after.stores.claims.leftovers();
    const claim = open === undefined ? undefined : after.stores.claims.leftBy(open)?.claim;
    await after.settle(claim === undefined ? [] : [claim], uncertain);
    expect(after.recipient(id)).toMatchObject({ state: 'failed', refunded: 1 });
    expect(after.message(id)).toMatchObject({ state: 'completed', failed_count: 1 });
  });

  test('is not taken when it is older than the hand-over, to another number, or that of another message once more', async () => {
    const box = await openBox();
    const earlier = await sent(box, '5');
    await box.report('5', phone(1));
    await box.report('77', phone(1));
    await box.clock.advance(1_000);
    const { id } = await box.accept();
    const claims = await box.claim();
    await box.report('5', phone(1));
    await box.report('78', phone(2));
    await box.settle(claims, uncertain);
    expect([box.recipient(earlier).state, box.recipient(id).state]).toEqual(['success', 'unknown']);
  });
});

describe('giving up on reports', () => {
  test('keeps `sent`, completes the message, and lets a late report change nothing', async () => {
    const box = await openBox({ credits: 10 });
    const id = await sent(box, '17');
    const { expires_at: expiresAt } = box.message(id);
    await box.clock.advance(expiresAt + hour - box.clock.now());
    expect(await box.stores.sweeps.giveUpReports(expiresAt - 1, box.clock.now())).toBe(0);
    expect(await box.stores.sweeps.giveUpReports(expiresAt, box.clock.now())).toBe(1);
    const now = box.clock.now();
    expect(box.recipient(id)).toMatchObject({ state: 'sent', finished_at: now, refunded: 0 });
    expect(box.message(id)).toMatchObject({ state: 'completed', sent_count: 1, open_count: 0, completed_at: now });
    expect(box.journal()).toMatchObject([{ state: 'unreported' }]);
    await box.report('17', phone(1), failed);
    expect(box.recipient(id).state).toBe('sent');
    expect(box.stores.accounts.balance(1)).toBe(9);
    expect(await box.stores.sweeps.giveUpReports(expiresAt, now)).toBe(0);
  });

  test('leaves what still waits for its turn alone', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: [phone(1), phone(2)] });
    await box.settle(await box.claim(1), accepted('1'));
    await box.report('1', phone(1));
    expect(await box.stores.sweeps.giveUpReports(Number.MAX_SAFE_INTEGER, box.clock.now())).toBe(0);
    expect(box.message(id)).toMatchObject({ state: 'sending', queued_count: 1, open_count: 1 });
  });
});
