import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import { filledText, wholeNumber } from '../input-schemas.ts';
import { counted, oneLine, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

function addCreate(account: Command, world: CliWorld): void {
  const command = account.command('create').description('create an account').argument('<name>', 'its name');
  adminCommand(command, world, {
    input: z.object({ name: filledText }),
    run: async (client, { name }) => {
      const answer = await client.call('accountCreate', { body: { name } });
      return { answer, text: `Account "${oneLine(answer.name)}" is created (number ${answer.id}).\n` };
    },
  });
}

function addList(account: Command, world: CliWorld): void {
  adminCommand(account.command('list').description('list the accounts and their credits'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('accounts', {});
      const rows = answer.items.map((item) => [
        item.id,
        item.name,
        item.balance.toLocaleString('en-US'),
        item.suspended ? 'suspended' : 'active',
      ]);
      const empty = 'There is no account yet. Create one with `sepsms-box account create NAME`.';
      return { answer, text: textTable(['ID', 'NAME', 'CREDITS', 'STATE'], rows, empty) };
    },
  });
}

export function addAccountCommands(program: Command, world: CliWorld): void {
  const account = program.command('account').description('accounts (departments)');
  addCreate(account, world);
  addList(account, world);
}

export function addCreditCommands(program: Command, world: CliWorld): void {
  const credit = program.command('credit').description('credits of an account');
  const command = credit
    .command('add')
    .description('add credits to an account; a negative number takes some')
    .argument('<amount>', 'how many')
    .option('--account <name>', 'account (default: the first one)');
  adminCommand(command, world, {
    input: z.object({ amount: wholeNumber(-1_000_000_000, 1_000_000_000), account: filledText.optional() }),
    run: async (client, { amount, account }) => {
      const answer = await client.call('creditAdd', { body: { amount, account } });
      const text = `Account "${oneLine(answer.account)}" now has ${counted(answer.balance, 'credit')}.\n`;
      return { answer, text };
    },
  });
}
