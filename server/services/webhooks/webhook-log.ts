import { AppError } from '../../domain/errors.ts';
import type { EventName } from '../../domain/events.ts';
import type { Clock, Millis } from '../../domain/ports.ts';
import type { DeliveryRow, DeliveryState } from '../../store/webhook-rows.ts';
import type { WebhookStore } from '../../store/webhook-store.ts';
import type { WebhookIds } from './webhook-ids.ts';
import type { DeliveryLanes, WebhookRegistry } from './webhook-registry.ts';

export interface AttemptView {
  readonly at: Millis;
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  /** Start of what the receiver answered. */
  readonly answer: string | null;
}

export interface DeliveryView {
  /** The same text that receivers see as `X-Webhook-Id`. */
  readonly id: string;
  readonly event: EventName;
  readonly state: DeliveryState;
  /** The latest 50, oldest first. */
  readonly attempts: readonly AttemptView[];
  /** When it is tried next; null when it is finished. */
  readonly nextAt: Millis | null;
  readonly createdAt: Millis;
}

export interface DeliveryPage {
  readonly items: readonly DeliveryView[];
  /** Pass it on for the next page; null on the last. */
  readonly cursor: string | null;
}

export interface ReplayRange {
  /** Deliveries made from `from` on and before `to`. */
  readonly from: Millis;
  readonly to: Millis;
  /** Only those that were given up, or every finished one. */
  readonly only: 'failed' | 'finished';
}

export interface WebhookLogOptions {
  readonly store: WebhookStore;
  readonly registry: WebhookRegistry;
  readonly lanes: DeliveryLanes;
  readonly ids: WebhookIds;
  readonly clock: Clock;
}

const slice = 500;
/** Row ids follow time only as well as the wall clock did; looking this much wider finds what a small step hid. */
const clockSlackMs = 60 * 60 * 1000;

/** The log of deliveries and the replaying of them. Methods throw `webhook.not_found` as the registry does. */
export class WebhookLog {
  readonly #options: WebhookLogOptions;

  constructor(options: WebhookLogOptions) {
    this.#options = options;
  }

  /** Deliveries of an endpoint with their attempts, newest first; any depth costs the same. */
  async deliveries(endpointId: number, limit: number, cursor?: string, accountId?: number): Promise<DeliveryPage> {
    this.#options.registry.get(endpointId, accountId);
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : this.#options.ids.decode(cursor);
    if (before === null) throw new AppError('validation.failed', 'The cursor is not one that the list gave out.');
    const rows = await this.#options.store.deliveries(endpointId, before, limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const items = await Promise.all(shown.map((row) => this.#viewOf(row)));
    return { items, cursor: rows.length > limit && last !== undefined ? this.#options.ids.encode(last.id) : null };
  }

  /**
   * Delivers one event once more, from its first attempt on, with the same id.
   * @throws AppError `delivery.not_found`
   */
  async replay(endpointId: number, delivery: string, accountId?: number): Promise<void> {
    this.#options.registry.get(endpointId, accountId);
    const id = this.#options.ids.decode(delivery);
    const now = this.#options.clock.now();
    if (id === null || (await this.#options.store.replay(endpointId, [id], now)) === 0) {
      throw new AppError('delivery.not_found', 'There is no such delivery at this endpoint; it may have aged out.');
    }
    this.#options.lanes.release(endpointId);
  }

  /** Delivers everything of a time range once more, in slices; returns how many deliveries that is. */
  async replayRange(endpointId: number, range: ReplayRange, accountId?: number): Promise<number> {
    this.#options.registry.get(endpointId, accountId);
    const { store, clock } = this.#options;
    const last = await store.lastDeliveryId(endpointId);
    let from = await this.#firstSince(endpointId, range.from - clockSlackMs, last);
    let count = 0;
    while (from <= last) {
      const rows = await store.scan(endpointId, from, slice);
      const ids = rows.filter((row) => row.id <= last && inRange(row, range)).map((row) => row.id);
      if (ids.length > 0) count += await store.replay(endpointId, ids, clock.now());
      const end = rows.at(-1);
      if (end === undefined || rows.length < slice || end.created_at >= range.to + clockSlackMs) break;
      from = end.id + 1;
    }
    if (count > 0) this.#options.lanes.release(endpointId);
    return count;
  }

  /** Row id at which an endpoint's deliveries reach a time, found by halving. */
  async #firstSince(endpointId: number, at: Millis, last: number): Promise<number> {
    let low = 1;
    let high = last + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const [row] = await this.#options.store.scan(endpointId, middle, 1);
      if (row === undefined || row.created_at >= at) high = middle;
      else low = row.id + 1;
    }
    return low;
  }

  async #viewOf(row: DeliveryRow): Promise<DeliveryView> {
    const attempts = await this.#options.store.attempts(row.id);
    return {
      id: this.#options.ids.encode(row.id),
      event: row.name,
      state: row.state,
      attempts: attempts.map(({ at, status, error, duration_ms: durationMs, answer }) => ({
        at,
        status,
        error,
        durationMs,
        answer,
      })),
      nextAt: row.state === 'pending' ? row.next_at : null,
      createdAt: row.created_at,
    };
  }
}

function inRange(
  row: { readonly created_at: Millis; readonly state: DeliveryState },
  { from, to, only }: ReplayRange,
): boolean {
  if (row.created_at < from || row.created_at >= to) return false;
  return only === 'failed' ? row.state === 'failed' : row.state !== 'pending';
}
