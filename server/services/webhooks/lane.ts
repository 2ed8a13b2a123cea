import type { Millis, Timer } from '../../domain/ports.ts';
import type { DueDelivery } from '../../store/webhook-rows.ts';

/** Posts in flight to one endpoint at most. */
export const widestLane = 8;
const firstWidth = 2;

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
  /** The receiver asked to be left alone until then. */
  heldUntil: Millis = 0;
  #width = firstWidth;
  #timer: Timer | null = null;
  #timerAt: Millis = Number.POSITIVE_INFINITY;

  constructor(endpointId: number) {
    this.endpointId = endpointId;
  }

  get hasRoom(): boolean {
    return this.inFlight < this.#width;
  }

  /** A receiver that answers well gets more at a time. */
  widen(): void {
    this.#width = Math.min(widestLane, this.#width + 1);
  }

  /** One that fails gets less, one that hangs gets one at a time: it must not tie up what others could use. */
  narrow(hanging: boolean): void {
    this.#width = hanging ? 1 : Math.max(1, Math.floor(this.#width / 2));
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
