import type { Command } from 'commander';
import { z } from 'zod';
import { messageStates } from '../../domain/message-state.ts';
import { adminCommand } from '../admin-command.ts';
import { makeFile } from '../files.ts';
import { filledText, timeInput } from '../input-schemas.ts';
import { counted } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

/** Exports of what there is much of: fetched slice by slice, so that neither side holds it all. */
export function addExportCommands(program: Command, world: CliWorld): void {
  const command = program
    .command('export')
    .description('write what the box holds to a file')
    .command('messages')
    .description('write messages to a CSV file, newest first')
    .argument('<file>', 'the file to make')
    .option('--recipients', 'a line for each number instead of one for each message')
    .option('--account <name>', 'of this account only')
    .option('--status <state>', `only ${messageStates.join(', ')}`)
    .option('--sender <name>', 'with this sender name only')
    .option('--to-number <number>', 'to this number only')
    .option('--client-ref <text>', 'with this reference of your own only')
    .option('--from <time>', 'made at or after an ISO 8601 time or day')
    .option('--until <time>', 'made before an ISO 8601 time or day');
  adminCommand(command, world, {
    input: z.object({
      file: filledText,
      recipients: z.boolean().optional(),
      account: filledText.optional(),
      status: z.enum(messageStates, `give one of ${messageStates.join(', ')}`).optional(),
      sender: filledText.optional(),
      toNumber: filledText.optional(),
      clientRef: filledText.optional(),
      from: timeInput.optional(),
      until: timeInput.optional(),
    }),
    run: async (client, { file, recipients, sender, toNumber, until, ...rest }) => {
      const each = recipients === true ? ('recipient' as const) : ('message' as const);
      const query = { ...rest, each, origin: sender, msisdn: toNumber, to: until };
      const { head } = await client.call('exportStart', { query });
      let lines = 0;
      const bytes = await makeFile(file, async function* slices() {
        yield head;
        let cursor: string | null = null;
        do {
          const place: { cursor?: string } = cursor === null ? {} : { cursor };
          const slice = await client.call('exportSlice', { query: { ...query, ...place } });
          lines += slice.lines;
          cursor = slice.nextCursor;
          yield slice.csv;
        } while (cursor !== null);
      });
      return { answer: { file, lines, bytes }, text: `${counted(lines, 'line')} written to ${file}.\n` };
    },
  });
}
