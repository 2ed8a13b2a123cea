import { describe, expect, onTestFinished, test } from 'vitest';
import { Dispatcher } from '../../server/services/dispatcher.ts';
import { phone, quiet } from '../fakes/box.ts';
import { settle as settleTurns } from '../fakes/manual-clock.ts';
import { accepted, openBox, rejected, retry, uncertain, type StoreBox } from '../fakes/store-box.ts';
import { TellingCarrier } from './telling-carrier.ts';

async function telling(box: StoreBox) {
  const carrier = new TellingCarrier(() => box.clock.now());
  const random = { bytes: (n: number) => new Uint8Array(n), fraction: () => 0 };
  const { claims, settles } = box.stores;
  const dispatcher = new Dispatcher({ claims, settles, clock: box.clock, random, log: quiet });
  box.stores.onCommit((touched) => {
    if (touched.size > 0) dispatcher.wake();
  });
  onTestFinished(async () => {
    carrier.state = 'stopped';
    for (const one of carrier.handed) one.answer(rejected);
    const stopped = dispatcher.stop();
    await box.clock.advance(20_000);
    await stopped;
  });
  await dispatcher.start();
  const pass = async (ms: number) => {
    await box.clock.advance(ms);
    for (let turn = 0; turn < 8; turn += 1) await settleTurns();
  };
  return { carrier, dispatcher, pass };
}

describe('a hand-over without an answer, at a carrier that can tell', () => {
  test('is asked for at growing intervals until it is known; the carrier goes on meanwhile', async () => {
    const box = await openBox();
    const { carrier, dispatcher, pass } = await telling(box);
    carrier.script = () => (carrier.handed.length === 1 ? uncertain : accepted('2'));
    dispatcher.attach(carrier, box.policy);
    const first = await box.accept({ to: [phone(1)] });
    await pass(0);
    const second = await box.accept({ to: [phone(2)] });
    await pass(1_000);
    expect(box.recipient(first.id).state).toBe('sending');
    expect(box.recipient(second.id).state).toBe('sent');
    const times: number[] = [];
    const start = box.clock.now() - 1_000;
    while (times.length < 4) {
      const { length } = carrier.queried;
      await pass(1_000);
      if (carrier.queried.length > length) times.push((box.clock.now() - start) / 1_000);
    }
    expect(times).toEqual([2, 6, 14, 30]);
    carrier.known = accepted('1');
    await pass(60_000);
    expect(box.recipient(first.id).state).toBe('sent');
    expect(box.journal()).toMatchObject([
      { state: 'accepted', reference: '1' },
      { state: 'accepted', reference: '2' },
    ]);
    const asked = carrier.queried.length;
    await pass(600_000);
    expect(carrier.queried).toHaveLength(asked);
    expect(new Set(carrier.queried)).toEqual(new Set([carrier.handed[0]?.submission]));
  });

  test('is sent again when the carrier knows that it was not', async () => {
    const box = await openBox();
    const { carrier, dispatcher, pass } = await telling(box);
    carrier.script = () => (carrier.handed.length === 1 ? uncertain : accepted('9'));
    carrier.known = retry({ carrierFault: true, afterMs: 0 });
    dispatcher.attach(carrier, box.policy);
    const { id } = await box.accept();
    await pass(5_000);
    expect(box.journal().map(({ state }) => state)).toEqual(['retry', 'accepted']);
    expect(box.recipient(id)).toMatchObject({ state: 'sent', tries: 1 });
  });

  test('is asked for only while the carrier is ready', async () => {
    const box = await openBox();
    const { carrier, dispatcher, pass } = await telling(box);
    carrier.script = () => uncertain;
    dispatcher.attach(carrier, box.policy);
    await box.accept();
    await pass(0);
    carrier.state = 'waiting';
    await pass(600_000);
    expect(carrier.queried).toHaveLength(0);
    carrier.state = 'ready';
    await pass(1_000);
    expect(carrier.queried).toHaveLength(1);
  });

  test('ends unknown when nobody knows after a day, or soon after it is not worth sending any more', async () => {
    const box = await openBox();
    const { carrier, dispatcher, pass } = await telling(box);
    carrier.script = () => uncertain;
    dispatcher.attach(carrier, box.policy);
    const short = await box.accept({ expiresAt: box.clock.now() + 60_000 });
    await pass(0);
    const long = await box.accept({ expiresAt: box.clock.now() + 3 * 86_400_000 });
    await pass(180_000);
    expect([box.recipient(short.id).state, box.recipient(long.id).state]).toEqual(['unknown', 'sending']);
    carrier.state = 'faulty';
    await pass(86_400_000);
    expect(box.recipient(long.id)).toMatchObject({ state: 'unknown', error_code: 'no_answer' });
  });

  test('is booked as unknown when its carrier is taken out of work', async () => {
    const box = await openBox();
    const { carrier, dispatcher, pass } = await telling(box);
    carrier.script = () => uncertain;
    dispatcher.attach(carrier, box.policy);
    const { id } = await box.accept();
    await pass(0);
    await dispatcher.detach(1);
    expect(box.recipient(id).state).toBe('unknown');
  });

  test('outlives a new configuration of its carrier', async () => {
    const box = await openBox();
    const { carrier, dispatcher, pass } = await telling(box);
    carrier.script = () => uncertain;
    dispatcher.attach(carrier, box.policy);
    const { id } = await box.accept();
    await pass(0);
    await dispatcher.detach(1, true);
    expect(box.recipient(id).state).toBe('sending');
    carrier.known = accepted('7');
    dispatcher.attach(carrier, box.policy);
    await pass(1_000);
    expect(box.recipient(id).state).toBe('sent');
  });

  test('is kept and asked for again when its answer cannot be stored', async () => {
    const box = await openBox();
    const { carrier, dispatcher, pass } = await telling(box);
    carrier.script = () => uncertain;
    carrier.known = accepted('7');
    dispatcher.attach(carrier, box.policy);
    const { id } = await box.accept();
    const real = box.stores.settles.settle.bind(box.stores.settles);
    let refusals = 2;
    box.stores.settles.settle = (...args) => {
      refusals -= 1;
      return refusals >= 0 ? Promise.reject(new Error('the disk is full')) : real(...args);
    };
    await pass(3_000);
    expect(box.recipient(id).state).toBe('sending');
    await pass(5_000);
    expect(box.recipient(id).state).toBe('sent');
  });
});

