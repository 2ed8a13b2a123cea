import { z } from 'zod';
import type { CarrierKindDefinition, KindWorld } from './carrier-kinds/kind.ts';
import { modemKind } from './carrier-kinds/modem-kind.ts';
import { simulatorKind } from './carrier-kinds/simulator-kind.ts';
import { smppKind } from './carrier-kinds/smpp-kind.ts';
import { upstreamKind } from './carrier-kinds/upstream-kind.ts';
import type { Carrier, CarrierHost, CarrierKind } from './domain/carrier.ts';
import { AppError } from './domain/errors.ts';
import type { CarrierDrafts } from './http/admin-services.ts';
import type { CarrierFactory, CarrierTerms } from './services/carrier-view.ts';
import type { CarrierRecord } from './store/carrier-store.ts';

/** The kinds of carriers: the only place that chooses by kind. */
const kinds: Partial<Record<CarrierKind, CarrierKindDefinition>> = {
  modem: modemKind,
  simulator: simulatorKind,
  smpp: smppKind,
  upstream: upstreamKind,
};

/** What the owner of a carrier decides whatever its kind. */
const restingTerms = z.object({
  uncertain: z.enum(['hold', 'resend']).default('hold'),
  refundFailed: z.boolean().default(true),
  quota: z
    .object({
      minute: z.number().optional(),
      hour: z.number().optional(),
      day: z.number().optional(),
      month: z.number().optional(),
    })
    .default({}),
});

/** Makes carriers of every kind out of their configuration, and the configuration out of what a person wants. */
export class CarrierMaker implements CarrierFactory, CarrierDrafts {
  readonly #world: KindWorld;

  constructor(world: KindWorld) {
    this.#world = world;
  }

  create(record: CarrierRecord, host: CarrierHost): Carrier {
    const kind = definitionOf(record.kind);
    return kind.create(record, read(kind.resting, record), host, this.#world);
  }

  terms(record: CarrierRecord): CarrierTerms {
    return read(restingTerms, record);
  }

  draft(
    wanted: Readonly<Record<string, unknown>> & { readonly kind: CarrierKind; readonly name?: string | undefined },
  ) {
    const { kind, name, ...given } = wanted;
    const { resting, secrets, usualName } = definitionOf(kind);
    const config = { ...Object(resting.parse(this.#sealed(given, secrets))), ...restingTerms.parse(given) };
    return { name: name ?? this.#freeName(usualName), config: JSON.stringify(config) };
  }

  configuration(id: number) {
    const record = this.#world.store.byId(id);
    const { secrets } = definitionOf(record.kind);
    const all = read(z.looseObject({}), record);
    const open = Object.entries(all).filter(([name]) => !secrets.includes(name));
    return {
      kind: record.kind,
      config: Object.fromEntries(open),
      secrets: secrets.filter((name) => typeof all[name] === 'string'),
    };
  }

  change(id: number, wanted: Readonly<Record<string, unknown>> & { readonly kind: CarrierKind }) {
    const record = this.#world.store.byId(id);
    const { kind, allowHost: _allowed, ...given } = wanted;
    const { resting, secrets, learnt = {} } = definitionOf(record.kind);
    if (kind !== record.kind) {
      throw new AppError('carrier.config_invalid', `${record.name} is of the kind ${record.kind}, not ${kind}.`);
    }
    const outdated = Object.keys(given).flatMap((name) => learnt[name] ?? []);
    const change = { ...this.#sealed(given, secrets), ...Object.fromEntries(outdated.map((name) => [name, null])) };
    const before = read(z.looseObject({}), record);
    const after = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null);
    resting.parse(Object.fromEntries(after));
    return change;
  }

  #sealed(given: Readonly<Record<string, unknown>>, secrets: readonly string[]): Readonly<Record<string, unknown>> {
    const sealed = secrets.flatMap((field) => {
      const value = given[field];
      return typeof value === 'string' ? [[field, this.#world.sealer.seal(value)] as const] : [];
    });
    return { ...given, ...Object.fromEntries(sealed) };
  }

  #freeName(base: string): string {
    const taken = new Set(this.#world.store.names());
    let name = base;
    for (let n = 2; taken.has(name); n += 1) name = `${base} ${n}`;
    return name;
  }
}

function definitionOf(kind: CarrierKind): CarrierKindDefinition {
  const definition = kinds[kind];
  if (definition === undefined)
    throw new AppError('carrier.config_invalid', `Carriers of the kind ${kind} are not part of this version.`);
  return definition;
}

function read<T>(schema: z.ZodType<T>, record: CarrierRecord): T {
  try {
    return schema.parse(JSON.parse(record.config));
  } catch (error) {
    throw new AppError(
      'carrier.config_invalid',
      `The configuration of carrier ${record.name} cannot be read. Remove it and add it again.`,
      { cause: error },
    );
  }
}
