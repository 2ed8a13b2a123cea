import { describe, expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { expectSound } from '../fakes/sound-books.ts';
import { accepted, openBox } from '../fakes/store-box.ts';
import { dispatching } from './dispatching.ts';

const races = 1_000;
const perMessage = 3;

/** A repeatable sequence of whole numbers below `below`. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

describe('1,000 messages that are cancelled while they are dispatched', () => {
  test('each recipient is cancelled and given back, or sent: never both, never neither', async () => {
    const box = await openBox({ credits: races * perMessage });
    const { carrier, quietDown } = await dispatching(box);
    const pick = sequence(20260115);
    carrier.width = 40;
    carrier.script = ({ id }) => accepted(String(id));
    const ids: number[] = [];
    const cancels: Promise<unknown>[] = [];
    const turns = async (count: number) => {
      for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    for (let round = 0; round < races; round += 1) {
      const to = Array.from({ length: perMessage }, (_, n) => phone(round * perMessage + n));
      const accepting = box.accept({ to }).then(async ({ id }) => {
        ids.push(id);
        await turns(pick(6));
        await box.stores.cancels.cancel(id, box.clock.now()).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'message.not_cancellable' });
        });
      });
      cancels.push(accepting);
      await turns(pick(3));
    }
    await Promise.all(cancels);
    await quietDown();
    const handed = new Map<string, number>();
    for (const { msisdn } of carrier.submissions) handed.set(msisdn, (handed.get(msisdn) ?? 0) + 1);
    const rows = box.recipients();
    expect(rows).toHaveLength(races * perMessage);
    const ends = { cancelled: 0, sent: 0 };
    for (const row of rows) {
      const times = handed.get(row.msisdn) ?? 0;
      if (row.state === 'cancelled') expect([times, row.refunded]).toEqual([0, 1]);
      else expect([row.state, times, row.refunded]).toEqual(['sent', 1, 0]);
      ends[row.state === 'cancelled' ? 'cancelled' : 'sent'] += 1;
    }
    for (const id of ids) expectSound(box, id);
    expect(box.stores.accounts.balance(1)).toBe(ends.cancelled);
    // A race in which one side always wins is none.
    expect(Math.min(ends.cancelled, ends.sent)).toBeGreaterThan(races / 5);
  });
});
