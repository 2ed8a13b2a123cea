import type { Command } from 'commander';
import { z } from 'zod';
import { senderPurposes, type SenderPurpose } from '../../domain/sender.ts';
import { adminCommand } from '../admin-command.ts';
import { filledText, someOf } from '../input-schemas.ts';
import { oneLine, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

const input = z.object({
  name: filledText,
  account: filledText.optional(),
  purposes: someOf(senderPurposes).optional(),
});

function addRequest(sender: Command, world: CliWorld): void {
  const command = named(sender.command('request').description('ask for a sender name, for somebody else to approve'))
    .option('--purposes <list...>', 'what it is for: marketing, otp (default: both)')
    .option('--account <name>', 'account that wants it');
  adminCommand(command, world, {
    input,
    run: async (client, body) => {
      const answer = await client.call('senderRequest', { body });
      const text = `Account "${oneLine(answer.account)}" has asked for "${oneLine(answer.name)}" (${uses(answer.purposes)}).\n`;
      return { answer, text };
    },
  });
}

function addApprove(sender: Command, world: CliWorld): void {
  const command = named(sender.command('approve').description('approve a sender name'))
    .option('--purposes <list...>', 'what for: marketing, otp (default: what was asked for, else both)')
    .option('--account <name>', 'account that may use it');
  adminCommand(command, world, {
    input,
    run: async (client, body) => {
      const answer = await client.call('senderApprove', { body });
      const text = `Account "${oneLine(answer.account)}" may now send as "${oneLine(answer.name)}" (${uses(answer.purposes)}).\n`;
      return { answer, text };
    },
  });
}

function addReject(sender: Command, world: CliWorld): void {
  const command = named(sender.command('reject').description('reject a sender name, or take its approval back'))
    .requiredOption('--reason <text>', 'why, for those who asked for it')
    .option('--account <name>', 'account that may not use it');
  adminCommand(command, world, {
    input: z.object({ name: filledText, account: filledText.optional(), reason: filledText }),
    run: async (client, body) => {
      const answer = await client.call('senderReject', { body });
      const text = `Account "${oneLine(answer.account)}" may not send as "${oneLine(answer.name)}".\n`;
      return { answer, text };
    },
  });
}

function addList(sender: Command, world: CliWorld): void {
  adminCommand(sender.command('list').description('list the sender names'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('senders', {});
      const rows = answer.items.map((item) => [
        item.id,
        item.name,
        item.account,
        item.reason === null ? item.state : `${item.state} (${item.reason})`,
        uses(item.purposes),
      ]);
      const empty = 'There is no sender name yet. Approve one with `sepsms-box sender approve NAME`.';
      return { answer, text: textTable(['ID', 'NAME', 'ACCOUNT', 'STATE', 'PURPOSES'], rows, empty) };
    },
  });
}

function named(command: Command): Command {
  return command.argument('<name>', 'up to 11 of A-Z a-z 0-9 space . - _');
}

function uses(purposes: readonly SenderPurpose[]): string {
  return purposes.join(', ');
}

export function addSenderCommands(program: Command, world: CliWorld): void {
  const sender = program.command('sender').description('sender names');
  addRequest(sender, world);
  addApprove(sender, world);
  addReject(sender, world);
  addList(sender, world);
}
