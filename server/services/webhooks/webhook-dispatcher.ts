import { errorText } from '../../domain/errors.ts';
import type { Clock, Logger, Millis, Random, Service } from '../../domain/ports.ts';
import type { DueDelivery } from '../../store/webhook-rows.ts';
import type { WebhookStore } from '../../store/webhook-store.ts';
import type { Endpoint, EndpointBook } from './endpoint-book.ts';
import { Lane } from './lane.ts';
import { judge } from './outcome.ts';
import type { Judged } from './outcome.ts';
import { OutcomeWriter } from './outcome-writer.ts';
import type { WebhookIds } from './webhook-ids.ts';
import type { WebhookPoster } from './webhook-poster.ts';

export interface WebhookDispatcherOptions {
  readonly store: WebhookStore;
  readonly book: EndpointBook;
  readonly poster: WebhookPoster;
  readonly ids: WebhookIds;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Told of each attempt whose outcome is on disk. */
  readonly posted?: (outcome: 'delivered' | 'failed' | 'again') => void;
  /** How long `stop` lets posts in flight finish before it cuts them. */
  readonly graceMs?: number;
}

const windowSize = 64;
/** Beyond this many in flight, an endpoint that has one already waits for its turn; one that has none never waits. */
const sharedSlots = 64;
/** A wake-up is never set further ahead, so that a changed wall clock is noticed. */
const longestSleepMs = 60_000;
const orphanSlice = 2000;

/**
 * Posts due deliveries. The database is the queue: each endpoint has a lane that holds a window of what is due to it,
 * so a delivery that is pending in the store is posted sooner or later whatever happens to the process.
 */
export class WebhookDispatcher implements Service {
  readonly name = 'webhooks';
  readonly #options: WebhookDispatcherOptions;
  readonly #clock: Clock;
  readonly #writer: OutcomeWriter;
  readonly #lanes = new Map<number, Lane>();
  /** Lanes that may have something to start, in the order of their turns. */
  readonly #wanting = new Set<Lane>();
  readonly #running = new Set<Promise<void>>();
  #inFlight = 0;
  #alive = false;
  #stopped: Promise<void> | null = null;

