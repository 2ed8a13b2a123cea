import type { Clock, Millis } from '../domain/ports.ts';
import { hourOf } from '../store/hour-counts.ts';
import type { QueueHours } from '../store/queue-hours.ts';

export interface QueueWatchOptions {
  /** How many recipients wait, and for how long the first of them has. */
  readonly queue: () => { readonly queued: number; readonly oldestQueuedMs: number | null };
  readonly hours: QueueHours;
  readonly clock: Clock;
}

/** Looks at the queue now and then and keeps the worst of each hour; writes only what is worse than before. */
export class QueueWatch {
  readonly #options: QueueWatchOptions;
  #worst: { hour: Millis; queued: number; oldestMs: Millis } = { hour: 0, queued: 0, oldestMs: 0 };

  constructor(options: QueueWatchOptions) {
    this.#options = options;
  }

  async look(): Promise<void> {
    const { queue, hours, clock } = this.#options;
    const now = clock.now();
    const hour = hourOf(now);
    if (this.#worst.hour !== hour) this.#worst = { hour, queued: 0, oldestMs: 0 };
    const { queued, oldestQueuedMs } = queue();
    const oldestMs = oldestQueuedMs ?? 0;
    if (queued <= this.#worst.queued && oldestMs <= this.#worst.oldestMs) return;
    await hours.raise(now, { queued, oldestMs });
    this.#worst = {
      hour,
      queued: Math.max(queued, this.#worst.queued),
      oldestMs: Math.max(oldestMs, this.#worst.oldestMs),
    };
  }
}
