import { describe, expect, test } from 'vitest';
import { migrations, openDatabase } from '../../server/store/database.ts';
import { phone, testFolder } from '../fakes/box.ts';
import { expectSound } from '../fakes/sound-books.ts';
import { accepted, openBox, rejected, retry, type StoreBox, uncertain } from '../fakes/store-box.ts';

const many = (count: number) => Array.from({ length: count }, (_, n) => phone(n));
const cancel = (box: StoreBox, id: number) => box.stores.cancels.cancel(id, box.clock.now());
const notCancellable = expect.objectContaining({ code: 'message.not_cancellable' });
const longText = 'Several parts of one text. '.repeat(12);

function balance(box: StoreBox): number {
  return box.peek.one<{ balance: number }>('SELECT balance FROM account WHERE id = 1').balance;
}

describe('cancelling', () => {
  test('before dispatch ends all of it, gives all back in one ledger row and leaves nothing to claim', async () => {
    const box = await openBox({ credits: 100 });
    const { id } = await box.accept({ to: many(7) });
    expect(balance(box)).toBe(93);
    expect(await cancel(box, id)).toEqual({ cancelledCount: 7, refundedCredit: 7 });
    expect(balance(box)).toBe(100);
    expect(box.peek.all('SELECT change FROM ledger WHERE message_id = ? ORDER BY id', id)).toEqual([
      { change: -7 },
      { change: 7 },
    ]);
    expect(box.message(id)).toMatchObject({ state: 'cancelled', completed_at: box.clock.now(), cancel_from: null });
    expect(box.message(id).next_recipient_id).toBe(box.message(id).first_recipient_id + 7);
    expect(box.recipients(id)[0]).toMatchObject({ state: 'cancelled', refunded: 1, error_code: 'cancelled' });
    expect(await box.claim()).toEqual([]);
    expect(box.stores.claims.hasWork(box.clock.now())).toBe(false);
    expect(box.events.map((event) => event.name)).toEqual([]);
    expectSound(box, id);
  });

  test('a scheduled message is never let go afterwards', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(3), scheduledAt: box.clock.now() + 60_000 });
    expect(await cancel(box, id)).toEqual({ cancelledCount: 3, refundedCredit: 3 });
    await box.clock.advance(120_000);
    expect(await box.stores.sweeps.releaseDue(box.clock.now(), 0)).toBe(0);
    expect(box.message(id).state).toBe('cancelled');
    expectSound(box, id);
  });

  test('during dispatch leaves alone what is under way, whose outcomes are booked until the last', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(6) });
    const [a, b, c] = (await box.claim(3)).map((claim) => [claim]);
    await box.settle(a ?? [], accepted('1'));
    expect(await cancel(box, id)).toEqual({ cancelledCount: 3, refundedCredit: 3 });
    expect(box.message(id)).toMatchObject({ state: 'cancelled', open_count: 3, sending_count: 2, completed_at: null });
    await box.settle(b ?? [], accepted('2'));
    await box.settle(c ?? [], rejected);
    await box.report('1', phone(0));
    expect(box.message(id)).toMatchObject({ state: 'cancelled', open_count: 1, completed_at: null });
    await box.report('2', phone(1));
    expect(box.message(id)).toMatchObject({ success_count: 2, failed_count: 1, completed_at: box.clock.now() });
    expect(box.events.map((event) => event.name)).not.toContain('sms.completed');
    expect(await cancel(box, id)).toEqual({ cancelledCount: 3, refundedCredit: 3 });
    expectSound(box, id);
  });

  test('a hand-over under way that has to be tried again goes on', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(2) });
    const claims = await box.claim(1);
    await cancel(box, id);
    await box.settle(claims, retry({ afterMs: 0 }));
    expect(await cancel(box, id)).toEqual({ cancelledCount: 1, refundedCredit: 1 });
    const again = await box.claim();
    expect(again).toHaveLength(1);
    await box.settle(again, accepted('1'));
    await box.report('1', phone(0));
    expect(box.message(id)).toMatchObject({ state: 'cancelled', success_count: 1, cancelled_count: 1, open_count: 0 });
    expectSound(box, id);
  });

  test('what waits to be tried again is cancelled when no carrier has any of it', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(3), text: longText, segments: 3 });
    const [a, b, c] = (await box.claim()).map((claim) => [claim]);
    await box.settle(a ?? [], retry({ afterMs: 60_000 }));
    await box.settle(b ?? [], accepted('1'), false);
    await box.settle(c ?? [], uncertain);
    expect(await cancel(box, id)).toEqual({ cancelledCount: 1, refundedCredit: 3 });
    expect(box.recipients(id).map((row) => row.state)).toEqual(['cancelled', 'queued', 'unknown']);
    await box.clock.advance(120_000);
    expect((await box.claim()).map((claim) => [claim.submission.msisdn, claim.submission.part])).toEqual([
      [phone(1), 2],
    ]);
    expectSound(box, id);
  });

  test('when all is handed over, or has ended, there is nothing to cancel', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(2) });
    const claims = await box.claim();
    await expect(cancel(box, id)).rejects.toEqual(notCancellable);
    expect(box.message(id).state).toBe('sending');
    await box.settle(claims, rejected);
    expect(box.message(id).state).toBe('failed');
    await expect(cancel(box, id)).rejects.toEqual(notCancellable);
    expect(await cancel(box, (await box.accept()).id)).toEqual({ cancelledCount: 1, refundedCredit: 1 });
  });

  test('the only recipient that waits is found behind thousands that do not', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(6_001) });
    const claims = await box.claim(6_001);
    await box.settle(claims.slice(-1), retry({ afterMs: 60_000 }));
    expect(await cancel(box, id)).toEqual({ cancelledCount: 1, refundedCredit: 1 });
    expect(box.recipients(id).at(-1)?.state).toBe('cancelled');
    expect(box.message(id)).toMatchObject({ state: 'cancelled', sending_count: 6_000, cancel_from: null });
  });

  test('reports of a cancelled message are given up, and its retries expire, as of any other', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(3), expiresAt: box.clock.now() + 60_000 });
    const [a, b] = (await box.claim(2)).map((claim) => [claim]);
    await cancel(box, id);
    await box.settle(a ?? [], accepted('1'));
    await box.settle(b ?? [], retry({ afterMs: 59_000 }));
    await box.clock.advance(120_000);
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(1);
    expect(await box.stores.sweeps.giveUpReports(box.clock.now(), box.clock.now())).toBe(1);
    expect(box.message(id)).toMatchObject({ state: 'cancelled', open_count: 0, sent_count: 1, expired_count: 1 });
    expectSound(box, id);
  });

  test('two at once answer alike', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(1_700) });
    const both = await Promise.all([cancel(box, id), cancel(box, id)]);
    expect(both).toEqual([
      { cancelledCount: 1_700, refundedCredit: 1_700 },
      { cancelledCount: 1_700, refundedCredit: 1_700 },
    ]);
    expectSound(box, id);
  });
});

