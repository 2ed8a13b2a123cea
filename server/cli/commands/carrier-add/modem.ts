import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../../admin-command.ts';
import { filledText, wholeNumber } from '../../input-schemas.ts';
import type { CliWorld } from '../../world.ts';
import { shown } from './shown.ts';

export function addModem(add: Command, world: CliWorld): void {
  const command = add
    .command('modem')
    .description('a GSM/LTE modem on this machine; without a name the only free one')
    .option('--imei <digits>', 'its IMEI, by which it is found at any port (see `modem list`)')
    .option('--path <port>', 'its serial port, such as /dev/ttyUSB2 or COM5')
    .option('--usb <serial>', 'the serial number of its USB device, found again at any port')
    .option('--name <name>', 'what to call it')
    .option('--pin <digits>', 'PIN of its SIM')
    .option('--smsc <number>', 'message centre, when the SIM has none')
    .option('--baud <rate>', 'speed of the port');
  const input = z.object({
    imei: z
      .string()
      .regex(/^\d{14,17}$/u, 'give 14 to 17 digits')
      .optional(),
    path: filledText.optional(),
    usb: filledText.optional(),
    name: filledText.optional(),
    pin: z
      .string()
      .regex(/^\d{4,8}$/u, 'give 4 to 8 digits')
      .optional(),
    smsc: z
      .string()
      .regex(/^\+?\d{5,15}$/u, 'give a number such as +66812345678')
      .optional(),
    baud: wholeNumber(1200, 4_000_000).optional(),
  });
  adminCommand(command, world, {
    input,
    run: async (client, { imei, path, usb, name, pin, smsc, baud }) => {
      const body = { kind: 'modem', name, imei, path, usbSerial: usb, pin, smsc, baudRate: baud } as const;
      return shown(await client.call('carrierAdd', { body }));
    },
  });
}
