import type { ModemMachine, PortOpening } from '../../server/carriers/modem/discovery/machine.ts';
import type { MachineSurvey, SerialPortInfo, UsbDeviceInfo } from '../../server/carriers/modem/usb/port-info.ts';
import { AppError } from '../../server/domain/errors.ts';
import type { ByteStream } from '../../server/domain/ports.ts';
import type { ScriptedModem } from './scripted-modem.ts';

/** What is at the other end of one serial port. */
export interface PortEnd {
  open(): ByteStream;
}

export interface StickShape {
  /** `2c7c:0125`. */
  readonly usb?: string;
  /** Its socket, such as `1-2`. */
  readonly location?: string;
  readonly serialNumber?: string;
  readonly driver?: string;
  /** The machine does not list it, as a UART or a link to somewhere else. */
  readonly unlisted?: true;
  /** The machine does not tell when it was exchanged. */
  readonly timeless?: true;
  /** Interface number to path and what is behind it; null for what nobody may touch. */
  readonly ports: readonly {
    readonly path: string;
    readonly interfaceNumber?: number;
    readonly interfaceClass?: string;
    readonly end: PortEnd | null;
  }[];
}

/** A machine whose sockets a test fills and empties. Several sticks at once, each with its ports. */
export class FakeMachine implements ModemMachine {
  readonly opened: string[] = [];
  readonly openings: PortOpening[] = [];
  portless: UsbDeviceInfo[] = [];
  /** Paths that do not open, and why. */
  readonly refused = new Map<string, AppError>();
  /** Links such as those of /dev/serial/by-id. */
  readonly links = new Map<string, string>();
  surveys = 0;
  /** Sockets whose power this user may switch, and what happens then. */
  readonly power = new Map<string, () => void>();
  readonly #sticks = new Map<string, { readonly shape: StickShape; readonly life: number }>();
  #lives = 0;

  /** Plugs a stick in, or puts another one into its socket. */
  plug(shape: StickShape): void {
    this.#lives += 1;
    this.#sticks.set(shape.location ?? shape.ports[0]?.path ?? '', { shape, life: this.#lives });
  }

  unplug(location: string): void {
    this.#sticks.delete(location);
  }

  survey(): Promise<MachineSurvey> {
    this.surveys += 1;
    const listed = [...this.#sticks.values()].filter(({ shape }) => shape.unlisted !== true);
    const ports = listed.flatMap(({ shape, life }) => {
      const [vendorId, productId] = shape.usb?.split(':') ?? [];
      return shape.ports.map(({ path, interfaceNumber, interfaceClass }): SerialPortInfo => ({
        path,
        ...(interfaceNumber === undefined ? {} : { interfaceNumber }),
        ...(interfaceClass === undefined ? {} : { interfaceClass }),
        ...(vendorId === undefined ? {} : { vendorId }),
        ...(productId === undefined ? {} : { productId }),
        ...(shape.location === undefined ? {} : { location: shape.location }),
        ...(shape.serialNumber === undefined ? {} : { serialNumber: shape.serialNumber }),
        ...(shape.driver === undefined ? {} : { driver: shape.driver }),
        ...(shape.timeless === true ? {} : { life: String(life) }),
      }));
    });
    return Promise.resolve({ ports, portless: this.portless });
  }

  open(opening: PortOpening): Promise<ByteStream> {
    const path = this.links.get(opening.path) ?? opening.path;
    this.opened.push(path);
    this.openings.push(opening);
    const refusal = this.refused.get(path);
    if (refusal !== undefined) return Promise.reject(refusal);
    for (const { shape } of this.#sticks.values()) {
      const end = shape.ports.find((port) => port.path === path)?.end;
      if (end === null) throw new Error(`${path} is not to be touched`);
      if (end !== undefined) return Promise.resolve(end.open());
    }
    return Promise.reject(new AppError('carrier.config_invalid', `There is no port ${path}.`));
  }

  realPath(path: string): Promise<string> {
    return Promise.resolve(this.links.get(path) ?? path);
  }

  powerAble(socket: string | null): Promise<boolean> {
    return Promise.resolve(socket !== null && this.power.has(socket));
  }

  powerCycle(socket: string): Promise<void> {
    this.power.get(socket)?.();
    return Promise.resolve();
  }
}

/** Four ports in Qualcomm's order, of which only two may be touched. */
export function quectelStick(
  location: string,
  firstTty: number,
  modem: ScriptedModem,
  dial: PortEnd = modem,
): StickShape {
  const path = (n: number): string => `/dev/ttyUSB${firstTty + n}`;
  return {
    usb: '2c7c:0125',
    location,
    driver: 'option',
    ports: [
      { path: path(0), interfaceNumber: 0, end: null },
      { path: path(1), interfaceNumber: 1, end: null },
      { path: path(2), interfaceNumber: 2, end: modem },
      { path: path(3), interfaceNumber: 3, end: dial },
    ],
  };
}
