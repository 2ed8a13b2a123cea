import { AppError } from '../domain/errors.ts';
import { sameImei } from '../domain/modem-search.ts';
import type { ModemPresent, ModemSearch } from '../domain/modem-search.ts';
import type { CarrierRecord, CarrierStore } from '../store/carrier-store.ts';

/** A modem that is plugged in, and whose it is. */
export interface ModemView extends Omit<ModemPresent, 'carrierId' | 'ports'> {
  readonly ports: { path: string; stable: string | null; role: string }[];
  readonly carrier: { readonly id: number; readonly name: string } | null;
  readonly free: boolean;
}

/** How a new carrier names its modem; at most one way is needed. */
export interface ModemNamed {
  readonly imei?: string | undefined;
  readonly path?: string | undefined;
  readonly usbSerial?: string | undefined;
  readonly baudRate?: number | undefined;
}

/** Modems beside the carriers that use them. */
export class ModemDesk {
  readonly #search: ModemSearch;
  readonly #carriers: CarrierStore;

  constructor(options: { search: ModemSearch; carriers: CarrierStore }) {
    this.#search = options.search;
    this.#carriers = options.carriers;
  }

  async list(): Promise<ModemView[]> {
    return this.#views(await this.#search.present());
  }

  async scan(): Promise<ModemView[]> {
    return this.#views(await this.#search.scan());
  }

  /**
   * Names the modem of a new carrier: as wished, or the only free one when no wish is made. Throws
   * `carrier.config_invalid` when there is none or more than one to choose from, `port.in_use` when another carrier has it.
   */
  async complete<T extends ModemNamed>(wish: T): Promise<T> {
    if (wish.imei === undefined && wish.path === undefined && wish.usbSerial === undefined) {
      const modem = onlyFree(await this.scan());
      const where = modem.imei === null ? { path: stablePort(modem) } : { imei: modem.imei };
      const baudRate = wish.baudRate ?? modem.baudRate ?? undefined;
      return { ...wish, ...where, ...(baudRate === undefined ? {} : { baudRate }) };
    }
    await this.#refuseTaken(wish);
    return wish;
  }

  async #refuseTaken({ imei, path }: ModemNamed): Promise<void> {
    const records = this.#carriers.list().map((record) => ({ record, named: namedIn(record) }));
    const owner = records.find(({ named }) => imei !== undefined && named.imei !== null && sameImei(named.imei, imei));
    if (owner !== undefined) throw taken(owner.record.name, `the modem with the IMEI ${imei}`);
    if (path === undefined) return;
    const there = (await this.list()).find(({ ports }) =>
      ports.some((port) => port.path === path || port.stable === path),
    );
    if (there !== undefined && there.carrier !== null) throw taken(there.carrier.name, `the modem at ${path}`);
    const waiting = records.find(({ named }) => named.imei === null && named.path === path);
    if (waiting !== undefined) throw taken(waiting.record.name, path);
  }

  #views(present: readonly ModemPresent[]): ModemView[] {
    const records = this.#carriers.list();
    return present.map(({ carrierId, ports, ...modem }) => {
      const owner =
        records.find((record) => record.id === carrierId) ??
        records.find((record) => {
          const { imei } = namedIn(record);
          return imei !== null && modem.imei !== null && sameImei(imei, modem.imei);
        });
      const carrier = owner === undefined ? null : { id: owner.id, name: owner.name };
      const free = carrier === null && modem.port !== null && modem.problem === null;
      return { ...modem, ports: ports.map((port) => ({ ...port })), carrier, free };
    });
  }
}

function onlyFree(modems: readonly ModemView[]): ModemView {
  const free = modems.filter((modem) => modem.free);
  const [only] = free;
  if (only === undefined) {
    const hints = modems.flatMap((modem) => (modem.problem === null ? [] : [`${modem.device}: ${modem.problem}`]));
    const message = ['No free modem is found. Plug one in, wait half a minute and try again.', ...hints].join(' ');
    throw new AppError('carrier.config_invalid', message);
  }
  if (free.length === 1) return only;
  const names = free.map((modem) => `${modem.model ?? modem.device}, IMEI ${modem.imei ?? 'unknown'}, ${modem.port}`);
  throw new AppError(
    'carrier.config_invalid',
    `Several free modems are plugged in. Say which one by its IMEI (--imei): ${names.join('; ')}.`,
  );
}

function stablePort(modem: ModemView): string {
  const port = modem.ports.find((each) => each.path === modem.port);
  return port?.stable ?? modem.port ?? '';
}

function taken(carrier: string, what: string): AppError {
  return new AppError('port.in_use', `The carrier "${carrier}" already has ${what}. One modem serves one carrier.`);
}

/** How a stored carrier names its modem; nothing for carriers of other kinds. */
function namedIn(record: CarrierRecord): { readonly imei: string | null; readonly path: string | null } {
  const config: unknown = record.kind === 'modem' ? JSON.parse(record.config) : null;
  const field = (name: 'imei' | 'path'): string | null => {
    const value: unknown = typeof config === 'object' && config !== null ? Reflect.get(config, name) : null;
    return typeof value === 'string' ? value : null;
  };
  return { imei: field('imei'), path: field('path') };
}
