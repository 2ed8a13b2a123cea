import { AppError } from '../../../domain/errors.ts';
import { sameImei } from '../../../domain/modem-search.ts';
import { portsToAsk } from '../usb/devices.ts';
import type { SerialDevice } from '../usb/devices.ts';
import { mayBeAsked } from '../usb/port-role.ts';
import type { ModemFinder, Plugged } from './modem-finder.ts';

/** How a carrier names its modem. */
export interface ModemWanted {
  readonly imei: string | null;
  readonly path: string | null;
  readonly usbSerial: string | null;
  readonly baudRate: number | null;
  /** USB ids of the device at which it was last met; a serial adapter is asked on its behalf only when it is such a one. */
  readonly usb: string | null;
  /** The interface that a person chose with the path; kept when the path changes. */
  readonly interfaceNumber: number | null;
}

/** Where the modem is now. */
export interface ModemPlace {
  /** What is opened. */
  readonly path: string;
  /** Null for a port that no survey tells of. */
  readonly device: SerialDevice | null;
  readonly baudRate: number | null;
}

/** Where each modem was met last in this run, by IMEI; a modem that hangs is still there though it does not answer. */
export type LastPlaces = Map<string, { readonly key: string; readonly life: string; readonly path: string }>;

/**
 * Where a carrier's modem is plugged in now. Rejects with an AppError that says, in words, why there is none: not plugged
 * in, another modem in its place, several that fit.
 */
export async function placeModem(finder: ModemFinder, wanted: ModemWanted, last: LastPlaces): Promise<ModemPlace> {
  const plugged = await finder.look();
  if (wanted.imei !== null) return placeByImei(finder, wanted, wanted.imei, plugged, last);
  if (wanted.usbSerial !== null) return placeBySerial(finder, wanted, wanted.usbSerial, plugged);
  if (wanted.path !== null) return placeByPath(finder, wanted, wanted.path, plugged);
  throw new AppError('carrier.config_invalid', 'Name the modem by its IMEI, its path or its USB serial number.');
}

async function placeByImei(
  finder: ModemFinder,
  wanted: ModemWanted,
  imei: string,
  plugged: Plugged,
  last: LastPlaces,
): Promise<ModemPlace> {
  const { devices } = plugged;
  let device = finder.deviceOf(imei, devices);
  if (device === null) {
    const real = wanted.path === null ? null : await finder.machine.realPath(wanted.path);
    const worthAsking = (each: SerialDevice): boolean =>
      each.isModem || (wanted.usb !== null && each.usb === wanted.usb) || hasPort(each, real);
    await finder.askDue(devices.filter(worthAsking));
    device = finder.deviceOf(imei, devices);
  }
  if (device !== null) return portOf(finder, device, wanted);
  const before = last.get(imei);
  const there = devices.find((each) => each.key === before?.key && each.life === before.life);
  if (there !== undefined && before !== undefined && isNobodyElse(finder, there, imei)) {
    return { path: before.path, device: there, baudRate: wanted.baudRate };
  }
  if (wanted.path !== null) {
    const place = await placeByPath(finder, wanted, wanted.path, plugged);
    if (place.device === null || isNobodyElse(finder, place.device, imei)) return place;
  }
  throw await notFound(finder, wanted, imei, plugged);
}

async function placeBySerial(
  finder: ModemFinder,
  wanted: ModemWanted,
  serial: string,
  { devices }: Plugged,
): Promise<ModemPlace> {
  const found = devices.filter((device) => hasSerial(device, serial));
  const real = wanted.path === null ? null : await finder.machine.realPath(wanted.path);
  const named = found.find((device) => hasPort(device, real));
  if (named !== undefined && real !== null) return { path: real, device: named, baudRate: wanted.baudRate };
  const [device] = found;
  if (device === undefined) {
    throw new AppError('carrier.config_invalid', `No modem with the USB serial number ${serial} is plugged in.`);
  }
  if (found.length > 1) {
    const paths = found.map((each) => each.ports[0]?.stableId ?? each.ports[0]?.path ?? each.key).join(', ');
    const message = `Several modems have the USB serial number ${serial}, as those of some makers do. Name this one by its IMEI, or by the path of one of its ports: ${paths}.`;
    throw new AppError('carrier.config_invalid', message);
  }
  if (finder.knownOf(device) === null) await finder.askDue([device]);
  return portOf(finder, device, wanted);
}

