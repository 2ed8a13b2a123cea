import type { Command } from 'commander';
import { z } from 'zod';
import { mostCredits, orderStates } from '../../domain/credit-order.ts';
import { adminCommand } from '../admin-command.ts';
import { filledText, idInput, wholeNumber } from '../input-schemas.ts';
import { counted, oneLine, shortTime, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

function addCreate(order: Command, world: CliWorld): void {
  const command = order
    .command('create')
    .description('order credits; they are added when the order is completed')
    .argument('<credits>', 'how many')
    .option('--account <name>', 'account they are for (default: the first one)')
    .option('--note <text>', 'such as the number of an invoice');
  adminCommand(command, world, {
    input: z.object({
      credits: wholeNumber(1, mostCredits),
      account: filledText.optional(),
      note: filledText.optional(),
    }),
    run: async (client, body) => {
      const answer = await client.call('orderCreate', { body });
      const what = `${counted(answer.credits, 'credit')} for account "${oneLine(answer.account)}"`;
      const next = `Add them with \`sepsms-box order complete ${answer.id}\`.`;
      return { answer, text: `Order ${answer.id} is ${answer.state}: ${what}. ${next}\n` };
    },
  });
}

function addList(order: Command, world: CliWorld): void {
  const command = order
    .command('list')
    .description('list the orders of credits, newest first')
    .option('--account <name>', 'of this account only')
    .option('--state <state>', `only those that are ${orderStates.join(', ')}`)
    .option('--limit <number>', 'how many (default: 50)')
    .option('--cursor <text>', 'go on where an earlier list ended');
  adminCommand(command, world, {
    input: z.object({
      account: filledText.optional(),
      state: z.enum(orderStates).optional(),
      limit: wholeNumber(1, 200).optional(),
      cursor: filledText.optional(),
    }),
    run: async (client, query) => {
      const answer = await client.call('orders', { query });
      const rows = answer.items.map((item) => [
        item.id,
        shortTime(item.requestedAt),
        item.account,
        item.credits.toLocaleString('en-US'),
        item.state,
        item.requestedBy,
        item.decidedBy ?? '-',
        item.reason ?? item.note ?? '',
      ]);
      const head = ['ID', 'TIME', 'ACCOUNT', 'CREDITS', 'STATE', 'BY', 'DECIDED BY', 'NOTE'];
      const empty = 'There is no such order. Make one with `sepsms-box order create CREDITS`.';
      const more = answer.nextCursor === null ? '' : `More: add --cursor ${answer.nextCursor}\n`;
      return { answer, text: `${textTable(head, rows, empty)}${more}` };
    },
  });
}

function addComplete(order: Command, world: CliWorld): void {
  const command = order
    .command('complete')
    .description('add the credits of an order to its account')
    .argument('<id>', 'its number');
  adminCommand(command, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call('orderComplete', { params });
      const now = `Account "${oneLine(answer.account)}" now has ${counted(answer.balance, 'credit')}.`;
      return { answer, text: `Order ${answer.id} is completed. ${now}\n` };
    },
  });
}

function addEnd(order: Command, world: CliWorld, name: 'reject' | 'cancel', description: string): void {
  const command = order
    .command(name)
    .description(description)
    .argument('<id>', 'its number')
    .option('--reason <text>', 'why');
  const operation = name === 'reject' ? 'orderReject' : 'orderCancel';
  adminCommand(command, world, {
    input: z.object({ id: idInput, reason: filledText.optional() }),
    run: async (client, { id, reason }) => {
      const answer = await client.call(operation, { params: { id }, body: { reason } });
      return { answer, text: `Order ${answer.id} is ${answer.state}; nothing was added.\n` };
    },
  });
}

export function addOrderCommands(program: Command, world: CliWorld): void {
  const order = program.command('order').description('orders of credits');
  addCreate(order, world);
  addList(order, world);
  addComplete(order, world);
  addEnd(order, world, 'reject', 'refuse an order');
  addEnd(order, world, 'cancel', 'take an order back');
}
