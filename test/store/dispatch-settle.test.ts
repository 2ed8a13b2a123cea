import { describe, expect, test } from 'vitest';
import { retryDelay } from '../../server/domain/retry.ts';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, rejected, retry, type StoreBox, uncertain } from '../fakes/store-box.ts';

const long = 'The first part of three. '.repeat(15);

async function claimOne(box: StoreBox) {
  const [claim] = await box.claim(1);
  if (claim === undefined) throw new Error('nothing to claim');
  return claim;
}

/** Waits out the delay of the next try and claims it. */
async function claimAgain(box: StoreBox, id: number) {
  await box.clock.advance((box.recipient(id).retry_at ?? 0) - box.clock.now());
  return await claimOne(box);
}

describe('accepted', () => {
  test('makes the recipient sent and keeps the reference; the message waits for the report', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await box.settle(await box.claim(), accepted('17'));
    expect(box.recipient(id)).toMatchObject({ state: 'sent', sent_at: box.clock.now(), finished_at: null });
    expect(box.message(id)).toMatchObject({ state: 'sending', sent_count: 1, handed_count: 1, open_count: 1 });
    expect(box.journal()).toMatchObject([{ state: 'accepted', reference: '17', answered_at: box.clock.now() }]);
    expect(box.events.map((event) => event.name)).toEqual(['sms.sent']);
  });

  test('is the end where the carrier tells no deliveries', async () => {
    const box = await openBox();
    box.policy = { ...box.policy, reports: false };
    const { id } = await box.accept();
    await box.settle(await box.claim(), accepted('17'));
    expect(box.recipient(id)).toMatchObject({ state: 'sent', finished_at: box.clock.now() });
    expect(box.message(id)).toMatchObject({ state: 'completed', sent_count: 1, open_count: 0 });
    expect(box.events.map((event) => event.name)).toEqual(['sms.sent', 'sms.completed']);
  });

  test('many outcomes are one transaction', async () => {
    const box = await openBox();
    await box.accept({ to: Array.from({ length: 40 }, (_, n) => phone(n)) });
    const claims = await box.claim();
    const before = box.stores.stats().commits;
    await box.settle(claims, accepted('1'));
    expect(box.stores.stats().commits - before).toBe(1);
    expect(box.message(1).sent_count).toBe(40);
  });
});

describe('rejected', () => {
  test('fails the recipient with the reason and refunds it, for nothing was handed over', async () => {
    const box = await openBox({ credits: 5 });
    const { id } = await box.accept({ to: [phone(1), phone(2)] });
    const [first, second] = await box.claim();
    if (first === undefined || second === undefined) throw new Error('two were queued');
    await box.settle([first], rejected);
    await box.settle([second], accepted('1'));
    expect(box.recipients(id)[0]).toMatchObject({
      state: 'failed',
      error_code: 'invalid',
      error_message: 'The network refused it.',
      refunded: 1,
    });
    expect(box.message(id)).toMatchObject({ state: 'sending', failed_count: 1, refunded_count: 1, open_count: 1 });
    expect(box.stores.accounts.balance(1)).toBe(4);
  });

  test('a message of which nothing could be sent is failed', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await box.settle(await box.claim(), rejected);
    expect(box.message(id)).toMatchObject({ state: 'failed', completed_at: box.clock.now(), handed_count: 0 });
    expect(box.events.map((event) => event.name)).toEqual(['sms.failed', 'sms.completed']);
  });

  test('refunds of one commit are one ledger entry a message', async () => {
    const box = await openBox({ credits: 50 });
    const { id } = await box.accept({ to: Array.from({ length: 30 }, (_, n) => phone(n)) });
    await box.settle(await box.claim(), rejected);
    expect(box.peek.all('SELECT change, balance FROM ledger WHERE message_id = ? ORDER BY id', id)).toEqual([
      { change: -30, balance: 20 },
      { change: 30, balance: 50 },
    ]);
  });
});

