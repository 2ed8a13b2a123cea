import { describe, expect, test } from 'vitest';
import { settleLeftovers } from '../../server/services/recovery.ts';
import { recipientTimeline } from '../../server/services/timeline.ts';
import { phone, quiet } from '../fakes/box.ts';
import { accepted, openBox, retry, type StoreBox } from '../fakes/store-box.ts';

const long = 'Two parts of one text, no more. '.repeat(8);

/** The life of a message's only recipient as the operator reads it. */
function storyOf(box: StoreBox, id: number): string[] {
  const message = box.stores.messages.byId(id);
  if (message === undefined) throw new Error('the message is gone');
  const recipient = box.stores.messages.recipient(message, message.first_recipient_id);
  const submissions = box.stores.messages.submissions(recipient.id);
  const deliveries = box.stores.messages.deliveries(recipient.id);
  return recipientTimeline(message, recipient, submissions, deliveries).map((step) => `${step.kind}: ${step.text}`);
}

async function recovered(before: StoreBox, uncertain: 'hold' | 'resend'): Promise<StoreBox> {
  const box = before.afterCrash();
  const random = { bytes: (n: number) => new Uint8Array(n), fraction: () => 0.5 };
  const parts = { claims: box.stores.claims, settles: box.stores.settles, clock: box.clock, random, log: quiet };
  await settleLeftovers(parts, () => ({ ...box.policy, uncertain }));
  return box;
}

describe('the timeline of a recipient', () => {
  test('tells a delivery in parts, with what was tried twice', async () => {
    const box = await openBox();
    await box.stores.carriers.add('Office', 'modem', '{}', 0);
    const { id } = await box.accept({ text: long, segments: 2, scheduledAt: box.clock.now() + 1_000 });
    await box.clock.advance(1_000);
    await box.stores.sweeps.releaseDue(box.clock.now(), 0);
    const second = await box.settle(await box.claim(), accepted('1'));
    await box.settle(second, retry({ afterMs: 1_000 }));
    await box.clock.advance(1_000);
    await box.settle(await box.claim(), accepted('2'));
    await box.clock.advance(1_000);
    await box.report('1', phone(1));
    await box.report('2', phone(1));
    expect(storyOf(box, id)).toEqual([
      'accepted: Accepted and stored.',
      'scheduled: Scheduled for 2026-01-15T03:00:01.000Z.',
      'handing: Part 1 of 2: being handed to Office.',
      'handed: Part 1 of 2: handed to Office with reference 1.',
      'handing: Part 2 of 2: being handed to Office.',
      'retry: Part 2 of 2: not sent; it will be tried again. The network is busy.',
      'handing: Part 2 of 2: being handed to Office.',
      'handed: Part 2 of 2: handed to Office with reference 2.',
      'report: Part 1 of 2: delivery report: delivered.',
      'report: Part 2 of 2: delivery report: delivered.',
      'final: Delivered.',
    ]);
  });

  test('says after a crash what is not known, and why', async () => {
    const before = await openBox();
    const { id } = await before.accept();
    await before.claim();
    const story = storyOf(await recovered(before, 'hold'), id);
    expect(story.slice(2)).toEqual([
      'uncertain: Handed over, no answer came; it may or may not have been sent. The box stopped between handing it over and hearing the answer. It may or may not have been sent.',
      'final: Outcome unknown. The box stopped between handing it over and hearing the answer. It may or may not have been sent.',
    ]);
  });

  test('shows the second hand-over where the carrier is set to send again', async () => {
    const before = await openBox();
    const { id } = await before.accept();
    await before.claim();
    const box = await recovered(before, 'resend');
    await box.clock.advance(60_000);
    await box.settle(await box.claim(), accepted('4'));
    expect(storyOf(box, id).map((line) => line.split(':')[0])).toEqual([
      'accepted',
      'handing',
      'uncertain',
      'handing',
      'handed',
    ]);
  });

  test('tells a refund', async () => {
    const box = await openBox();
    const { id } = await box.accept({ segments: 2, text: long });
    await box.settle(await box.settle(await box.claim(), accepted('1')), accepted('2'));
    await box.clock.advance(1_000);
    await box.report('1', phone(1), { verdict: 'failed', code: 'TP-Status 0x43', message: 'Not obtainable.' });
    expect(storyOf(box, id).slice(-3)).toEqual([
      'report: Part 1 of 2: delivery report: not delivered.',
      'final: Failed. Not obtainable.',
      'refund: 2 credits given back.',
    ]);
  });
});
