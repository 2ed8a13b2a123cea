import { afterEach, beforeEach, expect, test } from 'vitest';
import { phone, runBox, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const hour = 3_600_000;
/** Half past one at night in Bangkok. */
const start = Date.UTC(2026, 0, 14, 18, 30);
let box: HttpBox;
let clock: ManualClock;

beforeEach(async () => {
  clock = new ManualClock(start);
  box = await runBox({ clock });
  await box.makeNoBackups();
});
afterEach(async () => {
  const closed = box.close();
  // What is under way on the simulated line ends in its own time.
  await clock.advance(30_000);
  await closed;
});

const overview = async (query = '') => (await box.admin('GET', `/overview${query}`)).body;
const none = { accepted: 0, sent: 0, delivered: 0, failed: 0, expired: 0, blocked: 0, cancelled: 0, unknown: 0 };

async function simulator(): Promise<void> {
  await box.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
  await clock.advance(20_000);
}

test('nothing happened: every hour is there, with nothing in it', async () => {
  const body = await overview('?hours=3');
  expect(body).toMatchObject({
    from: '2026-01-14T16:00:00.000Z',
    total: { ...none, parts: 0, credits: 0, refunded: 0, codes: 0, codeLatencyMs: null, codeLatencyMaxMs: null },
    carriers: [],
    accounts: [],
    queued: 0,
    oldestQueuedMs: null,
  });
  expect((body['hours'] as { hour: string }[]).map((one) => one.hour.slice(11, 13))).toEqual(['16', '17', '18']);
  expect((await box.admin('GET', '/overview')).body['hours']).toHaveLength(24);
  expect((await box.admin('GET', '/overview?hours=0')).status).toBe(400);
});

test('what is accepted, handed over, reported and given back is counted in its hour, by carrier and account', async () => {
  await simulator();
  await box.send({ recipients: [phone(1), phone(2), '12'], message: 'ส'.repeat(80) });
  await box.sendOtp();
  await clock.advance(120_000);
  const { total, carriers, accounts } = await overview();
  expect(total).toMatchObject({
    ...none,
    accepted: 3,
    sent: 3,
    delivered: 3,
    failed: 1,
    parts: 5,
    credits: 5,
    codes: 1,
  });
  expect(carriers).toEqual([
    expect.objectContaining({ carrier: 'Office', sent: 3, delivered: 3, parts: 5, accepted: 0 }),
  ]);
  expect(accounts).toEqual([expect.objectContaining({ account: 'Main', accepted: 3, delivered: 3 })]);
  const { codeLatencyMs, codeLatencyMaxMs } = total as { codeLatencyMs: number; codeLatencyMaxMs: number };
  expect(codeLatencyMs).toBeGreaterThan(0);
  expect(codeLatencyMaxMs).toBe(codeLatencyMs);
  await clock.advance(hour);
  await box.send();
  const { hours } = (await overview('?hours=2')) as { hours: { accepted: number }[] };
  expect(hours.map((one) => one.accepted)).toEqual([3, 1]);
});

test('what was cancelled, blocked or expired is counted with what was given back', async () => {
  await box.admin('POST', '/blocklist', { numbers: [phone(9)] });
  const sent = await box.send({ recipients: [phone(1), phone(2), phone(9)] });
  await box.api('POST', `/message/${String(sent.result['uuid'])}/cancel`);
  await box.send({ validityMinutes: 5 });
  await clock.advance(10 * 60_000);
  expect((await overview())['total']).toMatchObject({
    accepted: 3,
    blocked: 1,
    cancelled: 2,
    expired: 1,
    credits: 3,
    refunded: 3,
  });
});

test('an account is shown alone, and today begins at midnight where the box is', async () => {
  await box.admin('POST', '/accounts', { name: 'Branch' });
  clock.jump(-2 * hour);
  await box.send();
  clock.jump(2 * hour);
  await box.send({ recipients: [phone(1), phone(2)] });
  const body = await overview();
  expect([body['total'], body['today']]).toMatchObject([{ accepted: 3 }, { accepted: 2 }]);
  expect((await overview('?account=Branch'))['total']).toMatchObject({ accepted: 0 });
  expect((await overview('?account=Main&hours=1'))['total']).toMatchObject({ accepted: 2 });
  expect((await box.admin('GET', '/overview?account=Nobody')).status).toBe(404);
});

test('how long the queue was, and how old, is kept for each hour at its worst, and quiet hours tell nothing', async () => {
  await box.send({ recipients: [phone(1), phone(2)] });
  await clock.advance(20 * 60_000);
  await box.send();
  await clock.advance(60_000);
  await simulator();
  await clock.advance(2 * hour);
  const { hours } = (await overview('?hours=3')) as { hours: { queued: number; queueAgeMs: number }[] };
  expect(hours.map((one) => one.queued)).toEqual([3, 0, 0]);
  expect(hours[0]?.queueAgeMs).toBeGreaterThanOrEqual(21 * 60_000 - 15_000);
  expect(hours[0]?.queueAgeMs).toBeLessThan(22 * 60_000);
  expect(hours[1]?.queueAgeMs).toBe(0);
});
