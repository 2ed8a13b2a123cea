import { describe, expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, retry, type StoreBox } from '../fakes/store-box.ts';

const many = (count: number) => Array.from({ length: count }, (_, n) => phone(n));
const textsOf = (claims: Awaited<ReturnType<StoreBox['claim']>>) => claims.map((claim) => claim.submission.text);

describe('a claim', () => {
  test('writes the journal and moves the recipient before anything leaves the box', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: [phone(1)], text: 'Hello' });
    const [claim] = await box.claim();
    expect(box.recipient(id)).toMatchObject({ state: 'sending', carrier_id: 1, tries: 1 });
    expect(box.message(id)).toMatchObject({ state: 'sending', queued_count: 0, sending_count: 1, open_count: 1 });
    expect(box.journal()).toMatchObject([
      { id: claim?.submission.id, state: 'handing', carrier_id: 1, part: 1, part_count: 1, handed_at: box.clock.now() },
    ]);
    expect(claim?.submission).toMatchObject({
      msisdn: phone(1),
      origin: 'SEPSMS',
      text: 'Hello',
      encoding: 'gsm7',
      part: 1,
      partCount: 1,
      lane: 'normal',
      expiresAt: box.message(id).expires_at,
    });
  });

  test('gives every recipient once, in order, and then nothing', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(25) });
    const claims = [...(await box.claim(10)), ...(await box.claim(10)), ...(await box.claim(10))];
    expect(claims.map((claim) => claim.submission.msisdn)).toEqual(many(25));
    expect(await box.claim(10)).toEqual([]);
    expect(box.stores.claims.hasWork(box.clock.now())).toBe(false);
    expect(box.message(id)).toMatchObject({ queued_count: 0, sending_count: 25 });
  });

  test('two claims at once never give the same recipient', async () => {
    const box = await openBox();
    await box.accept({ to: many(20) });
    const both = (await Promise.all([box.claim(12, 1), box.claim(12, 2)])).flat();
    expect(new Set(both.map((claim) => claim.recipientId)).size).toBe(20);
    expect(both).toHaveLength(20);
  });

  test('leaves blocked, failed and scheduled ones alone', async () => {
    const box = await openBox();
    const blocked = { msisdn: phone(2), state: 'blocked', segments: 1, credit: 0, text: null } as const;
    await box.accept({ to: [{ ...blocked, errorCode: null, errorMessage: null }, phone(3)] });
    await box.accept({ to: [phone(4)], scheduledAt: box.clock.now() + 60_000 });
    expect((await box.claim()).map((claim) => claim.submission.msisdn)).toEqual([phone(3)]);
    await box.clock.advance(60_000);
    expect(await box.claim()).toEqual([]);
    expect(await box.stores.sweeps.releaseDue(box.clock.now(), 0)).toBe(1);
    expect((await box.claim()).map((claim) => claim.submission.msisdn)).toEqual([phone(4)]);
  });

  test('a scheduled message is not let go a moment too early', async () => {
    const box = await openBox();
    const at = box.clock.now() + 60_000;
    const { id } = await box.accept({ scheduledAt: at });
    expect(box.stores.sweeps.nextDue()).toBe(at);
    expect(await box.stores.sweeps.releaseDue(at - 1, 0)).toBe(0);
    expect(box.message(id).state).toBe('scheduled');
  });

  test('hands whole texts to a carrier that splits by itself', async () => {
    const box = await openBox();
    const text = 'x'.repeat(300);
    await box.accept({ text, segments: 2 });
    const [claim] = await box.stores.claims.claim({
      carrierId: 1,
      room: 1,
      splitting: 'whole',
      now: box.clock.now(),
    });
    expect(claim?.submission).toMatchObject({ text, part: 1, partCount: 1 });
  });
});

describe('order', () => {
  test('goes by lane: otp, high, normal, bulk, whatever came first', async () => {
    const box = await openBox();
    for (const lane of ['bulk', 'normal', 'high', 'otp'] as const) await box.accept({ text: lane, lane });
    const order: string[] = [];
    for (let turn = 0; turn < 4; turn += 1) order.push(...textsOf(await box.claim(1)));
    expect(order).toEqual(['otp', 'high', 'normal', 'bulk']);
  });

  test('within a lane a large message does not keep the small ones waiting', async () => {
    const box = await openBox();
    await box.accept({ to: many(1_000), text: 'large' });
    for (let n = 0; n < 3; n += 1) await box.accept({ text: `small ${n}` });
    const order: string[] = [];
    for (let turn = 0; turn < 8; turn += 1) order.push(...textsOf(await box.claim(1)));
    expect(order.slice(0, 4)).toEqual(['large', 'small 0', 'small 1', 'small 2']);
    expect(order.slice(4)).toEqual(['large', 'large', 'large', 'large']);
  });

  test('room is shared among the messages of a lane and used up', async () => {
    const box = await openBox();
    for (const text of ['a', 'b', 'c']) await box.accept({ to: many(50), text });
    const texts = textsOf(await box.claim(30));
    expect(['a', 'b', 'c'].map((text) => texts.filter((one) => one === text).length)).toEqual([10, 10, 10]);
    await box.accept({ text: 'short' });
    const more = textsOf(await box.claim(40));
    expect(more).toHaveLength(40);
    expect(more.filter((text) => text === 'short')).toHaveLength(1);
  });

  test('what is due again goes before what is new in its lane, and after what is more urgent', async () => {
    const box = await openBox();
    await box.accept({ text: 'again' });
    await box.settle(await box.claim(), retry({ afterMs: 1_000 }));
    await box.accept({ text: 'new' });
    await box.accept({ text: 'urgent', lane: 'high' });
    expect(textsOf(await box.claim(1))).toEqual(['urgent']);
    await box.clock.advance(1_000);
    expect(textsOf(await box.claim(5))).toEqual(['again', 'new']);
  });
});

