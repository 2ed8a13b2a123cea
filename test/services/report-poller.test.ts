import { expect, onTestFinished, test } from 'vitest';
import { ReportPoller } from '../../server/services/report-poller.ts';
import { phone, quiet } from '../fakes/box.ts';
import { settle as settleTurns } from '../fakes/manual-clock.ts';
import { accepted, openBox, type StoreBox } from '../fakes/store-box.ts';
import { TellingCarrier } from './telling-carrier.ts';

async function polling(box: StoreBox) {
  const carrier = new TellingCarrier(() => box.clock.now());
  box.policy = { ...box.policy, askAfterMs: carrier.asking.afterMs };
  const poller = new ReportPoller({
    asks: box.stores.reportAsks,
    reports: box.stores.reports,
    carriers: () => [{ carrier, policy: box.policy }],
    clock: box.clock,
    log: quiet,
  });
  await poller.start();
  onTestFinished(() => poller.stop());
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      await box.clock.advance(1_000);
      await settleTurns();
    }
  };
  return { carrier, poller, pass };
}

/** Hand-overs that were accepted under the references 1, 2 … */
async function sent(box: StoreBox, many: number): Promise<number> {
  const { id } = await box.accept({ to: Array.from({ length: many }, (_, n) => phone(n)) });
  for (const [n, claim] of (await box.claim(many)).entries()) await box.settle([claim], accepted(String(n + 1)));
  return id;
}

test('a report is asked for after a while, then at doubling intervals, until it is there', async () => {
  const box = await openBox();
  const { carrier, pass } = await polling(box);
  const id = await sent(box, 1);
  const start = box.clock.now();
  await pass(260);
  expect(carrier.asked.map(({ at }) => (at - start) / 1_000)).toEqual([10, 25, 55, 115, 235]);
  carrier.report = 'trying';
  await pass(240);
  expect(box.journal()[0]).toMatchObject({ state: 'accepted', report_code: 'told' });
  carrier.report = 'delivered';
  await pass(1_000);
  expect(box.recipient(id).state).toBe('success');
  const { length } = carrier.asked;
  await pass(2_000);
  expect(carrier.asked).toHaveLength(length);
});

test('the pauses end at 32 times the first', async () => {
  const box = await openBox();
  const { carrier, pass } = await polling(box);
  await sent(box, 1);
  await pass(3_000);
  const times = carrier.asked.map(({ at }) => at);
  expect((times.at(-1) ?? 0) - (times.at(-2) ?? 0)).toBe(480_000);
});

test('what came by itself is not asked for', async () => {
  const box = await openBox();
  const { carrier, pass } = await polling(box);
  await sent(box, 2);
  await box.report('1', phone(0));
  await pass(20);
  expect(carrier.asked.map(({ reference }) => reference)).toEqual(['2']);
});

test('a carrier that is not ready is not asked; afterwards nothing was forgotten, and all are asked in rounds', async () => {
  const box = await openBox();
  const { carrier, pass } = await polling(box);
  const id = await sent(box, 80);
  carrier.state = 'waiting';
  await pass(60);
  expect(carrier.asked).toHaveLength(0);
  carrier.state = 'ready';
  carrier.report = 'delivered';
  await pass(1);
  expect(carrier.asked.length).toBeLessThanOrEqual(16);
  await pass(10);
  expect(box.message(id)).toMatchObject({ success_count: 80, state: 'completed' });
  expect(new Set(carrier.asked.map(({ reference }) => reference)).size).toBe(80);
});

test('carriers whose reports come by themselves leave nothing to be asked', async () => {
  const box = await openBox();
  const { carrier, pass } = await polling(box);
  box.policy = { ...box.policy, askAfterMs: null };
  await sent(box, 1);
  await pass(60);
  expect([carrier.asked, box.journal()[0]?.ask_at]).toEqual([[], null]);
});

test('a carrier that fails at being asked is asked again later', async () => {
  const box = await openBox();
  const { carrier, pass } = await polling(box);
  const id = await sent(box, 1);
  const { report } = carrier;
  carrier.ask = () => Promise.reject(new Error('broken'));
  await pass(15);
  carrier.ask = TellingCarrier.prototype.ask.bind(carrier);
  carrier.report = 'failed';
  await pass(15);
  expect([report, box.recipient(id).state]).toEqual([null, 'failed']);
});
