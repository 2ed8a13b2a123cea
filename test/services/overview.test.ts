import { expect, test } from 'vitest';
import { Overview } from '../../server/services/overview.ts';
import { phone } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { accepted, openBox, rejected, uncertain } from '../fakes/store-box.ts';

const hour = 3_600_000;
/** Half past one in the morning in Bangkok. */
const night = Date.UTC(2026, 0, 14, 18, 30);
const nothing = { accepted: 0, sent: 0, delivered: 0, failed: 0, unknown: 0 };

async function furnish() {
  const clock = new ManualClock(night);
  const box = await openBox({ clock });
  const overview = new Overview({
    counts: box.stores.hours,
    carriers: () => [
      { id: 1, name: 'Office' },
      { id: 2, name: 'Spare' },
    ],
    clock,
    timeZone: () => 'Asia/Bangkok',
  });
  return { clock, box, overview };
}

test('counts what happens to recipients in the hour in which it happens', async () => {
  const { clock, box, overview } = await furnish();
  await box.accept({ to: [phone(1), phone(2), phone(3), phone(4)] });
  const [a, b, c] = (await box.claim(3)).map((claim) => [claim]);
  await box.settle(a ?? [], accepted('1'));
  await box.settle(b ?? [], rejected);
  await box.settle(c ?? [], uncertain);
  await clock.advance(hour);
  await box.report('1', phone(1));
  const seen = overview.look();
  expect(seen.today).toEqual({ accepted: 4, sent: 1, delivered: 1, failed: 1, unknown: 1 });
  expect(seen.hours).toHaveLength(24);
  expect(seen.hours.slice(-2)).toEqual([
    { at: '2026-01-14T18:00:00.000Z', accepted: 4, sent: 1, delivered: 0, failed: 1, unknown: 1 },
    { at: '2026-01-14T19:00:00.000Z', ...nothing, delivered: 1 },
  ]);
  expect(seen.carriers).toEqual([
    { id: 1, name: 'Office', accepted: 0, sent: 1, delivered: 1, failed: 1, unknown: 1 },
    { id: 2, name: 'Spare', ...nothing },
  ]);
});

test('begins the day at midnight of the time zone of the box', async () => {
  const { clock, box, overview } = await furnish();
  await box.accept({ to: [phone(1)] });
  await clock.advance(24 * hour);
  await box.accept({ to: [phone(1), phone(2)] });
  expect(overview.look()).toMatchObject({ today: { accepted: 2 }, yesterday: { accepted: 1 } });
  await clock.advance(24 * hour);
  expect(overview.look()).toMatchObject({ today: nothing, yesterday: { accepted: 2 } });
});

test('counts for each account apart, and for all of them', async () => {
  const { clock, box, overview } = await furnish();
  const sales = await box.stores.accounts.create('Sales', clock.now());
  await box.stores.accounts.change(sales.id, { metered: false });
  await box.accept({ to: [phone(1)] });
  await box.accept({ accountId: sales.id, to: [phone(2), phone(3)] });
  expect(overview.look(1).today.accepted).toBe(1);
  expect(overview.look(sales.id).today.accepted).toBe(2);
  expect(overview.look().today.accepted).toBe(3);
});

test('tells how long one-time codes wait for a carrier', async () => {
  const { clock, box, overview } = await furnish();
  expect(overview.look().codes).toEqual({ count: 0, averageMs: null, mostMs: null });
  for (const wait of [1_000, 3_000]) {
    const code = { accountId: 1, msisdn: phone(1), codeHash: 'h', createdAt: clock.now(), expiresAt: clock.now() + hour };
    const sealedText = box.keys.seal('Your code: 123456');
    await box.accept({
      kind: 'otp',
      lane: 'otp',
      alongside: ({ id }) =>
        box.stores.otps.add({ ...code, messageId: id, reference: `A3K9X${id}`, sealedText }),
    });
    const claims = await box.claim();
    await clock.advance(wait);
    await box.settle(claims, accepted(String(wait)));
  }
  expect(overview.look().codes).toEqual({ count: 2, averageMs: 2_000, mostMs: 3_000 });
});

test('books nothing of a transaction that is taken back', async () => {
  const { box, overview } = await furnish();
  await box.accept();
  box.unwritable = 'sms.sent';
  await expect(box.settle(await box.claim(), accepted('1'))).rejects.toThrow('no room');
  expect(overview.look().today).toEqual({ ...nothing, accepted: 1 });
});

test('forgets hours after more than a year', async () => {
  const { clock, box, overview } = await furnish();
  await box.accept();
  await clock.advance(399 * 24 * hour);
  await overview.sweep();
  expect(box.peek.counts()['hour_count']).toBe(1);
  await clock.advance(2 * 24 * hour);
  await overview.sweep();
  expect(box.peek.counts()['hour_count']).toBe(0);
});
