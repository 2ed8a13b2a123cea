import type { Command } from 'commander';
import { z } from 'zod';
import { mostCredits } from '../../domain/credit-order.ts';
import { adminCommand } from '../admin-command.ts';
import { filledText, wholeNumber, yesOrNo } from '../input-schemas.ts';
import { counted, oneLine, shortTime, textFields, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

function addCreate(account: Command, world: CliWorld): void {
  const command = account.command('create').description('create an account').argument('<name>', 'its name');
  adminCommand(command, world, {
    input: z.object({ name: filledText }),
    run: async (client, { name }) => {
      const answer = await client.call('accountCreate', { body: { name } });
      return { answer, text: `Account "${oneLine(answer.name)}" is created (number ${answer.id}).\n` };
    },
  });
}

function addList(account: Command, world: CliWorld): void {
  adminCommand(account.command('list').description('list the accounts and their credits'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('accounts', {});
      const rows = answer.items.map((item) => [
        item.id,
        item.name,
        item.balance.toLocaleString('en-US'),
        item.metered ? (item.lowCreditThreshold?.toLocaleString('en-US') ?? '-') : 'unmetered',
        item.suspended ? 'suspended' : 'active',
      ]);
      const empty = 'There is no account yet. Create one with `sepsms-box account create NAME`.';
      return { answer, text: textTable(['ID', 'NAME', 'CREDITS', 'LOW AT', 'STATE'], rows, empty) };
    },
  });
}

function addSet(account: Command, world: CliWorld): void {
  const command = account
    .command('set')
    .description('change an account; what is not named stays')
    .argument('<name>', 'its name')
    .option('--low-credit <number>', 'tell when its credits fall below this; none for never')
    .option('--metered <true|false>', 'false: it sends whether or not its credits last')
    .option('--suspended <true|false>', 'true: its API keys are refused');
  const input = z
    .object({
      name: filledText,
      lowCredit: z.union([z.literal('none'), wholeNumber(1, mostCredits)]).optional(),
      metered: yesOrNo.optional(),
      suspended: yesOrNo.optional(),
    })
    .refine(
      ({ lowCredit, metered, suspended }) => [lowCredit, metered, suspended].some((given) => given !== undefined),
      'name what to change: --low-credit, --metered or --suspended',
    );
  adminCommand(command, world, {
    input,
    run: async (client, { name, lowCredit, metered, suspended }) => {
      const body = { lowCreditThreshold: lowCredit === 'none' ? null : lowCredit, metered, suspended };
      const answer = await client.call('accountSet', { params: { name }, body });
      const text = textFields([
        ['Account', answer.name],
        ['Credits', answer.balance.toLocaleString('en-US')],
        ['Low at', answer.lowCreditThreshold?.toLocaleString('en-US') ?? 'never'],
        ['Metered', answer.metered ? 'yes' : 'no'],
        ['State', answer.suspended ? 'suspended' : 'active'],
      ]);
      return { answer, text };
    },
  });
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}

function addShow(account: Command, world: CliWorld): void {
  const command = account
    .command('show')
    .description('one account with what belongs to it')
    .argument('<name>', 'its name');
  adminCommand(command, world, {
    input: z.object({ name: filledText }),
    run: async (client, params) => {
      const answer = await client.call('account', { params });
      const { today, last30Days: month, senders } = answer;
      const text = textFields([
        ['Account', `${answer.name} (number ${answer.id}), ${answer.suspended ? 'suspended' : 'active'}`],
        ['Credits', `${number(answer.balance)}${answer.metered ? '' : ', unmetered'}`],
        ['Keys', `${number(answer.keys)}, last used ${shortTime(answer.keyLastUsedAt, 'never')}`],
        ['Senders', `${number(senders.approved)} approved, ${number(senders.requested)} asked for`],
        ['Contacts', `${number(answer.contacts)} in ${counted(answer.groups, 'group')}`],
        [
          'Today',
          `${number(today.accepted)} accepted, ${number(today.delivered)} delivered, ${number(today.failed)} failed`,
        ],
        [
          '30 days',
          `${number(month.accepted)} accepted, ${number(month.delivered)} delivered, ${number(month.failed)} failed`,
        ],
      ]);
      return { answer, text };
    },
  });
}

export function addAccountCommands(program: Command, world: CliWorld): void {
  const account = program.command('account').description('accounts (departments)');
  addCreate(account, world);
  addList(account, world);
  addShow(account, world);
  addSet(account, world);
}
