import type { Clock } from '../../server/domain/ports.ts';
import { systemClock } from '../../server/platform/system-clock.ts';

/** The clock of this machine, with waits that are `times` as short: for real wires, whose waits nobody can turn by hand. */
export function fastClock(times: number): Clock {
  return {
    now: () => systemClock.now(),
    monotonic: () => systemClock.monotonic() * times,
    after: (ms, run) => systemClock.after(ms / times, run),
  };
}
