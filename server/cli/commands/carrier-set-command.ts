import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import { filledText, idInput, wholeNumber, yesOrNo } from '../input-schemas.ts';
import type { CliWorld } from '../world.ts';
import { shown } from './carrier-add/shown.ts';

/** A value, or the word that takes it away. */
const orNone = filledText.transform((text) => (text === 'none' ? null : text)).optional();

/** Changes the configuration of a carrier over HTTP; the others are removed and added again. */
export function addCarrierSet(carrier: Command, world: CliWorld): void {
  const command = carrier
    .command('set')
    .description('change a carrier of the kind upstream')
    .argument('<id>', 'its number')
    .option('--url <url>', 'its address')
    .option('--user <name>', 'account there')
    .option('--key <key>', 'key or token there')
    .option('--origin <name>', "sender name or number to use instead of each message's own; none for none")
    .option('--idempotent <yes>', 'whether it knows Idempotency-Key: true or false')
    .option('--webhook-secret <secret>', 'what it signs its calls to this carrier with; none for none')
    .option('--public-url <url>', 'where it reaches this box; none for nowhere')
    .option('--window <n>', 'hand-overs at one time, 1 to 64')
    .option('--allow-host', 'put the host of the address on the list of LAN hosts');
  const input = z.object({
    id: idInput,
    url: filledText.optional(),
    user: filledText.optional(),
    key: filledText.optional(),
    origin: orNone,
    idempotent: yesOrNo.optional(),
    webhookSecret: orNone,
    publicUrl: orNone,
    window: wholeNumber(1, 64).optional(),
    allowHost: z.boolean().optional(),
  });
  adminCommand(command, world, {
    input,
    run: async (client, { id, ...change }) =>
      shown(await client.call('carrierChange', { params: { id }, body: { kind: 'upstream', ...change } })),
  });
}
