import { z } from 'zod';
import { openSerialStream } from './carriers/modem/serial/serial-stream.ts';
import { resolvePort } from './carriers/modem/serial/serial-list.ts';
import { createModemCarrier } from './carriers/modem/modem-carrier.ts';
import { createPinMemory, type PinMemory } from './carriers/modem/pin-memory.ts';
import { createSimulatedModem } from './carriers/simulator/simulated-modem.ts';
import type { Carrier, CarrierHost, CarrierKind } from './domain/carrier.ts';
import { AppError } from './domain/errors.ts';
import type { Clock, Logger, Random } from './domain/ports.ts';
import type { CarrierDrafts } from './http/admin-services.ts';
import type { Sealer } from './platform/crypto.ts';
import { parseCarrierConfig, type CarrierFactory, type CarrierTerms } from './services/carrier-registry.ts';
import type { CarrierRecord, CarrierStore } from './store/carrier-store.ts';

/** A carrier's configuration as it rests; `pin` is sealed. */
const restingConfig = z.object({
  path: z.string().optional(),
  usbSerial: z.string().optional(),
  baudRate: z.number().optional(),
  pin: z.string().optional(),
  smsc: z.string().optional(),
  /** SIMs on which the stored PIN was refused, or tried and not seen to work. */
  pinRefused: z.array(z.string()).optional(),
  uncertain: z.enum(['hold', 'resend']).default('hold'),
  refundFailed: z.boolean().default(true),
});
type RestingConfig = z.infer<typeof restingConfig>;

const usualNames: Readonly<Record<CarrierKind, string>> = {
  modem: 'Modem',
  simulator: 'Simulator',
  smpp: 'SMPP',
  upstream: 'Upstream',
};

export interface CarrierMakerOptions {
  readonly store: CarrierStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

/** Makes carriers of every kind: the only switch on the kind. */
export class CarrierMaker implements CarrierFactory, CarrierDrafts {
  readonly #options: CarrierMakerOptions;

  constructor(options: CarrierMakerOptions) {
    this.#options = options;
  }

  create(record: CarrierRecord, host: CarrierHost): Carrier {
    const { clock, random, log } = this.#options;
    const config = read(record);
    const common = { name: record.name, host, clock, random, log };
    switch (record.kind) {
      case 'modem':
        return this.#modem(record, config, common);
      case 'simulator': {
        const modem = createSimulatedModem({ clock, random });
        return createModemCarrier({ ...common, kind: 'simulator', openStream: async () => modem.connect() });
      }
      case 'smpp':
      case 'upstream':
        throw new AppError(
          'carrier.config_invalid',
          `Carriers of the kind ${record.kind} are not part of this version.`,
        );
    }
  }

  terms(record: CarrierRecord): CarrierTerms {
    const { uncertain, refundFailed } = read(record);
    return { uncertain, refundFailed };
  }

  draft(
    wanted: Readonly<Record<string, unknown>> & { readonly kind: CarrierKind; readonly name?: string | undefined },
  ) {
    const { kind, name, pin, ...rest } = wanted;
    const sealed = typeof pin === 'string' ? { pin: this.#options.sealer.seal(pin) } : {};
    const config = restingConfig.parse({ ...rest, ...sealed });
    return { name: name ?? this.#freeName(usualNames[kind]), config: JSON.stringify(config) };
  }

  #modem(
    record: CarrierRecord,
    config: RestingConfig,
    common: { name: string; host: CarrierHost; clock: Clock; random: Random; log: Logger },
  ): Carrier {
    const { path, usbSerial, baudRate = 115_200, pin, smsc } = config;
    return createModemCarrier({
      ...common,
      kind: 'modem',
      // Looked up at every opening: after a re-plug the same stick may have another port name.
      openStream: async () => {
        const port = await resolvePort({
          ...(path === undefined ? {} : { path }),
          ...(usbSerial === undefined ? {} : { usbSerial }),
        });
        return await openSerialStream({ path: port, baudRate, clock: common.clock });
      },
      ...(pin === undefined ? {} : { pin: this.#options.sealer.unseal(pin) }),
      ...(smsc === undefined ? {} : { smsc }),
      pinMemory: this.#lastingPinMemory(record, config),
    });
  }

  /** Refusals rest with the carrier: a wrong PIN is never sent again by a restart. */
  #lastingPinMemory(record: CarrierRecord, config: RestingConfig): PinMemory {
    const { store } = this.#options;
    const sims = new Set(config.pinRefused);
    const memory = createPinMemory();
    const save = () => store.setConfig(record.id, JSON.stringify({ ...config, pinRefused: [...sims] }));
    return {
      refused: async (sim) => sims.has(sim) || (await memory.refused(sim)),
      remember: async (sim) => {
        sims.add(sim);
        await save();
      },
      forget: async (sim) => {
        sims.delete(sim);
        await save();
      },
    };
  }

  #freeName(base: string): string {
    const taken = new Set(this.#options.store.list().map((record) => record.name));
    let name = base;
    for (let n = 2; taken.has(name); n += 1) name = `${base} ${n}`;
    return name;
  }
}

function read(record: CarrierRecord): RestingConfig {
  return parseCarrierConfig((value) => restingConfig.parse(value), record.config, record.name);
}
