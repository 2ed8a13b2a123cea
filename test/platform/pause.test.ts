import { describe, expect, it } from 'vitest';
import { Pause } from '../../server/platform/pause.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

async function slept(act: (pause: Pause, clock: ManualClock) => Promise<void> | void, least = 500): Promise<number> {
  const clock = new ManualClock();
  const pause = new Pause(clock);
  let end: number | null = null;
  const sleep = async (): Promise<void> => {
    await pause.sleep(10_000, least);
    end = clock.monotonic();
  };
  const sleeping = sleep();
  await act(pause, clock);
  await clock.advance(20_000);
  await sleeping;
  expect(clock.timers).toBe(0);
  return end ?? Number.NaN;
}

describe('a pause', () => {
  it('lasts as long as asked for', async () => {
    expect(await slept((_pause, clock) => clock.advance(1))).toBe(10_000);
  });

  it('ends at once by a wake', async () => {
    const end = await slept(async (pause, clock) => {
      await clock.advance(10);
      pause.wake();
    });
    expect(end).toBe(10);
  });

  it.each([
    [10, 500],
    [500, 500],
    [2_000, 2_000],
  ])('nudged after %i ms lasts %i ms', async (after, lasted) => {
    const end = await slept(async (pause, clock) => {
      await clock.advance(after);
      for (let n = 0; n < 3; n += 1) pause.nudge();
    });
    expect(end).toBe(lasted);
  });

  it('is cut short by a wake or a nudge that came before it', async () => {
    const clock = new ManualClock();
    const pause = new Pause(clock);
    pause.wake();
    await pause.sleep(10_000, 500);
    expect(clock.monotonic()).toBe(0);
    pause.nudge();
    const nudged = pause.sleep(10_000, 500);
    await clock.advance(500);
    await nudged;
    const whole = pause.sleep(10_000, 500);
    await clock.advance(9_999);
    expect(clock.timers).toBe(1);
    await clock.advance(1);
    await whole;
  });
});
