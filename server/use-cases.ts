import type { ModemMachine } from './carriers/modem/discovery/machine.ts';
import { ModemFinder } from './carriers/modem/discovery/modem-finder.ts';
import { CarrierMaker } from './carrier-factory.ts';
import { Settings } from './config/settings.ts';
import type { Clock, Logger, Millis, Random } from './domain/ports.ts';
import { createTxIdCodec } from './domain/tx-id.ts';
import { createUuids, type KeyRing, type Sealer } from './platform/crypto.ts';
import { AccountDesk } from './services/account-desk.ts';
import { AuditTrail } from './services/audit-trail.ts';
import { Cancellation } from './services/cancellation.ts';
import { CarrierOperator } from './services/carrier-operator.ts';
import { CarrierRegistry } from './services/carrier-registry.ts';
import type { CarrierView } from './services/carrier-view.ts';
import { CreditDesk } from './services/credit-desk.ts';
import { Dispatcher } from './services/dispatcher.ts';
import { BlocklistDesk } from './services/guards/blocklist-desk.ts';
import { LinkDesk } from './services/guards/link-desk.ts';
import { HistoryIndexer } from './services/history-indexer.ts';
import { Idempotency } from './services/idempotency.ts';
import { InboundList } from './services/inbound-list.ts';
import { Intake } from './services/intake.ts';
import { KeyGate } from './services/key-gate.ts';
import { LiveFeed } from './services/live-feed.ts';
import { Maintenance } from './services/maintenance.ts';
import { MessageExport } from './services/export/message-export.ts';
import { MessageDesk } from './services/message-desk.ts';
import { ModemDesk } from './services/modem-desk.ts';
import { Overview } from './services/overview.ts';
import { Preview } from './services/preview.ts';
import { RateLimits } from './services/rate-limits.ts';
import { RouteDesk } from './services/routing/route-desk.ts';
import { Routing } from './services/routing/routing.ts';
import { readableCode } from './services/people/readable-code.ts';
import type { EndpointBook } from './services/webhooks/endpoint-book.ts';
import { intakeRules, rateRules, readingRules, routingRules, settingDesk } from './setting-rules.ts';
import type { Stores } from './store/stores.ts';
import { buildWebhooks } from './webhook-wiring.ts';
import { buildAddressBook } from './wiring/address-book-wiring.ts';
import { buildBackups } from './wiring/backup-wiring.ts';
import { buildCampaigns } from './wiring/campaign-wiring.ts';
import { buildGuards } from './wiring/guard-wiring.ts';
import { buildCodes } from './wiring/codes-wiring.ts';
import { buildWatching } from './wiring/metrics-wiring.ts';
import { buildPeople } from './wiring/people-wiring.ts';
import { buildTwoWay } from './wiring/two-way-wiring.ts';
import { buildProviderAccess, buildReporting } from './wiring/provider-wiring.ts';

/** What every part of one box is made from. */
export interface Parts {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly version: string;
  readonly startedAt: Millis;
  readonly ring: () => KeyRing;
  readonly sealer: Sealer;
  readonly book: EndpointBook;
  readonly stores: Stores;
  /** Its data folder; the file of its master key, unless somebody else keeps that. */
  readonly places: { readonly dataDir: string; readonly keyFile: string | null };
  /** The serial ports and what is at them. */
  readonly machine: ModemMachine;
  /** Ports that the box itself listens on; webhooks never go there. */
  readonly ownPorts: () => readonly number[];
}

