import { errorText } from '../../../domain/errors.ts';
import { sameImei, tellingImei } from '../../../domain/modem-search.ts';
import type { ByteStream, Logger } from '../../../domain/ports.ts';
import type { ModemIdentity } from '../init/context.ts';
import type { PortRole } from '../usb/port-role.ts';
import { holding } from './held-stream.ts';
import type { ModemFinder } from './modem-finder.ts';
import { placeModem } from './place-modem.ts';
import type { LastPlaces, ModemPlace, ModemWanted } from './place-modem.ts';
import type { PortHolder, PortLock } from './port-locks.ts';

/** What a carrier keeps of its modem from the first successful start on. */
export interface LearntModem {
  readonly imei?: string;
  readonly seenUsb?: string;
  readonly seenInterface?: number;
}

export interface ModemLineOptions {
  readonly finder: ModemFinder;
  readonly holder: PortHolder;
  readonly wanted: ModemWanted;
  readonly log: Logger;
  /** Keeps what was learnt with the carrier's configuration. */
  readonly keep: (learnt: LearntModem) => Promise<void>;
}

/** The open port of a modem. */
export interface OpenedLine extends ByteStream {
  /** For a person. */
  readonly path: string;
  /** Of a port of the modem's own USB device; not of a UART or a serial adapter. */
  readonly role?: PortRole;
  readonly usb?: string;
}

interface Current {
  readonly place: ModemPlace;
  readonly real: string;
  readonly lock: PortLock;
}

/**
 * The way to one carrier's modem: finds it wherever it is plugged in, holds its port, and makes sure that the modem at the
 * other end is this carrier's and nobody else's.
 */
export class ModemLine {
  readonly #options: ModemLineOptions;
  readonly #last: LastPlaces = new Map();
  #wanted: ModemWanted;
  #current: Current | null = null;

  constructor(options: ModemLineOptions) {
    this.#options = options;
    this.#wanted = options.wanted;
  }

  /** Rejects with an AppError in words for the operator: not plugged in, held by another, not allowed. */
  async open(how: { readonly knockDtr: boolean }): Promise<OpenedLine> {
    const { finder, holder } = this.#options;
    const place = await placeModem(finder, this.#wanted, this.#last);
    const real = await finder.machine.realPath(place.path);
    const lock = finder.locks.take(real, place.device?.key ?? `port:${real}`, holder);
    try {
      const baudRate = place.baudRate ?? undefined;
      const stream = await finder.machine.open({ path: real, baudRate, knockDtr: how.knockDtr });
      this.#current = { place, real, lock };
      return { ...holding(stream, lock), path: place.path, ...ownUsb(place, real) };
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Whether the modem's power can and may be switched. Never rejects. */
  async able(): Promise<boolean> {
    const { finder } = this.#options;
    const socket = this.#socket();
    return socket !== null && finder.mayCyclePower() && (await finder.machine.powerAble(socket).catch(() => false));
  }

  /** Takes the modem off the bus and back. Rejects when that fails. */
  async cycle(): Promise<void> {
    const socket = this.#socket();
    if (socket !== null) await this.#options.finder.machine.powerCycle(socket);
  }

  /** Why the modem that says this of itself is not to be used here, in words; null when it is the carrier's. */
  admit(identity: ModemIdentity): string | null {
    const current = this.#current;
    if (current === null) return null;
    const { place, real, lock } = current;
    const imei = tellingImei(identity.imei) ? identity.imei : null;
    const { device } = place;
    if (device !== null) this.#options.finder.learn(device, real, { ...identity, imei });
    const wanted = this.#wanted.imei;
    if (wanted !== null && imei === null) {
      return `The modem at ${place.path} does not tell its IMEI, so the box cannot be sure that it is the right one. It is asked again.`;
    }
    if (wanted !== null && imei !== null && !sameImei(wanted, imei)) return strangerAt(place.path, imei, wanted);
    if (imei === null) return null;
    const refused = lock.claim(imei);
    if (refused === null && device !== null) this.#last.set(imei, { key: device.key, life: device.life, path: real });
    return refused;
  }

  /** The modem is in service: from now on this carrier is tied to it, at whatever port it is. Never rejects. */
  async inService(identity: ModemIdentity): Promise<void> {
    const port = this.#current?.place.device?.ports.find((each) => each.path === this.#current?.real);
    const usb = this.#current?.place.device?.usb ?? null;
    const learnt: LearntModem = {
      ...(this.#wanted.imei === null && tellingImei(identity.imei) ? { imei: identity.imei } : {}),
      ...(usb !== null && usb !== this.#wanted.usb ? { seenUsb: usb } : {}),
      // Only a path that a person named says which of several ports is meant.
      ...(this.#wanted.path !== null && this.#wanted.interfaceNumber === null && port?.interfaceNumber !== undefined
        ? { seenInterface: port.interfaceNumber }
        : {}),
    };
    if (Object.keys(learnt).length === 0) return;
    this.#wanted = {
      ...this.#wanted,
      imei: learnt.imei ?? this.#wanted.imei,
      usb: learnt.seenUsb ?? this.#wanted.usb,
      interfaceNumber: learnt.seenInterface ?? this.#wanted.interfaceNumber,
    };
    try {
      await this.#options.keep(learnt);
    } catch (error) {
      this.#options.log.error('modem.identity_not_kept', { error: errorText(error) });
    }
  }

  /** Of the modem itself: an adapter's power is not that of the modem behind it. */
  #socket(): string | null {
    const device = this.#current?.place.device ?? null;
    return device === null || device.isAdapter ? null : device.socket;
  }
}

/** What is known of the port when the modem itself is the USB device. */
function ownUsb({ device }: ModemPlace, real: string): Pick<OpenedLine, 'role' | 'usb'> {
  if (device === null || device.isAdapter || device.usb === null) return {};
  const role = device.ports.find((port) => port.path === real)?.role;
  return { usb: device.usb, ...(role === undefined ? {} : { role }) };
}

function strangerAt(path: string, there: string, wanted: string): string {
  return `At ${path} there is another modem (IMEI ${there}) than the one of this carrier (IMEI ${wanted}). It is not used. Plug the right one in, or remove this carrier and add that modem.`;
}
