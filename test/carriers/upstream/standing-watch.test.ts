import { expect, test } from 'vitest';
import type { Standing } from '../../../server/carriers/upstream/provider.ts';
import { StandingWatch } from '../../../server/carriers/upstream/standing-watch.ts';
import { causeOf } from '../../../server/domain/reason.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

const cause = causeOf('upstream.fault');
const well: Standing = { kind: 'well' };
const away: Standing = { kind: 'away', reason: 'it is away', cause };
const closed: Standing = { kind: 'closed', reason: 'it is closed', cause };

async function watching(first: Standing, looks = true) {
  const clock = new ManualClock();
  const world = { next: first, looked: [] as number[], told: [] as string[] };
  const watch: StandingWatch = new StandingWatch({
    clock,
    random: { bytes: (n) => new Uint8Array(n), fraction: () => 0 },
    look: looks
      ? () => {
          world.looked.push(clock.monotonic());
          return Promise.resolve(world.next);
        }
      : null,
    changed: () => world.told.push(watch.state),
  });
  watch.start();
  await clock.advance(0);
  return { clock, world, watch };
}

test('one that is away is looked at after 5, 10, 20 … seconds, at last every five minutes', async () => {
  const { clock, world, watch } = await watching(away);
  expect([watch.state, watch.reason]).toEqual(['waiting', 'it is away']);
  await clock.advance(1_000_000);
  expect(world.looked.map((at) => at / 1000)).toEqual([0, 5, 15, 35, 75, 155, 315, 615, 915]);
  world.next = well;
  await clock.advance(300_000);
  expect([watch.state, watch.reason]).toEqual(['ready', '']);
});

test('one that answers looks and takes nothing is tried at growing intervals too, until something is taken', async () => {
  const { clock, world, watch } = await watching(well);
  const pauses: number[] = [];
  for (let n = 0; n < 4; n += 1) {
    const before = clock.monotonic();
    watch.learn(away);
    while (watch.state !== 'ready') await clock.advance(1_000);
    pauses.push((clock.monotonic() - before) / 1000);
  }
  expect(pauses).toEqual([5, 10, 20, 40]);
  watch.learn(well);
  watch.learn(away);
  await clock.advance(5_000);
  expect([watch.state, world.told.at(-1)]).toEqual(['ready', 'ready']);
});

test('hand-overs that fail together are one failure, and one that ends well meanwhile lifts it', async () => {
  const { clock, watch } = await watching(well);
  for (let n = 0; n < 8; n += 1) watch.learn(away);
  watch.learn(well);
  expect(watch.state).toBe('ready');
  watch.learn(away);
  await clock.advance(5_000);
  expect(watch.state).toBe('ready');
});

test('one that is closed or has no credit is not opened by what was under way, only by a look', async () => {
  const { clock, world, watch } = await watching(well);
  watch.learn(closed);
  watch.learn(well);
  watch.learn({ kind: 'silent' });
  expect([watch.state, watch.reason]).toEqual(['faulty', 'it is closed']);
  await clock.advance(299_000);
  expect(world.looked).toEqual([0]);
  await clock.advance(1_000);
  expect([watch.state, world.looked]).toEqual(['ready', [0, 300_000]]);
  watch.learn({ kind: 'penniless', reason: 'no credit', cause });
  expect(watch.state).toBe('waiting');
  await clock.advance(60_000);
  expect(watch.state).toBe('ready');
});

test('a pause ends by itself, without a look', async () => {
  const { clock, world, watch } = await watching(well);
  watch.learn({ kind: 'paused', ms: 7_000, reason: 'slower', cause });
  watch.learn(well);
  await clock.advance(6_999);
  expect(watch.state).toBe('waiting');
  await clock.advance(1);
  expect([watch.state, world.looked]).toEqual(['ready', [0]]);
});

test('where there is nothing to look at, time alone lets it be tried', async () => {
  const { clock, watch } = await watching(well, false);
  expect(watch.state).toBe('ready');
  watch.learn(closed);
  await clock.advance(300_000);
  expect(watch.state).toBe('ready');
});

test('once stopped, it neither looks nor learns', async () => {
  const { clock, world, watch } = await watching(away);
  watch.stop();
  watch.learn(well);
  await clock.advance(1_000_000);
  expect([watch.state, watch.reason, world.looked, clock.timers]).toEqual(['stopped', '', [0], 0]);
});
