import type { z } from 'zod';
import type { ModemFinder } from '../carriers/modem/discovery/modem-finder.ts';
import type { Carrier, CarrierHost } from '../domain/carrier.ts';
import type { Clock, Logger, Random } from '../domain/ports.ts';
import type { Sealer } from '../platform/crypto.ts';
import type { AskProvider } from '../platform/provider-client.ts';
import type { CarrierRecord, CarrierStore } from '../store/carrier-store.ts';

/** What carriers of every kind are made with. */
export interface KindWorld {
  readonly store: CarrierStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly modems: ModemFinder;
  /** How providers are asked over HTTP. */
  readonly askProvider: AskProvider;
  /** What names this box to providers. */
  readonly boxId: () => string;
  /** Path of the address at which the other side of a carrier may call the box. */
  readonly callbackPath: (carrierId: number) => string;
}

/** One kind of carrier: how its configuration rests, and how a carrier is made of it. */
export interface CarrierKindDefinition<T = unknown> {
  /** What a carrier is called whose owner gave it no name. */
  readonly usualName: string;
  /** The configuration as it rests; a field that this does not name is dropped. */
  readonly resting: z.ZodType<T>;
  /** Fields that rest sealed. */
  readonly secrets: readonly string[];
  /** By the field that it was learnt with: what does not hold any more when that field is changed. */
  readonly learnt?: Readonly<Record<string, readonly string[]>>;
  create(record: CarrierRecord, config: T, host: CarrierHost, world: KindWorld): Carrier;
}

/** Keeps the type of the configuration together with its schema. */
export function carrierKind<T>(definition: CarrierKindDefinition<T>): CarrierKindDefinition {
  return {
    ...definition,
    create: (record, config, host, world) => definition.create(record, definition.resting.parse(config), host, world),
  };
}
