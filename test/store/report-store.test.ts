import { describe, expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, type StoreBox } from '../fakes/store-box.ts';

const hour = 3_600_000;
const twoParts = 'ข้อความภาษาไทยที่ยาวเกินหนึ่งส่วน '.repeat(3);

/** A message to one number, accepted by the carrier under a reference. */
async function sent(box: StoreBox, reference: string, to = phone(1)): Promise<number> {
  const { id } = await box.accept({ to: [to] });
  await box.settle(await box.claim(), accepted(reference));
  return id;
}

const failed = { verdict: 'failed', code: 'TP-Status 0x43', message: 'not obtainable' } as const;

describe('a delivery report', () => {
  test('finds its owner by carrier, reference and number, and completes the message', async () => {
    const box = await openBox();
    const id = await sent(box, '17');
    await box.clock.advance(4_000);
    expect(await box.report('17', phone(1), { at: box.clock.now() - 1_000 })).toBe(true);
    const now = box.clock.now();
    expect(box.recipient(id)).toMatchObject({ state: 'success', delivered_at: now - 1_000, finished_at: now });
    expect(box.message(id)).toMatchObject({ state: 'completed', success_count: 1, sent_count: 0, completed_at: now });
    expect(box.journal()).toMatchObject([
      { state: 'reported', report: 'delivered', report_code: 'TP-Status 0x00', reported_at: now },
    ]);
    expect(box.events.map((event) => event.name)).toEqual(['sms.sent', 'dr.success', 'sms.completed']);
    expect(JSON.parse(box.events[1]?.body ?? '')).toEqual({
      smsUuid: box.message(id).uuid,
      msisdn: phone(1),
      txId: box.txIds.encode(box.recipient(id).id),
      status: 'success',
    });
  });

  test.each([`0${phone(1).slice(2)}`, phone(1), phone(1).slice(2), `00${phone(1)}`])(
    'knows the number written as %s',
    async (written) => {
      const box = await openBox();
      const id = await sent(box, '17');
      await box.report('17', written);
      expect(box.recipient(id).state).toBe('success');
    },
  );

  test.each([
    ['another number', '17', phone(2), 1],
    ['another reference', '18', phone(1), 1],
    ['another carrier', '17', phone(1), 2],
  ])('from %s is kept and changes nothing', async (_why, reference, number, carrierId) => {
    const box = await openBox();
    const id = await sent(box, '17');
    const before = { message: box.message(id), recipient: box.recipient(id), journal: box.journal() };
    box.policy = { ...box.policy, carrierId };
    expect(await box.report(reference, number)).toBe(false);
    expect({ message: box.message(id), recipient: box.recipient(id), journal: box.journal() }).toEqual(before);
    expect(box.peek.counts()).toMatchObject({ orphan_report: 1 });
  });

  test('without a number goes by its reference when that points at one message alone', async () => {
    const box = await openBox();
    const id = await sent(box, '17');
    expect(await box.report('17', null)).toBe(true);
    expect(box.recipient(id).state).toBe('success');
    const [a, b] = [await sent(box, '18', phone(1)), await sent(box, '18', phone(2))];
    expect(await box.report('18', null)).toBe(false);
    expect([box.recipient(a).state, box.recipient(b).state]).toEqual(['sent', 'sent']);
  });

  test('that comes twice changes nothing the second time, not even with another verdict', async () => {
    const box = await openBox({ credits: 10 });
    const id = await sent(box, '17');
    await box.report('17', phone(1));
    const before = { message: box.message(id), recipient: box.recipient(id) };
    await box.report('17', phone(1));
    await box.report('17', phone(1), failed);
    expect({ message: box.message(id), recipient: box.recipient(id) }).toEqual(before);
    expect(box.stores.accounts.balance(1)).toBe(9);
    expect(box.events.filter((event) => event.name.startsWith('dr.'))).toHaveLength(1);
  });

  test('that says "still trying" is noted and ends nothing', async () => {
    const box = await openBox();
    const id = await sent(box, '17');
    expect(await box.report('17', phone(1), { verdict: 'trying', code: 'TP-Status 0x20' })).toBe(true);
    expect(box.recipient(id).state).toBe('sent');
    expect(box.journal()).toMatchObject([{ state: 'accepted', report_code: 'TP-Status 0x20' }]);
    await box.report('17', phone(1));
    expect(box.recipient(id).state).toBe('success');
  });

  test('never dates the delivery before the sending, however wrong the clock of the network is', async () => {
    const box = await openBox();
    const id = await sent(box, '17');
    await box.report('17', phone(1), { at: box.clock.now() - 5 * hour });
    expect(box.recipient(id).delivered_at).toBe(box.recipient(id).sent_at);
  });
});

