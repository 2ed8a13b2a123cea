import { describe, expect, test } from 'vitest';
import type { SubmitOutcome } from '../../server/domain/carrier.ts';
import { phone } from '../fakes/box.ts';
import { ScriptedCarrier } from '../fakes/scripted-carrier.ts';
import { accepted, openBox, rejected, retry, uncertain } from '../fakes/store-box.ts';
import { dispatching } from './dispatching.ts';

const long = 'Three parts of one text, no more. '.repeat(12);
const carrierFault = retry({ carrierFault: true });

const answerWith = (outcomes: readonly SubmitOutcome[]) => {
  let count = 0;
  return () => outcomes[Math.min(count++, outcomes.length - 1)] ?? rejected;
};

describe('the dispatcher', () => {
  test('hands over what is accepted, without waiting for its own tick', async () => {
    const box = await openBox();
    const { carrier } = await dispatching(box);
    await box.accept({ to: [phone(1)], text: 'Hello' });
    const { submission } = await carrier.arrival(1);
    expect(submission).toMatchObject({ msisdn: phone(1), text: 'Hello', part: 1 });
  });

  test('the journal is on disk before the carrier sees the submission', async () => {
    const box = await openBox();
    const { carrier, quietDown } = await dispatching(box);
    const seen: unknown[] = [];
    carrier.script = ({ id, part }) => {
      seen.push(box.peek.one('SELECT id, state, part FROM submission WHERE id = ?', id));
      seen.push(box.recipients()[0]?.state);
      return accepted(String(part));
    };
    await box.accept({ text: long, segments: 3 });
    await carrier.arrival(3);
    expect(seen).toEqual(
      [1, 2, 3].flatMap((part) => [{ id: carrier.submissions[part - 1]?.id, state: 'handing', part }, 'sending']),
    );
    await quietDown();
  });

  test('never hands over more at once than the carrier has room for, and serves everybody', async () => {
    const box = await openBox();
    const { carrier, quietDown } = await dispatching(box);
    carrier.width = 3;
    const { id } = await box.accept({ to: Array.from({ length: 20 }, (_, n) => phone(n)) });
    for (let n = 1; n <= 20; n += 1) (await carrier.arrival(n)).answer(accepted(String(n)));
    await quietDown();
    expect(carrier.mostOpen).toBe(3);
    expect(carrier.handed).toHaveLength(20);
    expect(box.message(id)).toMatchObject({ sent_count: 20, queued_count: 0, sending_count: 0 });
  });

  test('an urgent message goes before the rest of a large one', async () => {
    const box = await openBox();
    const { carrier } = await dispatching(box);
    await box.accept({ to: Array.from({ length: 50 }, (_, n) => phone(n)), text: 'bulk', lane: 'bulk' });
    const first = await carrier.arrival(1);
    await box.accept({ text: 'code', lane: 'otp' });
    first.answer(accepted('1'));
    expect((await carrier.arrival(2)).submission.text).toBe('code');
  });

  test('parts of one text go one after the other, with nothing of another text between them on one line', async () => {
    const box = await openBox();
    const { carrier } = await dispatching(box);
    await box.accept({ text: long, segments: 3, to: [phone(1)] });
    await carrier.arrival(1);
    await box.accept({ text: 'short', to: [phone(2)] });
    for (let n = 1; n <= 4; n += 1) (await carrier.arrival(n)).answer(accepted(String(n)));
    expect(carrier.submissions.map((one) => [one.msisdn, one.part])).toEqual([
      [phone(1), 1],
      [phone(1), 2],
      [phone(1), 3],
      [phone(2), 1],
    ]);
  });

  test('what could not be sent is tried again when its time has come', async () => {
    const box = await openBox();
    const { carrier, quietDown } = await dispatching(box);
    carrier.script = answerWith([retry({ afterMs: 10_000 }), accepted('1')]);
    const { id } = await box.accept();
    await carrier.arrival(1);
    await quietDown();
    await box.clock.advance(9_000);
    expect(carrier.handed).toHaveLength(1);
    await box.clock.advance(2_000);
    await quietDown();
    expect(box.recipient(id)).toMatchObject({ state: 'sent', tries: 2 });
  });

  test('a carrier that is not ready gets nothing, and the message waits unharmed', async () => {
    const box = await openBox();
    const { carrier, dispatcher, quietDown } = await dispatching(box);
    carrier.state = 'waiting';
    const { id } = await box.accept();
    await box.clock.advance(10_000);
    expect(carrier.handed).toEqual([]);
    expect(box.recipient(id)).toMatchObject({ state: 'queued', tries: 0 });
    carrier.state = 'ready';
    dispatcher.wake();
    (await carrier.arrival(1)).answer(accepted('1'));
    await quietDown();
    expect(box.recipient(id).state).toBe('sent');
  });

  test('a carrier that throws has left its message uncertain', async () => {
    const box = await openBox();
    const { carrier, quietDown } = await dispatching(box);
    carrier.script = () => {
      throw new Error('the driver broke');
    };
    const { id } = await box.accept();
    await quietDown();
    expect(box.recipient(id)).toMatchObject({ state: 'unknown', error_code: 'carrier_fault' });
  });
});