/** Builds the use cases by hand, each from what it needs; starts nothing. */
export function buildUseCases(parts: Parts) {
  const { clock, random, log, version, startedAt, ring, sealer, book, stores, machine, ownPorts } = parts;
  const settings = new Settings(stores.settings);
  const newUuid = createUuids(clock, random);
  const cliToken = Buffer.from(random.bytes(32)).toString('base64url');
  const setupCode = readableCode(random, [4, 4]);
  const { sessions, people, profiles } = buildPeople({
    stores,
    secrets: { ...sealer, codeHash: (text) => ring().codeHash(text) },
    clock,
    random,
    log,
    cliToken,
    setupCode,
    idleMs: () => settings.get('access.idleMinutes') * 60_000,
  });
  const keyGate = new KeyGate({ keys: stores.keys, clock, random, log });
  const accounts = new AccountDesk({ store: stores.accounts, clock, accessChanged: () => keyGate.forget() });
  const addressBook = buildAddressBook({
    stores,
    clock,
    log,
    international: () => settings.get('number.international'),
  });
  const guards = buildGuards(parts, settings);
  const dispatcher = new Dispatcher({
    claims: stores.claims,
    settles: stores.settles,
    clock,
    random,
    log,
    isQuiet: (now) => guards.quiet.isQuiet(now),
  });
  const twoWay = buildTwoWay({
    stores,
    settings,
    accounts,
    words: guards.words,
    book,
    carriers: () => carriers,
    intake: () => intake,
    changed: () => feed.inboundChanged(),
    newUuid,
    clock,
    random,
    log,
  });
  const { inbound } = twoWay;
  const rules = () => readingRules(settings);
  const audit = new AuditTrail({
    store: stores.audit,
    reader: stores.audited,
    clock,
    log,
    rules,
    isUser: (name) => stores.people.byName(name) !== undefined,
  });
  const { backups, restoration } = buildBackups(parts, settings, audit);
  const feed: LiveFeed<NonNullable<ReturnType<MessageDesk['row']>>, CarrierView> = new LiveFeed({
    clock,
    log,
    read: (id) => messages.row(id),
  });
  const modems = new ModemFinder({
    machine,
    clock,
    random,
    log,
    mayCyclePower: () => settings.get('modems.usbPowerCycle'),
  });
  const providers = buildProviderAccess({ clock, settings, version, ring, ownPorts });
  const maker = new CarrierMaker({ store: stores.carriers, sealer, clock, random, log, modems, ...providers.world });
  const carriers: CarrierRegistry = new CarrierRegistry({
    store: stores.carriers,
    factory: maker,
    reports: stores.reports,
    inbound,
    dispatcher,
    routing: () => routing,
    clock,
    log,
    onChange: (view) => feed.carrierChanged(view),
  });
  const routing = new Routing({
    carriers,
    routes: stores.routes,
    quotas: stores.quotas,
    traffic: stores.traffic,
    clock,
    rules: () => routingRules(settings),
  });
  const reporting = buildReporting({ stores, carriers, clock, log, ring });
  const txIds = createTxIdCodec(ring().txIdKey);
  const reading = { reader: stores.messages, history: stores.history, txIds, clock, rules };
  const messages: MessageDesk = new MessageDesk({
    ...reading,
    sweeps: stores.sweeps,
    campaignOf: (id) => ({ id, name: stores.campaigns.get(id).name }),
    whyWaiting: (row) =>
      guards.quiet.whyHeld(row.lane, clock.now()) ?? routing.whyWaiting(row.traffic_id, row.only_msisdn),
  });
  const idempotency = new Idempotency({ store: stores.idempotency, clock });
  const intake = new Intake({
    accounts: stores.accounts,
    writer: stores.writer,
    guards,
    clock,
    newUuid,
    rules: () => intakeRules(settings),
  });
  const latenessMs = () => Math.max(1, settings.get('schedule.lateMinutes')) * 60_000;
  const preview = new Preview({ intake, carriers: () => carriers.list() });
  const rulesOfCampaigns = { rules: () => intakeRules(settings), latenessMs };
  const campaigns = buildCampaigns({ stores, intake, preview, clock, log, ...rulesOfCampaigns });
  const codes = buildCodes(parts, settings, newUuid);
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
    posted: (outcome) => metrics.posted(outcome),
    ownPorts,
  });
  const cancellation = new Cancellation({ reader: stores.messages, store: stores.cancels, clock });
  const { metrics, queueWatch } = buildWatching({ version, stores, carriers, queue: () => messages.queue(), clock });
  const maintenance = new Maintenance({
    sweeps: stores.sweeps,
    writer: stores.writer,
    inbound,
    answers: twoWay.answers,
    idempotency,
    codes,
    cancellation,
    duplicates: guards.duplicates,
    queueWatch,
    clock,
    log,
    latenessMs,
    giveUpAfterMs: () => settings.get('reports.giveUpHours') * 3_600_000,
  });
  return {
    cliToken,
    setupCode,
    settings,
    audit,
    backups,
    restoration,
    sessions,
    people,
    keyGate,
    accounts,
    dispatcher,
    modems,
    carriers,
    carrierMaker: maker,
    feed,
    messages,
    metrics,
    webhooks,
    maintenance,
    autoAnswers: twoWay.answers,
    runners: [addressBook.runner, ...campaigns.runners],
    providerConnections: providers.connections,
    reportPoller: reporting.poller,
    historyIndexer: new HistoryIndexer({ index: stores.historyIndex, clock, log }),
    /** What the doors need. */
    doors: {
      version,
      startedAt,
      audit,
      backups,
      places: parts.places,
      sessions,
      people,
      profiles,
      messages,
      messageExport: new MessageExport(reading),
      inboundList: new InboundList({ reader: stores.received, rules }),
      ...twoWay.doors,
      intake,
      idempotency,
      codes,
      preview,
      cancellation,
      accounts,
      addressBook: addressBook.desks,
      campaigns: campaigns.desks,
      overview: new Overview({
        counts: stores.hours,
        queue: stores.queueHours,
        accounts: stores.accounts,
        clock,
        timeZone: () => settings.get('box.timeZone'),
      }),
      maxUploadBytes: () => settings.get('http.maxBodyBytes'),
      credits: new CreditDesk({ accounts: stores.accounts, store: stores.credits, clock }),
      blocklist: new BlocklistDesk({ accounts: stores.accounts, clock }),
      links: new LinkDesk({ store: stores.links, accounts: stores.accounts, guard: guards.links, clock }),
      keys: keyGate,
      rateLimits: new RateLimits({ clock, rules: () => rateRules(settings) }),
      carriers,
      carrierOperator: new CarrierOperator({
        find: (id) => ({ name: carriers.one(id).name, carrier: carriers.live(id)?.carrier }),
        intake,
        clock,
        timeZone: () => settings.get('box.timeZone'),
      }),
      modems: new ModemDesk({ search: modems, carriers: stores.carriers }),
      carrierDrafts: maker,
      routes: new RouteDesk({ store: stores.routes, accounts: stores.accounts, carriers, routing, clock }),
      callbacks: reporting.callbacks,
      allowHost: providers.allowHost,
      webhooks: webhooks.registry,
      webhookLog: webhooks.log,
      settings: settingDesk(settings),
      secureCookies: false,
      legacyEnabled: () => settings.get('legacy.v1'),
    },
  };
}

export type UseCases = ReturnType<typeof buildUseCases>;
