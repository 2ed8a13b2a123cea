import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import { filledList, filledText, wholeNumber } from '../input-schemas.ts';
import { counted, oneLine, shortTime, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

const change = z.object({ numbers: filledList, account: filledText.optional() });

function notNumbers(read: { readonly invalidCount: number; readonly invalid: readonly string[] }): string {
  if (read.invalidCount === 0) return '';
  const more = read.invalidCount > read.invalid.length ? ' …' : '';
  return `No phone number: ${oneLine(read.invalid.join(', '))}${more}\n`;
}

function addAdd(blocklist: Command, world: CliWorld): void {
  const command = blocklist
    .command('add')
    .description('send no more to numbers')
    .argument('<numbers...>', 'one number or several')
    .option('--account <name>', 'account that does not send to them');
  adminCommand(command, world, {
    input: change,
    run: async (client, body) => {
      const answer = await client.call('blocklistAdd', { body });
      const already = answer.already === 0 ? '' : ` ${counted(answer.already, 'number')} blocked before.`;
      return { answer, text: `${counted(answer.added, 'number')} blocked.${already}\n${notNumbers(answer)}` };
    },
  });
}

function addRemove(blocklist: Command, world: CliWorld): void {
  const command = blocklist
    .command('remove')
    .description('send to numbers again, also to those whose owners opted out')
    .argument('<numbers...>', 'one number or several')
    .option('--account <name>', 'account that sends to them');
  adminCommand(command, world, {
    input: change,
    run: async (client, body) => {
      const answer = await client.call('blocklistRemove', { body });
      const other = answer.notBlocked === 0 ? '' : ` ${counted(answer.notBlocked, 'number')} not blocked before.`;
      return { answer, text: `${counted(answer.removed, 'number')} unblocked.${other}\n${notNumbers(answer)}` };
    },
  });
}

function addList(blocklist: Command, world: CliWorld): void {
  const command = blocklist
    .command('list')
    .description('list the blocked numbers')
    .option('--account <name>', 'account whose list it is')
    .option('--limit <n>', 'how many at once, up to 1000 (default: 100)')
    .option('--cursor <cursor>', 'go on where a list ended, with what it then showed');
  adminCommand(command, world, {
    input: z.object({
      account: filledText.optional(),
      limit: wholeNumber(1, 1_000).optional(),
      cursor: filledText.optional(),
    }),
    run: async (client, query) => {
      const answer = await client.call('blocklist', { query });
      const rows = answer.items.map((item) => [item.msisdn, item.cause, shortTime(item.createdAt)]);
      const table = textTable(['NUMBER', 'CAUSE', 'SINCE'], rows, 'No number is blocked.');
      return { answer, text: answer.nextCursor === null ? table : `${table}More: --cursor ${answer.nextCursor}\n` };
    },
  });
}

export function addBlocklistCommands(program: Command, world: CliWorld): void {
  const blocklist = program.command('blocklist').description('numbers that an account does not send to');
  addAdd(blocklist, world);
  addRemove(blocklist, world);
  addList(blocklist, world);
}
