import { describe, expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, recipientDraft, rejected, type StoreBox, uncertain } from '../fakes/store-box.ts';

const many = (count: number) => Array.from({ length: count }, (_, n) => phone(n));
const once = (box: StoreBox) => ({ windowMs: 600_000, at: box.clock.now() });
const kept = (box: StoreBox) => box.peek.all('SELECT * FROM recent_text').length;

describe('what went to a number a moment ago', () => {
  test('is known after a restart, and after a crash', async () => {
    const box = await openBox();
    await box.accept({ once: once(box) });
    const repeated = { state: 'failed', blockedCount: 1, credit: 0 };
    const after = box.afterCrash();
    expect(await after.accept({ once: once(after), uuid: 'a' })).toMatchObject(repeated);
    const again = box.reopen();
    expect(await again.accept({ once: once(again), uuid: 'b' })).toMatchObject(repeated);
  });

  test.each([
    ['sent', accepted('1'), 1],
    ['unknown', uncertain, 1],
    ['failed', rejected, 0],
  ] as const)('counts by what became of it: %s', async (state, answer, blockedCount) => {
    const box = await openBox();
    const { id } = await box.accept({ once: once(box) });
    await box.settle(await box.claim(), answer);
    expect(box.recipient(id).state).toBe(state);
    expect(await box.accept({ once: once(box) })).toMatchObject({ blockedCount });
  });

  test('is not kept of those who are blocked or invalid anyway', async () => {
    const box = await openBox();
    const blocked = { ...recipientDraft(phone(1)), state: 'blocked', credit: 0 } as const;
    await box.accept({ to: [blocked, phone(2)], once: once(box) });
    expect(kept(box)).toBe(1);
    expect(await box.accept({ once: once(box) })).toMatchObject({ blockedCount: 0 });
  });

  test('of a refused message is nothing', async () => {
    const box = await openBox({ credits: 10 });
    for (const count of [20, 3_000]) {
      await expect(box.accept({ to: many(count), once: once(box) })).rejects.toMatchObject({
        code: 'credit.insufficient',
      });
      expect(box.peek.counts()).toMatchObject({ recent_text: 0, recipient: 0, staging: 0 });
    }
    expect(await box.accept({ once: once(box) })).toMatchObject({ blockedCount: 0 });
  });

  test('makes a large message free that nobody needs to get, also without credits', async () => {
    const box = await openBox({ credits: 3_000 });
    await box.accept({ to: many(3_000), once: once(box) });
    expect(await box.accept({ to: many(3_000), once: once(box) })).toMatchObject({ blockedCount: 3_000, credit: 0 });
    expect(box.stores.accounts.ledgerMismatches()).toEqual([]);
  });

  test('of a large message that a crash cut short is nothing, once it is swept', async () => {
    const box = await openBox();
    const large = box.accept({ to: many(9_000), once: once(box) });
    while (kept(box) === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    const after = box.afterCrash();
    expect(kept(after)).toBeGreaterThan(0);
    expect(kept(after)).toBeLessThan(9_000);
    await after.stores.writer.sweepStaging();
    expect(kept(after)).toBe(0);
    expect(await after.accept({ to: many(9_000), once: once(after) })).toMatchObject({
      blockedCount: 0,
      credit: 9_000,
    });
    await large;
  });

  test('is known of many thousand numbers, and forgotten when its time is over', async () => {
    const box = await openBox();
    const first = await box.accept({ to: many(20_000), once: once(box), lane: 'bulk' });
    const second = await box.accept({ to: many(20_000), once: once(box), lane: 'bulk' });
    expect([first.blockedCount, second.blockedCount, second.credit, second.state]).toEqual([0, 20_000, 0, 'failed']);
    const now = box.clock.now();
    expect(await box.stores.recentTexts.sweep(now - 1)).toBe(0);
    expect(await box.stores.recentTexts.sweep(now)).toBe(20_000);
    expect(kept(box)).toBe(0);
  });
});
