import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../../admin-command.ts';
import { filledText, idInput, wholeNumber } from '../../input-schemas.ts';
import type { CliWorld } from '../../world.ts';
import { shown } from './shown.ts';
import { addSmppOptions, smppFields, smppInput } from './smpp-options.ts';

const question = 'Password of the account: ';
const port = wholeNumber(1, 65_535);
const perSecond = wholeNumber(1, 10_000);

export function addSmpp(add: Command, world: CliWorld): void {
  const command = add
    .command('smpp')
    .description('an account at an SMSC, over SMPP 3.4')
    .requiredOption('--host <host>', 'where the SMSC is')
    .requiredOption('--port <port>', 'its port for SMPP')
    .requiredOption('--system-id <id>', 'system id of the account')
    .option('--password <password>', 'its password; asked for, or read from standard input, when left out')
    .option('--tps <n>', 'parts a second at the most (else as many as the SMSC takes)')
    .option('--name <name>', 'what to call it');
  addSmppOptions(command);
  adminCommand(command, world, {
    input: smppInput.extend({
      host: filledText,
      port,
      systemId: filledText,
      tps: perSecond.optional(),
      name: filledText.optional(),
    }),
    run: async (client, { host, port: at, systemId, tps, name, ...given }) => {
      const password = given.password ?? (await world.readSecret(question));
      const fields = await smppFields({ ...given, password });
      const body = { kind: 'smpp', name, host, port: at, systemId, partsPerSecond: tps, ...fields, password } as const;
      return shown(await client.call('carrierAdd', { body }));
    },
  });
}

/** Changes an account that is there. */
export function addSmppChange(carrier: Command, world: CliWorld): void {
  const command = carrier
    .command('set-smpp')
    .description('change a carrier of the kind smpp; what is not named stays')
    .argument('<id>', 'its number')
    .option('--host <host>', 'where the SMSC is')
    .option('--port <port>', 'its port for SMPP')
    .option('--system-id <id>', 'system id of the account')
    .option('--password [password]', 'its password; asked for, or read from standard input, when it is not written')
    .option('--tps <n>', 'parts a second at the most; none for as many as the SMSC takes');
  addSmppOptions(command);
  adminCommand(command, world, {
    input: smppInput.extend({
      id: idInput,
      host: filledText.optional(),
      port: port.optional(),
      systemId: filledText.optional(),
      password: z.union([filledText, z.literal(true)]).optional(),
      tps: filledText
        .transform((text) => (text === 'none' ? null : text))
        .pipe(perSecond.nullable())
        .optional(),
    }),
    run: async (client, { id, host, port: at, systemId, tps, password, ...given }) => {
      const secret = password === true ? await world.readSecret(question) : password;
      const fields = await smppFields({ ...given, password: secret });
      const body = { kind: 'smpp', host, port: at, systemId, partsPerSecond: tps, ...fields } as const;
      return shown(await client.call('carrierChange', { params: { id }, body }));
    },
  });
}
