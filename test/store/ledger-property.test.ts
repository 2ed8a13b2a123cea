import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SubmitOutcome } from '../../server/domain/carrier.ts';
import { isOpenOrder, type OrderEnd } from '../../server/domain/credit-order.ts';
import { canMoveRecipient, recipientStates, type RecipientState } from '../../server/domain/message-state.ts';
import type { ClaimedRecipient } from '../../server/store/claimed-recipient.ts';
import type { MessageRecord } from '../../server/store/rows.ts';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, rejected, retry, type StoreBox, uncertain } from '../fakes/store-box.ts';

const initial = 60;
const threshold = 40;
const longText = 'Several parts of one text. '.repeat(12);

/** What a box may live through, one step at a time. */
type Step =
  | { readonly kind: 'accept'; readonly count: number; readonly long: boolean; readonly minutes: number }
  | { readonly kind: 'claim'; readonly room: number }
  | { readonly kind: 'settle'; readonly pick: number; readonly outcome: SubmitOutcome; readonly goOn: boolean }
  | { readonly kind: 'settleAgain'; readonly pick: number; readonly outcome: SubmitOutcome }
  | { readonly kind: 'report'; readonly reference: string; readonly to: number; readonly delivered: boolean }
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'sweep'; readonly giveUp: boolean }
  | { readonly kind: 'resend'; readonly pick: number }
  | { readonly kind: 'credit'; readonly amount: number }
  | { readonly kind: 'order'; readonly credits: number }
  | { readonly kind: 'decide'; readonly pick: number; readonly twice: boolean; readonly end: OrderEnd };

const pick = fc.nat({ max: 20 });
const reference = fc.constantFrom('1', '2', '3');
const outcome = fc.oneof(
  { weight: 2, arbitrary: reference.map(accepted) },
  fc.constantFrom<SubmitOutcome>(
    rejected,
    uncertain,
    retry({ afterMs: 30_000 }),
    retry({ afterMs: 0, carrierFault: true }),
  ),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('accept' as const),
      count: fc.integer({ min: 1, max: 5 }),
      long: fc.boolean(),
      minutes: fc.constantFrom(1, 60, 2_880),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('claim' as const), room: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('settle' as const), pick, outcome, goOn: fc.boolean() }) },
  fc.record({ kind: fc.constant('settleAgain' as const), pick, outcome }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      reference,
      to: fc.integer({ min: 0, max: 4 }),
      delivered: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(1, 30, 3_000) }),
  fc.record({ kind: fc.constant('sweep' as const), giveUp: fc.boolean() }),
  fc.record({ kind: fc.constant('resend' as const), pick }),
  fc.record({ kind: fc.constant('credit' as const), amount: fc.integer({ min: -30, max: 30 }) }),
  fc.record({ kind: fc.constant('order' as const), credits: fc.integer({ min: 1, max: 20 }) }),
  fc.record({
    kind: fc.constant('decide' as const),
    pick,
    twice: fc.boolean(),
    end: fc.constantFrom<OrderEnd>('completed', 'completed', 'rejected', 'cancelled'),
  }),
);

/** A box with what its carrier has in hand, and the hand-overs that are over. */
interface Life {
  readonly box: StoreBox;
  readonly open: ClaimedRecipient[];
  readonly over: ClaimedRecipient[];
}

async function take(life: Life, taken: Step): Promise<void> {
  const { box, open, over } = life;
  switch (taken.kind) {
    case 'accept': {
      const text = taken.long ? longText : 'Hi';
      const to = Array.from({ length: taken.count }, (_, n) => phone(n));
      const expiresAt = box.clock.now() + taken.minutes * 60_000;
      await box.accept({ to, text, segments: taken.long ? 3 : 1, expiresAt }).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'credit.insufficient' });
      });
      return;
    }
    case 'claim':
      open.push(...(await box.claim(taken.room)));
      return;
    case 'settle': {
      const [claim] = open.splice(taken.pick % Math.max(1, open.length), 1);
      if (claim === undefined) return;
      over.push(claim);
      open.push(...(await box.settle([claim], taken.outcome, taken.goOn)));
      return;
    }
    case 'settleAgain': {
      const claim = over[taken.pick % Math.max(1, over.length)];
      if (claim === undefined) return;
      const before = JSON.stringify([box.recipients(), box.journal()]);
      expect(await box.settle([claim], taken.outcome)).toEqual([]);
      expect(JSON.stringify([box.recipients(), box.journal()])).toBe(before);
      return;
    }
    case 'report':
      await box.report(taken.reference, phone(taken.to), { verdict: taken.delivered ? 'delivered' : 'failed' });
      return;
    case 'pass':
      await box.clock.advance(taken.minutes * 60_000);
      return;
    case 'sweep':
      if (taken.giveUp) await box.stores.sweeps.giveUpReports(box.clock.now(), box.clock.now());
      else await box.stores.sweeps.expireOverdue(box.clock.now());
      return;
    case 'resend':
      await resend(box, taken.pick);
      return;
    case 'credit':
      await box.stores.accounts.addCredits(1, taken.amount, null, box.clock.now()).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'credit.invalid_amount' });
      });
      return;
    case 'order': {
      const { credits } = taken;
      const at = box.clock.now();
      await box.stores.credits.addOrder({ accountId: 1, credits, state: 'requested', note: null, by: 'ann', at });
      return;
    }
    case 'decide':
      await decide(box, taken);
  }
}

