import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import { filledText, idInput } from '../input-schemas.ts';
import { counted, oneLine, textTable } from '../text-table.ts';
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

function addMembers(group: Command, world: CliWorld): void {
  const command = group
    .command('members')
    .description('put all contacts that are found into a group, or take them out')
    .argument('<id>', 'its number in `group list`')
    .argument('[search]', 'the beginning of a number or of a word of a name')
    .option('--from <id>', 'of this group only')
    .option('--out', 'take them out')
    .option('--account <name>', 'account whose group it is');
  adminCommand(command, world, {
    input: z.object({
      id: idInput,
      search: filledText.optional(),
      from: idInput.optional(),
      out: z.boolean().default(false),
      account: filledText.optional(),
    }),
    run: async (client, { id, search: q, from, out, account }) => {
      const body = { account, q, group: from, way: out ? ('remove' as const) : ('add' as const) };
      const answer = await client.call('groupMembersFound', { params: { id }, body });
      const { name, added, removed, members } = answer;
      const done = out ? `${counted(removed, 'contact')} taken out of` : `${counted(added, 'contact')} put into`;
      return { answer, text: `${done} "${oneLine(name)}"; it has ${counted(members, 'contact')}.\n` };
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
  addMembers(group, world);
  addRemove(group, world);
}
