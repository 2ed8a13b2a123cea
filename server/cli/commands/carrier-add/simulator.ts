import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../../admin-command.ts';
import { filledText } from '../../input-schemas.ts';
import type { CliWorld } from '../../world.ts';
import { shown } from './shown.ts';

export function addSimulator(add: Command, world: CliWorld): void {
  const command = add
    .command('simulator')
    .description('a modem inside the box that sends nothing, for trying things out')
    .option('--name <name>', 'what to call it');
  adminCommand(command, world, {
    input: z.object({ name: filledText.optional() }),
    run: async (client, { name }) => shown(await client.call('carrierAdd', { body: { kind: 'simulator', name } })),
  });
}
