import type { Command } from 'commander';
import { z } from 'zod';
import { roles } from '../../domain/roles.ts';
import { adminCommand } from '../admin-command.ts';
import { filledText } from '../input-schemas.ts';
import { oneLine } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

const passwordHelp = 'at least 10 characters; asked for, or read from standard input, when left out';

async function passwordOr(given: string | undefined, world: CliWorld): Promise<string> {
  return given ?? (await world.readSecret('Password (at least 10 characters): '));
}

function addCreate(user: Command, world: CliWorld): void {
  const command = user
    .command('create')
    .description('create a user of the admin pages')
    .argument('<name>', 'sign-in name')
    .option('--role <role>', `${roles.join(', ')} (default: operator)`)
    .option('--password <password>', passwordHelp);
  adminCommand(command, world, {
    input: z.object({
      name: filledText,
      role: z.enum(roles, `give one of ${roles.join(', ')}`).optional(),
      password: z.string().optional(),
    }),
    run: async (client, { name, role, password }) => {
      const answer = await client.call('userCreate', {
        body: { name, role, password: await passwordOr(password, world) },
      });
      return { answer, text: `User "${oneLine(answer.name)}" may now sign in, as ${answer.role}.\n` };
    },
  });
}

function addPassword(user: Command, world: CliWorld): void {
  const command = user
    .command('password')
    .description("set a user's password")
    .argument('<name>', 'sign-in name')
    .option('--password <password>', passwordHelp);
  adminCommand(command, world, {
    input: z.object({ name: filledText, password: z.string().optional() }),
    run: async (client, { name, password }) => {
      const answer = await client.call('userPassword', { body: { name, password: await passwordOr(password, world) } });
      return { answer, text: `The password of "${oneLine(name)}" is changed.\n` };
    },
  });
}

export function addUserCommands(program: Command, world: CliWorld): void {
  const user = program.command('user').description('users of the admin pages');
  addCreate(user, world);
  addPassword(user, world);
}
