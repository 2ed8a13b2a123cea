import { describe, expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { expectSound } from '../fakes/sound-books.ts';
import { accepted, openBox, retry, uncertain, type StoreBox } from '../fakes/store-box.ts';

const many = (count: number) => Array.from({ length: count }, (_, n) => phone(n));
const block = (box: StoreBox, numbers: readonly string[]) =>
  box.stores.accounts.blocked.add(1, numbers, 'manual', box.clock.now());
const statesOf = (box: StoreBox, id: number) => box.recipients(id).map((row) => row.state);

describe('a number that is blocked while its message waits', () => {
  test('is not sent to: ended as blocked, given back, told', async () => {
    const box = await openBox({ credits: 10 });
    const { id } = await box.accept({ to: many(3), segments: 2, clientRef: 'order 7' });
    await block(box, [phone(1)]);
    const claims = await box.claim();
    expect(claims.map((claim) => claim.submission.msisdn)).toEqual([phone(0), phone(2)]);
    expect(box.recipients(id)[1]).toMatchObject({ state: 'blocked', error_code: 'blocked', refunded: 2, tries: 0 });
    expect(box.stores.accounts.balance(1)).toBe(6);
    expect(box.events.map((event) => [event.name, JSON.parse(event.body) as unknown])).toEqual([
      ['sms.failed', expect.objectContaining({ msisdn: phone(1), status: 'blocked', errorCode: 'blocked' })],
    ]);
    await box.settle(claims, accepted('1'));
    expect(box.message(id)).toMatchObject({ blocked_count: 1, sent_count: 2, queued_count: 0, refunded_count: 1 });
    expectSound(box, id);
  });

  test('ends a message whose only recipient it is', async () => {
    const box = await openBox();
    const { id } = await box.accept();
    await block(box, [phone(1)]);
    expect(await box.claim()).toEqual([]);
    expect(box.message(id)).toMatchObject({ state: 'failed', blocked_count: 1, open_count: 0 });
    expect(box.events.map((event) => event.name)).toEqual(['sms.failed', 'sms.completed']);
    expectSound(box, id);
  });

  test('is found among those that are tried again; what a network may have is not given back', async () => {
    const box = await openBox();
    const long = 'Three parts of one text, no more. '.repeat(12);
    const ids: number[] = [];
    for (let n = 0; n < 3; n += 1) ids.push((await box.accept({ to: [phone(n)], text: long, segments: 3 })).id);
    const [untouched, partly, doubtful] = (await box.claim()).map((claim) => [claim]);
    await box.settle(untouched ?? [], retry({ afterMs: 0 }));
    // The first part is out, the next one waits for another claim.
    await box.settle(partly ?? [], accepted('1'), false);
    box.policy = { ...box.policy, uncertain: 'resend' };
    await box.settle(doubtful ?? [], uncertain);
    await block(box, many(3));
    await box.clock.advance(10 * 60_000);
    expect(await box.claim()).toEqual([]);
    expect(ids.map((id) => box.recipient(id)).map((row) => [row.state, row.refunded])).toEqual([
      ['blocked', 3],
      ['blocked', 0],
      ['blocked', 0],
    ]);
    expect(box.stores.claims.hasWork(box.clock.now() + 3_600_000)).toBe(false);
    for (const id of ids) expectSound(box, id);
  });

  test('is sent to when it is taken off the list again in time', async () => {
    const box = await openBox();
    await box.accept();
    await block(box, [phone(1)]);
    await box.stores.accounts.blocked.remove(1, [phone(1)]);
    expect(await box.claim()).toHaveLength(1);
  });

  test('still gets its one-time code', async () => {
    const box = await openBox();
    await box.accept({ lane: 'otp' });
    await block(box, [phone(1)]);
    expect(await box.claim()).toHaveLength(1);
  });

  test('of another account is not looked at', async () => {
    const box = await openBox();
    const other = await box.stores.accounts.create('Other', 0);
    await box.accept();
    await box.stores.accounts.blocked.add(other.id, [phone(1)], 'manual', 0);
    expect(await box.claim()).toHaveLength(1);
  });

  test('many of them are ended a share at a time, and the others are not kept waiting for ever', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: many(2_000), lane: 'bulk' });
    await block(box, many(1_999));
    const begun = statesOf(box, id).length;
    let claimed = await box.claim(100);
    const first = statesOf(box, id).filter((state) => state === 'blocked').length;
    expect([begun, claimed.length, first > 200 && first < 500]).toEqual([2_000, 0, true]);
    for (let turn = 0; turn < 20 && claimed.length === 0; turn += 1) claimed = await box.claim(100);
    expect(claimed.map((claim) => claim.submission.msisdn)).toEqual([phone(1_999)]);
    await box.settle(claimed, accepted('1'));
    expect(box.message(id)).toMatchObject({ blocked_count: 1_999, sent_count: 1 });
    expectSound(box, id);
  });
});
