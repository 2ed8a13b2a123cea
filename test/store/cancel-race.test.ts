import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SubmitOutcome } from '../../server/domain/carrier.ts';
import type { Cancelled } from '../../server/store/cancel-store.ts';
import type { ClaimedRecipient } from '../../server/store/claimed-recipient.ts';
import { phone } from '../fakes/box.ts';
import { expectSound } from '../fakes/sound-books.ts';
import { accepted, openBox, rejected, retry, type StoreBox, uncertain } from '../fakes/store-box.ts';

const many = (count: number) => Array.from({ length: count }, (_, n) => phone(n));
const cancel = (box: StoreBox, id: number) => box.stores.cancels.cancel(id, box.clock.now());
const notCancellable = expect.objectContaining({ code: 'message.not_cancellable' });
const longText = 'Several parts of one text. '.repeat(12);

describe('cancel and dispatch at the same time', () => {
  const outcome = fc.constantFrom<SubmitOutcome>(
    accepted('1'),
    accepted('2'),
    rejected,
    uncertain,
    retry({ afterMs: 0 }),
    retry({ afterMs: 0, carrierFault: true }),
  );
  const step = fc.oneof(
    fc.record({ kind: fc.constant('claim' as const), room: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant('settle' as const), pick: fc.nat({ max: 9 }), outcome, goOn: fc.boolean() }),
    fc.record({ kind: fc.constant('report' as const), to: fc.nat({ max: 7 }), reference: fc.constantFrom('1', '2') }),
    fc.record({ kind: fc.constant('cancel' as const) }),
    fc.record({ kind: fc.constant('wait' as const) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

  /** Starts all steps without waiting for one another, but where a step says so. */
  async function live(box: StoreBox, id: number, steps: readonly Step[]): Promise<Set<string>> {
    const held: ClaimedRecipient[] = [];
    const answers = new Set<string>();
    let running: Promise<unknown>[] = [];
    const wait = async () => {
      await Promise.all(running);
      running = [];
    };
    for (const one of steps) {
      if (one.kind === 'wait') await wait();
      else if (one.kind === 'claim') running.push(box.claim(one.room).then((claims) => held.push(...claims)));
      else if (one.kind === 'report') running.push(box.report(one.reference, phone(one.to)));
      else if (one.kind === 'cancel') running.push(cancelled(box, id).then((answer) => answers.add(answer)));
      else {
        const [claim] = held.splice(one.pick % Math.max(1, held.length), 1);
        if (claim !== undefined)
          running.push(box.settle([claim], one.outcome, one.goOn).then((next) => held.push(...next)));
      }
    }
    await wait();
    return answers;
  }

  async function cancelled(box: StoreBox, id: number): Promise<string> {
    const answer = await cancel(box, id).catch((error: unknown): Cancelled | null => {
      expect(error).toEqual(notCancellable);
      return null;
    });
    return answer === null ? 'nothing' : JSON.stringify(answer);
  }

  test('every recipient is either cancelled and given back or goes to a carrier, and the answer stays', async () => {
    const box = await openBox();
    let cancellations = 0;
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 24 }),
      fc.boolean(),
      async (steps, long) => {
        const text = long ? longText : 'Hello';
        const { id } = await box.accept({ to: many(8), text, segments: long ? 3 : 1 });
        const answers = await live(box, id, steps);
        expectSound(box, id);
        answers.delete('nothing');
        expect(answers.size).toBeLessThan(2);
        if (answers.size === 1) {
          cancellations += 1;
          const row = box.message(id);
          expect(row.state).toBe('cancelled');
          expect([...answers]).toEqual([
            JSON.stringify({ cancelledCount: row.cancelled_count, refundedCredit: row.cancelled_credit }),
          ]);
        }
        await cancelled(box, id);
        expectSound(box, id);
      },
    );
    await fc.assert(property, { seed: 20260115, numRuns: 300 });
    expect(cancellations).toBeGreaterThan(100);
  });
});
