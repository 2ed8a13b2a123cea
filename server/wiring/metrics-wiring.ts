import type { Clock } from '../domain/ports.ts';
import type { CarrierRegistry } from '../services/carrier-registry.ts';
import { HourTotals } from '../services/metrics/hour-totals.ts';
import { Metrics } from '../services/metrics/metrics.ts';
import { QueueWatch } from '../services/queue-watch.ts';
import type { Stores } from '../store/stores.ts';

/** What watches the box: its figures for others, and the queue as it was. */
export function buildWatching(parts: {
  readonly version: string;
  readonly stores: Pick<Stores, 'messages' | 'hours' | 'queueHours'>;
  readonly carriers: Pick<CarrierRegistry, 'list'>;
  readonly queue: () => { readonly queued: number; readonly oldestQueuedMs: number | null };
  readonly clock: Clock;
}) {
  const { version, stores, carriers, queue, clock } = parts;
  return {
    metrics: new Metrics({
      version,
      carriers: () => carriers.list(),
      queue: () => stores.messages.queueByLane(),
      totals: new HourTotals({ since: (from) => stores.hours.since(from), clock }),
      clock,
    }),
    queueWatch: new QueueWatch({ queue, hours: stores.queueHours, clock }),
  };
}
