import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import { filledText, timeInput, wholeNumber } from '../input-schemas.ts';
import { counted, oneLine, shortTime, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

function addList(inbox: Command, world: CliWorld): void {
  const command = inbox
    .command('list')
    .description('list the received texts, newest first')
    .option('--unread', 'only those that nobody has read')
    .option('--account <name>', 'of this account only')
    .option('--from <number>', 'of this number only')
    .option('--since <time>', 'received at or after an ISO 8601 time')
    .option('--limit <number>', 'how many (default: 100)')
    .option('--cursor <text>', 'go on where an earlier list ended');
  adminCommand(command, world, {
    input: z.object({
      unread: z.boolean().optional(),
      account: filledText.optional(),
      from: filledText.optional(),
      since: timeInput.optional(),
      limit: wholeNumber(1, 1_000).optional(),
      cursor: filledText.optional(),
    }),
    run: async (client, { unread, ...query }) => {
      const asked = unread === true ? { ...query, unread: 'true' as const } : query;
      const answer = await client.call('inbox', { query: asked });
      const rows = answer.items.map((item) => [
        item.read ? '' : '*',
        shortTime(item.receivedAt),
        item.from,
        item.account,
        item.rule ?? '',
        item.text,
        item.uuid,
      ]);
      const table = textTable(['', 'TIME', 'FROM', 'ACCOUNT', 'RULE', 'TEXT', 'UUID'], rows, 'There is no such text.');
      const more = answer.nextCursor === null ? '' : `More: add --cursor ${answer.nextCursor}\n`;
      return { answer, text: `${table}${more}` };
    },
  });
}

function addRead(inbox: Command, world: CliWorld): void {
  const command = inbox
    .command('read')
    .description('mark one received text as read, or all')
    .argument('[uuid]', 'as `inbox list` shows it; all when left out')
    .option('--account <name>', 'all of this account only');
  adminCommand(command, world, {
    input: z.object({ uuid: filledText.optional(), account: filledText.optional() }),
    run: async (client, { uuid, account }) => {
      if (uuid === undefined) {
        const answer = await client.call('inboxReadAll', { body: { account } });
        return { answer, text: `${counted(answer.marked, 'text')} marked as read.\n` };
      }
      const answer = await client.call('inboxRead', { params: { uuid }, body: {} });
      return { answer, text: `From ${oneLine(answer.from)}: ${oneLine(answer.text)}\n` };
    },
  });
}

function addReply(inbox: Command, world: CliWorld): void {
  const command = inbox
    .command('reply')
    .description('answer a received text')
    .argument('<uuid>', 'as `inbox list` shows it')
    .requiredOption('--text <text>', 'what to answer')
    .option('--origin <name>', 'sender name (default: the first approved one)');
  adminCommand(command, world, {
    input: z.object({ uuid: filledText, text: z.string(), origin: filledText.optional() }),
    run: async (client, { uuid, ...body }) => {
      const answer = await client.call('inboxReply', { params: { uuid }, body });
      if (answer.blockedCount > 0) return { answer, text: 'The number is blocked; nothing was sent.\n' };
      return {
        answer,
        text: `Message ${answer.uuid} is ${answer.status}: ${counted(answer.totalCredit, 'credit')}.\n`,
      };
    },
  });
}

export function addInboxCommands(program: Command, world: CliWorld): void {
  const inbox = program.command('inbox').description('received texts');
  addList(inbox, world);
  addRead(inbox, world);
  addReply(inbox, world);
}
