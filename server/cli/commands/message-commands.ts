import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import { filledText, listInput } from '../input-schemas.ts';
import { counted, oneLine, shortTime, textFields } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

export function addSendCommand(program: Command, world: CliWorld): void {
  const command = program
    .command('send')
    .description('send a message')
    .requiredOption('--to <number...>', 'one number or several')
    .requiredOption('--text <text>', 'what it says')
    .option('--origin <name>', 'sender name (default: the first approved one)')
    .option('--at <time>', 'send later, at an ISO 8601 time')
    .option('--account <name>', 'account that pays');
  adminCommand(command, world, {
    input: z.object({
      to: listInput.refine((list) => list.length > 0, 'name at least one number'),
      text: z.string(),
      origin: filledText.optional(),
      at: filledText.optional(),
      account: filledText.optional(),
    }),
    run: async (client, body) => {
      const answer = await client.call('send', { body });
      const invalid = answer.invalidCount ?? 0;
      const text = [
        `Message ${answer.uuid} (${oneLine(answer.refNo)}) is ${answer.status}: `,
        `${counted(answer.totalMsisdn, 'number')}, ${counted(answer.totalCredit, 'credit')}.\n`,
        answer.blockedCount > 0 ? `${counted(answer.blockedCount, 'number')} blocked, not sent and not charged.\n` : '',
        invalid > 0 ? `Not a mobile number: ${oneLine((answer.invalid ?? []).join(', '))}\n` : '',
        `See how it goes: sepsms-box status ${answer.uuid}\n`,
      ].join('');
      return { answer, text };
    },
  });
}

export function addStatusCommand(program: Command, world: CliWorld): void {
  const command = program.command('status').description('how a message is').argument('<uuid>', 'as `send` printed it');
  adminCommand(command, world, {
    input: z.object({ uuid: filledText }),
    run: async (client, params) => {
      const answer = await client.call('message', { params });
      const counts = answer.drSummary.map((each) => `${each.drStatus} ${each.count.toLocaleString('en-US')}`);
      const text = textFields([
        ['Message', `${answer.uuid} (${answer.refNo})`],
        ['State', answer.status],
        ...(answer.waiting === null ? [] : [['Waiting', answer.waiting] as const]),
        ['Recipients', `${counted(answer.totalMsisdn, 'number')}: ${counts.join(', ')}`],
        ['Sender', answer.origin],
        ['Credits', `${answer.totalCredit.toLocaleString('en-US')} (${counted(answer.segments, 'segment')} each)`],
        ['Refunded', counted(answer.refundedCount, 'number')],
        ['Created', shortTime(answer.createdAt)],
        ...(answer.scheduledTime === null ? [] : [['Scheduled', shortTime(answer.scheduledTime)] as const]),
        ['Completed', shortTime(answer.completedAt, 'not yet')],
      ]);
      return { answer, text };
    },
  });
}