  constructor(options: WebhookDispatcherOptions) {
    this.#options = options;
    this.#clock = options.clock;
    const { store, book, clock, log } = options;
    this.#writer = new OutcomeWriter({
      store,
      book,
      clock,
      log,
      inFlight: () => this.#inFlight,
      written: (batch) => this.#written(batch),
    });
  }

  /** Takes up what was left over; the endpoint book must be loaded. */
  async start(): Promise<void> {
    this.#alive = true;
    this.#track(this.#failOrphans());
    this.wake();
  }

  /**
   * Tells that deliveries were committed for these endpoints, or maybe for any. Cheap; call it after each commit.
   * Before `start` and after `stop` it does nothing.
   */
  wake(endpointIds?: Iterable<number>): void {
    if (!this.#alive) return;
    for (const id of endpointIds ?? this.#options.book.all().map((one) => one.id)) {
      const lane = this.#laneOf(id);
      lane.stale = true;
      this.#wanting.add(lane);
    }
    this.#pump();
  }

  /** Posts to an endpoint now even if it had asked to be left alone: somebody resumed it or wants a replay. */
  release(endpointId: number): void {
    this.#laneOf(endpointId).release();
    this.wake([endpointId]);
  }

  /** Drops what is held for an endpoint that was removed, and gives up its deliveries. */
  async forget(endpointId: number): Promise<void> {
    const lane = this.#lanes.get(endpointId);
    lane?.clearWake();
    if (lane !== undefined) this.#wanting.delete(lane);
    this.#lanes.delete(endpointId);
    await this.#failOrphans();
  }

  /** Lets posts in flight finish within the grace time, cuts the rest, and writes every outcome. Idempotent. */
  stop(): Promise<void> {
    this.#stopped ??= this.#shutDown();
    return this.#stopped;
  }

  async #shutDown(): Promise<void> {
    this.#alive = false;
    for (const lane of this.#lanes.values()) lane.clearWake();
    this.#wanting.clear();
    const grace = Promise.withResolvers<void>();
    const timer = this.#clock.after(this.#options.graceMs ?? 3000, grace.resolve);
    await Promise.race([Promise.all(this.#running), grace.promise]);
    timer.cancel();
    await this.#options.poster.close();
    await Promise.all(this.#running);
    await this.#writer.stop();
  }

  #laneOf(endpointId: number): Lane {
    const known = this.#lanes.get(endpointId);
    if (known !== undefined) return known;
    const lane = new Lane(endpointId);
    this.#lanes.set(endpointId, lane);
    return lane;
  }

  /** Starts what may be started, one post a lane and turn. A lane put back while the set is walked is met again. */
  #pump(): void {
    if (!this.#alive || this.#writer.full) return;
    for (const lane of this.#wanting) {
      const endpoint = this.#options.book.get(lane.endpointId);
      const turn = this.#turnOf(lane, endpoint);
      if (turn === 'wait') continue;
      this.#wanting.delete(lane);
      const delivery = turn === 'go' ? lane.queue.shift() : undefined;
      if (delivery === undefined || endpoint === undefined) continue;
      this.#wanting.add(lane);
      this.#track(this.#deliver(lane, endpoint, delivery));
    }
  }

  /** `go`: start one. `wait`: the box is full, keep the turn. `rest`: something else will bring the lane back. */
  #turnOf(lane: Lane, endpoint: Endpoint | undefined): 'go' | 'wait' | 'rest' {
    if (endpoint === undefined || endpoint.state !== 'active') {
      lane.empty();
      lane.clearWake();
      return 'rest';
    }
    if (lane.heldUntil > this.#clock.now()) {
      this.#wakeLaneAt(lane, lane.heldUntil);
      return 'rest';
    }
    if (lane.queue.length === 0) {
      if (lane.stale && !lane.reading) this.#track(this.#refill(lane));
      return 'rest';
    }
    if (!lane.hasRoom) return 'rest';
    return this.#inFlight >= sharedSlots && lane.inFlight > 0 ? 'wait' : 'go';
  }

  async #refill(lane: Lane): Promise<void> {
    lane.reading = true;
    lane.stale = false;
    try {
      const now = this.#clock.now();
      const window = await this.#options.store.due(lane.endpointId, now, windowSize, lane.busy);
      for (const delivery of window.due) {
        lane.busy.add(delivery.id);
        lane.queue.push(delivery);
      }
      lane.stale ||= window.more;
      lane.clearWake();
      if (window.nextAt !== null) this.#wakeLaneAt(lane, window.nextAt);
    } catch (error) {
      this.#options.log.error('webhooks.read_failed', { endpoint: lane.endpointId, reason: errorText(error) });
      lane.stale = true;
      this.#wakeLaneAt(lane, this.#clock.now() + 1000);
      return;
    } finally {
      lane.reading = false;
    }
    // A full window of busy deliveries brings nothing; their outcomes will bring the lane back.
    if (lane.queue.length > 0 || (lane.stale && lane.busy.size === 0)) this.#want(lane);
  }

  async #deliver(lane: Lane, endpoint: Endpoint, delivery: DueDelivery): Promise<void> {
    lane.inFlight += 1;
    this.#inFlight += 1;
    const { id, name, body } = delivery;
    const answer = await this.#options.poster.post(endpoint, { id: this.#options.ids.encode(id), name, body });
    lane.inFlight -= 1;
    this.#inFlight -= 1;
    if (answer.kind === 'unanswered' && answer.aborted) {
      lane.busy.delete(id);
      return;
    }
    const now = this.#clock.now();
    const judged = judge(delivery, answer, now, this.#options.random.fraction());
    if (judged.outcome.state === 'delivered') lane.succeeded();
    else lane.failed(answer.kind === 'unanswered' && answer.timedOut, now);
    if (judged.holdMs > 0) lane.hold(now + judged.holdMs);
    // The book follows after the commit; until then nothing more may go to a receiver that is gone.
    if (judged.gone) lane.hold(now + longestSleepMs);
    this.#want(lane);
    this.#writer.add(judged);
  }

  #written(batch: readonly Judged[]): void {
    for (const { outcome } of batch) {
      this.#options.posted?.(outcome.state === 'pending' ? 'again' : outcome.state);
      const lane = this.#lanes.get(outcome.endpointId);
      if (lane === undefined) continue;
      lane.busy.delete(outcome.deliveryId);
      if (outcome.state === 'pending') lane.stale = true;
      if (lane.stale) this.#wanting.add(lane);
    }
    this.#pump();
  }

  #want(lane: Lane): void {
    if (this.#lanes.get(lane.endpointId) !== lane) return;
    this.#wanting.add(lane);
    this.#pump();
  }

  #wakeLaneAt(lane: Lane, at: Millis): void {
    if (!this.#alive) return;
    const wait = Math.min(Math.max(0, at - this.#clock.now()), longestSleepMs);
    lane.wakeAt(at, () =>
      this.#clock.after(wait, () => {
        lane.clearWake();
        lane.stale = true;
        this.#want(lane);
      }),
    );
  }

  async #failOrphans(): Promise<void> {
    try {
      for (let failed = orphanSlice; failed === orphanSlice;) {
        failed = await this.#options.store.failOrphans(orphanSlice, this.#clock.now());
      }
    } catch (error) {
      this.#options.log.error('webhooks.orphans_left', { reason: errorText(error) });
    }
  }

  /** Keeps a task until it ends; its failure is a fault of this program and stops nothing else. */
  #track(task: Promise<void>): void {
    const tracked: Promise<void> = task
      .catch((error: unknown) => this.#options.log.error('webhooks.fault', { reason: errorText(error) }))
      .finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }
}
