import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModemMachine } from './carriers/modem/discovery/machine.ts';
import { systemMachine } from './carriers/modem/serial/system-machine.ts';
import { announceBox, dataFolder, withdrawBox } from './config/data-folder.ts';
import type { Clock, Logger, Random, Service } from './domain/ports.ts';
import { createTxIdCodec } from './domain/tx-id.ts';
import { Gateway } from './http/gateway.ts';
import { startAll, stopAll } from './lifecycle.ts';
import { KeyRing, loadMasterKey, systemRandom } from './platform/crypto.ts';
import { createKeptLogger } from './platform/json-logger.ts';
import { LogBook } from './platform/log-book.ts';
import { LargeJson } from './platform/large-json.ts';
import { systemClock } from './platform/system-clock.ts';
import type { RunningServer, ServerOptions } from './running-server.ts';
import { LogDesk } from './services/log-desk.ts';
import { prepareDemo } from './services/demo.ts';
import { DesktopDesk } from './services/desktop-desk.ts';
import { EndpointBook } from './services/webhooks/endpoint-book.ts';
import { WebhookEvents } from './services/webhooks/webhook-events.ts';
import { openStores } from './store/stores.ts';
import { buildUseCases, type Parts, type UseCases } from './use-cases.ts';

/** What the box takes from the world besides its options; tests put their own in. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly log?: Logger;
  /** The serial ports; those of this machine when not given. */
  readonly machine?: ModemMachine;
}

/** Builds every part of the box by hand, starts it in order and returns its handle. */
export async function buildBox(
  options: ServerOptions,
  world: World = { clock: systemClock, random: systemRandom },
): Promise<RunningServer> {
  const { clock, random } = world;
  const folder = dataFolder(options.dataDir);
  const logBook = new LogBook(folder.logs);
  const log = world.log ?? createKeptLogger(options.logLevel, logBook);
  let keys: KeyRing | undefined;
  const ring = () => {
    // Read only after the data folder is made and locked.
    keys ??= new KeyRing(options.masterKey ?? loadMasterKey(options.masterKeyFile ?? folder.masterKey));
    return keys;
  };
  const sealer = {
    seal: (text: string) => ring().seal(text),
    unseal: (text: string) => ring().unseal(text),
    auditMark: (text: string) => ring().auditMark(text),
  };
  const book = new EndpointBook(sealer, log);
  const events = new WebhookEvents(book);
  const stores = openStores(folder.dir, { events, txIds: () => createTxIdCodec(ring().txIdKey), sealer, clock });
  const version = readVersion();
  const machine = world.machine ?? systemMachine(clock);
  const keyFile = options.masterKey === undefined ? (options.masterKeyFile ?? folder.masterKey) : null;
  const places = { dataDir: folder.dir, keyFile };
  const parts = { clock, random, log, version, places, startedAt: clock.now(), ring, sealer, book, stores, machine };
  try {
    await logBook.start();
    return await assemble({ options, folder, events, parts, logBook });
  } catch (error) {
    await logBook.stop();
    stores.close();
    throw error;
  }
}

interface Assembly {
  readonly options: ServerOptions;
  readonly folder: ReturnType<typeof dataFolder>;
  readonly events: WebhookEvents;
  readonly parts: Omit<Parts, 'ownPorts'>;
  readonly logBook: LogBook;
}

async function assemble({ options, folder, events, parts, logBook }: Assembly): Promise<RunningServer> {
  const { clock, random, log, version, stores } = parts;
  const useCases = buildUseCases({ ...parts, ownPorts: () => [gateway.address.port] });
  const { settings, sessions, people, keyGate, accounts, dispatcher, carriers, feed, messages, metrics, webhooks } =
    useCases;
  const largeJson = new LargeJson(clock);
  metrics.start();
  let started = false;
  const gateway: Gateway = new Gateway({
    host: options.host,
    port: options.port,
    services: { ...useCases.doors, logs: new LogDesk(logBook) },
    feed,
    metrics: {
      answered: (api, status, ms) => metrics.answered(api, status, ms),
      text: () => metrics.text(),
      fromLan: () => settings.get('metrics.from') === 'lan',
    },
    clock,
    log,
    newRequestId: requestIds(random),
    bodies: { maxBodyBytes: () => settings.get('http.maxBodyBytes'), parseLarge: (bytes) => largeJson.parse(bytes) },
    uiDir: options.uiDir !== undefined && existsSync(join(options.uiDir, 'index.html')) ? options.uiDir : undefined,
    ready: () => started,
  });
  wakeOnCommit(useCases, stores, events);
  const services: Service[] = [
    useCases.audit,
    webhooks.registry,
    // Before anything that sends.
    useCases.restoration,
    webhooks.dispatcher,
    keyGate,
    dispatcher,
    useCases.providerConnections,
    // Stopped after the carriers, which break off what they are being asked.
    useCases.reportPoller,
    // A demonstration has a modem of its own and leaves those of the machine alone.
    ...(options.demo === true ? [] : [useCases.modems]),
    carriers,
    useCases.autoAnswers,
    useCases.maintenance,
    useCases.historyIndexer,
    ...useCases.runners,
    useCases.backups,
    gateway,
    announcing(folder, gateway, useCases.cliToken),
  ];
  await startAll(services, clock, log);
  started = true;
  const demo =
    options.demo === true
      ? await prepareDemo({ accounts, keys: keyGate, people, carriers, maker: useCases.carrierMaker, random })
      : null;
  log.info('box.started', { version, port: gateway.address.port });
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    started = false;
    await stopAll(services, clock, log);
    feed.stop();
    await largeJson.stop();
    stores.close();
    log.info('box.stopped');
    await logBook.stop();
  };
  return {
    address: gateway.address,
    setupCode: sessions.setupNeeded() ? useCases.setupCode : null,
    demo,
    desktop: new DesktopDesk({
      clock,
      carriers,
      queue: () => messages.queue(),
      ticket: () => sessions.issueTicket(),
    }),
    stop: () => (stopping ??= stop()),
    status: () => ({ ...messages.queue(), ...stores.stats() }),
  };
}

/** What was committed is dispatched, shown and told. */
function wakeOnCommit({ dispatcher, feed, webhooks }: UseCases, stores: Parts['stores'], events: WebhookEvents): void {
  stores.onCommit((touched) => {
    if (touched.size > 0) {
      dispatcher.wake();
      feed.messagesChanged(touched);
    }
    const woken = events.takeTouched();
    if (woken.length > 0) webhooks.dispatcher.wake(woken);
  });
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
