import type { Settings } from '../config/settings.ts';
import type { Clock, Logger, Service } from '../domain/ports.ts';
import type { KeyRing } from '../platform/crypto.ts';
import { machineAddresses, OutboundGuard } from '../platform/outbound-guard.ts';
import { ProviderClient } from '../platform/provider-client.ts';
import { CarrierCallbacks } from '../services/carrier-callbacks.ts';
import type { CarrierRegistry } from '../services/carrier-registry.ts';
import { ReportPoller } from '../services/report-poller.ts';
import type { Stores } from '../store/stores.ts';

/** What carriers need to speak to providers over HTTP, and those to speak back. */
export function buildProviderAccess(parts: {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly version: string;
  readonly ring: () => KeyRing;
  readonly ownPorts: () => readonly number[];
}) {
  const { clock, settings, version, ring, ownPorts } = parts;
  const guard = new OutboundGuard({
    clock,
    isAllowedHost: (host) => settings.get('webhook.allowedHosts').includes(host),
    ownPorts,
    ownAddresses: machineAddresses,
  });
  const client = new ProviderClient({ clock, guard, userAgent: `SEPSMS-Box/${version}` });
  const connections: Service = {
    name: 'connections to providers',
    start: () => Promise.resolve(),
    stop: () => client.close(),
  };
  return {
    connections,
    /** What a carrier is made with. */
    world: {
      askProvider: client.ask,
      boxId: () => ring().boxId,
      callbackPath: (id: number) => CarrierCallbacks.pathOf(id, ring().callbackSecret(id)),
    },
    /** Puts a host on the administrator's allow-list, for good. */
    allowHost: async (host: string) => {
      const hosts = settings.get('webhook.allowedHosts');
      if (!hosts.includes(host)) await settings.set('webhook.allowedHosts', [...hosts, host]);
    },
  };
}

/** How reports come in from outside: asked for, or told by a call. */
export function buildReporting(parts: {
  readonly stores: Pick<Stores, 'reportAsks' | 'reports'>;
  readonly carriers: CarrierRegistry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly ring: () => KeyRing;
}) {
  const { stores, carriers, clock, log, ring } = parts;
  return {
    poller: new ReportPoller({
      asks: stores.reportAsks,
      reports: stores.reports,
      carriers: () => carriers.lives(),
      clock,
      log,
    }),
    callbacks: new CarrierCallbacks({
      carrierOf: (id) => carriers.live(id)?.carrier,
      secretOf: (id) => ring().callbackSecret(id),
    }),
  };
}
