import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import { filledText } from '../input-schemas.ts';
import { oneLine, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

function addApprove(sender: Command, world: CliWorld): void {
  const command = sender
    .command('approve')
    .description('approve a sender name')
    .argument('<name>', 'up to 11 of A-Z a-z 0-9 space . - _')
    .option('--account <name>', 'account that may use it');
  adminCommand(command, world, {
    input: z.object({ name: filledText, account: filledText.optional() }),
    run: async (client, body) => {
      const answer = await client.call('senderApprove', { body });
      const text = `Account "${oneLine(answer.account)}" may now send as "${oneLine(answer.name)}".\n`;
      return { answer, text };
    },
  });
}

function addList(sender: Command, world: CliWorld): void {
  adminCommand(sender.command('list').description('list the sender names'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('senders', {});
      const rows = answer.items.map((item) => [item.id, item.name, item.account, item.state]);
      const empty = 'There is no sender name yet. Approve one with `sepsms-box sender approve NAME`.';
      return { answer, text: textTable(['ID', 'NAME', 'ACCOUNT', 'STATE'], rows, empty) };
    },
  });
}

export function addSenderCommands(program: Command, world: CliWorld): void {
  const sender = program.command('sender').description('sender names');
  addApprove(sender, world);
  addList(sender, world);
}
