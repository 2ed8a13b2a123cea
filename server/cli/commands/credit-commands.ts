import type { Command } from 'commander';
import { z } from 'zod';
import type { LedgerItem } from '../../contract/admin-credits.ts';
import { mostCredits } from '../../domain/credit-order.ts';
import { adminCommand } from '../admin-command.ts';
import { filledText, wholeNumber } from '../input-schemas.ts';
import { counted, oneLine, shortTime, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

function addAdd(credit: Command, world: CliWorld): void {
  const command = credit
    .command('add')
    .description('add credits to an account; a negative number takes some')
    .argument('<amount>', 'how many')
    .option('--account <name>', 'account (default: the first one)');
  adminCommand(command, world, {
    input: z.object({ amount: wholeNumber(-mostCredits, mostCredits), account: filledText.optional() }),
    run: async (client, { amount, account }) => {
      const answer = await client.call('creditAdd', { body: { amount, account } });
      const text = `Account "${oneLine(answer.account)}" now has ${counted(answer.balance, 'credit')}.\n`;
      return { answer, text };
    },
  });
}

/** What an entry was for, in a few words. */
function subject({ uuid, order, note }: LedgerItem): string {
  const parts = [uuid === null ? '' : `message ${uuid}`, order === null ? '' : `order ${order}`, note ?? ''];
  return parts.filter((part) => part !== '').join(', ');
}

function addLedger(credit: Command, world: CliWorld): void {
  const command = credit
    .command('ledger')
    .description("list the changes of an account's credits, newest first")
    .option('--account <name>', 'account (default: the first one)')
    .option('--limit <number>', 'how many (default: 50)')
    .option('--cursor <text>', 'go on where an earlier list ended');
  adminCommand(command, world, {
    input: z.object({
      account: filledText.optional(),
      limit: wholeNumber(1, 500).optional(),
      cursor: filledText.optional(),
    }),
    run: async (client, query) => {
      const answer = await client.call('creditLedger', { query });
      const rows = answer.items.map((item) => [
        item.id,
        shortTime(item.at),
        item.change.toLocaleString('en-US', { signDisplay: 'always' }),
        item.balance.toLocaleString('en-US'),
        item.cause,
        subject(item),
      ]);
      const empty = 'Nothing has changed the credits of this account yet.';
      const more = answer.nextCursor === null ? '' : `More: add --cursor ${answer.nextCursor}\n`;
      const table = textTable(['ID', 'TIME', 'CHANGE', 'BALANCE', 'CAUSE', 'FOR'], rows, empty);
      return { answer, text: `${table}${more}` };
    },
  });
}

export function addCreditCommands(program: Command, world: CliWorld): void {
  const credit = program.command('credit').description('credits of an account');
  addAdd(credit, world);
  addLedger(credit, world);
}
