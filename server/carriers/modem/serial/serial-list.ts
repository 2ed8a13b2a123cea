import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import type { MachineSurvey, SerialPortInfo } from '../usb/port-info.ts';
import { readPortless, readUsbPorts } from '../usb/sysfs.ts';
import type { FileSources } from '../usb/sysfs.ts';

/** A port as the serial driver lists it. */
export interface ListedPort {
  readonly path: string;
  readonly serialNumber?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly pnpId?: string | undefined;
  readonly friendlyName?: string | undefined;
}

/** Where ports are looked for; a test gives its own. */
export interface PortSources extends FileSources {
  readonly list: () => Promise<readonly ListedPort[]>;
}

const byIdFolder = '/dev/serial/by-id';
const byPathFolder = '/dev/serial/by-path';
const deviceFolder = '/dev';
const modemDevice = /^tty(?:USB|ACM)\d+$/;

export const systemSources: PortSources = {
  list: async () => await SerialPort.list(),
  names: (folder) => readdir(folder).catch(() => []),
  target: (path) => realpath(path),
  text: (path) => readFile(path, 'utf8').catch(() => null),
};

/**
 * All serial ports of the machine, as far as it tells: from the kernel's own files on Linux, else from the serial driver,
 * else the bare device files. Never rejects.
 */
export async function surveyMachine(sources: PortSources = systemSources): Promise<MachineSurvey> {
  const usb = await readUsbPorts(sources);
  const ports = usb ?? (await listByDriver(sources)) ?? (await listByFiles(sources));
  const named = await addStableNames(sources, ports);
  return { ports: named, portless: usb === null ? [] : await readPortless(sources, ports) };
}

async function listByDriver(sources: PortSources): Promise<SerialPortInfo[] | null> {
  const listed = await sources.list().catch(() => null);
  return listed?.map(fromDriver) ?? null;
}

/** What the names and ids of Windows and macOS tell. */
function fromDriver(port: ListedPort): SerialPortInfo {
  const { path, serialNumber, manufacturer, friendlyName } = port;
  const number = /\bMI_([0-9A-F]{2})/i.exec(port.pnpId ?? '')?.[1];
  // The ports of one device differ in the last four digits only: USB\VID_12D1&PID_1506&MI_02\6&1A2B3C&0&0002
  const instance = /&MI_[0-9A-F]{2}\\(.*)&[0-9A-F]{4}$/i.exec(port.pnpId ?? '')?.[1];
  const location = instance ?? port.locationId;
  return {
    path,
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(port.vendorId === undefined ? {} : { vendorId: port.vendorId.toLowerCase() }),
    ...(port.productId === undefined ? {} : { productId: port.productId.toLowerCase() }),
    ...(location === undefined ? {} : { location }),
    ...(number === undefined ? {} : { interfaceNumber: Number.parseInt(number, 16) }),
    ...(friendlyName === undefined ? {} : { label: friendlyName }),
  };
}

async function listByFiles(sources: PortSources): Promise<SerialPortInfo[]> {
  const names = await sources.names(deviceFolder);
  return names
    .filter((name) => modemDevice.test(name))
    .toSorted()
    .map((name) => ({ path: join(deviceFolder, name) }));
}

/**
 * Adds the name that stays. Sticks of one maker may carry the same serial number, and then share one name by id, which
 * leads to whichever came last; for them only the name of the socket is safe.
 */
async function addStableNames(sources: PortSources, ports: readonly SerialPortInfo[]): Promise<SerialPortInfo[]> {
  const byId = await readLinks(sources, byIdFolder);
  const byPath = await readLinks(sources, byPathFolder);
  return ports.map((port) => {
    const stableId = isTwin(port, ports) ? byPath.get(port.path) : (byId.get(port.path) ?? byPath.get(port.path));
    return stableId === undefined ? port : { ...port, stableId };
  });
}

function isTwin(port: SerialPortInfo, ports: readonly SerialPortInfo[]): boolean {
  const { vendorId, location } = port;
  if (vendorId === undefined || location === undefined) return false;
  return ports.some(
    (other) =>
      other.location !== location &&
      other.vendorId === vendorId &&
      other.productId === port.productId &&
      other.serialNumber === port.serialNumber,
  );
}

/** From the device file to its link. */
async function readLinks(sources: PortSources, folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of (await sources.names(folder)).toSorted()) {
    const link = join(folder, name);
    const path = await sources.target(link).catch(() => null);
    if (path !== null) found.set(path, link);
  }
  return found;
}
