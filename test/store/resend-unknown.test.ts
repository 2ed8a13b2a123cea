import { describe, expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, uncertain } from '../fakes/store-box.ts';

describe('a hand-over of unknown outcome', () => {
  test('is sent again on an operator’s word, once, and may then end well', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await box.settle(await box.claim(), uncertain);
    const message = box.stores.messages.byId(id);
    if (message === undefined) throw new Error('the message is gone');
    const resend = () => {
      const recipient = box.stores.messages.recipient(message, box.recipient(id).id);
      return box.stores.sweeps.resendUnknown(message, recipient, 60_000, box.clock.now());
    };
    await resend();
    await expect(resend()).rejects.toMatchObject({ code: 'recipient.not_found' });
    expect(box.message(id)).toMatchObject({ queued_count: 1, unknown_count: 0, open_count: 1 });
    await box.settle(await box.claim(), accepted('5'));
    await box.report('5', phone(1));
    expect(box.recipient(id)).toMatchObject({ state: 'success', error_code: null });
    expect(box.message(id)).toMatchObject({ state: 'completed', success_count: 1, open_count: 0 });
    expect(box.events.filter((event) => event.name === 'sms.completed')).toHaveLength(1);
  });

  test('sent again after its message was complete waits in the queue, and ends with its new validity when no carrier takes it', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await box.settle(await box.claim(), uncertain);
    expect(box.message(id)).toMatchObject({ state: 'completed', open_count: 0 });
    const { stores, clock } = box;
    const message = stores.messages.byId(id);
    if (message === undefined) throw new Error('the message is gone');
    clock.jump(3 * 86_400_000);
    await stores.sweeps.expireOverdue(clock.now());
    const recipient = stores.messages.recipient(message, box.recipient(id).id);
    await stores.sweeps.resendUnknown(message, recipient, 60_000, clock.now());
    expect(stores.messages.queueState().queued).toBe(1);
    clock.jump(61_000);
    expect(await stores.sweeps.expireOverdue(clock.now())).toBe(1);
    expect(box.recipient(id)).toMatchObject({ state: 'expired', refunded: 0 });
    expect(box.message(id)).toMatchObject({ state: 'completed', open_count: 0 });
    expect(stores.accounts.ledgerMismatches()).toEqual([]);
  });

  test('is taken for sent on an operator’s word, once, and a late report still settles it', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await box.settle(await box.claim(), uncertain);
    const message = box.stores.messages.byId(id);
    if (message === undefined) throw new Error('the message is gone');
    const mark = () => {
      const recipient = box.stores.messages.recipient(message, box.recipient(id).id);
      return box.stores.sweeps.markUnknownSent(message, recipient, box.clock.now());
    };
    await mark();
    await expect(mark()).rejects.toMatchObject({ code: 'recipient.not_found' });
    expect(box.recipient(id)).toMatchObject({ state: 'sent', error_code: null, sent_at: box.clock.now() });
    expect(box.message(id)).toMatchObject({ state: 'completed', sent_count: 1, unknown_count: 0, open_count: 0 });
    expect(box.events.map(({ name }) => name)).toContain('sms.sent');
    box.clock.jump(10 * 86_400_000);
    expect(await box.stores.sweeps.giveUpReports(box.clock.now(), box.clock.now())).toBe(0);
    expect(box.message(id)).toMatchObject({ sent_count: 1, open_count: 0 });
  });
});
