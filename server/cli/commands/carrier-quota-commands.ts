import type { Command } from 'commander';
import { z } from 'zod';
import type { CarrierItem } from '../../contract/carrier-forms.ts';
import { adminCommand, type Shown } from '../admin-command.ts';
import { idInput, wholeNumber } from '../input-schemas.ts';
import { oneLine, shortTime, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';
import { shown } from './carrier-add/shown.ts';

const most = wholeNumber(0, 10_000_000).optional();

function usageOf(answer: CarrierItem): Shown {
  const rows = answer.usage.map((one) => [one.period, one.used, one.limit ?? 'none', shortTime(one.endsAt)]);
  const table = textTable(['PERIOD', 'PARTS', 'QUOTA', 'UNTIL'], rows, '');
  return { answer, text: `Carrier ${answer.id} "${oneLine(answer.name)}":\n${table}` };
}

/** Resting carriers without switching them off, and how much they may send. */
export function addCarrierQuotaCommands(carrier: Command, world: CliWorld): void {
  const input = z.object({ id: idInput });
  const acts = [
    ['pause', 'carrierPause', 'give a carrier no new messages; reports and received messages still come'],
    ['resume', 'carrierResume', 'let a paused carrier take messages again'],
    ['drain', 'carrierDrain', 'pause a carrier and wait until it holds nothing'],
  ] as const;
  for (const [word, operation, description] of acts) {
    const command = carrier.command(word).description(description).argument('<id>', 'its number');
    adminCommand(command, world, {
      input,
      timeoutMs: 75_000,
      run: async (client, params) => shown(await client.call(operation, { params })),
    });
  }
  const quota = carrier
    .command('quota')
    .description('what its SIM has sent, and how many parts it may send; options set the whole quota')
    .argument('<id>', 'its number')
    .option('--minute <parts>', 'most parts a minute; 0 for no limit')
    .option('--hour <parts>', 'most parts an hour')
    .option('--day <parts>', 'most parts a day')
    .option('--month <parts>', 'most parts a month');
  adminCommand(quota, world, {
    input: input.extend({ minute: most, hour: most, day: most, month: most }),
    run: async (client, { id, ...given }) => {
      const limits = Object.entries(given).filter(([, parts]) => parts !== undefined);
      if (limits.length > 0) {
        const wanted = Object.fromEntries(limits.filter(([, parts]) => parts !== 0));
        return usageOf(await client.call('carrierTerms', { params: { id }, body: { quota: wanted } }));
      }
      return usageOf(await client.call('carrier', { params: { id } }));
    },
  });
}
