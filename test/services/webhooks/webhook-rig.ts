import type Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventName } from '../../../server/domain/events.ts';
import type { Clock, Logger, Random } from '../../../server/domain/ports.ts';
import { createTxIdCodec } from '../../../server/domain/tx-id.ts';
import { KeyRing } from '../../../server/platform/crypto.ts';
import { OutboundGuard } from '../../../server/platform/outbound-guard.ts';
import { WebhookClient } from '../../../server/platform/webhook-client.ts';
import { EndpointBook } from '../../../server/services/webhooks/endpoint-book.ts';
import { WebhookDispatcher } from '../../../server/services/webhooks/webhook-dispatcher.ts';
import { WebhookEvents } from '../../../server/services/webhooks/webhook-events.ts';
import { createWebhookIds } from '../../../server/services/webhooks/webhook-ids.ts';
import { WebhookLog } from '../../../server/services/webhooks/webhook-log.ts';
import { WebhookPoster } from '../../../server/services/webhooks/webhook-poster.ts';
import { WebhookRegistry } from '../../../server/services/webhooks/webhook-registry.ts';
import { CommitQueue } from '../../../server/store/commit-queue.ts';
import type { OpenedDatabase } from '../../../server/store/database.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { WebhookStore } from '../../../server/store/webhook-store.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

export const quiet: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => quiet,
};

/** Secrets differ from one another; jitter is nil, so that waits are exactly those of the schedule. */
function steadyRandom(): Random {
  let count = 0;
  return {
    bytes: (n) => {
      count += 1;
      return Uint8Array.from({ length: n }, (_, index) => (index * 7 + count * 31) & 0xff);
    },
    fraction: () => 0,
  };
}

export interface StoredDelivery {
  readonly id: number;
  readonly endpoint_id: number;
  readonly state: string;
  readonly tries: number;
  readonly next_at: number;
}

const masterKey = new Uint8Array(32).fill(7);

/** The webhook service as the box builds it, over a real database and real sockets, on a clock turned by hand. */
export class WebhookRig {
  readonly clock: ManualClock;
  readonly commits: CommitQueue;
  readonly book: EndpointBook;
  readonly events: WebhookEvents;
  readonly dispatcher: WebhookDispatcher;
  readonly registry: WebhookRegistry;
  readonly log: WebhookLog;
  readonly allowed: Set<string>;
  readonly store: WebhookStore;
  readonly #opened: OpenedDatabase;
  readonly #folder: string;
  #watchers: (() => void)[] = [];

  private constructor(folder: string, clock: ManualClock, allowed: Set<string>, options: RigOptions) {
    this.#folder = folder;
    this.clock = clock;
    this.allowed = allowed;
    this.#opened = openDatabase(folder);
    const real: Clock = options.realClock ?? clock;
    this.commits = new CommitQueue(this.#opened.db, () => performance.now());
    const store = new WebhookStore(this.#opened.db, this.commits);
    this.store = store;
    const sealer = new KeyRing(options.masterKey ?? masterKey);
    const ids = createWebhookIds(createTxIdCodec(masterKey));
    const random = steadyRandom();
    const guard = new OutboundGuard({
      clock: real,
      isAllowedHost: (host) => allowed.has(host),
      ownPorts: () => [],
      resolve: options.resolve ?? (async () => ['127.0.0.1']),
    });
    const poster = new WebhookPoster(new WebhookClient({ clock: real, guard }), real, 'SEPSMS-Box/test');
    this.book = new EndpointBook(sealer, quiet);
    this.events = new WebhookEvents(this.book);
    const base = { store, book: this.book, poster, ids, clock: real, random, log: quiet };
    this.dispatcher = new WebhookDispatcher(base);
    const allowHost = async (host: string): Promise<void> => {
      allowed.add(host);
    };
    this.registry = new WebhookRegistry({ ...base, guard, sealer, lanes: this.dispatcher, allowHost });
    this.log = new WebhookLog({ store, registry: this.registry, lanes: this.dispatcher, ids, clock: real });
    this.commits.onCommit(() => {
      this.dispatcher.wake(this.events.takeTouched());
      for (const watcher of this.#watchers) watcher();
    });
  }

  static async start(options: RigOptions = {}): Promise<WebhookRig> {
    const folder = mkdtempSync(join(tmpdir(), 'webhooks-'));
    const rig = new WebhookRig(folder, new ManualClock(), new Set(['127.0.0.1']), options);
    await rig.registry.start();
    if (options.startDispatcher !== false) await rig.dispatcher.start();
    return rig;
  }

  get db(): Database.Database {
    return this.#opened.db;
  }

  /** Registers an endpoint and returns its id and secret. */
  async endpoint(url: string, events: 'all' | readonly EventName[] = 'all'): Promise<{ id: number; secret: string }> {
    const { endpoint, secret } = await this.registry.add({ accountId: 1, url, events, allowHost: false });
    return { id: endpoint.id, secret };
  }

  /** Commits `count` events in one transaction. */
  async emit(count = 1, name: EventName = 'sms.sent'): Promise<void> {
    await this.commits.run((db) => {
      for (let index = 0; index < count; index += 1) {
        this.events.write(db, {
          accountId: 1,
          name,
          body: JSON.stringify({ txId: `ไทย-${index}`, status: 'sent' }),
          recipientId: null,
          messageId: null,
          at: this.clock.now(),
        });
      }
    });
  }

  deliveries(): readonly StoredDelivery[] {
    return this.db
      .prepare<[], StoredDelivery>('SELECT id, endpoint_id, state, tries, next_at FROM delivery ORDER BY id')
      .all();
  }

  delivery(id = 1): StoredDelivery {
    const found = this.deliveries().find((one) => one.id === id);
    if (found === undefined) throw new Error(`no delivery ${id}`);
    return found;
  }

  /** Settles once the condition holds; it is looked at after every commit. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#watchers.push(resolve);
      });
    }
  }

  /** As `until`, while time passes in steps of 20 ms. */
  async passing(condition: () => boolean): Promise<void> {
    while (!condition()) await this.clock.advance(20);
  }

  /** Ends the process's part, keeping the data, and starts again on it. */
  async restart(options: RigOptions = {}): Promise<WebhookRig> {
    await this.#end();
    const rig = new WebhookRig(this.#folder, this.clock, this.allowed, options);
    await rig.registry.start();
    await rig.dispatcher.start();
    return rig;
  }

  async close(): Promise<void> {
    await this.#end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    const stopping = this.dispatcher.stop();
    await this.clock.advance(10_000);
    await stopping;
    this.commits.close();
    this.#opened.close();
  }
}

export interface RigOptions {
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  readonly masterKey?: Uint8Array;
  readonly startDispatcher?: boolean;
  readonly realClock?: Clock;
}