describe('validity', () => {
  test('what is past it is not handed over; the sweep ends and refunds it', async () => {
    const box = await openBox({ credits: 10 });
    const { id } = await box.accept({ to: [phone(1), phone(2)], expiresAt: box.clock.now() + 60_000 });
    await box.accept({ text: 'still good' });
    await box.clock.advance(60_000);
    expect(textsOf(await box.claim())).toEqual(['still good']);
    expect(box.stores.claims.hasWork(box.clock.now())).toBe(false);
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(2);
    expect(box.message(id)).toMatchObject({ state: 'failed', expired_count: 2, refunded_count: 2, open_count: 0 });
    expect(box.recipients(id).map((row) => [row.state, row.error_code, row.refunded])).toEqual([
      ['expired', 'expired', 1],
      ['expired', 'expired', 1],
    ]);
    expect(box.stores.accounts.balance(1)).toBe(9);
    expect(box.journal()).toHaveLength(1);
    expect(box.events.map((event) => event.name)).toEqual(['sms.failed', 'sms.failed', 'sms.completed']);
  });

  test('what waits for another try and is past it by then is ended at the claim', async () => {
    const box = await openBox({ credits: 10 });
    const { id } = await box.accept({ expiresAt: box.clock.now() + 60_000 });
    await box.settle(await box.claim(), retry({ afterMs: 59_000 }));
    expect(box.recipient(id).state).toBe('queued');
    await box.clock.advance(60_000);
    expect(await box.claim()).toEqual([]);
    expect(box.recipient(id)).toMatchObject({ state: 'expired', refunded: 1 });
    expect(box.message(id)).toMatchObject({ state: 'failed', open_count: 0 });
  });

  test('what could be tried again only after its end is ended at once, and not dated ahead', async () => {
    const box = await openBox({ credits: 10 });
    const { id } = await box.accept({ expiresAt: box.clock.now() + 60_000 });
    await box.clock.advance(1_000);
    await box.settle(await box.claim(), retry({ afterMs: 60_000 }));
    const now = box.clock.now();
    expect(box.recipient(id)).toMatchObject({ state: 'expired', error_code: 'busy', refunded: 1, finished_at: now });
    expect(box.message(id)).toMatchObject({ state: 'failed', completed_at: now });
    expect(box.events.map((event) => [event.name, event.at])).toEqual([
      ['sms.failed', now],
      ['sms.completed', now],
    ]);
  });

  test('a large message past it is left at once by the claim and ended in slices by the sweep', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(2_000), expiresAt: box.clock.now() });
    await box.accept({ text: 'behind it' });
    const left: number[] = [2_000];
    box.stores.onCommit(() => left.push(box.message(id).queued_count));
    expect(textsOf(await box.claim(1))).toEqual(['behind it']);
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(2_000);
    const steps = left.map((count, index) => (left[index - 1] ?? 2_000) - count);
    expect(Math.max(...steps)).toBe(500);
    expect(box.message(id)).toMatchObject({ state: 'failed', expired_count: 2_000 });
  });

  test('a scheduled message that fell due and expired while nobody looked is ended too', async () => {
    const box = await openBox();
    const now = box.clock.now();
    const { id } = await box.accept({ scheduledAt: now + 10_000, expiresAt: now + 20_000 });
    await box.accept({ expiresAt: now + 30_000 });
    await box.clock.advance(60_000);
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(1);
    expect(await box.stores.sweeps.releaseDue(box.clock.now(), 0)).toBe(1);
    expect(await box.claim()).toEqual([]);
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(1);
    expect(box.message(id)).toMatchObject({ state: 'failed', expired_count: 1 });
  });

  test('when the clock is set back, what is accepted then is still ended in its time', async () => {
    const box = await openBox();
    await box.accept({ expiresAt: box.clock.now() + 1_000 });
    await box.clock.advance(1_000);
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(1);
    box.clock.jump(-3_600_000);
    const { id } = await box.accept({ expiresAt: box.clock.now() + 60_000 });
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(0);
    await box.clock.advance(60_000);
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(1);
    expect(box.message(id).state).toBe('failed');
  });

  test('the sweep ends what no carrier came for', async () => {
    const box = await openBox({ credits: 1_500 });
    const { id } = await box.accept({ to: many(1_200), expiresAt: box.clock.now() + 1 });
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(0);
    await box.clock.advance(1);
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(1_200);
    expect(box.message(id)).toMatchObject({ state: 'failed', expired_count: 1_200, queued_count: 0 });
    expect(box.stores.accounts.balance(1)).toBe(1_500);
    expect(await box.claim()).toEqual([]);
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(0);
  });

  test('the sweep leaves alone what is in the hands of a carrier', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: [phone(1), phone(2)], expiresAt: box.clock.now() + 1 });
    const claims = await box.claim(1);
    await box.clock.advance(1);
    expect(await box.stores.sweeps.expireOverdue(box.clock.now())).toBe(1);
    await box.settle(claims, accepted('7'));
    expect(box.message(id)).toMatchObject({ state: 'sending', sent_count: 1, expired_count: 1, open_count: 1 });
  });
});
