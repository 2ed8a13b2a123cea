import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import { filledText, idInput, listInput, wholeNumber } from '../input-schemas.ts';
import { counted, oneLine, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';
import { keepFile } from '../files.ts';

function addAdd(contact: Command, world: CliWorld): void {
  const command = contact
    .command('add')
    .description('add a contact to the address book')
    .argument('<number>', 'its number')
    .option('--name <name>', 'its name')
    .option('--group <ids...>', 'numbers of groups, as `group list` shows them')
    .option('--account <name>', 'account whose address book it is');
  adminCommand(command, world, {
    input: z.object({
      number: filledText,
      name: filledText.optional(),
      group: listInput.pipe(z.array(idInput)).optional(),
      account: filledText.optional(),
    }),
    run: async (client, { number: msisdn, name, group: groups, account }) => {
      const answer = await client.call('contactAdd', { body: { account, msisdn, name, groups } });
      return { answer, text: `${answer.msisdn} ${oneLine(answer.name)} is contact ${answer.id}.\n` };
    },
  });
}

function addList(contact: Command, world: CliWorld): void {
  const command = contact
    .command('list')
    .description('list contacts, or find some by the beginning of a number or a name')
    .argument('[search]', 'what to look for')
    .option('--group <id>', 'of this group only')
    .option('--account <name>', 'account whose address book it is')
    .option('--limit <n>', 'how many at once, up to 200 (default: 50)')
    .option('--cursor <cursor>', 'go on where a list ended, with what it then showed');
  adminCommand(command, world, {
    input: z.object({
      search: filledText.optional(),
      group: idInput.optional(),
      account: filledText.optional(),
      limit: wholeNumber(1, 200).optional(),
      cursor: filledText.optional(),
    }),
    run: async (client, { search: q, ...query }) => {
      const answer = await client.call('contacts', { query: { q, ...query } });
      const rows = answer.items.map((item) => [
        item.id,
        item.msisdn,
        item.name,
        item.groups.map(({ name }) => name).join(', '),
        item.blocked ? 'blocked' : '',
      ]);
      const table = textTable(['ID', 'NUMBER', 'NAME', 'GROUPS', ''], rows, 'There is no such contact here.');
      return { answer, text: answer.nextCursor === null ? table : `${table}More: --cursor ${answer.nextCursor}\n` };
    },
  });
}

function addRemove(contact: Command, world: CliWorld): void {
  const command = contact
    .command('remove')
    .description('remove contacts')
    .argument('<ids...>', 'their numbers in `contact list`')
    .option('--account <name>', 'account whose address book it is');
  adminCommand(command, world, {
    input: z.object({ ids: z.array(idInput), account: filledText.optional() }),
    run: async (client, body) => {
      const answer = await client.call('contactsRemove', { body });
      return { answer, text: `${counted(answer.removed, 'contact')} removed.\n` };
    },
  });
}

const foundInput = {
  search: filledText.optional(),
  group: idInput.optional(),
  account: filledText.optional(),
};

function addCount(contact: Command, world: CliWorld): void {
  const command = contact
    .command('count')
    .description('how many contacts there are, in a group, or found by the beginning of a number or a name')
    .argument('[search]', 'what to look for')
    .option('--group <id>', 'of this group only')
    .option('--account <name>', 'account whose address book it is');
  adminCommand(command, world, {
    input: z.object(foundInput),
    run: async (client, { search: q, ...query }) => {
      const answer = await client.call('contactsCount', { query: { q, ...query } });
      return { answer, text: `${counted(answer.count, 'contact')}.\n` };
    },
  });
}

function addRemoveFound(contact: Command, world: CliWorld): void {
  const command = contact
    .command('remove-found')
    .description('remove all contacts of a group or a search')
    .argument('[search]', 'what to look for')
    .requiredOption('--most <n>', 'no more than this many are removed; `contact count` tells how many there are')
    .option('--group <id>', 'of this group only')
    .option('--account <name>', 'account whose address book it is');
  adminCommand(command, world, {
    input: z.object({ ...foundInput, most: wholeNumber(1, 1_000_000_000) }),
    run: async (client, { search: q, ...body }) => {
      const answer = await client.call('contactsRemoveFound', { body: { q, ...body } });
      return { answer, text: `${counted(answer.removed, 'contact')} removed.\n` };
    },
  });
}

function addExport(contact: Command, world: CliWorld): void {
  const command = contact
    .command('export')
    .description('write contacts to a CSV file')
    .argument('<file>', 'the file to make')
    .option('--search <text>', 'found by the beginning of a number or a name only')
    .option('--group <id>', 'of this group only')
    .option('--account <name>', 'account whose address book it is');
  adminCommand(command, world, {
    input: z.object({ file: filledText, ...foundInput }),
    run: async (client, { file, search: q, ...query }) => {
      const bytes = await client.download('contactsExport', { query: { q, ...query } });
      await keepFile(file, bytes);
      return { answer: { file, bytes: bytes.length }, text: `${counted(bytes.length, 'byte')} written to ${file}.\n` };
    },
  });
}

export function addContactCommands(program: Command, world: CliWorld): void {
  const contact = program.command('contact').description('the address book of an account');
  addAdd(contact, world);
  addList(contact, world);
  addRemove(contact, world);
  addCount(contact, world);
  addRemoveFound(contact, world);
  addExport(contact, world);
}
