import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CarrierMaker } from './carrier-factory.ts';
import { announceBox, dataFolder, withdrawBox } from './config/data-folder.ts';
import { isSettingName, settingDefinitions, settingNames, Settings } from './config/settings.ts';
import type { Clock, Logger, Random, Service } from './domain/ports.ts';
import { createTxIdCodec } from './domain/tx-id.ts';
import type { SettingDesk } from './http/admin-services.ts';
import { Gateway } from './http/gateway.ts';
import { startAll, stopAll } from './lifecycle.ts';
import { createUuids, KeyRing, loadMasterKey, systemRandom } from './platform/crypto.ts';
import { createJsonLogger } from './platform/json-logger.ts';
import { LargeJson } from './platform/large-json.ts';
import { systemClock } from './platform/system-clock.ts';
import { AccountDesk } from './services/account-desk.ts';
import { Cancellation } from './services/cancellation.ts';
import { CarrierRegistry, type CarrierView } from './services/carrier-registry.ts';
import { prepareDemo } from './services/demo.ts';
import { Dispatcher } from './services/dispatcher.ts';
import { InboundDesk } from './services/inbound-desk.ts';
import { Idempotency } from './services/idempotency.ts';
import { Intake } from './services/intake.ts';
import { KeyGate } from './services/key-gate.ts';
import { LiveFeed } from './services/live-feed.ts';
import { Maintenance } from './services/maintenance.ts';
import { MessageDesk } from './services/message-desk.ts';
import { Preview } from './services/preview.ts';
import { RateLimits } from './services/rate-limits.ts';
import { makeSetupCode, Sessions } from './services/sessions.ts';
import type { RunningServer, ServerOptions } from './running-server.ts';
import { openStores, type Stores } from './store/stores.ts';
import { buildWebhooks } from './webhook-wiring.ts';
import { EndpointBook } from './services/webhooks/endpoint-book.ts';
import { WebhookEvents } from './services/webhooks/webhook-events.ts';

/** What the box takes from the world besides its options; tests put their own in. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly log?: Logger;
}

/** Builds every part of the box by hand, starts it in order and returns its handle. */
export async function buildBox(
  options: ServerOptions,
  world: World = { clock: systemClock, random: systemRandom },
): Promise<RunningServer> {
  const { clock, random } = world;
  const log = world.log ?? createJsonLogger(options.logLevel);
  const folder = dataFolder(options.dataDir);
  const version = readVersion();
  const startedAt = clock.now();
  let keys: KeyRing | undefined;
  const ring = () => {
    // Read only after the data folder is made and locked.
    keys ??= new KeyRing(options.masterKey ?? loadMasterKey(options.masterKeyFile ?? folder.masterKey));
    return keys;
  };
  const sealer = { seal: (text: string) => ring().seal(text), unseal: (text: string) => ring().unseal(text) };
  const book = new EndpointBook(sealer, log);
  const events = new WebhookEvents(book);
  const stores = openStores(folder.dir, events, () => createTxIdCodec(ring().txIdKey), clock);
  try {
    return await assemble({
      options,
      clock,
      random,
      log,
      folder,
      version,
      startedAt,
      ring,
      sealer,
      book,
      events,
      stores,
    });
  } catch (error) {
    stores.close();
    throw error;
  }
}

interface Parts {
  readonly options: ServerOptions;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly folder: ReturnType<typeof dataFolder>;
  readonly version: string;
  readonly startedAt: number;
  readonly ring: () => KeyRing;
  readonly sealer: { seal(text: string): string; unseal(text: string): string };
  readonly book: EndpointBook;
  readonly events: WebhookEvents;
  readonly stores: Stores;
}

