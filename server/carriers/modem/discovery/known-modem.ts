import type { ModemAir, ModemPresent } from '../../../domain/modem-search.ts';
import type { PortlessModem, SerialDevice } from '../usb/devices.ts';
import type { HeldPort, PortHolder } from './port-locks.ts';

/** What was learnt holds for so long where another modem may take the place unseen. */
export const staleMs = 60_000;

export const airUnknown: ModemAir = { sim: null, operator: null, signalDbm: null };

/** What was learnt of one device. */
export interface KnownModem {
  /** Of the device when it was learnt; what was learnt of an earlier one does not count. */
  readonly life: string;
  readonly imei: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly air: ModemAir;
  /** The port that was chosen; null when none answered. */
  readonly port: string | null;
  readonly baudRate: number | null;
  /** In words; null when a port was chosen. */
  readonly problem: string | null;
  /** How often in a row it was asked in vain, and when it may be asked again (monotonic). */
  readonly failures: number;
  readonly askAgainAt: number;
}

/** The device as people and the API see it. */
export function presentModem(device: SerialDevice, known: KnownModem | null, holder: PortHolder | null): ModemPresent {
  return {
    imei: known?.imei ?? null,
    manufacturer: known?.manufacturer ?? null,
    model: known?.model ?? null,
    ...(known?.air ?? airUnknown),
    device: device.name,
    usb: device.usb,
    ports: device.ports.map(({ path, stableId, role }) => ({ path, stable: stableId ?? null, role })),
    port: known?.port ?? null,
    baudRate: known?.baudRate ?? null,
    carrierId: holder?.carrierId ?? null,
    problem: known === null ? notAskedWords(device, holder) : known.problem,
  };
}

/** A modem at a port of which no survey tells: a UART, a link to somewhere else. */
export function presentUnlisted({ path, imei, holder }: HeldPort): ModemPresent {
  return {
    imei,
    manufacturer: null,
    model: null,
    ...airUnknown,
    device: path,
    usb: null,
    ports: [{ path, stable: null, role: 'unknown' }],
    port: path,
    baudRate: null,
    carrierId: holder.carrierId,
    problem: null,
  };
}

export function presentPortless({ name, usb, problem }: PortlessModem): ModemPresent {
  return {
    imei: null,
    manufacturer: null,
    model: null,
    ...airUnknown,
    device: name,
    usb,
    ports: [],
    port: null,
    baudRate: null,
    carrierId: null,
    problem,
  };
}

function notAskedWords(device: SerialDevice, holder: PortHolder | null): string | null {
  if (holder?.carrierId !== null && holder !== null) return null;
  if (device.isModem) return 'It has not been asked yet. Scan for modems.';
  return device.isAdapter
    ? 'A serial adapter: anything may be behind it, so it is asked only when you scan for modems.'
    : 'It is not known as a modem, so it is asked only when you scan for modems.';
}
