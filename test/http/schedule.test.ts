import { afterEach, describe, expect, test } from 'vitest';
import { runBox, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { WebhookSink } from '../fakes/webhook-sink.ts';

const minute = 60_000;
const hour = 60 * minute;

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A message scheduled an hour ahead, in a box that is switched off and comes back after `offMs`. */
async function switchedOff(offMs: number, settings: Readonly<Record<string, unknown>> = {}) {
  const clock = new ManualClock(Date.UTC(2026, 0, 15, 3));
  const before = await runBox({ clock, credits: 10 });
  for (const [name, value] of Object.entries(settings)) await before.admin('PUT', `/settings/${name}`, { value });
  const scheduledTime = new Date(clock.now() + hour).toISOString();
  const sent = await before.send({ scheduledTime, recipients: ['0812345678', '0812345679'] });
  expect(sent.result['status']).toBe('scheduled');
  await before.stop();
  clock.jump(offMs);
  const box = await runBox({ clock, dir: before.dir });
  ends.push(() => box.close());
  return { box, clock, uuid: String(sent.result['uuid']) };
}

const statusOf = async (box: HttpBox, uuid: string) => (await box.api('GET', `/message/${uuid}`)).result;
const balanceOf = async (box: HttpBox) => (await box.api('GET', '/message/credit/balance')).result['balance'];

describe('a scheduled message', () => {
  test('waits across a restart and goes out at its time, not before', async () => {
    const { box, clock, uuid } = await switchedOff(30 * minute);
    await clock.advance(30 * minute - 2_000);
    expect((await statusOf(box, uuid))['status']).toBe('scheduled');
    await clock.advance(3_000);
    expect((await statusOf(box, uuid))['status']).toBe('pending');
  });

  test('whose slot was missed goes out late while that is allowed', async () => {
    const { box, clock, uuid } = await switchedOff(3 * hour);
    await clock.advance(2_000);
    expect(await statusOf(box, uuid)).toMatchObject({
      status: 'pending',
      drSummary: [{ drStatus: 'pending', count: 2 }],
    });
    expect(await balanceOf(box)).toBe(8);
  });

  test('whose slot was missed for too long is skipped, says so and is given back', async () => {
    const { box, clock, uuid } = await switchedOff(3 * hour, { 'schedule.lateMinutes': 60 });
    const sink = await WebhookSink.start();
    ends.push(() => sink.close());
    await box.admin('POST', '/webhooks', { url: sink.url, events: ['sms.failed'], allowHost: true });
    await clock.advance(20_000);
    expect(await statusOf(box, uuid)).toMatchObject({
      status: 'failed',
      drSummary: [{ drStatus: 'expired', count: 2 }],
      refundedCount: 2,
    });
    const page = await box.api('GET', `/message/${uuid}/recipients`);
    expect(page.result['items']).toMatchObject([
      { errorCode: 'schedule_missed', errorMessage: expect.stringMatching(/box was off/u), refunded: true },
      { errorCode: 'schedule_missed' },
    ]);
    expect(await balanceOf(box)).toBe(10);
    await sink.arrivals(2);
    expect(sink.posts.map((post) => JSON.parse(post.body))).toMatchObject([
      { smsUuid: uuid, status: 'expired', errorCode: 'schedule_missed' },
      { smsUuid: uuid, status: 'expired', errorCode: 'schedule_missed' },
    ]);
  });

  test('is sent when it is as late as the setting allows, to the minute', async () => {
    const { box, clock, uuid } = await switchedOff(2 * hour - 2_000, { 'schedule.lateMinutes': 60 });
    await clock.advance(1_500);
    expect((await statusOf(box, uuid))['status']).toBe('pending');
  });
});
