import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../../admin-command.ts';
import { filledText, wholeNumber } from '../../input-schemas.ts';
import type { CliWorld } from '../../world.ts';
import { shown } from './shown.ts';

export function addUpstream(add: Command, world: CliWorld): void {
  const command = add
    .command('upstream')
    .description('another SEPSMS – the cloud, or another box – or a provider over HTTP')
    .requiredOption('--url <url>', 'its address, such as https://sepsms.com or http://10.0.0.7:8580')
    .requiredOption('--key <key>', 'API key there')
    .option('--origin <name>', "sender name to use instead of each message's own")
    .option('--idempotent', 'it is a box, or knows Idempotency-Key: a lost answer is asked for again')
    .option(
      '--webhook-secret <secret>',
      'secret of the webhook registered there for the callback address of this carrier',
    )
    .option('--public-url <url>', 'where it reaches this box, such as https://sms.example.com')
    .option('--window <n>', 'hand-overs at one time, 1 to 64 (else 8)')
    .option('--allow-host', 'put its host on the list of LAN hosts, for plain HTTP and for this machine')
    .option('--name <name>', 'what to call it');
  const input = z.object({
    url: filledText,
    key: filledText,
    origin: filledText.optional(),
    idempotent: z.boolean().optional(),
    webhookSecret: filledText.optional(),
    publicUrl: filledText.optional(),
    window: wholeNumber(1, 64).optional(),
    allowHost: z.boolean().optional(),
    name: filledText.optional(),
  });
  adminCommand(command, world, {
    input,
    run: async (client, given) => shown(await client.call('carrierAdd', { body: { kind: 'upstream', ...given } })),
  });
}