describe('taking a carrier out of work', () => {
  test('ends what it holds and takes nothing new', async () => {
    const box = await openBox();
    const { carrier, dispatcher, quietDown } = await dispatching(box);
    const { id } = await box.accept({ to: [phone(1), phone(2)] });
    const first = await carrier.arrival(1);
    let detached = false;
    const gone = dispatcher.detach(1).then(() => {
      detached = true;
    });
    await quietDown();
    expect(detached).toBe(false);
    first.answer(accepted('1'));
    await gone;
    expect(carrier.handed).toHaveLength(1);
    expect(box.message(id)).toMatchObject({ sent_count: 1, queued_count: 1, sending_count: 0 });
  });

  test('a long text in its hands begins anew with another carrier: no phone puts parts of two senders together', async () => {
    const box = await openBox();
    const { carrier, dispatcher } = await dispatching(box);
    const { id } = await box.accept({ text: long, segments: 3 });
    const first = await carrier.arrival(1);
    const gone = dispatcher.detach(1);
    first.answer(accepted('1'));
    await gone;
    expect(box.recipient(id).state).toBe('queued');
    const other = new ScriptedCarrier();
    dispatcher.attach(other, { ...box.policy, carrierId: 2 });
    expect((await other.arrival(1)).submission.part).toBe(1);
    other.handed[0]?.answer(rejected);
  });

  test('does not wait for ever for one that hangs', async () => {
    const box = await openBox();
    const { carrier, dispatcher } = await dispatching(box);
    await box.accept();
    await carrier.arrival(1);
    const gone = dispatcher.detach(1);
    await box.clock.advance(9_000);
    await gone;
    expect(box.journal()).toMatchObject([{ state: 'handing' }]);
  });

  test('a part that a carrier going down refuses goes back to the queue uncounted', async () => {
    const box = await openBox();
    const { carrier, quietDown } = await dispatching(box);
    carrier.script = () => carrierFault;
    const { id } = await box.accept();
    await carrier.arrival(1);
    carrier.state = 'faulty';
    await quietDown();
    expect(box.recipient(id)).toMatchObject({ state: 'queued', tries: 0 });
  });
});

describe('an outcome that cannot be stored', () => {
  test('is kept and stored when that is possible again', async () => {
    const box = await openBox();
    const { carrier, quietDown } = await dispatching(box);
    const { id } = await box.accept();
    const held = await carrier.arrival(1);
    const real = box.stores.settles.settle.bind(box.stores.settles);
    let refusals = 2;
    box.stores.settles.settle = (...args) => {
      refusals -= 1;
      return refusals >= 0 ? Promise.reject(new Error('the disk is full')) : real(...args);
    };
    held.answer(accepted('1'));
    await quietDown();
    expect(box.recipient(id).state).toBe('sending');
    await box.clock.advance(3_000);
    await quietDown();
    expect(box.recipient(id).state).toBe('sent');
    expect(box.journal()).toMatchObject([{ state: 'accepted', reference: '1' }]);
  });
});

describe('after a crash', () => {
  test.each([
    ['hold', 'unknown', 0],
    ['resend', 'queued', 1],
  ] as const)('with the carrier set to %s a hand-over without an answer is %s', async (terms, state, queued) => {
    const before = await openBox();
    const { id } = await before.accept({ to: [phone(1), phone(2), phone(3)] });
    const [first] = await before.claim(2);
    await before.settle(first === undefined ? [] : [first], accepted('1'));
    const box = before.afterCrash();
    const { dispatcher } = await dispatching(box);
    await dispatcher.detach(1);
    const policy = { ...box.policy, uncertain: terms };
    expect(await dispatcher.recover(() => policy)).toBe(1);
    expect(box.recipients(id).map((row) => row.state)).toEqual(['sent', state, 'queued']);
    expect(box.message(id)).toMatchObject({ queued_count: 1 + queued, sending_count: 0 });
    expect(box.journal().map((entry) => [entry.state, entry.code])).toEqual([
      ['accepted', null],
      ['uncertain', 'stopped_between'],
    ]);
    expect(await dispatcher.recover(() => policy)).toBe(0);
  });

  test('what was claimed of a carrier that is gone is decided too', async () => {
    const before = await openBox();
    const { id } = await before.accept({ to: Array.from({ length: 1_200 }, (_, n) => phone(n)) });
    await before.claim(1_200);
    const box = before.afterCrash();
    const { dispatcher } = await dispatching(box);
    const policies: number[] = [];
    expect(
      await dispatcher.recover((carrierId) => {
        policies.push(carrierId);
        return { ...box.policy, carrierId };
      }),
    ).toBe(1_200);
    expect(new Set(policies)).toEqual(new Set([1]));
    expect(box.message(id)).toMatchObject({ unknown_count: 1_200, state: 'completed' });
  });

  test('an uncertain hand-over in the middle of a long text is sent again from that part on', async () => {
    const before = await openBox();
    await before.accept({ text: long, segments: 3 });
    await before.settle(await before.claim(), accepted('1'));
    const box = before.afterCrash();
    const { carrier, dispatcher } = await dispatching(box);
    await dispatcher.detach(1);
    await dispatcher.recover(() => ({ ...box.policy, uncertain: 'resend' }));
    await box.clock.advance(60_000);
    dispatcher.attach(carrier, box.policy);
    expect((await carrier.arrival(1)).submission.part).toBe(2);
  });
});

test('an uncertain outcome is neither repeated nor forgotten', async () => {
  const box = await openBox();
  const { carrier, quietDown } = await dispatching(box);
  carrier.script = () => uncertain;
  const { id } = await box.accept();
  await carrier.arrival(1);
  await quietDown();
  await box.clock.advance(30_000);
  expect(carrier.handed).toHaveLength(1);
  expect(box.recipient(id).state).toBe('unknown');
});
