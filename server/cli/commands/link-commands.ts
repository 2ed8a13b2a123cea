import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import { filledList, filledText } from '../input-schemas.ts';
import { counted, oneLine, shortTime, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

const change = z.object({ hosts: filledList, account: filledText.optional() });

function addAdd(link: Command, world: CliWorld): void {
  const command = link
    .command('add')
    .description('let texts link to hosts')
    .argument('<hosts...>', 'example.com for it alone, .example.com for all below it too')
    .option('--account <name>', 'account whose texts may');
  adminCommand(command, world, {
    input: change,
    run: async (client, body) => {
      const answer = await client.call('linkAdd', { body });
      return { answer, text: `Registered: ${oneLine(answer.hosts.join(', '))} (${answer.added} new).\n` };
    },
  });
}

function addRemove(link: Command, world: CliWorld): void {
  const command = link
    .command('remove')
    .description('take hosts out of the register')
    .argument('<hosts...>', 'as `link list` shows them')
    .option('--account <name>', 'account whose texts may not any more');
  adminCommand(command, world, {
    input: change,
    run: async (client, body) => {
      const answer = await client.call('linkRemove', { body });
      return { answer, text: `${counted(answer.removed, 'host')} taken out of the register.\n` };
    },
  });
}

function addList(link: Command, world: CliWorld): void {
  const command = link
    .command('list')
    .description('list the hosts that texts may link to while guards.links is "registered"')
    .option('--account <name>', 'account whose texts they are');
  adminCommand(command, world, {
    input: z.object({ account: filledText.optional() }),
    run: async (client, query) => {
      const answer = await client.call('links', { query });
      const rows = answer.items.map((item) => [item.host, shortTime(item.createdAt)]);
      const empty = 'No host is registered. Register one with `sepsms-box link add HOST`.';
      return { answer, text: textTable(['HOST', 'SINCE'], rows, empty) };
    },
  });
}

export function addLinkCommands(program: Command, world: CliWorld): void {
  const link = program.command('link').description('hosts that texts may link to');
  addAdd(link, world);
  addRemove(link, world);
  addList(link, world);
}
