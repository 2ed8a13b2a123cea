import type { ByteStream } from '../../../domain/ports.ts';
import type { MachineSurvey } from '../usb/port-info.ts';

export interface PortOpening {
  readonly path: string;
  readonly baudRate: number | undefined;
  /** Keeps DTR low for a moment first, which some modems take for a wish to wake up. */
  readonly knockDtr: boolean;
}

/** The hardware: what is plugged in, and its ports. A test gives its own. */
export interface ModemMachine {
  /** Never rejects. */
  survey(): Promise<MachineSurvey>;
  /** Opens a port for this process alone. Rejects with an AppError, in words. */
  open(opening: PortOpening): Promise<ByteStream>;
  /** The device file that a path leads to through links; the path itself when it leads nowhere. */
  realPath(path: string): Promise<string>;
  /** Whether the device in a USB socket can be taken off the bus and back by this user. */
  powerAble(socket: string | null): Promise<boolean>;
  /** Takes it off and back. Rejects when that fails. */
  powerCycle(socket: string): Promise<void>;
}
