import Database from 'better-sqlite3';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HistoryFilter } from '../../server/store/message-history.ts';
import { phone } from '../fakes/box.ts';
import { openBox, recipientDraft, type StoreBox } from '../fakes/store-box.ts';
import { allPages, byHand, fileAll, historyOn, smallBudget, smallSizes } from './history-rig.ts';

const many = (count: number, from = 0) => Array.from({ length: count }, (_, n) => phone(from + n));
const hour = 3_600_000;

/** Numbers of the box that its own lists do not find, or find in another message. */
async function lost(box: StoreBox, numbers: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const msisdn of numbers) {
    const { uuids } = await allPages(box.stores.history, { msisdn }, 50);
    const hand = box.peek.all<{ uuid: string }>(
      'SELECT uuid FROM message WHERE id IN (SELECT message_id FROM recipient WHERE msisdn = ?) ORDER BY id DESC',
      msisdn,
    );
    if (uuids.join(' ') !== hand.map((row) => row.uuid).join(' ')) wrong.push(msisdn);
  }
  return wrong;
}

describe('filing numbers', () => {
  test('goes round a large request that is being written, and comes back to it', async () => {
    const box = await openBox();
    const { writer, historyIndex } = box.stores;
    await box.accept({ to: many(1_500, 90_000) });
    let done = false;
    const large = writer.accept(box.draft({ to: many(9_000), lane: 'bulk' })).finally(() => {
      done = true;
    });
    const marks: number[] = [];
    while (!done) {
      await box.accept({ to: many(700, 50_000) });
      await historyIndex.fileNumbers();
      // The commit that ends the request may file it, too.
      if (box.peek.counts()['staging'] === 1) marks.push(historyIndex.marks().recipientId);
    }
    const { id } = await large;
    const { first_recipient_id: first } = box.message(id);
    expect(Math.max(...marks)).toBeLessThanOrEqual(first);
    while (await historyIndex.fileNumbers());
    expect(historyIndex.marks().recipientId).toBeGreaterThan(9_000);
    expect(await lost(box, [...many(40, 90_000), ...many(40), ...many(40, 8_960), ...many(40, 50_000)])).toEqual([]);
  });

  test('in one turn with requests that are still to be written loses none of them', async () => {
    const box = await openBox();
    await box.accept({ to: many(2_000) });
    // Ids are given out at once; the rows come with the commit that the filing is part of.
    const small = Array.from({ length: 60 }, (_, n) => box.accept({ to: many(2, 5_000 + 2 * n) }));
    const filed = box.stores.historyIndex.fileNumbers();
    await Promise.all([...small, filed, box.accept({ to: many(30, 7_000) })]);
    while (await box.stores.historyIndex.fileNumbers());
    expect(box.stores.historyIndex.marks().recipientId).toBe(2_048);
    expect(await lost(box, [...many(120, 5_000), ...many(30, 7_000)])).toEqual([]);
  });

  test('ids that vanished with a refused request are never given out again below what is filed', async () => {
    const box = await openBox({ credits: 5_000 });
    const race = await Promise.allSettled([box.accept({ to: many(4_000) }), box.accept({ to: many(4_500, 10_000) })]);
    expect(race.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await box.accept({ to: [phone(1)] });
    while (await box.stores.historyIndex.fileNumbers());
    const { recipientId } = box.stores.historyIndex.marks();
    expect(recipientId).toBe(8_192);
    const again = box.reopen();
    const { id } = await again.accept({ to: [phone(77)], uuid: 'after the restart' });
    expect(again.recipient(id).id).toBeGreaterThanOrEqual(recipientId);
    expect(await lost(again, [phone(77), ...many(20), ...many(20, 10_000)])).toEqual([]);
  });

  test('that filed beyond the last row that is left goes on there after a restart', async () => {
    const box = await openBox();
    await box.accept({ to: many(3_000) });
    await box.stores.historyIndex.fileNumbers();
    box.stop();
    // As after old messages were cleared away.
    const db = new Database(join(box.dir, 'box.db'));
    db.exec('DELETE FROM recipient; DELETE FROM message; UPDATE history_mark SET message_id = 1024');
    db.close();
    const again = await openBox({ dir: box.dir, clock: box.clock, credits: 0 });
    const { id } = await again.accept({ to: [phone(5)] });
    expect(again.message(id)).toMatchObject({ id: 1_024, first_recipient_id: 2_048 });
    expect(await lost(again, [phone(5)])).toEqual([]);
  });

  test('cut short after any of its commits goes on where it was', async () => {
    const box = await openBox();
    await Promise.all(Array.from({ length: 14 }, (_, n) => box.accept({ to: many(3, n % 5), origin: `S${n % 2}` })));
    const { index } = historyOn(box);
    const crashes: StoreBox[] = [box.afterCrash()];
    while ((await index.fileNumbers()) || (await index.fileMessages())) crashes.push(box.afterCrash());
    expect(crashes.length).toBeGreaterThan(12);
    const filed = (at: StoreBox) => at.peek.all('SELECT * FROM recipient_number, history_mark ORDER BY recipient_id');
    for (const after of crashes) {
      const rig = historyOn(after);
      await fileAll(rig.index);
      expect(filed(after)).toEqual(filed(box));
      for (const filter of [{ msisdn: phone(4) }, { origin: 'S1' }, { from: 0 }]) {
        expect((await allPages(rig.history, filter, 2)).uuids).toEqual(byHand(after, filter));
      }
    }
  });
});

describe('a list', () => {
  test('shows a message once, also when a number stands in it twice', async () => {
    const box = await openBox();
    await box.accept({ to: ['nonsense', phone(1), 'nonsense', phone(2), 'nonsense'] });
    await box.accept({ to: ['nonsense', 'nonsense'] });
    const { index, history } = historyOn(box);
    for (let round = 0; round < 2; round += 1) {
      for (const limit of [1, 50]) {
        const { uuids } = await allPages(history, { msisdn: 'nonsense' }, limit);
        expect(uuids).toEqual(byHand(box, { msisdn: 'nonsense' }));
        expect(uuids).toHaveLength(2);
      }
      await fileAll(index);
    }
  });

  test('of what is rare gives short pages, each after a bounded look, until the end', async () => {
    const box = await openBox();
    const clientRef = (n: number) => (n === 3 ? 'rare' : null);
    for (let n = 0; n < 60; n += 1) await box.accept({ to: [phone(n % 3)], clientRef: clientRef(n) });
    await box.claim(60);
    await box.accept({ to: [phone(9)] });
    const { index, history } = historyOn(box, smallSizes, { ...smallBudget, open: 0 });
    await fileAll(index);
    const walk = async (filter: HistoryFilter) => {
      const { uuids, pages } = await allPages(history, filter, 50);
      expect(uuids).toEqual(byHand(box, filter));
      return [uuids.length, pages];
    };
    expect(await walk({ status: 'pending' })).toEqual([1, 13]);
    expect(await walk({ accountId: 1, status: 'pending' })).toEqual([1, 13]);
    expect(await walk({ clientRef: 'rare' })).toEqual([1, 1]);
    expect(await walk({ clientRef: 'none' })).toEqual([0, 1]);
    expect(await walk({ accountId: 2 })).toEqual([0, 1]);
    expect(await walk({ origin: 'None' })).toEqual([0, 1]);
    expect(await walk({ msisdn: phone(9) })).toEqual([1, 1]);
  });

  test('of open messages looks at those alone while they are few', async () => {
    const box = await openBox();
    const first = await box.accept({ to: [phone(1)] });
    await box.accept({ to: [phone(2)] });
    const blocked = { ...recipientDraft(phone(3)), state: 'blocked', credit: 0 } as const;
    for (let n = 0; n < 40; n += 1) await box.accept({ to: [blocked] });
    await box.claim(1);
    const { history } = historyOn(box);
    expect(box.message(first.id).state).toBe('sending');
    expect(await allPages(history, { status: 'sending' }, 50)).toMatchObject({ uuids: { length: 1 }, pages: 1 });
    expect(await allPages(history, { status: 'pending', accountId: 1 }, 50)).toMatchObject({ pages: 1 });
  });

  test('by time is exact, also when the clock was wrong by years in between', async () => {
    const box = await openBox();
    const start = box.clock.now();
    for (const jump of [0, 1, 1, -500_000, 1, 499_999, 1, -1, 2, 1]) {
      box.clock.jump(jump * hour);
      for (let n = 0; n < 3; n += 1) await box.accept({ to: [phone(n)] });
    }
    const { index, history } = historyOn(box);
    for (let round = 0; round < 2; round += 1) {
      for (let hours = -1; hours < 8; hours += 1) {
        for (const filter of [
          { from: start + hours * hour },
          { to: start + hours * hour },
          { from: start + (hours - 2) * hour, to: start + hours * hour },
          { from: start + hours * hour, msisdn: phone(2) },
          { to: start - 400_000 * hour + hours, origin: 'SEPSMS' },
        ]) {
          expect((await allPages(history, filter, 4)).uuids).toEqual(byHand(box, filter));
        }
      }
      await fileAll(index);
    }
  });

  test('by time finds the only message of its time, whatever time its neighbours have', async () => {
    const box = await openBox();
    const start = box.clock.now();
    for (const hours of [0, 9, 0, 0, 0, 0, -9, 0]) {
      box.clock.jump(hours * hour);
      await box.accept();
      box.clock.jump(-hours * hour);
    }
    await Promise.all(Array.from({ length: 9 }, () => box.accept()));
    const { index, history } = historyOn(box);
    await fileAll(index);
    expect((await allPages(history, { from: start + hour }, 50)).uuids).toHaveLength(1);
    expect((await allPages(history, { to: start - hour }, 50)).uuids).toHaveLength(1);
  });

  test('of one number goes on within a slice that has many of it', async () => {
    const box = await openBox();
    await Promise.all(Array.from({ length: 260 }, () => box.accept()));
    const { index, history } = historyOn(box, { slice: 4_096, batch: 4, block: 4 }, smallBudget);
    await fileAll(index);
    for (const limit of [7, 300]) {
      expect((await allPages(history, { msisdn: phone(1) }, limit)).uuids).toEqual(byHand(box, { msisdn: phone(1) }));
    }
  });

  test('has no page after the last message', async () => {
    const box = await openBox();
    for (let n = 0; n < 4; n += 1) await box.accept({ to: [phone(1)] });
    const { history } = historyOn(box, smallSizes, { rows: 100, open: 10, looks: 100 });
    for (const filter of [{}, { accountId: 1 }, { status: 'pending' as const }, { msisdn: phone(1) }]) {
      expect((await allPages(history, filter, 2)).pages).toBe(2);
      expect((await allPages(history, filter, 4)).pages).toBe(1);
    }
  });
});
