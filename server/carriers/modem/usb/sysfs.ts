import { basename, join } from 'node:path';
import type { SerialPortInfo, UsbDeviceInfo } from './port-info.ts';

/** How the files of Linux are read; a test gives its own. */
export interface FileSources {
  /** Names in a folder; empty when it is not there. */
  readonly names: (folder: string) => Promise<readonly string[]>;
  /** Where a link leads to; rejects when it leads nowhere. */
  readonly target: (path: string) => Promise<string>;
  /** The text of a small file; null when it cannot be read. */
  readonly text: (path: string) => Promise<string | null>;
}

const ttyFolder = '/sys/class/tty';
const usbFolder = '/sys/bus/usb/devices';
const usbTty = /^tty(?:USB|ACM|XRUSB|WCHUSB)\d+$/;
const interfaceName = /^\d+-[\d.]+:\d+\.\d+$/;
const deviceName = /^\d+-[\d.]+$/;

/** The serial ports of USB devices, as the kernel tells of them; null where there is no such kernel. */
export async function readUsbPorts(files: FileSources): Promise<SerialPortInfo[] | null> {
  const names = await files.names(ttyFolder);
  if (names.length === 0) return null;
  const found = await Promise.all(names.filter((name) => usbTty.test(name)).map((name) => readPort(files, name)));
  return found.filter((port) => port !== null).toSorted((a, b) => byNumber(a.path, b.path));
}

/** USB devices none of whose interfaces is a serial port; hubs and the like excepted by their class. */
export async function readPortless(
  files: FileSources,
  ports: readonly SerialPortInfo[],
): Promise<readonly UsbDeviceInfo[]> {
  const names = (await files.names(usbFolder)).filter((name) => deviceName.test(name));
  const withPorts = new Set(ports.map((port) => port.location));
  const found = await Promise.all(names.filter((name) => !withPorts.has(name)).map((name) => readDevice(files, name)));
  return found.filter((device) => device !== null);
}

async function readPort(files: FileSources, name: string): Promise<SerialPortInfo | null> {
  const place = await files.target(join(ttyFolder, name, 'device')).catch(() => null);
  if (place === null) return null;
  const path = `/dev/${name}`;
  const segments = place.split('/');
  const at = segments.findLastIndex((segment) => interfaceName.test(segment));
  if (at < 1) return { path };
  const interfaceFolder = segments.slice(0, at + 1).join('/');
  const deviceFolder = segments.slice(0, at).join('/');
  const device = await readStrings(files, deviceFolder, {
    vendorId: 'idVendor',
    productId: 'idProduct',
    serialNumber: 'serial',
    manufacturer: 'manufacturer',
    product: 'product',
    life: 'devnum',
  });
  const number = await files.text(join(interfaceFolder, 'bInterfaceNumber'));
  const driver = await files.target(join(interfaceFolder, 'driver')).catch(() => null);
  return {
    path,
    ...device,
    location: segments[at - 1] ?? '',
    ...(number === null ? {} : { interfaceNumber: Number.parseInt(number, 16) }),
    interfaceClass: await readClass(files, interfaceFolder),
    ...(driver === null ? {} : { driver: basename(driver) }),
  };
}

async function readDevice(files: FileSources, name: string): Promise<UsbDeviceInfo | null> {
  const folder = join(usbFolder, name);
  const { vendorId, productId, product } = await readStrings(files, folder, {
    vendorId: 'idVendor',
    productId: 'idProduct',
    product: 'product',
  });
  if (vendorId === undefined || productId === undefined) return null;
  const parts = (await files.names(folder)).filter((part) => interfaceName.test(part));
  const interfaces = await Promise.all(parts.map((part) => readClass(files, join(folder, part))));
  return { vendorId, productId, ...(product === undefined ? {} : { product }), location: name, interfaces };
}

async function readClass(files: FileSources, folder: string): Promise<string> {
  const read = async (name: string): Promise<string> => (await files.text(join(folder, name)))?.trim() ?? '';
  const parts = await Promise.all(['bInterfaceClass', 'bInterfaceSubClass', 'bInterfaceProtocol'].map(read));
  return parts.join('/').toLowerCase();
}

async function readStrings<K extends string>(
  files: FileSources,
  folder: string,
  wanted: Readonly<Record<K, string>>,
): Promise<Partial<Record<K, string>>> {
  const found: Partial<Record<K, string>> = {};
  for (const key in wanted) {
    const text = (await files.text(join(folder, wanted[key])))?.trim();
    if (text !== undefined && text !== '') found[key] = text;
  }
  return found;
}

/** ttyUSB10 behind ttyUSB9. */
function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
