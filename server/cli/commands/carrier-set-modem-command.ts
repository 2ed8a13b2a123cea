import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import { filledText, idInput, wholeNumber } from '../input-schemas.ts';
import type { CliWorld } from '../world.ts';
import { shown } from './carrier-add/shown.ts';

/** A value, or the word that takes it away. */
const orNone = (form: z.ZodType<string>) => z.union([z.literal('none').transform(() => null), form]).optional();
const number = z.string().regex(/^\+?\d{5,15}$/u, 'give a number such as +66812345678, or none');
const amount = (least: number, most: number) =>
  z.union([z.literal('none').transform(() => null), wholeNumber(least, most)]).optional();

/** Changes what a modem is set to; which modem it is stays. */
export function addCarrierSetModem(carrier: Command, world: CliWorld): void {
  const command = carrier
    .command('set-modem')
    .description('change a carrier of the kind modem; what is not named stays, none takes it away')
    .argument('<id>', 'its number')
    .option('--pin <digits>', 'PIN of its SIM')
    .option('--smsc <number>', 'message centre, when the SIM has none')
    .option('--number <number>', 'number of its SIM, when the SIM does not tell it')
    .option('--balance-code <code>', 'USSD code that tells the credit of its SIM, such as *121#')
    .option('--balance-pattern <text>', 'what stands around the number in the answer, such as "balance {n} baht"')
    .option('--balance-every <hours>', 'ask for the credit by itself this often')
    .option('--balance-low <amount>', 'warn when the credit is below this');
  const input = z.object({
    id: idInput,
    pin: orNone(z.string().regex(/^\d{4,8}$/u, 'give 4 to 8 digits, or none')),
    smsc: orNone(number),
    number: orNone(number),
    balanceCode: orNone(z.string().regex(/^[*#][*#\d]{1,58}#$/u, 'give a code such as *121#, or none')),
    balancePattern: orNone(filledText),
    balanceEvery: amount(1, 720),
    balanceLow: amount(0, 1_000_000),
  });
  adminCommand(command, world, {
    input,
    run: async (client, { id, balanceEvery, ...change }) =>
      shown(
        await client.call('carrierChange', {
          params: { id },
          body: { kind: 'modem', ...change, balanceEveryHours: balanceEvery },
        }),
      ),
  });
}

/** Gives a carrier another name; old messages then name it so too. */
export function addCarrierRename(carrier: Command, world: CliWorld): void {
  const command = carrier
    .command('rename')
    .description('give a carrier another name')
    .argument('<id>', 'its number')
    .argument('<name>', 'what to call it');
  adminCommand(command, world, {
    input: z.object({ id: idInput, name: filledText }),
    run: async (client, { id, name }) => shown(await client.call('carrierTerms', { params: { id }, body: { name } })),
  });
}
