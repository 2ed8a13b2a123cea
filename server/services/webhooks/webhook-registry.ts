import { AppError } from '../../domain/errors.ts';
import { eventNames } from '../../domain/events.ts';
import type { EventName } from '../../domain/events.ts';
import type { Clock, Millis, Random, Service } from '../../domain/ports.ts';
import { parseWebhookUrl } from '../../domain/webhook-address.ts';
import { rotationOverlapMs, secretPrefix } from '../../domain/webhook-signature.ts';
import type { Sealer } from '../../platform/crypto.ts';
import type { OutboundGuard } from '../../platform/outbound-guard.ts';
import type { WebhookAnswer } from '../../platform/webhook-client.ts';
import type { WebhookStore } from '../../store/webhook-store.ts';
import type { Endpoint, EndpointBook } from './endpoint-book.ts';
import type { WebhookPoster } from './webhook-poster.ts';

/** What the registry needs of the dispatcher. */
export interface DeliveryLanes {
  release(endpointId: number): void;
  forget(endpointId: number): Promise<void>;
}

export interface WebhookRegistryOptions {
  readonly store: WebhookStore;
  readonly book: EndpointBook;
  readonly guard: OutboundGuard;
  readonly poster: WebhookPoster;
  readonly lanes: DeliveryLanes;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: Random;
  /** Puts a host on the administrator's allow-list, for good. */
  readonly allowHost: (host: string) => Promise<void>;
}

export interface NewEndpoint {
  readonly accountId: number;
  readonly url: string;
  readonly events: 'all' | readonly EventName[];
  /** The administrator says that this host may be reached though it is inside the network or speaks plain http. */
  readonly allowHost: boolean;
}

/** An endpoint as shown; without secrets. */
export type EndpointView = Omit<Endpoint, 'secret' | 'oldSecret' | 'oldSecretUntil'>;

export interface EndpointWithSecret {
  readonly endpoint: EndpointView;
  /** Shown this one time. */
  readonly secret: string;
}

export interface RotatedEndpoint extends EndpointWithSecret {
  /** Until then the secret before signs as well; null when it could not be read any more. */
  readonly oldSecretUntil: Millis | null;
}

const mostPerAccount = 50;

/** Webhook endpoints and what may be done with them. `accountId`, where given, hides other accounts' endpoints. */
export class WebhookRegistry implements Service {
  readonly name = 'webhook registry';
  readonly #options: WebhookRegistryOptions;
  readonly #book: EndpointBook;

  constructor(options: WebhookRegistryOptions) {
    this.#options = options;
    this.#book = options.book;
  }

  /** Loads the endpoints; start it before the dispatcher and before anything that writes events. */
  async start(): Promise<void> {
    this.#book.load(await this.#options.store.endpoints());
  }

  async stop(): Promise<void> {
    // Holds nothing that runs.
  }

  /** Ids of the endpoints that an event of this account goes to; synchronous, for use inside transactions. */
  subscribers(accountId: number, name: EventName): readonly number[] {
    return this.#book.subscribers(accountId, name);
  }

