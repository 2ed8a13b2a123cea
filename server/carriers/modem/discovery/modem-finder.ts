import type { Clock, Logger, Random, Service } from '../../../domain/ports.ts';
import { sameImei } from '../../../domain/modem-search.ts';
import type { ModemPresent, ModemSearch } from '../../../domain/modem-search.ts';
import type { ModemIdentity } from '../init/context.ts';
import { groupDevices, portlessModems } from '../usb/devices.ts';
import type { PortlessModem, SerialDevice } from '../usb/devices.ts';
import { DeviceAsker } from './device-asker.ts';
import { airUnknown, presentModem, presentPortless, presentUnlisted, staleMs } from './known-modem.ts';
import type { KnownModem } from './known-modem.ts';
import type { ModemMachine } from './machine.ts';
import { PortLocks } from './port-locks.ts';

export interface ModemFinderOptions {
  readonly machine: ModemMachine;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Whether modems that hang may be taken off the bus and back. */
  readonly mayCyclePower: () => boolean;
}

/** What is plugged in now. */
export interface Plugged {
  readonly devices: readonly SerialDevice[];
  readonly portless: readonly PortlessModem[];
}

/**
 * Knows which modems are plugged in and which of their ports is for AT commands. Devices that are modems by their USB ids
 * are asked once when they appear, and again, ever more rarely, while they do not answer; a port that a carrier holds, or
 * that is not for AT, never. It looks when it is asked: at the start, by carriers that miss their modem, and by people.
 */
export class ModemFinder implements ModemSearch, Service {
  readonly name = 'modem search';
  readonly locks = new PortLocks();
  readonly machine: ModemMachine;
  /** Whether modems that hang may be taken off the bus and back. */
  readonly mayCyclePower: () => boolean;
  readonly #clock: Clock;
  readonly #asker: DeviceAsker;
  readonly #known = new Map<string, KnownModem>();
  #looking: Promise<Plugged> | null = null;
  #scanning: Promise<readonly ModemPresent[]> | null = null;

  constructor(options: ModemFinderOptions) {
    this.machine = options.machine;
    this.mayCyclePower = options.mayCyclePower;
    this.#clock = options.clock;
    this.#asker = new DeviceAsker({ ...options, locks: this.locks });
  }

  /** Looks for modems in the background. */
  start(): Promise<void> {
    this.#asker.start();
    void this.#askNew();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return this.#asker.stop();
  }

  async present(): Promise<readonly ModemPresent[]> {
    const plugged = await this.look();
    void this.#askNew(plugged);
    return this.#presented(plugged);
  }

  scan(): Promise<readonly ModemPresent[]> {
    this.#scanning ??= this.#scan().finally(() => {
      this.#scanning = null;
    });
    return this.#scanning;
  }

  /** What is plugged in; forgets what has left. Callers at the same time share one look. Never rejects. */
  look(): Promise<Plugged> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  knownOf(device: SerialDevice): KnownModem | null {
    const known = this.#known.get(device.key);
    return known?.life === device.life ? known : null;
  }

  /** The device that is the modem with this IMEI, as far as is known. */
  deviceOf(imei: string, devices: readonly SerialDevice[]): SerialDevice | null {
    const fits = (device: SerialDevice): boolean => {
      const told = this.knownOf(device)?.imei ?? null;
      return told !== null && sameImei(told, imei);
    };
    return devices.find(fits) ?? null;
  }

  /** Asks those of the devices that are due, or are being asked already. */
  async askDue(devices: readonly SerialDevice[]): Promise<void> {
    await Promise.all(devices.filter((device) => this.#isDue(device)).map((device) => this.#ask(device)));
  }

  /** Waits for a device that is being asked just now, so that its port is not found held by the search. */
  async quiet(device: SerialDevice): Promise<void> {
    if (this.#asker.isAsking(device)) await this.#ask(device);
  }

  /** A carrier has met the modem itself, at this port of this device. */
  learn(device: SerialDevice, path: string, identity: ModemIdentity): void {
    const before = this.knownOf(device);
    this.#known.set(device.key, {
      life: device.life,
      imei: identity.imei ?? before?.imei ?? null,
      manufacturer: identity.manufacturer,
      model: identity.model,
      air: before?.air ?? airUnknown,
      port: path,
      baudRate: before?.baudRate ?? null,
      problem: null,
      failures: 0,
      askAgainAt: this.#clock.monotonic() + staleMs,
    });
  }

  async #look(): Promise<Plugged> {
    const survey = await this.machine.survey();
    const devices = groupDevices(survey);
    const lives = new Map(devices.map((device) => [device.key, device.life]));
    for (const [key, known] of this.#known) if (lives.get(key) !== known.life) this.#known.delete(key);
    return { devices, portless: portlessModems(survey) };
  }

  async #scan(): Promise<readonly ModemPresent[]> {
    const { devices } = await this.look();
    await Promise.all(devices.map((device) => this.#ask(device)));
    return this.#presented(await this.look());
  }

  /** Modems that are new, or have not answered yet. */
  async #askNew(plugged?: Plugged): Promise<void> {
    const { devices } = plugged ?? (await this.look());
    await this.askDue(devices.filter((device) => device.isModem && !this.#isFound(device)));
  }

  async #ask(device: SerialDevice): Promise<void> {
    const said = await this.#asker.ask(device, this.knownOf(device));
    if (said !== null) this.#known.set(device.key, said);
  }

  #isFound(device: SerialDevice): boolean {
    const known = this.knownOf(device);
    return known !== null && known.problem === null;
  }

  #isDue(device: SerialDevice): boolean {
    if (this.#asker.isAsking(device)) return true;
    const known = this.knownOf(device);
    if (known === null) return true;
    if (known.problem === null && !device.mayChange) return false;
    return this.#clock.monotonic() >= known.askAgainAt;
  }

  #presented({ devices, portless }: Plugged): ModemPresent[] {
    const modems = devices.map((device) => presentModem(device, this.knownOf(device), this.locks.holderOf(device.key)));
    const keys = new Set(devices.map((device) => device.key));
    const unlisted = this.locks.held.filter(({ device }) => !keys.has(device));
    return [...modems, ...unlisted.map(presentUnlisted), ...portless.map(presentPortless)];
  }
}
