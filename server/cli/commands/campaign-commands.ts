import type { Command } from 'commander';
import { z } from 'zod';
import { campaignStates } from '../../contract/campaign-shapes.ts';
import { adminCommand } from '../admin-command.ts';
import type { AdminAnswer } from '../admin-client.ts';
import { filledText, idInput, listInput, timeInput, wholeNumber } from '../input-schemas.ts';
import { counted, oneLine, textFields, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

type Campaign = AdminAnswer<'campaign'>;

/** Options that say whom and what; a schedule has them too. */
export function audienceOptions(command: Command): Command {
  return command
    .option('--text <text>', 'the text; {name} in it stands for a value of each contact')
    .option('--template <id>', 'a template instead, as `template list` shows it')
    .option('--groups <ids...>', 'groups, as `group list` shows them')
    .option('--numbers <numbers...>', 'numbers besides')
    .option('--origin <name>', 'sender name (default: the first that is approved)')
    .option('--missing <skip|blank>', 'who has no value: left out, or nothing in its place (default: skip)')
    .option('--account <name>', 'account that sends');
}

export const audienceInput = {
  text: filledText.optional(),
  template: idInput.optional(),
  groups: listInput.pipe(z.array(idInput)).optional(),
  numbers: listInput.optional(),
  origin: filledText.optional(),
  missing: z.enum(['skip', 'blank'], 'give skip or blank').optional(),
  account: filledText.optional(),
};

const head = ['ID', 'ACCOUNT', 'NAME', 'STATE', 'REACHED', 'OF', 'CREDITS'];

function rowOf(item: Campaign) {
  return [
    item.id,
    item.account,
    item.name,
    item.problem === null ? item.state : `${item.state} (${item.problem.code})`,
    item.recipients.toLocaleString('en-US'),
    item.size.toLocaleString('en-US'),
    item.credits.toLocaleString('en-US'),
  ];
}

function shown(item: Campaign): string {
  const summary = item.drSummary
    .map(({ drStatus, count }) => `${drStatus} ${count.toLocaleString('en-US')}`)
    .join(', ');
  return textFields([
    ['Campaign', `${item.id} ${item.name}`],
    ['State', item.problem === null ? item.state : `${item.state}: ${item.problem.message}`],
    [
      'Reaches',
      `${counted(item.recipients, 'number')}${item.prepared ? '' : ` so far, of ${counted(item.size, 'number')}`}`,
    ],
    ['Left out', item.skipped.toLocaleString('en-US')],
    ['Numbers', summary === '' ? '-' : summary],
    ['Credits', item.credits.toLocaleString('en-US')],
  ]);
}

function addPreview(campaign: Command, world: CliWorld): void {
  const command = audienceOptions(
    campaign.command('preview').description('how many a campaign would reach and what it would cost; begins nothing'),
  ).option('--import <id>', 'rows of a file that `import read` has read, instead of groups and numbers');
  adminCommand(command, world, {
    input: z.object({ ...audienceInput, import: idInput.optional() }),
    run: async (client, { template: templateId, import: importId, ...rest }) => {
      const answer = await client.call('campaignPreview', { body: { templateId, importId, ...rest } });
      const most = answer.exact ? '' : 'at most ';
      const text = textFields([
        ['Reaches', `${most}${counted(answer.recipients, 'number')}`],
        ['Left out', `${answer.skipped} without a value, ${answer.blocked} blocked, ${answer.repeated} named twice`],
        ['Costs', `${most}${counted(answer.credits, 'credit')} of ${answer.balance.toLocaleString('en-US')}`],
        ...answer.samples.map(({ msisdn, text: sample }) => [msisdn, sample] as const),
      ]);
      return { answer, text };
    },
  });
}

function addCreate(campaign: Command, world: CliWorld): void {
  const command = audienceOptions(
    campaign.command('create').description('send one text to many').argument('<name>', 'what it is called'),
  )
    .option('--import <id>', 'rows of a file that `import read` has read, instead of groups and numbers')
    .option('--at <time>', 'when, such as 2026-01-15T09:00:00+07:00 (default: now)');
  adminCommand(command, world, {
    input: z.object({ name: filledText, ...audienceInput, import: idInput.optional(), at: timeInput.optional() }),
    run: async (client, { name, template: templateId, import: importId, ...rest }) => {
      const answer = await client.call('campaignCreate', { body: { name, templateId, importId, ...rest } });
      const next = `See \`sepsms-box campaign show ${answer.id}\`.`;
      return { answer, text: `Campaign ${answer.id} "${oneLine(answer.name)}" is ${answer.state}. ${next}\n` };
    },
  });
}

function addList(campaign: Command, world: CliWorld): void {
  const command = campaign
    .command('list')
    .description('list the campaigns, newest first')
    .option('--account <name>', 'only those of this account')
    .option('--state <state>', 'only those in this state, such as sending or paused')
    .option('--limit <n>', 'how many at once, up to 100 (default: 20)')
    .option('--cursor <cursor>', 'go on where a list ended, with what it then showed');
  adminCommand(command, world, {
    input: z.object({
      account: filledText.optional(),
      state: z.enum(campaignStates, `give one of ${campaignStates.join(', ')}`).optional(),
      limit: wholeNumber(1, 100).optional(),
      cursor: idInput.optional(),
    }),
    run: async (client, query) => {
      const answer = await client.call('campaigns', { query });
      const empty = 'There is no campaign yet. Begin one with `sepsms-box campaign create NAME`.';
      const table = textTable(head, answer.items.map(rowOf), empty);
      return { answer, text: answer.nextCursor === null ? table : `${table}More: --cursor ${answer.nextCursor}\n` };
    },
  });
}

function addAct(
  campaign: Command,
  world: CliWorld,
  name: 'show' | 'pause' | 'resume' | 'cancel',
  description: string,
): void {
  const operation = {
    show: 'campaign',
    pause: 'campaignPause',
    resume: 'campaignResume',
    cancel: 'campaignCancel',
  } as const;
  const command = campaign.command(name).description(description).argument('<id>', 'its number');
  adminCommand(command, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call(operation[name], { params });
      return { answer, text: shown(answer) };
    },
  });
}

export function addCampaignCommands(program: Command, world: CliWorld): void {
  const campaign = program.command('campaign').description('one text to many, each with its own values');
  addPreview(campaign, world);
  addCreate(campaign, world);
  addList(campaign, world);
  addAct(campaign, world, 'show', 'how a campaign is');
  addAct(campaign, world, 'pause', 'hold a campaign: nothing more is handed over');
  addAct(campaign, world, 'resume', 'go on with a campaign');
  addAct(campaign, world, 'cancel', 'take back and refund what no carrier has');
}
