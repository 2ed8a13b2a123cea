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
    .option('--baud <rate>', 'speed of the port')
    .option('--balance-code <code>', 'USSD code that tells the credit of its SIM, such as *121#')
    .option('--balance-pattern <text>', 'what stands around the number in the answer, such as "balance {n} baht"')
    .option('--balance-every <hours>', 'ask for the credit by itself this often')
    .option('--balance-low <amount>', 'warn when the credit is below this');
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
    balanceCode: z
      .string()
      .regex(/^[*#][*#\d]{1,58}#$/u, 'give a code such as *121#')
      .optional(),
    balancePattern: z
      .string()
      .max(100)
      .regex(/^[^{}]*\{n\}[^{}]*$/u, 'write {n} once, where the number stands')
      .optional(),
    balanceEvery: wholeNumber(1, 720).optional(),
    balanceLow: wholeNumber(0, 1_000_000).optional(),
  });
  adminCommand(command, world, {
    input,
    run: async (
      client,
      { imei, path, usb, name, pin, smsc, baud, balanceCode, balancePattern, balanceEvery, balanceLow },
    ) => {
      const balance = { balanceCode, balancePattern, balanceEveryHours: balanceEvery, balanceLow };
      const body = { kind: 'modem', name, imei, path, usbSerial: usb, pin, smsc, baudRate: baud, ...balance } as const;
      return shown(await client.call('carrierAdd', { body }));
    },
  });
}
