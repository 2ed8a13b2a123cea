import type { Command } from 'commander';
import { z } from 'zod';
import type { carrierCommandAnswer } from '../../contract/carrier-commands.ts';
import { simulatorTroubles } from '../../domain/carrier-command.ts';
import { AppError } from '../../domain/errors.ts';
import { adminCommand, type Shown } from '../admin-command.ts';
import { filledText, idInput } from '../input-schemas.ts';
import { counted, oneLine } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

/** The box itself waits a minute for a carrier. */
const timeoutMs = 75_000;

/** @throws AppError when the carrier could not do it, with what it said. */
function shownAnswer(answer: z.infer<typeof carrierCommandAnswer>): Shown {
  const lines = answer.lines.map((line) => `  ${oneLine(line)}\n`).join('');
  if (!answer.ok)
    throw new AppError('internal.fault', [answer.text, ...answer.lines].join(' · '), { extra: { answer } });
  const more = answer.more ? 'The menu is open: answer with `sepsms-box carrier ussd ID ANSWER`.\n' : '';
  return { answer, text: `${answer.text.split('\n').map(oneLine).join('\n')}\n${lines}${more}` };
}

function addTest(carrier: Command, world: CliWorld): void {
  const command = carrier
    .command('test')
    .description('send a test message by a carrier and no other')
    .argument('<id>', 'its number')
    .requiredOption('--to <number>', 'who gets it')
    .option('--account <name>', 'account that pays')
    .option('--origin <name>', 'sender name (default: the first approved one)');
  adminCommand(command, world, {
    input: z.object({ id: idInput, to: filledText, account: filledText.optional(), origin: filledText.optional() }),
    run: async (client, { id, ...body }) => {
      const answer = await client.call('carrierTest', { params: { id }, body });
      if (answer.blockedCount > 0) return { answer, text: 'The number is blocked; nothing was sent.\n' };
      const cost = counted(answer.totalCredit, 'credit');
      return {
        answer,
        text: `Message ${answer.uuid} is ${answer.status}: ${cost}.\nSee how it goes: sepsms-box status ${answer.uuid}\n`,
      };
    },
  });
}

/** Live commands to a carrier, and a test message by it. */
export function addCarrierOperateCommands(carrier: Command, world: CliWorld): void {
  const probe = carrier
    .command('probe')
    .description('look whether a carrier answers, and how well')
    .argument('<id>', 'its number');
  adminCommand(probe, world, {
    input: z.object({ id: idInput }),
    timeoutMs,
    run: async (client, params) =>
      shownAnswer(await client.call('carrierOperate', { params, body: { kind: 'probe' } })),
  });
  const balance = carrier
    .command('balance')
    .description('ask for the credit of a SIM or provider')
    .argument('<id>', 'its number');
  adminCommand(balance, world, {
    input: z.object({ id: idInput }),
    timeoutMs,
    run: async (client, params) =>
      shownAnswer(await client.call('carrierOperate', { params, body: { kind: 'balance' } })),
  });
  const ussd = carrier
    .command('ussd')
    .description('dial a USSD code, or answer an open menu')
    .argument('<id>', 'its number')
    .argument('<code>', 'such as *121#, or the answer');
  adminCommand(ussd, world, {
    input: z.object({ id: idInput, code: filledText }),
    timeoutMs,
    run: async (client, { id, code }) =>
      shownAnswer(await client.call('carrierOperate', { params: { id }, body: { kind: 'ussd', code } })),
  });
  const at = carrier
    .command('at')
    .description('give a modem one AT command')
    .argument('<id>', 'its number')
    .argument('<line>', 'such as AT+CSQ');
  adminCommand(at, world, {
    input: z.object({ id: idInput, line: filledText }),
    timeoutMs,
    run: async (client, { id, line }) =>
      shownAnswer(await client.call('carrierOperate', { params: { id }, body: { kind: 'at', line } })),
  });
  const trouble = carrier
    .command('trouble')
    .description('make a simulated modem suffer from these and nothing else; from nothing when none is named')
    .argument('<id>', 'its number')
    .option('--from <troubles>', `with commas between: ${simulatorTroubles.join(', ')}`);
  adminCommand(trouble, world, {
    input: z.object({
      id: idInput,
      from: z
        .string()
        .transform((text) => text.split(',').map((word) => word.trim()))
        .pipe(z.array(z.enum(simulatorTroubles, `name some of ${simulatorTroubles.join(', ')}`)))
        .default([]),
    }),
    timeoutMs,
    run: async (client, { id, from }) =>
      shownAnswer(await client.call('carrierOperate', { params: { id }, body: { kind: 'trouble', troubles: from } })),
  });
  addTest(carrier, world);
}
