import type { Command } from 'commander';
import { z } from 'zod';
import { eventNames } from '../../domain/events.ts';
import { adminCommand } from '../admin-command.ts';
import { allOrListOf, filledText, idInput } from '../input-schemas.ts';
import { textFields, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

function addAdd(webhook: Command, world: CliWorld): void {
  const command = webhook
    .command('add')
    .description('register an address that is told of events; its secret is shown this once')
    .requiredOption('--url <url>', 'where to post')
    .requiredOption('--events <event...>', `all, or some of ${eventNames.join(',')}`)
    .option('--allow-host', 'allow its host on the LAN (needed for plain HTTP and for this machine)')
    .option('--account <name>', 'account whose events it is told');
  adminCommand(command, world, {
    input: z.object({
      url: z.url('give a whole URL such as https://shop.example/sms'),
      events: allOrListOf(eventNames),
      allowHost: z.boolean().default(false),
      account: filledText.optional(),
    }),
    run: async (client, body) => {
      const answer = await client.call('webhookAdd', { body });
      const text = textFields([
        ['Secret', answer.secret],
        ['Number', answer.id],
        ['URL', answer.url],
        ['Events', answer.events.join(', ')],
        ['Account', answer.account],
        ['State', answer.state],
      ]);
      return { answer, text: `${text}Copy the secret now: the box does not show it again.\n` };
    },
  });
}

function addList(webhook: Command, world: CliWorld): void {
  adminCommand(webhook.command('list').description('list the webhooks'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('webhooks', {});
      const rows = answer.items.map((item) => [
        item.id,
        item.url,
        item.account,
        item.reason === null ? item.state : `${item.state} (${item.reason})`,
        item.events.length === eventNames.length ? 'all' : item.events.join(','),
      ]);
      const empty = 'There is no webhook yet. Add one with `sepsms-box webhook add --url URL --events all`.';
      return { answer, text: textTable(['ID', 'URL', 'ACCOUNT', 'STATE', 'EVENTS'], rows, empty) };
    },
  });
}

function addRemove(webhook: Command, world: CliWorld): void {
  const command = webhook.command('remove').description('remove a webhook').argument('<id>', 'its number');
  adminCommand(command, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call('webhookRemove', { params });
      return { answer, text: `Webhook ${params.id} is removed; nothing more is posted to it.\n` };
    },
  });
}

export function addWebhookCommands(program: Command, world: CliWorld): void {
  const webhook = program.command('webhook').description('webhooks: addresses that are told of events');
  addAdd(webhook, world);
  addList(webhook, world);
  addRemove(webhook, world);
}
