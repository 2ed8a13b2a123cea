import type { Command } from 'commander';
import { z } from 'zod';
import { scopes } from '../../domain/scopes.ts';
import { adminCommand } from '../admin-command.ts';
import { allOrListOf, filledText, idInput, listInput, wholeNumber } from '../input-schemas.ts';
import { shortTime, textFields, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

function addCreate(key: Command, world: CliWorld): void {
  const command = key
    .command('create')
    .description('create an API key; it is shown this once')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--scopes <scope...>', `all, or some of ${scopes.join(',')} (default: all)`)
    .option('--ips <address...>', 'addresses or CIDR blocks that may use it (default: any)')
    .option('--rpm <number>', 'requests per minute (default: the limit of the box)')
    .option('--account <name>', 'account it belongs to');
  adminCommand(command, world, {
    input: z.object({
      name: filledText,
      scopes: allOrListOf(scopes).default('all'),
      ips: listInput.default([]),
      rpm: wholeNumber(1, 1_000_000).nullable().default(null),
      account: filledText.optional(),
    }),
    run: async (client, input) => {
      const answer = await client.call('keyCreate', { body: input });
      const text = textFields([
        ['Key', answer.key],
        ['Number', answer.id],
        ['Name', answer.name],
        ['Account', answer.account],
        ['Scopes', answer.scopes.join(', ')],
        ['Addresses', answer.ips.length === 0 ? 'any' : answer.ips.join(', ')],
        ['Per minute', answer.rpm ?? 'as the box allows'],
      ]);
      return { answer, text: `${text}Copy the key now: the box does not show it again.\n` };
    },
  });
}

function addList(key: Command, world: CliWorld): void {
  adminCommand(key.command('list').description('list the API keys'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('keys', {});
      const rows = answer.items.map((item) => [
        item.id,
        item.name,
        item.account,
        item.display,
        item.revokedAt === null ? 'active' : 'revoked',
        item.scopes.length === scopes.length ? 'all' : item.scopes.join(','),
        shortTime(item.lastUsedAt, 'never'),
      ]);
      const head = ['ID', 'NAME', 'ACCOUNT', 'KEY', 'STATE', 'SCOPES', 'LAST USED'];
      const empty = 'There is no API key yet. Create one with `sepsms-box key create --name NAME`.';
      return { answer, text: textTable(head, rows, empty) };
    },
  });
}

function addRevoke(key: Command, world: CliWorld): void {
  const command = key.command('revoke').description('revoke an API key for good').argument('<id>', 'its number');
  adminCommand(command, world, {
    input: z.object({ id: idInput }),
    run: async (client, { id }) => {
      const answer = await client.call('keyRevoke', { params: { id } });
      return { answer, text: `API key ${id} is revoked; requests with it are refused from now on.\n` };
    },
  });
}

export function addKeyCommands(program: Command, world: CliWorld): void {
  const key = program.command('key').description('API keys');
  addCreate(key, world);
  addList(key, world);
  addRevoke(key, world);
}
