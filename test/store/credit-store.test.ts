import { describe, expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { openBox, type StoreBox } from '../fakes/store-box.ts';

const at = Date.UTC(2026, 0, 15, 3);
const decision = { by: 'ada', reason: null, at };
const order = { accountId: 1, credits: 50, state: 'requested', note: null, by: 'ann', at } as const;

const told = (box: StoreBox, name: string) =>
  box.events.filter((event) => event.name === name).map((event) => JSON.parse(event.body) as unknown);
const low = (box: StoreBox) => told(box, 'credit.low');

async function boxWith(credits: number, lowCreditThreshold: number | null): Promise<StoreBox> {
  const box = await openBox({ credits });
  await box.stores.accounts.change(1, { lowCreditThreshold });
  return box;
}

describe('credit.low', () => {
  test('is told by the change that takes the balance below the threshold, once, and anew after it was back', async () => {
    const box = await boxWith(10, 8);
    await box.accept({ to: [phone(1), phone(2)] });
    expect(low(box)).toEqual([]);
    const { id } = await box.accept();
    expect(low(box)).toEqual([{ account: 'Main', balance: 7, threshold: 8 }]);
    expect(box.events.at(-1)).toMatchObject({ accountId: 1, messageId: id, recipientId: null });
    await box.accept();
    await box.stores.accounts.addCredits(1, -1, null, at);
    expect(low(box)).toHaveLength(1);
    await box.stores.accounts.addCredits(1, 3, null, at);
    expect(box.stores.accounts.balance(1)).toBe(8);
    await box.stores.accounts.addCredits(1, -8, null, at);
    expect(low(box)).toEqual([
      { account: 'Main', balance: 7, threshold: 8 },
      { account: 'Main', balance: 0, threshold: 8 },
    ]);
  });

  test('is told once for a large request, by the transaction that makes it visible', async () => {
    const box = await boxWith(5_000, 3_000);
    const many = Array.from({ length: 4_500 }, (_, n) => phone(n));
    const { id } = await box.accept({ to: many, lane: 'bulk' });
    expect(low(box)).toEqual([{ account: 'Main', balance: 500, threshold: 3_000 }]);
    expect(box.events.at(-1)).toMatchObject({ messageId: id });
  });

  test('is told once however many requests cross the threshold together', async () => {
    const box = await boxWith(100, 60);
    const accepting = Array.from({ length: 90 }, (_, n) => box.accept({ to: [phone(n)] }));
    await Promise.all([...accepting, box.stores.accounts.addCredits(1, -5, null, at)]);
    expect(low(box)).toHaveLength(1);
    expect(box.stores.accounts.balance(1)).toBe(5);
  });

  test('is not told without a threshold, for another account, or of a threshold that is set above the balance', async () => {
    const box = await boxWith(10, null);
    const other = await box.stores.accounts.create('Sales', at);
    await box.stores.accounts.change(other.id, { lowCreditThreshold: 10 });
    await box.accept();
    await box.stores.accounts.change(1, { lowCreditThreshold: 50 });
    await box.accept();
    expect(low(box)).toEqual([]);
  });

  test('is told when credits are given back past the threshold and taken again', async () => {
    const box = await boxWith(10, 10);
    const { id } = await box.accept();
    await box.stores.cancels.cancel(id, at);
    await box.accept();
    expect(low(box)).toHaveLength(2);
  });
});

describe('an unmetered account', () => {
  test('keeps its ledger, may go below nothing, and is told nothing', async () => {
    const box = await boxWith(2, 1);
    await box.stores.accounts.change(1, { metered: false });
    await box.accept({ to: [phone(1), phone(2), phone(3)] });
    await box.accept({ to: Array.from({ length: 2_100 }, (_, n) => phone(n)), lane: 'bulk' });
    expect(box.stores.accounts.balance(1)).toBe(-2_101);
    expect(box.stores.accounts.ledgerMismatches()).toEqual([]);
    expect(low(box)).toEqual([]);
    await box.stores.accounts.addCredits(1, 5, null, at);
    await expect(box.stores.accounts.addCredits(1, -1, null, at)).rejects.toMatchObject({
      code: 'credit.invalid_amount',
    });
    await box.stores.accounts.change(1, { metered: true });
    await expect(box.accept()).rejects.toMatchObject({ code: 'credit.insufficient' });
    expect(box.stores.accounts.balance(1)).toBe(-2_096);
  });

  test('a change of one thing leaves the others', async () => {
    const box = await boxWith(2, 1);
    await box.stores.accounts.change(1, { suspended: true });
    await box.stores.accounts.change(1, { metered: false });
    expect(await box.stores.accounts.change(1, {})).toMatchObject({
      balance: 2,
      low_credit_threshold: 1,
      suspended: 1,
      metered: 0,
    });
    await expect(box.stores.accounts.change(99, { metered: true })).rejects.toMatchObject({
      code: 'account.not_found',
    });
  });
});

describe('an order of credits', () => {
  test('adds its credits when it is completed, and tells of it', async () => {
    const box = await openBox({ credits: 5 });
    const { credits } = box.stores;
    const { id } = await credits.addOrder({ ...order, note: 'invoice 7' });
    expect(box.stores.accounts.balance(1)).toBe(5);
    const done = await credits.complete(id, decision);
    expect(done).toMatchObject({ balance: 55, order: { id, state: 'completed', decided_by: 'ada', decided_at: at } });
    expect(told(box, 'order.completed')).toEqual([
      { orderId: id, account: 'Main', credits: 50, balance: 55, completedAt: '2026-01-15T03:00:00.000Z' },
    ]);
    expect(credits.ledger(1, Number.MAX_SAFE_INTEGER, 1)).toMatchObject([
      { change: 50, balance: 55, cause: 'order', order_id: id, note: 'invoice 7', uuid: null },
    ]);
  });

  test('is completed once, however many try at the same moment, and over a restart', async () => {
    const box = await openBox({ credits: 0 });
    const { id } = await box.stores.credits.addOrder(order);
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => box.stores.credits.complete(id, decision)));
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'order.closed' });
    expect(box.stores.accounts.balance(1)).toBe(50);
    expect(told(box, 'order.completed')).toHaveLength(1);
    const again = box.reopen();
    await expect(again.stores.credits.complete(id, decision)).rejects.toMatchObject({ code: 'order.closed' });
    expect(again.stores.accounts.balance(1)).toBe(50);
  });

  test.each(['rejected', 'cancelled'] as const)('that is %s adds nothing, whoever was first', async (end) => {
    const box = await openBox({ credits: 0 });
    const { credits } = box.stores;
    for (let n = 0; n < 10; n += 1) {
      const { id } = await credits.addOrder({ ...order, credits: 1 });
      const completing = () => credits.complete(id, decision);
      const ending = () => credits.endWithout(id, end, { ...decision, reason: 'no budget' });
      await Promise.allSettled(n % 2 === 0 ? [completing(), ending()] : [ending(), completing()]);
      expect(credits.order(id)).toMatchObject(
        n % 2 === 0 ? { state: 'completed', reason: null } : { state: end, reason: 'no budget' },
      );
    }
    expect(box.stores.accounts.balance(1)).toBe(5);
    expect(told(box, 'order.completed')).toHaveLength(5);
    expect(box.stores.accounts.ledgerMismatches()).toEqual([]);
  });

  test('that there is none of is told so', async () => {
    const box = await openBox();
    for (const attempt of [
      box.stores.credits.complete(7, decision),
      box.stores.credits.endWithout(7, 'rejected', decision),
    ])
      await expect(attempt).rejects.toMatchObject({ code: 'order.not_found' });
  });
});
