import type { MachineSurvey, SerialPortInfo, UsbDeviceInfo } from './port-info.ts';
import { mayBeAsked, rolesToAsk } from './port-role.ts';
import type { PortRole } from './port-role.ts';
import { interfaceRoles, labelRoles, modemDrivers, serialAdapters, usbModems, usbStrangers } from './usb-table.ts';
import type { UsbStranger } from './usb-table.ts';

export interface DevicePort extends SerialPortInfo {
  readonly role: PortRole;
}

/** All serial ports of one USB device, or one port that belongs to none. */
export interface SerialDevice {
  /** The same as long as it stays in its socket. */
  readonly key: string;
  /** Changes when it leaves and comes back, where the system tells. */
  readonly life: string;
  /** `12d1:1506`; null when it is no USB device, or the system does not tell. */
  readonly usb: string | null;
  readonly serialNumber: string | null;
  /** The USB socket, where the system tells. */
  readonly socket: string | null;
  /** For a person, before the modem itself has told its name. */
  readonly name: string;
  readonly ports: readonly DevicePort[];
  /** A modem may be asked at any time, anything else only when somebody wants it. */
  readonly isModem: boolean;
  readonly isAdapter: boolean;
  /** Another modem may take its place without the system telling of it. */
  readonly mayChange: boolean;
}

/** A modem that cannot be used as it is, and why in words. */
export interface PortlessModem {
  readonly key: string;
  readonly usb: string;
  readonly name: string;
  readonly problem: string;
  readonly isAdapter: boolean;
}

/** Puts the ports of one device together, and tells what each is for. */
export function groupDevices({ ports }: MachineSurvey): SerialDevice[] {
  const groups = new Map<string, SerialPortInfo[]>();
  for (const port of ports) {
    const key = keyOf(port);
    groups.set(key, [...(groups.get(key) ?? []), port]);
  }
  return [...groups].map(([key, members]) => describe(key, members));
}

/** The ports that may be asked, the likeliest first. */
export function portsToAsk(device: SerialDevice): DevicePort[] {
  const rank = (port: DevicePort): number => rolesToAsk.indexOf(port.role);
  return device.ports.filter((port) => mayBeAsked(port.role)).toSorted((a, b) => rank(a) - rank(b));
}

/** Modems without a serial port: as a network card, as a disk, or without their driver. */
export function portlessModems({ portless }: MachineSurvey): PortlessModem[] {
  return portless.flatMap((device) => {
    const usb = `${device.vendorId}:${device.productId}`;
    const stranger = usbStrangers.find((row) => row.usb === usb) ?? guess(usb, device);
    if (stranger === undefined) return [];
    const { name, why } = stranger;
    return [{ key: `usb:${device.location}`, usb, name, problem: strangerWords(why, usb), isAdapter: why === 'taken' }];
  });
}

/** What to do about a stick without a serial port. */
export function strangerWords(why: UsbStranger['why'], usb: string): string {
  if (why === 'taken') {
    return `It is a serial adapter (${usb}) without a port: another program, often brltty for Braille displays, has taken it, or its driver is missing.`;
  }
  if (why === 'network') {
    return `It shows itself as a network card (HiLink, ${usb}) and has no port for AT commands, so the box cannot use it. Use a stick with modem firmware ("stick" mode), or have this one's firmware changed.`;
  }
  return `It shows itself as a disk with its own driver programs (${usb}) and has not become a modem. On Linux install the package usb-modeswitch and plug the stick in again; on Windows install its driver.`;
}

function keyOf(port: SerialPortInfo): string {
  if (port.location !== undefined) return `usb:${port.location}`;
  if (port.vendorId !== undefined && port.serialNumber !== undefined) {
    return `usb:${port.vendorId}:${port.productId ?? ''}:${port.serialNumber}`;
  }
  return `port:${port.path}`;
}

function describe(key: string, members: readonly SerialPortInfo[]): SerialDevice {
  const [first] = members;
  const usb = first?.vendorId === undefined ? null : `${first.vendorId}:${first.productId ?? ''}`.toLowerCase();
  const known = usb === null ? undefined : bestRow(usbModems, usb);
  const adapter = usb === null ? undefined : bestRow(serialAdapters, usb);
  const driven = members.some(
    (port) => port.driver !== undefined && modemDrivers.includes(port.driver.replace(/\d+$/, '')),
  );
  const told = [first?.manufacturer, first?.product].filter((text) => text !== undefined).join(' ');
  const ports = members.map((port) => ({ ...port, role: roleOf(port, usb) }));
  return {
    key,
    life: [first?.life ?? '', usb ?? '', ...members.map((port) => port.path)].join('|'),
    usb,
    serialNumber: first?.serialNumber ?? null,
    socket: first?.location ?? null,
    name: known?.name ?? (told === '' ? (adapter?.name ?? first?.path ?? key) : told),
    ports,
    isModem: adapter === undefined && (known !== undefined || driven),
    isAdapter: adapter !== undefined,
    mayChange: adapter !== undefined || first?.life === undefined,
  };
}

function roleOf(port: SerialPortInfo, usb: string | null): PortRole {
  const layout = usb === null ? undefined : bestRow(usbModems, usb)?.ports;
  const number = port.interfaceNumber;
  if (layout !== undefined && number !== undefined) return layout[number] ?? 'unknown';
  const told = port.interfaceClass ?? '';
  const byClass = interfaceRoles.find((row) => (usb ?? '').startsWith(row.usb) && row.match.test(told));
  if (byClass !== undefined) return byClass.role;
  const label = port.label ?? port.path;
  return labelRoles.find((row) => row.match.test(label))?.role ?? 'unknown';
}

/** The row of the model, else that of its maker. */
function bestRow<T extends { readonly usb: string }>(rows: readonly T[], usb: string): T | undefined {
  return rows.find((row) => row.usb === usb) ?? rows.find((row) => row.usb === usb.slice(0, 4));
}

/** Adapters that brltty takes for a Braille display; other products of these makers are no serial ports at all. */
function isBrailleLike(usb: string): boolean {
  return /^(?:1a86:(?:7523|5523|7522)|10c4:ea60|0403:6001|067b:2303)$/.test(usb);
}

/** A maker's model that no row names: a network card of Huawei is HiLink, a mere disk of a maker of sticks a driver disk. */
function guess(usb: string, device: UsbDeviceInfo): UsbStranger | undefined {
  const adapter = bestRow(serialAdapters, usb);
  if (adapter !== undefined && isBrailleLike(usb)) return { usb, name: adapter.name, why: 'taken' };
  const maker = usbModems.find((row) => row.usb === device.vendorId);
  if (maker === undefined || device.interfaces.length === 0) return undefined;
  const name = device.product ?? maker.name;
  const network = device.interfaces.some((each) => /^(?:02\/0[6d]|e0\/01\/03)/.test(each));
  if (network) return { usb, name, why: 'network' };
  const disk = device.interfaces.every((each) => each.startsWith('08/'));
  return disk && /mobile|modem|wireless/i.test(name) ? { usb, name, why: 'disk' } : undefined;
}