describe('retry', () => {
  test('waits longer each time and gives up after eight tries', async () => {
    const box = await openBox({ credits: 5 });
    const { id } = await box.accept({ expiresAt: box.clock.now() + 90 * 86_400_000 });
    let claim = await claimOne(box);
    for (let tries = 1; tries < 8; tries += 1) {
      await box.settle([claim], retry());
      const row = box.recipient(id);
      expect(row).toMatchObject({ state: 'queued', tries, retry_lane: 2, error_code: 'busy' });
      expect((row.retry_at ?? 0) - box.clock.now()).toBe(retryDelay(tries, 0.5));
      expect(await box.claim()).toEqual([]);
      claim = await claimAgain(box, id);
    }
    await box.settle([claim], retry());
    expect(box.recipient(id)).toMatchObject({ state: 'failed', tries: 8, refunded: 1 });
    expect(box.recipient(id).error_message).toContain('Given up after 8 tries');
    expect(box.stores.accounts.balance(1)).toBe(5);
    expect(box.journal().map((entry) => entry.state)).toEqual(Array.from({ length: 8 }, () => 'retry'));
  });

  test('a fault of the carrier is not counted against the message', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    let claim = await claimOne(box);
    for (let turn = 0; turn < 20; turn += 1) {
      await box.settle([claim], retry({ carrierFault: true }));
      expect(box.recipient(id)).toMatchObject({ state: 'queued', tries: 0 });
      claim = await claimAgain(box, id);
    }
    await box.settle([claim], accepted('3'));
    expect(box.recipient(id)).toMatchObject({ state: 'sent', tries: 1, error_code: null, error_message: null });
    expect(box.message(id)).toMatchObject({ state: 'sending', handed_count: 1 });
  });

  test('a wait that the carrier asks for is kept', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await box.settle(await box.claim(), retry({ afterMs: 42_000 }));
    expect(box.recipient(id).retry_at).toBe(box.clock.now() + 42_000);
  });
});

describe('long texts', () => {
  test('go part by part: the next one is journaled with the answer to the one before', async () => {
    const box = await openBox({ credits: 10 });
    const { id } = await box.accept({ text: long, segments: 3 });
    let [claim] = await box.claim();
    const parts: string[] = [];
    const references = new Set<number>();
    for (let part = 1; part <= 3; part += 1) {
      expect(claim?.submission).toMatchObject({ part, partCount: 3, encoding: 'gsm7' });
      expect(box.journal().at(-1)).toMatchObject({ state: 'handing', part, part_count: 3, id: claim?.submission.id });
      expect(box.recipient(id).state).toBe('sending');
      parts.push(claim?.submission.text ?? '');
      references.add(claim?.submission.concatReference ?? -1);
      [claim] = await box.settle(claim === undefined ? [] : [claim], accepted(String(part)));
    }
    expect(claim).toBeUndefined();
    expect(parts.join('')).toBe(long);
    expect(references.size).toBe(1);
    expect(box.recipient(id)).toMatchObject({ state: 'sent', tries: 1 });
    expect(box.message(id)).toMatchObject({ handed_count: 1, sent_count: 1 });
  });

  test('after a retry it goes on with the part that did not go', async () => {
    const box = await openBox();
    const { id } = await box.accept({ text: long, segments: 3 });
    const [second] = await box.settle(await box.claim(), accepted('1'));
    await box.settle(second === undefined ? [] : [second], retry());
    const again = await claimAgain(box, id);
    expect(again.submission).toMatchObject({ part: 2, text: second?.submission.text });
    expect(again.submission.concatReference).toBe(second?.submission.concatReference);
    const [third] = await box.settle([again], accepted('2'));
    expect(third?.submission.part).toBe(3);
    expect(await box.settle(third === undefined ? [] : [third], accepted('3'))).toEqual([]);
    expect(box.recipient(id).state).toBe('sent');
    expect(box.journal().map((entry) => [entry.part, entry.state])).toEqual([
      [1, 'accepted'],
      [2, 'retry'],
      [2, 'accepted'],
      [3, 'accepted'],
    ]);
  });

  test('when the carrier stops between two parts, the next claim goes on where it was', async () => {
    const box = await openBox();
    const { id } = await box.accept({ text: long, segments: 3 });
    expect(await box.settle(await box.claim(), accepted('1'), false)).toEqual([]);
    expect(box.recipient(id)).toMatchObject({ state: 'queued', tries: 0 });
    const again = await claimOne(box);
    expect(again.submission.part).toBe(2);
    expect(box.message(id)).toMatchObject({ handed_count: 1, sending_count: 1 });
  });

  test('when a later part is refused the message fails and is not refunded: a part went out', async () => {
    const box = await openBox({ credits: 10 });
    const { id } = await box.accept({ text: long, segments: 3 });
    const next = await box.settle(await box.claim(), accepted('1'));
    await box.settle(next, rejected);
    expect(box.recipient(id)).toMatchObject({ state: 'failed', refunded: 0 });
    expect(box.message(id)).toMatchObject({ state: 'completed', failed_count: 1, open_count: 0 });
    expect(box.stores.accounts.balance(1)).toBe(7);
  });

  test('no further part goes out once a report says that one has failed', async () => {
    const box = await openBox();
    const { id } = await box.accept({ text: long, segments: 3 });
    const second = await box.settle(await box.claim(), accepted('1'));
    await box.report('1', phone(1), { verdict: 'failed', code: 'TP-Status 0x43' });
    expect(box.recipient(id)).toMatchObject({ state: 'failed', error_code: 'TP-Status 0x43' });
    expect(await box.settle(second, accepted('2'))).toEqual([]);
    expect(box.journal().map((entry) => [entry.part, entry.state])).toEqual([
      [1, 'reported'],
      [2, 'accepted'],
    ]);
  });

  test('nor when that report came before the answer to its own part', async () => {
    const box = await openBox();
    const { id } = await box.accept({ text: long, segments: 3 });
    const first = await box.claim();
    await box.report('1', phone(1), { verdict: 'failed', code: 'TP-Status 0x43' });
    expect(await box.settle(first, accepted('1'))).toEqual([]);
    expect(box.recipient(id).state).toBe('failed');
    expect(box.journal()).toHaveLength(1);
  });
});