test('a box from before cancelling was possible can cancel after its upgrade', async () => {
  const dir = testFolder();
  openDatabase(dir, migrations.slice(0, 2)).close();
  const box = await openBox({ dir });
  const { id } = await box.accept({ to: many(2) });
  expect(await cancel(box, id)).toEqual({ cancelledCount: 2, refundedCredit: 2 });
});

describe('a large message', () => {
  test('is out of the queue at once, and others commit between the slices', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(3_000), lane: 'bulk' });
    const order: string[] = [];
    const cancelling = cancel(box, id).then(() => order.push('cancelled'));
    const claimed = await box.claim();
    order.push('claimed');
    const { id: other } = await box.accept({ to: [phone(9_000)] });
    order.push('accepted');
    expect(box.message(id)).toMatchObject({ state: 'cancelled' });
    expect(box.message(id).queued_count).toBeGreaterThan(0);
    await cancelling;
    expect(claimed).toEqual([]);
    expect(order).toEqual(['claimed', 'accepted', 'cancelled']);
    expect(box.message(id)).toMatchObject({ cancelled_count: 3_000, queued_count: 0 });
    expect((await box.claim()).map((claim) => claim.messageId)).toEqual([other]);
    expectSound(box, id);
  });

  test('a crash between slices: the rest is cancelled at the next start', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(2_200) });
    const claims = await box.claim(10);
    const cancelling = cancel(box, id);
    await box.accept({ to: [phone(9_000)] });
    const after = box.afterCrash();
    await cancelling;
    const left = after.message(id);
    expect(left).toMatchObject({ state: 'cancelled', sending_count: 10 });
    expect(left.queued_count).toBeGreaterThan(0);
    expect(left.cancelled_count).toBeGreaterThan(0);
    expect((await after.claim()).map((claim) => claim.submission.msisdn)).toEqual([phone(9_000)]);
    expect(await after.stores.cancels.finishAll(after.clock.now())).toBe(1);
    expect(await after.stores.cancels.finishAll(after.clock.now())).toBe(0);
    expect(after.message(id)).toMatchObject({ queued_count: 0, cancelled_count: 2_190, sending_count: 10 });
    expect(await cancel(after, id)).toEqual({ cancelledCount: 2_190, refundedCredit: 2_190 });
    await after.settle(claims, accepted('1'));
    expectSound(after, id);
  });
});