async function resend(box: StoreBox, index: number): Promise<void> {
  const unknown = box.recipients().filter((row) => row.state === 'unknown');
  const recipient = unknown[index % Math.max(1, unknown.length)];
  const message = recipient === undefined ? undefined : box.stores.messages.byId(recipient.message_id);
  if (recipient === undefined || message === undefined) return;
  await box.stores.sweeps.resendUnknown(message, recipient, 3_600_000, box.clock.now());
}

async function decide(box: StoreBox, { pick: index, twice, end }: Step & { readonly kind: 'decide' }): Promise<void> {
  const { credits } = box.stores;
  const orders = credits.orders({}, Number.MAX_SAFE_INTEGER, 100);
  const order = orders[index % Math.max(1, orders.length)];
  if (order === undefined) return;
  const decision = { by: 'ada', reason: null, at: box.clock.now() };
  const once = async () =>
    end === 'completed'
      ? await credits.complete(order.id, decision)
      : await credits.endWithout(order.id, end, decision);
  const tries = await Promise.allSettled(twice ? [once(), once()] : [once()]);
  const worked = tries.filter((one) => one.status === 'fulfilled').length;
  expect(worked).toBe(isOpenOrder(order.state) ? 1 : 0);
}

type States = ReadonlyMap<number, RecipientState>;
const statesOf = (box: StoreBox): States => new Map(box.recipients().map((row) => [row.id, row.state]));

/** Two moves may lie in one transaction: an answer together with the report that came before it. */
function mayBecome(from: RecipientState, to: RecipientState): boolean {
  if (from === to || canMoveRecipient(from, to)) return true;
  return recipientStates.some((between) => canMoveRecipient(from, between) && canMoveRecipient(between, to));
}

const messageOrder = ['pending', 'sending', 'completed'];

function check(box: StoreBox, before: States, messagesBefore: ReadonlyMap<number, string>): void {
  for (const [id, state] of statesOf(box)) {
    const from = before.get(id);
    if (from !== undefined) expect(mayBecome(from, state), `recipient ${id}: ${from} to ${state}`).toBe(true);
  }
  let spent = 0;
  for (const message of box.peek.all<MessageRecord>('SELECT * FROM message')) {
    const rows = box.recipients(message.id);
    const counted = (state: RecipientState) => rows.filter((row) => row.state === state).length;
    const columns = message as unknown as Readonly<Record<string, unknown>>;
    for (const state of recipientStates) expect(columns[`${state}_count`], `${state}_count`).toBe(counted(state));
    expect(message.open_count, 'open_count').toBe(rows.filter((row) => row.finished_at === null).length);
    expect(message.refunded_count, 'refunded_count').toBe(rows.filter((row) => row.refunded > 0).length);
    expect(rows.every((row) => row.refunded === 0 || row.refunded === row.credit)).toBe(true);
    const was = messagesBefore.get(message.id) ?? 'pending';
    const ended = message.state === 'failed' ? 'completed' : message.state;
    expect(messageOrder.indexOf(ended)).toBeGreaterThanOrEqual(
      messageOrder.indexOf(was === 'failed' ? 'completed' : was),
    );
    if (message.open_count === 0) expect(['completed', 'failed']).toContain(message.state);
    spent += message.credit - rows.reduce((sum, row) => sum + row.refunded, 0);
  }
  checkLedger(box, spent);
}

function checkLedger(box: StoreBox, spent: number): void {
  const ledger = box.peek.all<{ change: number; balance: number; cause: string }>(
    'SELECT change, balance, cause FROM ledger ORDER BY id',
  );
  const added = (...causes: string[]) =>
    ledger.filter((entry) => causes.includes(entry.cause)).reduce((sum, entry) => sum + entry.change, 0);
  let running = 0;
  let crossings = 0;
  for (const entry of ledger) {
    running += entry.change;
    expect(entry.balance).toBe(running);
    expect(running).toBeGreaterThanOrEqual(0);
    if (entry.balance < threshold && entry.balance - entry.change >= threshold) crossings += 1;
  }
  expect(box.stores.accounts.balance(1)).toBe(running);
  expect(running).toBe(added('added', 'taken', 'order') - spent);
  const completed = box.peek.one<{ sum: number }>(
    "SELECT COALESCE(SUM(credits), 0) AS sum FROM credit_order WHERE state = 'completed'",
  );
  expect(added('order')).toBe(completed.sum);
  expect(box.events.filter((event) => event.name === 'credit.low')).toHaveLength(crossings);
  expect(box.stores.accounts.ledgerMismatches()).toEqual([]);
}

test('whatever happens, counters count, states move one way and the ledger adds up to the balance', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 50, size: 'max' }), async (steps) => {
      const box = await openBox({ credits: initial });
      await box.stores.accounts.change(1, { lowCreditThreshold: threshold });
      const life: Life = { box, open: [], over: [] };
      for (const one of steps) {
        const before = statesOf(box);
        const messages = box.peek.all<{ id: number; state: string }>('SELECT id, state FROM message');
        await take(life, one);
        check(box, before, new Map(messages.map((row) => [row.id, row.state])));
      }
      box.close();
    }),
    { seed: 20260115, numRuns: 40 },
  );
}, 20_000);
