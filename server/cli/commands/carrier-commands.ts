import type { Command } from 'commander';
import { z } from 'zod';
import type { CarrierItem } from '../../contract/admin-shapes.ts';
import { adminCommand, type Shown } from '../admin-command.ts';
import { filledText, idInput, wholeNumber } from '../input-schemas.ts';
import { oneLine, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

function sentence(carrier: CarrierItem): string {
  // Reasons are whole sentences.
  const reason = carrier.reason === '' ? '' : ` ${oneLine(carrier.reason)}`;
  return `Carrier ${carrier.id} "${oneLine(carrier.name)}" (${carrier.kind}) is ${carrier.state}.${reason}\n`;
}

function shown(answer: CarrierItem): Shown {
  return { answer, text: sentence(answer) };
}

function addModem(add: Command, world: CliWorld): void {
  const command = add
    .command('modem')
    .description('a GSM/LTE modem on this machine')
    .option('--path <port>', 'its serial port, such as /dev/ttyUSB2 or COM5')
    .option('--usb <serial>', 'the serial number of its USB device, found again at any port')
    .option('--name <name>', 'what to call it')
    .option('--pin <digits>', 'PIN of its SIM')
    .option('--smsc <number>', 'message centre, when the SIM has none')
    .option('--baud <rate>', 'speed of the port');
  const input = z
    .object({
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
    })
    .refine((given) => given.path !== undefined || given.usb !== undefined, {
      message: 'Name the modem with --path PORT or --usb SERIAL',
    });
  adminCommand(command, world, {
    input,
    run: async (client, { path, usb, name, pin, smsc, baud }) => {
      const body = { kind: 'modem', name, path, usbSerial: usb, pin, smsc, baudRate: baud } as const;
      return shown(await client.call('carrierAdd', { body }));
    },
  });
}

function addSimulator(add: Command, world: CliWorld): void {
  const command = add
    .command('simulator')
    .description('a modem inside the box that sends nothing, for trying things out')
    .option('--name <name>', 'what to call it');
  adminCommand(command, world, {
    input: z.object({ name: filledText.optional() }),
    run: async (client, { name }) => shown(await client.call('carrierAdd', { body: { kind: 'simulator', name } })),
  });
}

function addList(carrier: Command, world: CliWorld): void {
  adminCommand(carrier.command('list').description('list the carriers and how they are'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('carriers', {});
      const rows = answer.items.map((item) => [item.id, item.name, item.kind, item.state, item.reason]);
      const empty = 'There is no carrier yet. Add one with `sepsms-box carrier add modem --path PORT`.';
      return { answer, text: textTable(['ID', 'NAME', 'KIND', 'STATE', 'REASON'], rows, empty) };
    },
  });
}

function addSwitches(carrier: Command, world: CliWorld): void {
  const input = z.object({ id: idInput });
  const enable = carrier.command('enable').description('put a carrier to work').argument('<id>', 'its number');
  adminCommand(enable, world, {
    input,
    run: async (client, params) => shown(await client.call('carrierEnable', { params })),
  });
  const disable = carrier.command('disable').description('take a carrier out of work').argument('<id>', 'its number');
  adminCommand(disable, world, {
    input,
    run: async (client, params) => shown(await client.call('carrierDisable', { params })),
  });
  const remove = carrier.command('remove').description('remove a carrier').argument('<id>', 'its number');
  adminCommand(remove, world, {
    input,
    run: async (client, params) => {
      const answer = await client.call('carrierRemove', { params });
      return { answer, text: `Carrier ${params.id} is removed.\n` };
    },
  });
}

export function addCarrierCommands(program: Command, world: CliWorld): void {
  const carrier = program.command('carrier').description('carriers: what the messages leave through');
  const add = carrier.command('add').description('add a carrier');
  addModem(add, world);
  addSimulator(add, world);
  addList(carrier, world);
  addSwitches(carrier, world);
}
