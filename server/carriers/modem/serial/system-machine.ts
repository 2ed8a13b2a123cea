import { realpath } from 'node:fs/promises';
import type { Clock } from '../../../domain/ports.ts';
import type { ModemMachine } from '../discovery/machine.ts';
import { UsbPower } from '../usb/usb-power.ts';
import { surveyMachine } from './serial-list.ts';
import { openSerialStream } from './serial-stream.ts';

/** The machine that this process runs on. */
export function systemMachine(clock: Clock): ModemMachine {
  const power = new UsbPower(clock);
  return {
    survey: () => surveyMachine(),
    open: ({ path, baudRate, knockDtr }) =>
      openSerialStream({ path, clock, knockDtr, ...(baudRate === undefined ? {} : { baudRate }) }),
    realPath: (path) => realpath(path).catch(() => path),
    powerAble: (socket) => power.able(socket),
    powerCycle: (socket) => power.cycle(socket),
  };
}