describe('uncertain', () => {
  test('is held as unknown, neither sent again nor refunded', async () => {
    const box = await openBox({ credits: 5 });
    const { id } = await box.accept();
    await box.settle(await box.claim(), uncertain);
    expect(box.recipient(id)).toMatchObject({ state: 'unknown', refunded: 0, error_code: 'no_answer' });
    expect(box.message(id)).toMatchObject({ state: 'completed', unknown_count: 1, open_count: 0 });
    await box.clock.advance(3_600_000);
    expect(await box.claim()).toEqual([]);
    expect(box.stores.accounts.balance(1)).toBe(4);
  });

  test('is sent again where the carrier is set so, up to eight tries', async () => {
    const box = await openBox();
    box.policy = { ...box.policy, uncertain: 'resend' };
    const { id } = await box.accept({ expiresAt: box.clock.now() + 90 * 86_400_000 });
    let claim = await claimOne(box);
    for (let tries = 1; tries < 8; tries += 1) {
      await box.settle([claim], uncertain);
      claim = await claimAgain(box, id);
    }
    await box.settle([claim], uncertain);
    expect(box.recipient(id)).toMatchObject({ state: 'unknown', tries: 8 });
    expect(box.journal()).toHaveLength(8);
  });

  test('is held all the same when its validity would end before it could be sent again', async () => {
    const box = await openBox({ credits: 5 });
    box.policy = { ...box.policy, uncertain: 'resend' };
    const { id } = await box.accept({ expiresAt: box.clock.now() + 4_000 });
    await box.settle(await box.claim(), uncertain);
    expect(box.recipient(id)).toMatchObject({ state: 'unknown', refunded: 0 });
    expect(box.stores.accounts.balance(1)).toBe(4);
  });
});

describe('what comes twice or late', () => {
  test('a settlement repeated with another outcome changes nothing', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    const claims = await box.claim();
    await box.settle(claims, accepted('9'));
    const before = { message: box.message(id), recipient: box.recipient(id), journal: box.journal() };
    const counts = box.peek.counts();
    for (const outcome of [accepted('9'), accepted('10'), rejected, retry(), uncertain]) {
      expect(await box.settle(claims, outcome)).toEqual([]);
    }
    expect({ message: box.message(id), recipient: box.recipient(id), journal: box.journal() }).toEqual(before);
    expect(box.peek.counts()).toEqual(counts);
  });

  test('an answer after the message has come back into the queue belongs to the old hand-over alone', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    const old = await box.claim();
    await box.settle(old, retry({ afterMs: 0 }));
    const current = await box.claim();
    expect(await box.settle(old, rejected)).toEqual([]);
    expect(box.recipient(id).state).toBe('sending');
    await box.settle(current, accepted('1'));
    expect(box.recipient(id).state).toBe('sent');
  });
});
