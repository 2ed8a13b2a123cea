import type { Command } from 'commander';
import { z } from 'zod';
import { eventNames } from '../../domain/events.ts';
import { adminCommand } from '../admin-command.ts';
import { allOrListOf, filledText, idInput, timeInput } from '../input-schemas.ts';
import { counted, oneLine, shortTime, textFields, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

/** The end of a range without an end: whatever was made up to now. */
const farFuture = '9999-12-31T00:00:00.000Z';

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

function addPauseAndResume(webhook: Command, world: CliWorld): void {
  const pause = webhook
    .command('pause')
    .description('stop posting to a webhook; its events are collected')
    .argument('<id>', 'its number');
  adminCommand(pause, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call('webhookPause', { params });
      return { answer, text: `Webhook ${answer.id} is ${answer.state}.\n` };
    },
  });
  const resume = webhook
    .command('resume')
    .description('post to a paused or disabled webhook again')
    .argument('<id>', 'its number');
  adminCommand(resume, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call('webhookResume', { params });
      return { answer, text: `Webhook ${answer.id} is ${answer.state}; what was collected is posted now.\n` };
    },
  });
}

function addRotate(webhook: Command, world: CliWorld): void {
  const command = webhook
    .command('rotate')
    .description('make a new secret; it is shown this once')
    .argument('<id>', 'its number');
  adminCommand(command, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call('webhookRotate', { params });
      const text = textFields([
        ['Secret', answer.secret],
        ['Old one signs too until', shortTime(answer.oldSecretUntil, 'it cannot be read any more, so not at all')],
      ]);
      return { answer, text: `${text}Copy the secret now: the box does not show it again.\n` };
    },
  });
}

function addTest(webhook: Command, world: CliWorld): void {
  const command = webhook.command('test').description('post a test message at once').argument('<id>', 'its number');
  adminCommand(command, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call('webhookTest', { params });
      const came = answer.status === null ? (answer.error ?? 'No answer came.') : `It answered ${answer.status}.`;
      const verdict = answer.delivered ? 'The test was taken.' : 'The test was not taken.';
      return { answer, text: `${verdict} ${oneLine(came)} (${answer.durationMs} ms)\n` };
    },
  });
}

function addReplay(webhook: Command, world: CliWorld): void {
  const command = webhook
    .command('replay')
    .description('deliver once more: one delivery, or all of a time range')
    .argument('<id>', 'number of the webhook')
    .option('--delivery <id>', 'one delivery, by its X-Webhook-Id')
    .option('--from <time>', 'start of a range, an ISO 8601 time')
    .option('--to <time>', 'end of the range (default: now)')
    .option('--failed', 'of the range only what was given up');
  const input = z
    .object({
      id: idInput,
      delivery: filledText.optional(),
      from: timeInput.optional(),
      to: timeInput.optional(),
      failed: z.boolean().default(false),
    })
    .refine(
      ({ delivery, from, to, failed }) =>
        delivery === undefined ? from !== undefined : from === undefined && to === undefined && !failed,
      'give either --delivery, or --from with or without --to and --failed',
    );
  adminCommand(command, world, {
    input,
    run: async (client, { id, delivery, from, to, failed }) => {
      if (delivery !== undefined) {
        const answer = await client.call('webhookReplay', { params: { id, delivery } });
        return { answer, text: `Delivery ${oneLine(delivery)} is on its way again.\n` };
      }
      const body = {
        from: from ?? '',
        to: to ?? farFuture,
        only: failed ? ('failed' as const) : ('finished' as const),
      };
      const answer = await client.call('webhookReplayRange', { params: { id }, body });
      const verb = answer.replayed === 1 ? 'is' : 'are';
      return { answer, text: `${counted(answer.replayed, 'delivery', 'deliveries')} ${verb} on the way again.\n` };
    },
  });
}

export function addWebhookCommands(program: Command, world: CliWorld): void {
  const webhook = program.command('webhook').description('webhooks: addresses that are told of events');
  addAdd(webhook, world);
  addList(webhook, world);
  addPauseAndResume(webhook, world);
  addRotate(webhook, world);
  addTest(webhook, world);
  addReplay(webhook, world);
  addRemove(webhook, world);
}
