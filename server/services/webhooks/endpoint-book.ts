import { errorText } from '../../domain/errors.ts';
import { eventNames } from '../../domain/events.ts';
import type { EventName } from '../../domain/events.ts';
import type { Logger, Millis } from '../../domain/ports.ts';
import type { Sealer } from '../../platform/crypto.ts';
import type { EndpointRow, EndpointState } from '../../store/webhook-rows.ts';

/** An endpoint in memory, ready to be posted to. */
export interface Endpoint {
  readonly id: number;
  readonly accountId: number;
  readonly url: string;
  readonly events: readonly EventName[];
  readonly state: EndpointState;
  /** Why it is disabled, in words. */
  readonly reason: string | null;
  readonly failingSince: Millis | null;
  readonly createdAt: Millis;
  readonly secret: string;
  readonly oldSecret: string | null;
  readonly oldSecretUntil: Millis | null;
}

const unreadable =
  'Its secret cannot be opened with the present master key. Rotate the secret, or put the old master key back.';

/**
 * All endpoints that were not removed, in memory: a handful of rows that every event and every post asks for.
 * The store is written first and this afterwards, except that an endpoint to be removed leaves here first.
 */
export class EndpointBook {
  readonly #sealer: Sealer;
  readonly #log: Logger;
  readonly #endpoints = new Map<number, Endpoint>();
  #subscribers = new Map<string, readonly number[]>();

  constructor(sealer: Sealer, log: Logger) {
    this.#sealer = sealer;
    this.#log = log;
  }

  load(rows: readonly EndpointRow[]): void {
    this.#endpoints.clear();
    for (const row of rows) this.#endpoints.set(row.id, this.#open(row));
    this.#subscribers.clear();
  }

  get(id: number): Endpoint | undefined {
    return this.#endpoints.get(id);
  }

  all(): readonly Endpoint[] {
    return [...this.#endpoints.values()];
  }

  /** Whether an endpoint is there and not disabled. */
  isOpen(id: number): boolean {
    const endpoint = this.#endpoints.get(id);
    return endpoint !== undefined && endpoint.state !== 'disabled';
  }

  put(endpoint: Endpoint): void {
    this.#endpoints.set(endpoint.id, endpoint);
    this.#subscribers.clear();
  }

  /** Changes an endpoint; does nothing when it is not here any more. */
  patch(id: number, change: Partial<Omit<Endpoint, 'id' | 'accountId'>>): void {
    const endpoint = this.#endpoints.get(id);
    if (endpoint !== undefined) this.put({ ...endpoint, ...change });
  }

  drop(id: number): void {
    this.#endpoints.delete(id);
    this.#subscribers.clear();
  }

  /** Endpoints of an account that want to be told of an event. Paused ones collect; disabled ones do not. */
  subscribers(accountId: number, name: EventName): readonly number[] {
    const key = `${accountId} ${name}`;
    const known = this.#subscribers.get(key);
    if (known !== undefined) return known;
    const found = [...this.#endpoints.values()]
      .filter((one) => one.accountId === accountId && one.state !== 'disabled' && one.events.includes(name))
      .map((one) => one.id);
    // The accounts of a box are few; past this many, starting over is cheaper than keeping them.
    if (this.#subscribers.size >= 10_000) this.#subscribers.clear();
    this.#subscribers.set(key, found);
    return found;
  }

  #open(row: EndpointRow): Endpoint {
    const secret = this.#unseal(row.secret, row.id);
    return {
      id: row.id,
      accountId: row.account_id,
      url: row.url,
      events: readEvents(row.events),
      state: secret === null ? 'disabled' : row.state,
      reason: secret === null ? unreadable : row.reason,
      failingSince: row.failing_since,
      createdAt: row.created_at,
      secret: secret ?? '',
      oldSecret: row.old_secret === null ? null : this.#unseal(row.old_secret, row.id),
      oldSecretUntil: row.old_secret_until,
    };
  }

  #unseal(sealed: string, endpoint: number): string | null {
    try {
      return this.#sealer.unseal(sealed);
    } catch (error) {
      this.#log.error('webhooks.secret_unreadable', { endpoint, reason: errorText(error) });
      return null;
    }
  }
}

/** The event names in a stored list; a name from a newer version of the box is left out. */
function readEvents(json: string): readonly EventName[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? eventNames.filter((name) => list.includes(name)) : [];
}

/** The secrets that sign at this moment, the new one first. */
export function signingSecrets(endpoint: Endpoint, now: Millis): readonly string[] {
  const { secret, oldSecret, oldSecretUntil } = endpoint;
  return oldSecret !== null && oldSecretUntil !== null && now < oldSecretUntil ? [secret, oldSecret] : [secret];
}