async function assemble(parts: Parts): Promise<RunningServer> {
  const { options, clock, random, log, folder, version, startedAt, ring, sealer, book, events, stores } = parts;
  const settings = new Settings(stores.settings);
  const newUuid = createUuids(clock, random);
  const cliToken = Buffer.from(random.bytes(32)).toString('base64url');
  const setupCode = makeSetupCode(random);
  const sessions = new Sessions({ people: stores.people, clock, random, cliToken, setupCode });
  const keyGate = new KeyGate({ keys: stores.keys, clock, random, log });
  const accounts = new AccountDesk({ store: stores.accounts, clock, accessChanged: () => keyGate.forget() });
  const dispatcher = new Dispatcher({ claims: stores.claims, settles: stores.settles, clock, random, log });
  const inbound = new InboundDesk({
    store: stores.inbound,
    clock,
    newUuid,
    accountId: () => accounts.named(undefined).id,
  });
  const timeZone = () => settings.get('box.timeZone');
  const feed: LiveFeed<NonNullable<ReturnType<MessageDesk['row']>>, CarrierView> = new LiveFeed({
    clock,
    log,
    read: (id) => messages.row(id),
  });
  const maker = new CarrierMaker({ store: stores.carriers, sealer, clock, random, log });
  const carriers = new CarrierRegistry({
    store: stores.carriers,
    factory: maker,
    reports: stores.reports,
    inbound,
    dispatcher,
    clock,
    log,
    onChange: (view) => feed.carrierChanged(view),
  });
  const messages: MessageDesk = new MessageDesk({
    reader: stores.messages,
    sweeps: stores.sweeps,
    txIds: createTxIdCodec(ring().txIdKey),
    clock,
    timeZone,
    whyWaiting: () => carriers.whyWaiting(),
  });
  const idempotency = new Idempotency({ store: stores.idempotency, clock });
  const intake = new Intake({
    accounts: stores.accounts,
    writer: stores.writer,
    clock,
    newUuid,
    rules: () => intakeRules(settings),
  });
  const webhooks = buildWebhooks({
    store: stores.webhooks,
    book,
    settings,
    sealer,
    clock,
    random,
    log,
    version,
    deliveryCodec: createTxIdCodec(ring().deliveryIdKey),
    ownPorts: () => [gateway.address.port],
  });
  const cancellation = new Cancellation({ reader: stores.messages, store: stores.cancels, clock });
  const maintenance = new Maintenance({
    sweeps: stores.sweeps,
    writer: stores.writer,
    inbound,
    idempotency,
    cancellation,
    clock,
    log,
    giveUpAfterMs: () => settings.get('reports.giveUpHours') * 3_600_000,
  });
  const largeJson = new LargeJson(clock);
  let started = false;
  const gateway: Gateway = new Gateway({
    host: options.host,
    port: options.port,
    services: {
      version,
      startedAt,
      sessions,
      messages,
      intake,
      idempotency,
      preview: new Preview({ intake, carriers: () => carriers.list() }),
      cancellation,
      accounts,
      keys: keyGate,
      rateLimits: new RateLimits({ clock, rules: () => rateRules(settings) }),
      carriers,
      carrierDrafts: maker,
      webhooks: webhooks.registry,
      webhookLog: webhooks.log,
      settings: settingDesk(settings),
      secureCookies: false,
    },
    feed,
    clock,
    log,
    newRequestId: requestIds(random),
    bodies: { maxBodyBytes: () => settings.get('http.maxBodyBytes'), parseLarge: (bytes) => largeJson.parse(bytes) },
    uiDir: options.uiDir !== undefined && existsSync(join(options.uiDir, 'index.html')) ? options.uiDir : undefined,
    ready: () => started,
  });
  stores.onCommit((touched) => {
    if (touched.size > 0) {
      dispatcher.wake();
      feed.messagesChanged(touched);
    }
    const woken = events.takeTouched();
    if (woken.length > 0) webhooks.dispatcher.wake(woken);
  });
  const announcement = announcing(folder, gateway, cliToken);
  const services: Service[] = [
    webhooks.registry,
    webhooks.dispatcher,
    keyGate,
    dispatcher,
    carriers,
    maintenance,
    gateway,
    announcement,
  ];
  await startAll(services, clock, log);
  started = true;
  const demo =
    options.demo === true ? await prepareDemo({ accounts, keys: keyGate, sessions, carriers, maker, random }) : null;
  log.info('box.started', { version, port: gateway.address.port });
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    started = false;
    await stopAll(services, clock, log);
    feed.stop();
    await largeJson.stop();
    stores.close();
    log.info('box.stopped');
  };
  return {
    address: gateway.address,
    setupCode: sessions.setupNeeded() ? setupCode : null,
    demo,
    stop: () => (stopping ??= stop()),
    status: () => ({ ...messages.queue(), ...stores.stats() }),
  };
}

function rateRules(settings: Settings) {
  return { sendPerMinute: settings.get('limits.sendPerMinute'), allPerMinute: settings.get('limits.allPerMinute') };
}

function intakeRules(settings: Settings) {
  return {
    timeZone: settings.get('box.timeZone'),
    maxRecipients: settings.get('message.maxRecipients'),
    maxSegments: settings.get('message.maxSegments'),
    validityMinutes: settings.get('message.validityMinutes'),
    maxScheduleDays: settings.get('message.maxScheduleDays'),
    international: settings.get('number.international'),
  };
}

function settingDesk(settings: Settings): SettingDesk {
  return {
    list: () =>
      settingNames.filter(isSettingName).map((name) => {
        const { description, restart } = settingDefinitions[name];
        return { name, value: settings.get(name), description, restart };
      }),
    set: (name, value) => settings.set(name, value),
  };
}

/** Leaves word for the command line while the box listens. */
function announcing(folder: ReturnType<typeof dataFolder>, gateway: Gateway, token: string): Service {
  return {
    name: 'announcement',
    start: () =>
      announceBox(folder, { host: gateway.address.host, port: gateway.address.port, pid: process.pid }, token),
    stop: () => withdrawBox(folder),
  };
}

/** Ids that tell requests of this run apart and are cheap to make. */
function requestIds(random: Random): () => string {
  const run = Buffer.from(random.bytes(6)).toString('hex');
  let count = 0;
  return () => {
    count += 1;
    return `${run}-${count.toString(36)}`;
  };
}

function readVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : 'unknown';
}
