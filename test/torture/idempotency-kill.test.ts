import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whyNoPty } from '../fakes/pty.ts';
import { KillRig } from './kill-rig.ts';
import { sender } from './life-plan.ts';

const noPty = whyNoPty();
if (noPty !== null) console.info(`skipped: kills between equal requests: ${noPty}`);

/** Milliseconds that the box lives on after the first two requests are on their way, from before they are read on; the last time until it answered them. */
const lifeTimes = [0, 1, 2, 3, 5, 8, null];

let rig: KillRig;
beforeEach(() => {
  rig = new KillRig();
});
afterEach(async () => {
  await rig.close();
});

interface Heard {
  readonly status: number;
  readonly answer: unknown;
}

/** The same request under the same Idempotency-Key; null when the connection broke before it was answered. */
async function ask(round: number): Promise<Heard | null> {
  const recipients = Array.from({ length: 500 }, (_, n) => `668${String(round)}${String(n).padStart(7, '0')}`);
  const body = { origin: sender, message: `#m90000${round}# once`, recipients, clientRef: `m90000${round}` };
  return await rig.box.post('/message/send', rig.key, body, { 'idempotency-key': `order ${round}` }).catch(() => null);
}

function written(round: number): number {
  return rig.books().messages.filter((row) => row.client_ref === `m90000${round}`).length;
}

test.skipIf(noPty !== null)(
  'two equal requests in flight, the box killed between them, and the same asked again: one message each time',
  { timeout: 90_000 },
  async () => {
    await rig.start();
    let answeredBefore = 0;
    for (const [round, life] of lifeTimes.entries()) {
      const first = Promise.all([ask(round), ask(round)]);
      if (life === null) await first;
      else await wait(life);
      await rig.box.kill();
      const early = (await first).filter((one) => one?.status === 200);
      answeredBefore += early.length === 0 ? 0 : 1;
      await rig.killAndRestart();
      const [again, andAgain] = [await ask(round), await ask(round)];
      expect([again?.status, andAgain?.status]).toEqual([200, 200]);
      expect(andAgain).toEqual(again);
      for (const answer of early) expect(again).toEqual(answer);
      expect(written(round)).toBe(1);
    }
    // Some kills came before the answer and some after it, or nothing was shown.
    expect(answeredBefore).toBeGreaterThan(0);
    expect(answeredBefore).toBeLessThan(lifeTimes.length);
  },
);
