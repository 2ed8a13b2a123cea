import { describe, expect, test } from 'vitest';
import { eventNames, type EventName } from '../../server/domain/events.ts';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, rejected, type StoreBox } from '../fakes/store-box.ts';

/** A box with a message that its carrier has in hand. */
async function claimed(): Promise<{ box: StoreBox; settle: (well: boolean) => Promise<unknown> }> {
  const box = await openBox({ credits: 10 });
  await box.accept({ to: [phone(1)] });
  const claims = await box.claim();
  return { box, settle: (well) => box.settle(claims, well ? accepted('7') : rejected) };
}

async function sent(): Promise<StoreBox> {
  const { box, settle } = await claimed();
  await settle(true);
  return box;
}

/** For each event a box just before the fact that it tells, and the fact. */
const facts: Readonly<Record<EventName, () => Promise<readonly [StoreBox, () => Promise<unknown>]>>> = {
  'sms.sent': async () => {
    const { box, settle } = await claimed();
    return [box, () => settle(true)];
  },
  'sms.failed': async () => {
    const { box, settle } = await claimed();
    return [box, () => settle(false)];
  },
  'sms.completed': async () => {
    const box = await sent();
    return [box, () => box.report('7', phone(1))];
  },
  'dr.success': async () => {
    const box = await sent();
    return [box, () => box.report('7', phone(1))];
  },
  'dr.failed': async () => {
    const box = await sent();
    return [box, () => box.report('7', phone(1), { verdict: 'failed' })];
  },
  'sms.received': async () => {
    const box = await openBox();
    const at = box.clock.now();
    const part = { from: phone(1), to: null, text: 'stop', sentAt: at, raw: null, concat: null };
    const received = { part, carrierId: 1, fingerprint: 'f', uuid: 'u', accountId: 1, at };
    return [box, () => box.stores.inbound.receive(received)];
  },
  'otp.verified': async () => {
    const box = await openBox({ credits: 10 });
    const { otps } = box.stores;
    const at = box.clock.now();
    const reference = 'A3K9X2';
    const code = { accountId: 1, reference, msisdn: phone(1), codeHash: 'h', sealedText: 's' };
    const times = { createdAt: at, expiresAt: at + 300_000 };
    await box.accept({ to: [phone(1)], alongside: ({ id }) => otps.add({ ...code, ...times, messageId: id }) });
    const attempt = await otps.countAttempt(reference, 1, 5, at);
    if (attempt.kind !== 'counted') throw new Error('the attempt was not counted');
    return [box, () => otps.settleAttempt(attempt.otp, true, 5, at)];
  },
  'credit.low': async () => {
    const box = await openBox({ credits: 10 });
    await box.stores.accounts.change(1, { lowCreditThreshold: 10 });
    return [box, () => box.accept()];
  },
  'order.completed': async () => {
    const box = await openBox({ credits: 10 });
    const { credits } = box.stores;
    const at = box.clock.now();
    const { id } = await credits.addOrder({
      accountId: 1,
      credits: 5,
      state: 'ordered',
      note: null,
      by: 'ada',
      at,
    });
    return [box, () => credits.complete(id, { by: 'ada', reason: null, at })];
  },
};

/** All that is stored. */
function everything(box: StoreBox): unknown {
  return box.peek.tables().map((table) => [table, box.peek.all(`SELECT * FROM ${table}`)]);
}

describe('an event and its fact', () => {
  test('are looked at for every event', () => {
    expect(Object.keys(facts).toSorted()).toEqual(eventNames.toSorted());
  });

  test.each(Object.entries(facts))('%s: both happen, or neither', async (name, before) => {
    const [box, fact] = await before();
    const told = () => box.events.filter((event) => event.name === name).length;
    const stored = everything(box);
    box.unwritable = name as EventName;
    await expect(fact()).rejects.toThrow(`no room for ${name}`);
    expect(everything(box)).toEqual(stored);
    expect(told()).toBe(0);
    box.unwritable = null;
    await fact();
    expect(told()).toBe(1);
    expect(everything(box)).not.toEqual(stored);
  });
});