  /**
   * Registers an endpoint. A host name that cannot be found at this moment is accepted: every attempt looks it up anew.
   * @throws AppError `webhook.url_refused` or `validation.failed`
   */
  async add(wanted: NewEndpoint): Promise<EndpointWithSecret> {
    const { accountId, url, allowHost } = wanted;
    const events = wanted.events === 'all' ? eventNames : eventNames.filter((name) => wanted.events.includes(name));
    if (events.length === 0) throw invalid('events', 'Choose at least one event.');
    if (this.list(accountId).length >= mostPerAccount) {
      throw invalid('url', `An account may have ${mostPerAccount} endpoints. Remove one that is not needed.`);
    }
    const parsed = parseWebhookUrl(url);
    if (!parsed.ok) throw new AppError('webhook.url_refused', parsed.problem);
    const verdict = await this.#options.guard.vet(url, allowHost ? true : undefined);
    if (verdict.kind === 'refused') throw new AppError('webhook.url_refused', verdict.reason);
    if (allowHost) await this.#options.allowHost(parsed.host);
    const secret = this.#newSecret();
    const createdAt = this.#options.clock.now();
    const row = await this.#options.store.addEndpoint({
      account_id: accountId,
      url: parsed.url.href,
      events: JSON.stringify(events),
      secret: this.#options.sealer.seal(secret),
      old_secret: null,
      old_secret_until: null,
      state: 'active',
      reason: null,
      failing_since: null,
      created_at: createdAt,
    });
    this.#book.put({
      id: row.id,
      accountId,
      url: row.url,
      events,
      state: 'active',
      reason: null,
      failingSince: null,
      createdAt,
      secret,
      oldSecret: null,
      oldSecretUntil: null,
    });
    return { endpoint: this.get(row.id), secret };
  }

  list(accountId?: number): readonly EndpointView[] {
    return this.#book
      .all()
      .filter((endpoint) => accountId === undefined || endpoint.accountId === accountId)
      .map(viewOf);
  }

  /** @throws AppError `webhook.not_found`, as every method below. */
  get(id: number, accountId?: number): EndpointView {
    return viewOf(this.#endpoint(id, accountId));
  }

  /** Stops posting; events go on being collected. Does nothing to an endpoint that is not active. */
  async pause(id: number, accountId?: number): Promise<EndpointView> {
    const endpoint = this.#endpoint(id, accountId);
    if (endpoint.state === 'active' && (await this.#options.store.setEndpointState(id, 'paused', ['active']))) {
      this.#book.patch(id, { state: 'paused', reason: null, failingSince: null });
    }
    return this.get(id);
  }

  /** Posts again, first of all what was collected; also brings back a disabled endpoint. */
  async resume(id: number, accountId?: number): Promise<EndpointView> {
    const endpoint = this.#endpoint(id, accountId);
    if (endpoint.secret === '') throw new AppError('webhook.url_refused', endpoint.reason ?? '');
    if (await this.#options.store.setEndpointState(id, 'active', ['paused', 'disabled'])) {
      this.#book.patch(id, { state: 'active', reason: null, failingSince: null });
    }
    this.#options.lanes.release(id);
    return this.get(id);
  }

  /** Makes a new secret; for 24 hours posts carry the signatures of both. */
  async rotate(id: number, accountId?: number): Promise<RotatedEndpoint> {
    this.#endpoint(id, accountId);
    const secret = this.#newSecret();
    const until = this.#options.clock.now() + rotationOverlapMs;
    if (!(await this.#options.store.rotateSecret(id, this.#options.sealer.seal(secret), until))) throw notFound();
    // Read only now: of two rotations at once, the second makes the first one's secret the old one.
    const before = this.#endpoint(id).secret;
    const oldSecret = before === '' ? null : before;
    this.#book.patch(id, { secret, oldSecret, oldSecretUntil: until });
    return { endpoint: this.get(id), secret, oldSecretUntil: oldSecret === null ? null : until };
  }

  /** Removes an endpoint; what still waited for it is given up. Its log stays until it ages out. */
  async remove(id: number, accountId?: number): Promise<void> {
    const endpoint = this.#endpoint(id, accountId);
    // It leaves the book first, so that no transaction writes another delivery for it.
    this.#book.drop(id);
    try {
      await this.#options.store.removeEndpoint(id, this.#options.clock.now());
    } catch (error) {
      this.#book.put(endpoint);
      throw error;
    }
    await this.#options.lanes.forget(id);
  }

  /** Posts a test message at once and tells what came back; it is not an event and leaves nothing in the log. */
  test(id: number, accountId?: number): Promise<WebhookAnswer> {
    const endpoint = this.#endpoint(id, accountId);
    if (endpoint.secret === '') throw new AppError('webhook.url_refused', endpoint.reason ?? '');
    const name = 'webhook.test';
    const at: Millis = this.#options.clock.now();
    const unique = Buffer.from(this.#options.random.bytes(12)).toString('base64url');
    const body = JSON.stringify({ test: true, at: new Date(at).toISOString() });
    return this.#options.poster.post(endpoint, { id: `test_${unique}`, name, body });
  }

  #endpoint(id: number, accountId?: number): Endpoint {
    const endpoint = this.#book.get(id);
    if (endpoint === undefined || (accountId !== undefined && endpoint.accountId !== accountId)) throw notFound();
    return endpoint;
  }

  #newSecret(): string {
    return secretPrefix + Buffer.from(this.#options.random.bytes(32)).toString('base64url');
  }
}

function viewOf(endpoint: Endpoint): EndpointView {
  const { secret: _secret, oldSecret: _oldSecret, oldSecretUntil: _until, ...view } = endpoint;
  return view;
}

function notFound(): AppError {
  return new AppError('webhook.not_found', 'There is no such webhook endpoint; it may have been removed.');
}

function invalid(path: string, message: string): AppError {
  return new AppError('validation.failed', message, { details: [{ path, message }] });
}
