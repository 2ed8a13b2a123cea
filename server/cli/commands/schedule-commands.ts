import type { Command } from 'commander';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import type { AdminAnswer } from '../admin-client.ts';
import { filledText, idInput, timeInput, wholeNumber } from '../input-schemas.ts';
import { oneLine, shortTime, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';
import { audienceInput, audienceOptions } from './campaign-commands.ts';

type Schedule = AdminAnswer<'schedule'>;

function shown(item: Schedule): string {
  const next = item.nextRuns[0] === undefined ? '' : ` Next: ${shortTime(item.nextRuns[0])}.`;
  return `Schedule ${item.id} "${oneLine(item.name)}" is ${item.state}.${next}\n`;
}

function addCreate(schedule: Command, world: CliWorld): void {
  const command = audienceOptions(
    schedule
      .command('create')
      .description('send again and again')
      .argument('<name>', 'what it is called')
      .requiredOption('--cron <expression>', 'minute, hour, day, month, day of the week, such as "0 9 * * 1-5"')
      .option('--time-zone <name>', 'such as Asia/Bangkok (default: that of the box)'),
  );
  adminCommand(command, world, {
    input: z.object({ name: filledText, cron: filledText, timeZone: filledText.optional(), ...audienceInput }),
    run: async (client, { template: templateId, ...rest }) => {
      const answer = await client.call('scheduleCreate', { body: { templateId, ...rest } });
      return { answer, text: shown(answer) };
    },
  });
}

function addList(schedule: Command, world: CliWorld): void {
  const command = schedule
    .command('list')
    .description('list the schedules')
    .option('--account <name>', 'only those of this account');
  adminCommand(command, world, {
    input: z.object({ account: filledText.optional() }),
    run: async (client, query) => {
      const answer = await client.call('schedules', { query });
      const rows = answer.items.map((item) => [
        item.id,
        item.account,
        item.name,
        item.state,
        item.cron,
        item.timeZone,
        shortTime(item.nextRuns[0] ?? null),
        item.lastRun === null ? 'never' : `${item.lastRun.outcome} ${shortTime(item.lastRun.slot)}`,
      ]);
      const empty = 'There is no schedule yet. Make one with `sepsms-box schedule create NAME --cron EXPRESSION`.';
      return {
        answer,
        text: textTable(['ID', 'ACCOUNT', 'NAME', 'STATE', 'CRON', 'TIME ZONE', 'NEXT', 'LAST'], rows, empty),
      };
    },
  });
}

function addAct(schedule: Command, world: CliWorld, name: 'pause' | 'resume' | 'cancel', description: string): void {
  const operation = { pause: 'schedulePause', resume: 'scheduleResume', cancel: 'scheduleCancel' } as const;
  const command = schedule.command(name).description(description).argument('<id>', 'its number');
  adminCommand(command, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call(operation[name], { params });
      return { answer, text: shown(answer) };
    },
  });
}

function addNext(schedule: Command, world: CliWorld): void {
  const command = schedule
    .command('next')
    .description('the next times of a cron expression; begins nothing')
    .argument('<cron>', 'minute, hour, day, month, day of the week, such as "0 9 * * 1-5"')
    .option('--time-zone <name>', 'such as Asia/Bangkok (default: that of the box)');
  adminCommand(command, world, {
    input: z.object({ cron: filledText, timeZone: filledText.optional() }),
    run: async (client, body) => {
      const answer = await client.call('schedulePreview', { body });
      const lines = answer.nextRuns.map((at) => `${shortTime(at)}\n`).join('');
      return { answer, text: lines === '' ? 'It never falls due.\n' : lines };
    },
  });
}

function addCalendar(schedule: Command, world: CliWorld): void {
  const command = schedule
    .command('calendar')
    .description('what passed and what is to come')
    .argument('<from>', 'first moment, such as 2026-01-01T00:00:00+07:00')
    .argument('<to>', 'the moment at which it ends, at most 70 days later')
    .option('--account <name>', 'only schedules of this account');
  adminCommand(command, world, {
    input: z.object({ from: timeInput, to: timeInput, account: filledText.optional() }),
    run: async (client, query) => {
      const answer = await client.call('scheduleCalendar', { query });
      const rows = answer.items.map((entry) => [
        shortTime(entry.at),
        entry.count,
        entry.scheduleId,
        entry.name,
        entry.outcome,
        entry.campaignId ?? '-',
      ]);
      const head = ['TIME', 'TIMES', 'SCHEDULE', 'NAME', 'OUTCOME', 'CAMPAIGN'];
      const table = textTable(head, rows, 'Nothing passed and nothing is to come in these days.');
      return { answer, text: answer.more ? `${table}There is more: name an account, or fewer days.\n` : table };
    },
  });
}

function addRun(schedule: Command, world: CliWorld): void {
  const command = schedule.command('run').description('send now, besides its times').argument('<id>', 'its number');
  adminCommand(command, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call('scheduleRunNow', { params });
      return { answer, text: `Schedule ${params.id} began campaign ${answer.campaignId ?? '-'}.\n` };
    },
  });
}

function addRuns(schedule: Command, world: CliWorld): void {
  const command = schedule
    .command('runs')
    .description('list what became of the times of a schedule, newest first')
    .argument('<id>', 'its number')
    .option('--limit <n>', 'how many at once, up to 100 (default: 20)')
    .option('--cursor <cursor>', 'go on where a list ended, with what it then showed');
  adminCommand(command, world, {
    input: z.object({ id: idInput, limit: wholeNumber(1, 100).optional(), cursor: idInput.optional() }),
    run: async (client, { id, ...query }) => {
      const answer = await client.call('scheduleRuns', { params: { id }, query });
      const rows = answer.items.map((run) => [shortTime(run.slot), run.outcome, run.campaignId ?? '-', run.note ?? '']);
      const table = textTable(['TIME', 'OUTCOME', 'CAMPAIGN', 'NOTE'], rows, 'Its first time is still to come.');
      return { answer, text: answer.nextCursor === null ? table : `${table}More: --cursor ${answer.nextCursor}\n` };
    },
  });
}

export function addScheduleCommands(program: Command, world: CliWorld): void {
  const schedule = program.command('schedule').description('campaigns that are sent again and again');
  addCreate(schedule, world);
  addList(schedule, world);
  addAct(schedule, world, 'pause', 'let the times of a schedule pass');
  addAct(schedule, world, 'resume', 'go on with the next time');
  addAct(schedule, world, 'cancel', 'end a schedule; campaigns that it began go on');
  addRun(schedule, world);
  addRuns(schedule, world);
  addNext(schedule, world);
  addCalendar(schedule, world);
}
