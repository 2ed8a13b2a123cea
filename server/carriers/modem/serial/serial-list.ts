import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { AppError } from '../../../domain/errors.ts';

export interface SerialPortInfo {
  /** What is opened now; it changes when the modem is plugged in again. */
  readonly path: string;
  /** Of the USB device; several devices of one maker may share it. */
  readonly serialNumber?: string;
  readonly manufacturer?: string;
  readonly vendorId?: string;
  readonly productId?: string;
  /** A name below /dev/serial/by-id that stays when the path changes. */
  readonly stableId?: string;
}

/** What a configuration names a port by; the first that is there counts. */
export interface PortWanted {
  readonly path?: string;
  readonly usbSerial?: string;
}

/** Where ports are looked for; a test gives its own. */
export interface PortSources {
  readonly list: () => Promise<readonly SerialPortInfo[]>;
  /** File names of a folder; empty when it is not there. */
  readonly names: (folder: string) => Promise<readonly string[]>;
  /** Where a link leads to. */
  readonly target: (path: string) => Promise<string>;
}

const byIdFolder = '/dev/serial/by-id';
const deviceFolder = '/dev';
const modemDevice = /^tty(?:USB|ACM)\d+$/;

export const systemSources: PortSources = {
  list: listByDriver,
  names: (folder) => readdir(folder).catch(() => []),
  target: (path) => realpath(path),
};

/**
 * All serial ports of the machine, as far as it tells. Never rejects: where `SerialPort.list()` fails, as on a Linux without
 * `udevadm`, the device files are read instead.
 */
export async function listSerialPorts(sources: PortSources = systemSources): Promise<SerialPortInfo[]> {
  const stable = await readStableNames(sources);
  const listed = await sources.list().catch(() => null);
  const ports = listed ?? (await listByFiles(sources, stable));
  return ports.map((port) => {
    const stableId = stable.get(port.path);
    return stableId === undefined ? port : { ...port, stableId };
  });
}

/** The path to open now. Rejects with `carrier.config_invalid`, in words, when nothing fits or several do. */
export async function resolvePort(wanted: PortWanted, sources: PortSources = systemSources): Promise<string> {
  if (wanted.usbSerial === undefined) {
    if (wanted.path === undefined)
      throw new AppError('carrier.config_invalid', 'Name the modem by its path or its USB serial number.');
    return wanted.path;
  }
  const serial = wanted.usbSerial;
  const found = (await listSerialPorts(sources)).filter(
    (port) => port.serialNumber === serial || port.stableId?.includes(`_${serial}-`) === true,
  );
  const { path } = wanted;
  const named = path === undefined ? undefined : found.find((port) => port.path === path || port.stableId === path);
  const chosen = named ?? (found.length === 1 ? found[0] : undefined);
  if (chosen !== undefined) return chosen.path;
  if (found.length === 0) {
    throw new AppError('carrier.config_invalid', `No modem with the USB serial number ${serial} is plugged in.`);
  }
  const paths = found.map((port) => port.stableId ?? port.path).join(', ');
  throw new AppError(
    'carrier.config_invalid',
    `Several ports have the USB serial number ${serial}; add the path of one: ${paths}.`,
  );
}

async function listByDriver(): Promise<readonly SerialPortInfo[]> {
  const ports = await SerialPort.list();
  return ports.map((port) => ({
    path: port.path,
    ...(port.serialNumber === undefined ? {} : { serialNumber: port.serialNumber }),
    ...(port.manufacturer === undefined ? {} : { manufacturer: port.manufacturer }),
    ...(port.vendorId === undefined ? {} : { vendorId: port.vendorId }),
    ...(port.productId === undefined ? {} : { productId: port.productId }),
  }));
}

async function listByFiles(
  sources: PortSources,
  stable: ReadonlyMap<string, string>,
): Promise<readonly SerialPortInfo[]> {
  const names = await sources.names(deviceFolder);
  const devices = names.filter((name) => modemDevice.test(name)).map((name) => join(deviceFolder, name));
  const paths = new Set([...devices, ...stable.keys()]);
  return [...paths].toSorted().map((path) => ({ path }));
}

/** From the device file to its name that stays. */
async function readStableNames(sources: PortSources): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of await sources.names(byIdFolder)) {
    const link = join(byIdFolder, name);
    const path = await sources.target(link).catch(() => null);
    if (path !== null) found.set(path, link);
  }
  return found;
}