describe('a failure report', () => {
  test.each([
    [true, 1, 10],
    [false, 0, 9],
  ])('with the carrier set to refund: %s', async (refundFailed, refunded, balance) => {
    const box = await openBox({ credits: 10 });
    box.policy = { ...box.policy, refundFailed };
    const id = await sent(box, '17');
    await box.report('17', phone(1), failed);
    expect(box.recipient(id)).toMatchObject({
      state: 'failed',
      error_code: 'TP-Status 0x43',
      error_message: 'not obtainable',
      refunded,
      delivered_at: null,
    });
    expect(box.message(id)).toMatchObject({ state: 'completed', failed_count: 1, refunded_count: refunded });
    expect(box.stores.accounts.balance(1)).toBe(balance);
    expect(box.events.map((event) => event.name)).toEqual(['sms.sent', 'dr.failed', 'sms.completed']);
  });

  test('that the network gave up makes the recipient expired', async () => {
    const box = await openBox();
    const id = await sent(box, '17');
    await box.report('17', phone(1), { verdict: 'expired', code: 'TP-Status 0x46' });
    expect(box.recipient(id)).toMatchObject({ state: 'expired', refunded: 1 });
  });
});

describe('a report before its answer', () => {
  test('is kept and applied together with the answer', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    const claims = await box.claim();
    expect(await box.report('17', phone(1))).toBe(false);
    expect(box.recipient(id).state).toBe('sending');
    await box.settle(claims, accepted('17'));
    expect(box.recipient(id)).toMatchObject({ state: 'success', sent_at: box.clock.now() });
    expect(box.message(id)).toMatchObject({ state: 'completed', success_count: 1, handed_count: 1 });
    expect(box.peek.counts()).toMatchObject({ orphan_report: 0 });
  });

  test('is not applied when it is from before the hand-over: it belongs to an earlier turn of the reference', async () => {
    const box = await openBox();
    await box.report('17', phone(1));
    await box.clock.advance(1);
    const id = await sent(box, '17');
    expect(box.recipient(id).state).toBe('sent');
    expect(box.peek.counts()).toMatchObject({ orphan_report: 1 });
  });

  test('is not applied to another number', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    const claims = await box.claim();
    await box.report('17', phone(2));
    await box.settle(claims, accepted('17'));
    expect(box.recipient(id).state).toBe('sent');
  });

  test('is dropped after its time', async () => {
    const box = await openBox();
    await box.report('17', phone(1));
    await box.clock.advance(hour);
    expect(await box.stores.sweeps.dropOrphans(box.clock.now() - 2 * hour)).toBe(0);
    expect(await box.stores.sweeps.dropOrphans(box.clock.now())).toBe(1);
  });
});

