import { groupDevices, portlessModems, portsToAsk } from '../usb/devices.ts';
import { surveyMachine } from './serial-list.ts';

/** A device at a serial port, or a modem that has none, as a person wants to know of it. */
export interface DeviceLook {
  readonly name: string;
  /** `2c7c:0125`; null when it is no USB device, or the system does not tell. */
  readonly usb: string | null;
  /** Ports that take AT commands. */
  readonly ports: readonly string[];
  readonly kind: 'modem' | 'adapter' | 'other';
  /** Why it cannot be used, and what to do; null when nothing is seen from outside. */
  readonly problem: string | null;
}

/** What is plugged in, seen from outside: nothing is opened. Never rejects. */
export async function lookAround(): Promise<readonly DeviceLook[]> {
  const survey = await surveyMachine();
  const devices = groupDevices(survey).map((device): DeviceLook => ({
    name: device.name,
    usb: device.usb,
    ports: portsToAsk(device).map((port) => port.path),
    kind: device.isModem ? 'modem' : device.isAdapter ? 'adapter' : 'other',
    problem: null,
  }));
  const portless = portlessModems(survey).map(({ name, usb, problem, isAdapter }): DeviceLook => ({
    name,
    usb,
    ports: [],
    kind: isAdapter ? 'adapter' : 'modem',
    problem,
  }));
  return [...devices, ...portless];
}