describe('after a crash', () => {
  test('a carrier that can tell is asked for what it was given, as it was given', async () => {
    const before = await openBox();
    const { id } = await before.accept({ to: [phone(1), phone(2)], text: 'the text' });
    const claims = await before.claim();
    await before.clock.advance(60_000);
    const box = before.afterCrash();
    const { carrier, dispatcher, pass } = await telling(box);
    carrier.known = accepted('7');
    expect(
      await dispatcher.recover(
        () => box.policy,
        () => true,
      ),
    ).toBe(2);
    expect(box.recipients(id).map(({ state }) => state)).toEqual(['sending', 'sending']);
    dispatcher.attach(carrier, box.policy);
    await pass(1_000);
    expect(carrier.queried).toEqual(claims.map(({ submission }) => submission));
    expect(box.recipients(id).map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(carrier.handed).toHaveLength(0);
  });

  test('it is asked with the code of a one-time message, and not at all when that is gone', async () => {
    const before = await openBox();
    const now = before.clock.now();
    const code = { accountId: 1, msisdn: phone(1), codeHash: 'h', createdAt: now, expiresAt: now + 300_000 };
    const otp = async (reference: string, sealedText: string | null) =>
      await before.accept({
        kind: 'otp',
        lane: 'otp',
        text: 'Your code is ••••••',
        alongside: ({ id }) =>
          before.stores.otps.add({
            ...code,
            messageId: id,
            reference,
            sealedText: sealedText ?? before.keys.seal('x'),
          }),
      });
    const whole = await otp('AAAAAA', before.keys.seal('Your code is 123456'));
    const gone = await otp('BBBBBB', 'v1.sealed-with-another-key');
    const [first, second] = await before.claim();
    const box = before.afterCrash();
    const { carrier, dispatcher, pass } = await telling(box);
    await dispatcher.recover(
      () => box.policy,
      () => true,
    );
    dispatcher.attach(carrier, box.policy);
    await pass(1_000);
    expect(carrier.queried.map(({ text }) => text)).toEqual(['Your code is 123456']);
    expect(first?.messageId).toBe(whole.id);
    // The other could not be opened, so it was never claimed.
    expect([second, box.recipient(gone.id).state]).toEqual([undefined, 'failed']);
  });
});
