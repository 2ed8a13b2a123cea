import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import { filledText, idInput } from '../input-schemas.ts';
import { oneLine, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

function addAdd(group: Command, world: CliWorld): void {
  const command = group
    .command('add')
    .description('make a group of contacts')
    .argument('<name>', 'its name')
    .option('--account <name>', 'account whose address book it is');
  adminCommand(command, world, {
    input: z.object({ name: filledText, account: filledText.optional() }),
    run: async (client, body) => {
      const answer = await client.call('groupAdd', { body });
      return { answer, text: `Group ${answer.id} "${oneLine(answer.name)}" is made.\n` };
    },
  });
}

function addList(group: Command, world: CliWorld): void {
  const command = group
    .command('list')
    .description('list the groups of contacts')
    .option('--account <name>', 'account whose address book it is');
  adminCommand(command, world, {
    input: z.object({ account: filledText.optional() }),
    run: async (client, query) => {
      const answer = await client.call('groups', { query });
      const rows = answer.items.map((item) => [item.id, item.name, item.members.toLocaleString('en-US')]);
      const empty = 'There is no group yet. Make one with `sepsms-box group add NAME`.';
      return { answer, text: textTable(['ID', 'NAME', 'CONTACTS'], rows, empty) };
    },
  });
}

function addRemove(group: Command, world: CliWorld): void {
  const command = group
    .command('remove')
    .description('remove a group; its contacts stay')
    .argument('<id>', 'its number in `group list`');
  adminCommand(command, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call('groupRemove', { params });
      return { answer, text: `Group ${params.id} is removed; its contacts stay.\n` };
    },
  });
}

export function addGroupCommands(program: Command, world: CliWorld): void {
  const group = program.command('group').description('groups of contacts');
  addAdd(group, world);
  addList(group, world);
  addRemove(group, world);
}