async function placeByPath(
  finder: ModemFinder,
  wanted: ModemWanted,
  path: string,
  { devices }: Plugged,
): Promise<ModemPlace> {
  const real = await finder.machine.realPath(path);
  const device = devices.find((each) => hasPort(each, real)) ?? null;
  const role = device?.ports.find((port) => port.path === real)?.role;
  if (device !== null && role !== undefined && !mayBeAsked(role)) {
    const better = finder.knownOf(device)?.port ?? portsToAsk(device)[0]?.path;
    const advice = better === undefined ? 'Scan for modems to see its ports.' : `Use ${better}.`;
    throw new AppError(
      'carrier.config_invalid',
      `${path} is the ${role} port of this modem and takes no AT commands. ${advice}`,
    );
  }
  if (device !== null) await finder.quiet(device);
  return { path, device, baudRate: wanted.baudRate };
}

/** The port that a person once chose, else the one that was found best, else the likeliest. */
function portOf(finder: ModemFinder, device: SerialDevice, wanted: ModemWanted): ModemPlace {
  const known = finder.knownOf(device);
  const candidates = portsToAsk(device);
  const pinned = candidates.find(
    (port) => wanted.interfaceNumber !== null && port.interfaceNumber === wanted.interfaceNumber,
  );
  const path = pinned?.path ?? known?.port ?? candidates[0]?.path;
  if (path === undefined) {
    throw new AppError('carrier.config_invalid', known?.problem ?? `No port of ${device.name} is for AT commands.`);
  }
  return { path, device, baudRate: wanted.baudRate ?? known?.baudRate ?? null };
}

function hasPort(device: SerialDevice, path: string | null): boolean {
  return device.ports.some((port) => port.path === path);
}

function hasSerial(device: SerialDevice, serial: string): boolean {
  return device.serialNumber === serial || device.ports.some((port) => port.stableId?.includes(`_${serial}-`) === true);
}

function isNobodyElse(finder: ModemFinder, device: SerialDevice, imei: string): boolean {
  const told = finder.knownOf(device)?.imei ?? null;
  return told === null || sameImei(told, imei);
}

/** Says what there is instead of the modem that is missing. */
async function notFound(
  finder: ModemFinder,
  wanted: ModemWanted,
  imei: string,
  { devices, portless }: Plugged,
): Promise<AppError> {
  const holder = finder.locks.holderOfModem(imei);
  if (holder !== null) {
    const message = `The carrier "${holder.name}" already uses the modem with the IMEI ${imei}. One modem serves one carrier: remove one of the two.`;
    return new AppError('port.in_use', message);
  }
  const words = [`The modem with the IMEI ${imei} is not plugged in, or does not answer yet.`];
  const real = wanted.path === null ? null : await finder.machine.realPath(wanted.path);
  const other = devices.find((device) => hasPort(device, real));
  const told = other === undefined ? null : (finder.knownOf(other)?.imei ?? null);
  if (told !== null) {
    words.push(
      `At ${wanted.path} there is another modem now (IMEI ${told}), which is not used for this carrier. Plug the right one in, or remove this carrier and add that modem.`,
    );
  }
  const mute = devices.find((device) => device.isModem && (finder.knownOf(device)?.problem ?? null) !== null);
  if (mute !== undefined) words.push(`${mute.name} is plugged in: ${finder.knownOf(mute)?.problem ?? ''}`);
  for (const { name, problem } of portless) words.push(`${name} is plugged in. ${problem}`);
  if (words.length === 1) words.push('Plug it in; the box finds it at any socket.');
  return new AppError('carrier.config_invalid', words.join(' '));
}