describe('a reference that came round (TP-MR has 256 values)', () => {
  const numbers = Array.from({ length: 256 }, (_, n) => phone(n));

  test.each([
    ['oldest', numbers],
    ['newest', numbers.toReversed()],
  ])('256 numbers wait under one: every report finds its own, %s first', async (_order, order) => {
    const box = await openBox();
    const { id } = await box.accept({ to: numbers });
    await box.settle(await box.claim(256), accepted('17'));
    for (const [n, number] of order.entries()) {
      const verdict = n % 3 === 0 ? 'failed' : 'delivered';
      expect(await box.report('17', number, { verdict })).toBe(true);
    }
    const states = new Map(box.recipients(id).map((row) => [row.msisdn, row.state]));
    expect(order.map((number) => states.get(number))).toEqual(
      order.map((_, n) => (n % 3 === 0 ? 'failed' : 'success')),
    );
    expect(box.message(id)).toMatchObject({ state: 'completed', open_count: 0 });
  });

  test('several messages to one number wait under it: each report ends one of them, the latest first', async () => {
    const box = await openBox();
    const ids: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      ids.push(await sent(box, '17'));
      await box.clock.advance(60_000);
    }
    const states = () => ids.map((id) => box.recipient(id).state);
    await box.report('17', phone(1));
    expect(states()).toEqual(['sent', 'sent', 'sent', 'success']);
    for (let n = 0; n < 3; n += 1) await box.report('17', phone(1));
    expect(states()).toEqual(['success', 'success', 'success', 'success']);
    expect(await box.report('17', phone(1))).toBe(false);
  });

  test('what was handed over more than seven days ago does not take it', async () => {
    const box = await openBox();
    const old = await sent(box, '17');
    await box.clock.advance(7 * 24 * hour + 1);
    expect(await box.report('17', phone(1))).toBe(false);
    expect(box.recipient(old).state).toBe('sent');
  });
});

describe('a long text', () => {
  async function sentInParts(box: StoreBox) {
    const { id } = await box.accept({ text: twoParts, segments: 2 });
    const second = await box.settle(await box.claim(), accepted('1'));
    expect(second).toHaveLength(1);
    await box.settle(second, accepted('2'));
    return id;
  }

  test('is delivered only when every part is', async () => {
    const box = await openBox();
    const id = await sentInParts(box);
    await box.report('2', phone(1));
    await box.report('2', phone(1));
    expect(box.recipient(id).state).toBe('sent');
    await box.report('1', phone(1));
    expect(box.recipient(id).state).toBe('success');
  });

  test('has failed as soon as one part has, and is refunded once', async () => {
    const box = await openBox({ credits: 10 });
    const id = await sentInParts(box);
    await box.report('1', phone(1), failed);
    expect(box.recipient(id)).toMatchObject({ state: 'failed', refunded: 2 });
    await box.report('2', phone(1));
    expect(box.recipient(id)).toMatchObject({ state: 'failed', refunded: 2 });
    expect(box.stores.accounts.balance(1)).toBe(10);
    expect(box.journal().map((entry) => entry.state)).toEqual(['reported', 'reported']);
  });

  test('of which every part has failed is one failure, told and refunded once', async () => {
    const box = await openBox({ credits: 10 });
    await sentInParts(box);
    await box.report('1', phone(1), failed);
    await box.report('2', phone(1), { ...failed, code: 'TP-Status 0x46' });
    expect(box.recipients()[0]).toMatchObject({ state: 'failed', error_code: 'TP-Status 0x43', refunded: 2 });
    expect(box.events.filter((event) => event.name === 'dr.failed')).toHaveLength(1);
    expect(box.stores.accounts.balance(1)).toBe(10);
  });

  test('whose first part is delivered before the second is sent stays on its way', async () => {
    const box = await openBox();
    const { id } = await box.accept({ text: twoParts, segments: 2 });
    const second = await box.settle(await box.claim(), accepted('1'));
    await box.report('1', phone(1));
    expect(box.recipient(id).state).toBe('sending');
    await box.settle(second, accepted('2'));
    expect(box.recipient(id).state).toBe('sent');
    await box.report('2', phone(1));
    expect(box.recipient(id).state).toBe('success');
  });
});
