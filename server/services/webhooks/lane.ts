import type { Millis, Timer } from '../../domain/ports.ts';
import type { DueDelivery } from '../../store/webhook-rows.ts';

/** Posts in flight to one endpoint at most. */
export const widestLane = 8;
const firstWidth = 2;

/** After this many failures in a row the receiver is taken to be down, and is tried no faster than this. */
const downAfter = 8;
const downPaceMs = 100;

/** One endpoint's share of the dispatcher: a window of its due deliveries, and how much it may have in flight. */
export class Lane {
  readonly endpointId: number;
  /** Due deliveries that were read and not started. */
  queue: DueDelivery[] = [];
  /** Ids in `queue`, in flight, or with an outcome that is not on disk yet: the store still calls them due. */
  readonly busy = new Set<number>();
  inFlight = 0;
  /** The store may hold due deliveries that were not read. */
  stale = true;
  reading = false;
  #heldUntil: Millis = 0;
  #failures = 0;
  #width = firstWidth;
  #timer: Timer | null = null;
  #timerAt: Millis = Number.POSITIVE_INFINITY;

  constructor(endpointId: number) {
    this.endpointId = endpointId;
  }

  get hasRoom(): boolean {
    return this.inFlight < this.#width;
  }

  /** Nothing is posted before then. */
  get heldUntil(): Millis {
    return this.#heldUntil;
  }

  /** Leaves the receiver alone until then, or longer where it already is. */
  hold(until: Millis): void {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  release(): void {
    this.#heldUntil = 0;
    this.#failures = 0;
  }

  /** A receiver that answers well gets more at a time. */
  succeeded(): void {
    this.#failures = 0;
    this.#width = Math.min(widestLane, this.#width + 1);
  }

  /** One that fails gets less, one that hangs one at a time, one that is down is paced: it must not cost the others. */
  failed(hanging: boolean, now: Millis): void {
    this.#failures += 1;
    this.#width = hanging ? 1 : Math.max(1, Math.floor(this.#width / 2));
    if (this.#failures >= downAfter) this.hold(now + downPaceMs);
  }

  /** Gives back what was read and not started. */
  empty(): void {
    for (const delivery of this.queue) this.busy.delete(delivery.id);
    this.queue = [];
    this.stale = true;
  }

  /** Sets the wake-up to `at` unless an earlier one is set; `set` starts the timer and calls back when it fired. */
  wakeAt(at: Millis, set: () => Timer): void {
    if (at >= this.#timerAt) return;
    this.#timer?.cancel();
    this.#timerAt = at;
    this.#timer = set();
  }

  /** Forgets the wake-up, fired or not. */
  clearWake(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#timerAt = Number.POSITIVE_INFINITY;
  }
}
