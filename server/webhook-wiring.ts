import type { Settings } from './config/settings.ts';
import type { Clock, Logger, Random } from './domain/ports.ts';
import type { TxIdCodec } from './domain/tx-id.ts';
import type { Sealer } from './platform/crypto.ts';
import { machineAddresses, OutboundGuard } from './platform/outbound-guard.ts';
import { WebhookClient } from './platform/webhook-client.ts';
import type { EndpointBook } from './services/webhooks/endpoint-book.ts';
import { WebhookDispatcher } from './services/webhooks/webhook-dispatcher.ts';
import { createWebhookIds } from './services/webhooks/webhook-ids.ts';
import { WebhookLog } from './services/webhooks/webhook-log.ts';
import { WebhookPoster } from './services/webhooks/webhook-poster.ts';
import { WebhookRegistry } from './services/webhooks/webhook-registry.ts';
import type { WebhookStore } from './store/webhook-store.ts';

/** Puts the parts of the webhooks together; part of the composition root. */
export function buildWebhooks(options: {
  readonly store: WebhookStore;
  readonly book: EndpointBook;
  readonly settings: Settings;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly version: string;
  readonly deliveryCodec: TxIdCodec;
  readonly ownPorts: () => readonly number[];
  readonly posted: (outcome: 'delivered' | 'failed' | 'again') => void;
}): { registry: WebhookRegistry; dispatcher: WebhookDispatcher; log: WebhookLog } {
  const { store, book, settings, sealer, clock, random, log, version, deliveryCodec, ownPorts, posted } = options;
  const guard = new OutboundGuard({
    clock,
    isAllowedHost: (host) => settings.get('webhook.allowedHosts').includes(host),
    ownPorts,
    ownAddresses: machineAddresses,
  });
  const poster = new WebhookPoster(new WebhookClient({ clock, guard }), clock, `SEPSMS-Box/${version}`);
  const ids = createWebhookIds(deliveryCodec);
  const dispatcher = new WebhookDispatcher({ store, book, poster, ids, clock, random, log, posted });
  const registry = new WebhookRegistry({
    store,
    book,
    guard,
    poster,
    lanes: dispatcher,
    sealer,
    clock,
    random,
    allowHost: async (host) => {
      const hosts = settings.get('webhook.allowedHosts');
      if (!hosts.includes(host)) await settings.set('webhook.allowedHosts', [...hosts, host]);
    },
  });
  return { registry, dispatcher, log: new WebhookLog({ store, registry, lanes: dispatcher, ids, clock }) };
}
