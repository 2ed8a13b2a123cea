import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageStates } from '../../server/domain/message-state.ts';
import type { HistoryFilter } from '../../server/store/message-history.ts';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, recipientDraft, rejected, type StoreBox } from '../fakes/store-box.ts';
import { allPages, byHand, historyOn } from './history-rig.ts';

const start = Date.UTC(2026, 0, 15, 3, 0, 0);
const hour = 3_600_000;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('accept' as const),
      accountId: fc.constantFrom(1, 2),
      origin: fc.constantFrom('Shop', 'Bank'),
      clientRef: fc.constantFrom(null, null, 'a', 'b'),
      numbers: fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 7 }),
      fate: fc.constantFrom('now', 'now', 'later', 'blocked', 'undone'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('clock' as const), hours: fc.integer({ min: -3, max: 4 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      count: fc.integer({ min: 1, max: 6 }),
      well: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), back: fc.nat({ max: 5 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('file' as const), numbers: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 });
const time = fc.option(
  fc.integer({ min: -10, max: 20 }).map((hours) => start + hours * hour),
  { nil: undefined, freq: 1 },
);
const question = fc.record({
  filter: fc.record<HistoryFilter>({
    accountId: maybe([1, 2, 3]),
    from: time,
    to: time,
    status: maybe(messageStates),
    origin: maybe(['Shop', 'Bank', 'None']),
    msisdn: maybe([phone(0), phone(3), phone(7), phone(9)]),
    clientRef: maybe(['a', 'b', 'c']),
  }),
  limit: fc.constantFrom(1, 2, 3, 50),
});

async function take(box: StoreBox, index: ReturnType<typeof historyOn>['index'], one: Step): Promise<void> {
  if (one.kind === 'clock') return box.clock.jump(one.hours * hour);
  if (one.kind === 'file') return void (one.numbers ? await index.fileNumbers() : await index.fileMessages());
  if (one.kind === 'send') {
    await box.settle(await box.claim(one.count), one.well ? accepted('1') : rejected, false);
    return;
  }
  if (one.kind === 'cancel') {
    const rows = box.peek.all<{ id: number }>('SELECT id FROM message ORDER BY id DESC LIMIT 6');
    const id = rows[one.back]?.id;
    if (id !== undefined) await box.stores.cancels.cancel(id, box.clock.now()).catch(() => {});
    return;
  }
  const { fate, numbers, accountId, origin, clientRef } = one;
  const blocked = (msisdn: string) => ({ ...recipientDraft(msisdn), state: 'blocked', credit: 0 }) as const;
  const to = numbers.map((n) => (fate === 'blocked' ? blocked(phone(n)) : phone(n)));
  const scheduledAt = fate === 'later' ? box.clock.now() + 100 * hour : null;
  // What is undone leaves ids that nobody has.
  const alongside = () => {
    if (fate === 'undone') throw new Error('undone');
  };
  await box.accept({ accountId, origin, clientRef, to, scheduledAt, alongside }).catch(() => {});
}

test('every list is what looking at everything gives, whatever was filed when', async () => {
  const box = await openBox();
  const { id } = await box.stores.accounts.create('Sales', 0);
  expect(id).toBe(2);
  await box.stores.accounts.addCredits(2, 1_000_000, null, 0);
  const { index, history } = historyOn(box);
  let found = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.array(question, { maxLength: 6 }), async (steps, asked) => {
      for (const one of steps) await take(box, index, one);
      for (const { filter, limit } of asked) {
        const { uuids } = await allPages(history, filter, limit, () => index.fileNumbers());
        found += uuids.length;
        expect(uuids).toEqual(byHand(box, filter));
      }
    }),
    // One box for all runs: what the steps did stays, so later questions are about much.
    { seed: 20_260_115, numRuns: 80, endOnFailure: true },
  );
  const { recipientId, messageId } = index.marks();
  expect([recipientId, messageId].every((mark) => mark > 100)).toBe(true);
  expect(found).toBeGreaterThan(500);
});
