import type { Clock, Timer } from '../domain/ports.ts';

/** Longest delay that Node's timers take; longer waits are renewed by their owners. */
const longestDelay = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run): Timer => {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), longestDelay));
    return { cancel: () => clearTimeout(timer) };
  },
};
