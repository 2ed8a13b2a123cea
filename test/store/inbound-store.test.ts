import { describe, expect, test } from 'vitest';
import type { InboundPart } from '../../server/domain/carrier.ts';
import { InboundDesk } from '../../server/services/inbound-desk.ts';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, type StoreBox } from '../fakes/store-box.ts';

const from = '66811111111';
const day = 86_400_000;

interface Kept {
  readonly text: string;
  readonly complete: number;
  readonly sender: string;
}

function deskOn(box: StoreBox) {
  let uuids = 0;
  const desk = new InboundDesk({
    store: box.stores.inbound,
    clock: box.clock,
    newUuid: () => `uuid-${(uuids += 1)}`,
    accountId: () => 1,
  });
  const receive = (part: Partial<InboundPart>, carrierId = 1) =>
    desk.receive(carrierId, { from, to: null, text: 'Hi', sentAt: 1_000, concat: null, raw: null, ...part });
  const kept = () => box.peek.all<Kept>('SELECT text, complete, sender FROM inbound ORDER BY id');
  return { desk, receive, kept };
}

const part = (reference: number, number: number, partCount: number) => ({ reference, part: number, partCount });

describe('received messages', () => {
  test('are stored and told once, however often the modem gives them', async () => {
    const box = await openBox();
    const { receive, kept } = deskOn(box);
    for (let n = 0; n < 3; n += 1) await receive({ text: 'สวัสดี', raw: `different ${n}` });
    expect(kept()).toEqual([{ text: 'สวัสดี', complete: 1, sender: from }]);
    expect(box.events.map((event) => event.name)).toEqual(['sms.received']);
    expect(JSON.parse(box.events[0]?.body ?? '')).toMatchObject({ from, to: null, text: 'สวัสดี' });
  });

  test('without a time of the network are stored once for the same bytes, and each time where there are none', async () => {
    const { receive, kept } = deskOn(await openBox());
    await receive({ sentAt: null, raw: '00FF' });
    await receive({ sentAt: null, raw: '00FF' });
    await receive({ sentAt: null, raw: '00FE' });
    expect(kept()).toHaveLength(2);
    await receive({ sentAt: null, raw: null });
    await receive({ sentAt: null, raw: null });
    expect(kept()).toHaveLength(4);
  });

  test('with the same text, sent later or by another modem, are messages of their own', async () => {
    const { receive, kept } = deskOn(await openBox());
    await receive({});
    await receive({ sentAt: 2_000 });
    await receive({}, 2);
    expect(kept()).toHaveLength(3);
  });

  test('in parts are put together in their order, whatever order they come in', async () => {
    const box = await openBox();
    const { receive, kept } = deskOn(box);
    await receive({ text: 'c', concat: part(7, 3, 3) });
    await receive({ text: 'a', concat: part(7, 1, 3) });
    await receive({ text: 'a', concat: part(7, 1, 3) });
    expect(kept()).toEqual([]);
    expect(box.events).toEqual([]);
    await receive({ text: 'b', concat: part(7, 2, 3) });
    expect(kept()).toEqual([{ text: 'abc', complete: 1, sender: from }]);
    expect(box.events).toHaveLength(1);
  });

  test('parts of different texts are not mixed', async () => {
    const { receive, kept } = deskOn(await openBox());
    await receive({ text: 'a1', concat: part(7, 1, 2) });
    await receive({ text: 'b2', concat: part(8, 2, 2) });
    await receive({ text: 'c2', concat: part(7, 2, 2), from: '66822222222' });
    await receive({ text: 'd2', concat: part(7, 2, 3) });
    await receive({ text: 'e2', concat: part(7, 2, 2) }, 2);
    expect(kept()).toEqual([]);
    await receive({ text: 'a2', concat: part(7, 2, 2) });
    expect(kept()).toEqual([{ text: 'a1a2', complete: 1, sender: from }]);
  });

  test('whose missing parts do not come within a day are kept as far as they came', async () => {
    const box = await openBox();
    const { desk, receive, kept } = deskOn(box);
    await receive({ text: 'three', concat: part(7, 3, 3) });
    await receive({ text: 'one', concat: part(7, 1, 3) });
    await box.clock.advance(day);
    expect(await desk.releaseIncomplete()).toBe(0);
    await box.clock.advance(1);
    expect(await desk.releaseIncomplete()).toBe(1);
    expect(kept()).toEqual([{ text: 'onethree', complete: 0, sender: from }]);
    expect(await desk.releaseIncomplete()).toBe(0);
  });

  test('a reference used again days later does not pick up an old part', async () => {
    const box = await openBox();
    const { receive, kept } = deskOn(box);
    await receive({ text: 'old', concat: part(7, 1, 2), sentAt: 1 });
    await box.clock.advance(2 * day);
    await receive({ text: 'new', concat: part(7, 2, 2), sentAt: 2 });
    expect(kept()).toEqual([]);
  });
});

describe('the message that a text answers', () => {
  const replies = (box: StoreBox) =>
    box.peek.all<{ reply: number | null }>('SELECT reply_to AS reply FROM inbound ORDER BY id').map((row) => row.reply);
  const handOver = async (box: StoreBox) => box.settle(await box.claim(), accepted('1'), false);

  test('is the newest that was handed over for the sender, of the same account', async () => {
    const box = await openBox();
    const { receive } = deskOn(box);
    await box.stores.accounts.create('Sales', 0);
    await box.stores.accounts.addCredits(2, 10, null, 0);
    await receive({ text: 'before any' });
    await box.accept({ to: [from] });
    const newest = await box.accept({ to: ['66822222222', from] });
    await box.accept({ to: ['66822222222'] });
    await box.accept({ to: [from], accountId: 2 });
    await handOver(box);
    await box.accept({ to: [from] });
    await receive({ text: 'an answer' });
    await receive({ text: 'in national form', from: `0${from.slice(2)}` });
    await receive({ text: 'a name', from: 'SCB' });
    await receive({ text: 'somebody else', from: '66833333333' });
    expect(replies(box)).toEqual([null, newest.id, newest.id, null, null]);
    expect(box.peek.one('SELECT sender FROM inbound WHERE id = 3')).toEqual({ sender: from });
  });

  test('is not older than seven days, also when it was filed meanwhile', async () => {
    const box = await openBox();
    const { receive } = deskOn(box);
    const { id } = await box.accept({ to: [from] });
    await handOver(box);
    await box.accept({ to: Array.from({ length: 2_100 }, (_, n) => phone(n)) });
    expect(await box.stores.historyIndex.fileNumbers()).toBe(true);
    await box.clock.advance(7 * day);
    await receive({ text: 'in time' });
    await box.clock.advance(1);
    await receive({ text: 'too late' });
    expect(replies(box)).toEqual([id, null]);
  });
});
