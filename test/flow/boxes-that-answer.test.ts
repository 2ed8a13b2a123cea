import { assert, asyncProperty, constantFrom, integer, record, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { TwoWayRig } from '../services/two-way/two-way-rig.ts';

/** Boxes that answer each other by themselves: whatever their rules, and though a round takes hours, they fall silent. */

const minute = 60_000;
/** Two ways are a round, which must be shorter than the silence after which a number begins anew. */
const slowest = 170 * minute;
const numbers = [phone(1), phone(2), phone(3)] as const;
const [alpha, beta, gamma] = numbers;

interface Manners {
  readonly match: 'any' | 'exact' | 'contains';
  readonly keyword: string;
  readonly reply: string;
  /** Whom texts are sent on to besides; empty for nobody. */
  readonly forwardTo: string;
  readonly perNumber: number;
}

const words = [
  'PING',
  'PONG',
  'Thank you',
  'From the shop: hello',
  'Say PING',
  'You wrote "{text}"',
  '{text}',
  '{from} {time}',
];
const manners = (others: readonly string[]): Arbitrary<Manners> =>
  record({
    match: constantFrom('any' as const, 'any' as const, 'exact' as const, 'contains' as const),
    keyword: constantFrom('PING', 'PONG', 'Thank you'),
    reply: constantFrom(...words),
    forwardTo: constantFrom('', ...others),
    perNumber: integer({ min: 1, max: 8 }),
  });

/** One network for boxes with a number each: what a box sends to another's number comes in there, later. */
class Network {
  readonly #boxes: ReadonlyMap<string, TwoWayRig>;
  readonly #carried = new Map<string, number>();
  carried = 0;

  constructor(boxes: ReadonlyMap<string, TwoWayRig>) {
    this.#boxes = boxes;
  }

  /** Carries everything that was sent until now. @returns how much that was. */
  async carry(delay: number): Promise<number> {
    const under: { from: string; to: string; text: string }[] = [];
    for (const [from, rig] of this.#boxes) {
      const sent = rig.sent().slice(this.#carried.get(from) ?? 0);
      this.#carried.set(from, (this.#carried.get(from) ?? 0) + sent.length);
      under.push(...sent.map(({ to, text }) => ({ from, to, text })));
    }
    for (const rig of this.#boxes.values()) rig.box.clock.jump(delay);
    for (const { from, to, text } of under) await this.#boxes.get(to)?.receive(text, { from });
    this.carried += under.length;
    return under.length;
  }
}

async function boxWith({ match, keyword, reply, forwardTo, perNumber }: Manners): Promise<TwoWayRig> {
  const rig = await TwoWayRig.open({ credits: 100_000 });
  await rig.settings.set('inbound.answersPerNumber', perNumber);
  await rig.rule({
    match,
    keywords: match === 'any' ? [] : [keyword],
    reply,
    forwardTo: forwardTo === '' ? null : forwardTo,
  });
  return rig;
}

/** Hops until nothing is on its way any more; fails when that does not happen. */
async function hopsToSilence(boxes: ReadonlyMap<string, TwoWayRig>, delay: number): Promise<number> {
  const network = new Network(boxes);
  const first = boxes.get(alpha);
  // Somebody writes to one of them, under the number of another.
  for (const text of ['PING', 'PONG', 'Thank you']) await first?.receive(text, { from: beta });
  let hops = 0;
  while ((await network.carry(delay)) > 0) {
    hops += 1;
    if (hops > 150) throw new Error('they go on and on');
  }
  return network.carried;
}

test('two boxes, whatever their rules and the time that a text takes', async () => {
  await assert(
    asyncProperty(
      manners([gamma, beta]),
      manners([gamma, alpha]),
      integer({ min: 0, max: slowest / minute }),
      async (one, other, minutes) => {
        const boxes = new Map([
          [alpha, await boxWith(one)],
          [beta, await boxWith(other)],
        ]);
        // Three texts to begin with, and at the most twenty answers of each kind of box to the other without a pause.
        expect(await hopsToSilence(boxes, minutes * minute)).toBeLessThanOrEqual(3 * 2 * (20 + 30));
        for (const rig of boxes.values()) rig.box.close();
      },
    ),
    { seed: 20260115, numRuns: 15 },
  );
});

test('two boxes that answer anything with one word each, quickly and slowly', async () => {
  for (const delay of [0, 4 * minute, slowest]) {
    const same = { match: 'any' as const, keyword: '', forwardTo: '', perNumber: 3 };
    const boxes = new Map([
      [alpha, await boxWith({ ...same, reply: 'PING' })],
      [beta, await boxWith({ ...same, reply: 'PONG' })],
    ]);
    const carried = await hopsToSilence(boxes, delay);
    expect(carried).toBeGreaterThan(2);
    expect(carried).toBeLessThanOrEqual(40);
    for (const rig of boxes.values()) rig.box.close();
  }
});

test('three boxes that send everything on in a ring', async () => {
  const same = { match: 'any' as const, keyword: '', reply: 'Thank you', perNumber: 3 };
  const boxes = new Map([
    [alpha, await boxWith({ ...same, forwardTo: beta })],
    [beta, await boxWith({ ...same, forwardTo: gamma })],
    [gamma, await boxWith({ ...same, forwardTo: alpha })],
  ]);
  expect(await hopsToSilence(boxes, minute)).toBeLessThanOrEqual(60);
  for (const rig of boxes.values()) rig.box.close();
});
