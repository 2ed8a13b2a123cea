import { expect, test } from 'vitest';
import type { Logger } from '../../server/domain/ports.ts';
import { HistoryIndexer } from '../../server/services/history-indexer.ts';
import { phone, quiet } from '../fakes/box.ts';
import { openBox, type StoreBox } from '../fakes/store-box.ts';

const many = (count: number) => Array.from({ length: count }, (_, n) => phone(n));

function indexerOn(box: StoreBox, log: Logger = quiet) {
  return new HistoryIndexer({ index: box.stores.historyIndex, clock: box.clock, log });
}

test('files what is there piece by piece, with rests, and what comes later', async () => {
  const box = await openBox();
  await box.accept({ to: many(9_000) });
  const indexer = indexerOn(box);
  await indexer.start();
  await box.clock.advance(999);
  expect(box.stores.historyIndex.marks()).toEqual({ recipientId: 0, messageId: 0 });
  await box.clock.advance(1);
  expect(box.stores.historyIndex.marks().recipientId).toBe(2_048);
  await box.clock.advance(100);
  expect(box.stores.historyIndex.marks().recipientId).toBe(8_192);
  await box.accept({ to: many(1_500) });
  await box.clock.advance(2_000);
  expect(box.stores.historyIndex.marks().recipientId).toBe(10_240);
  await indexer.stop();
  expect(box.clock.timers).toBe(0);
});

test('commits nothing while there is less than a piece', async () => {
  const box = await openBox();
  await box.accept({ to: many(50) });
  const { commits } = box.stores.stats();
  const indexer = indexerOn(box);
  await indexer.start();
  await box.clock.advance(60_000);
  await indexer.stop();
  expect(box.stores.stats().commits).toBe(commits);
});

test('stops in the middle of its work, may be stopped twice, and goes on in the next run', async () => {
  const box = await openBox();
  await box.accept({ to: many(9_000) });
  const indexer = indexerOn(box);
  await indexer.start();
  await box.clock.advance(1_000);
  await Promise.all([indexer.stop(), indexer.stop()]);
  await box.clock.advance(60_000);
  expect(box.stores.historyIndex.marks().recipientId).toBe(2_048);
  const again = box.reopen();
  const next = indexerOn(again);
  await next.start();
  await again.clock.advance(2_000);
  await next.stop();
  expect(again.stores.historyIndex.marks().recipientId).toBe(8_192);
});

test('a store that fails is told of, and tried again later', async () => {
  const box = await openBox();
  await box.accept({ to: many(3_000) });
  const told: string[] = [];
  const indexer = indexerOn(box, { ...quiet, error: (event) => told.push(event) });
  await indexer.start();
  box.stop();
  await box.clock.advance(12_000);
  expect(told).toEqual(['history.indexing_failed', 'history.indexing_failed']);
  await indexer.stop();
});
