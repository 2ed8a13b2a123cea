import type { Command } from 'commander';
import { basename } from 'node:path';
import { z } from 'zod';
import { adminCommand } from '../admin-command.ts';
import type { AdminAnswer } from '../admin-client.ts';
import { rowProblems } from '../../domain/import-columns.ts';
import { languages } from '../../domain/languages.ts';
import { fileBytes, keepFile } from '../files.ts';
import { filledText, idInput, listInput, wholeNumber } from '../input-schemas.ts';
import { counted, oneLine, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

type Import = AdminAnswer<'import'>;

function progress(item: Import): string {
  const done = `${item.doneRows.toLocaleString('en-US')} of ${counted(item.rows, 'line')}`;
  const made = `${counted(item.created, 'contact')} new, ${item.updated.toLocaleString('en-US')} changed, ${item.skipped.toLocaleString('en-US')} left as they were`;
  return `Import ${item.id} of "${oneLine(item.fileName)}" is ${item.state}: ${done} done, ${made}.\n`;
}

function understood(item: Import): string {
  const columns = item.columns.map(({ header, use, field }) => [header, field === null ? use : `{${field}}`]);
  const left =
    item.problems === 0 ? '' : `${counted(item.problems, 'line')} left out: see \`import problems ${item.id}\`.\n`;
  return `${textTable(['COLUMN', 'IS'], columns, 'The file has no columns.')}${counted(item.rows, 'line')} read. ${left}`;
}

function addRead(command: Command, world: CliWorld): void {
  const read = command
    .command('read')
    .description('read a CSV or XLSX file and show what is understood; nothing is taken in yet')
    .argument('<file>', 'the file')
    .option('--group <ids...>', 'groups that the contacts go to, as `group list` shows them')
    .option('--existing <update|skip>', 'what happens to contacts that are there already (default: update)')
    .option('--account <name>', 'account whose address book it is');
  adminCommand(read, world, {
    input: z.object({
      file: filledText,
      group: listInput.pipe(z.array(idInput)).optional(),
      existing: z.enum(['update', 'skip'], 'give update or skip').optional(),
      account: filledText.optional(),
    }),
    run: async (client, { file, group: groups, existing, account }) => {
      const query = { account, fileName: basename(file) };
      let answer = await client.upload('importUpload', { query }, await fileBytes(file));
      if (groups !== undefined || existing !== undefined)
        answer = await client.call('importSet', { params: { id: answer.id }, body: { groups, existing } });
      return { answer, text: `${understood(answer)}\nTake them in with \`sepsms-box import start ${answer.id}\`.\n` };
    },
  });
}

function addAct(
  command: Command,
  world: CliWorld,
  name: 'start' | 'pause' | 'cancel' | 'show',
  description: string,
): void {
  const operation = { start: 'importStart', pause: 'importPause', cancel: 'importCancel', show: 'import' } as const;
  const act = command.command(name).description(description).argument('<id>', 'its number');
  adminCommand(act, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call(operation[name], { params });
      return { answer, text: progress(answer) };
    },
  });
}

function addProblems(command: Command, world: CliWorld): void {
  const words = { missing_number: 'no number', bad_number: 'no mobile number', duplicate: 'same number as line' };
  const problems = command
    .command('problems')
    .description('list the lines of a file that are left out, and why')
    .argument('<id>', 'its number')
    .option('--limit <n>', 'how many at once, up to 500 (default: 100)')
    .option('--cursor <cursor>', 'go on where a list ended, with what it then showed');
  adminCommand(problems, world, {
    input: z.object({ id: idInput, limit: wholeNumber(1, 500).optional(), cursor: idInput.optional() }),
    run: async (client, { id, ...query }) => {
      const answer = await client.call('importRows', { params: { id }, query: { problems: 'true', ...query } });
      const rows = answer.items.map(({ line, problem, sameAs, cells }) => [
        line,
        problem === null ? '' : `${words[problem]}${sameAs === null ? '' : ` ${sameAs}`}`,
        cells.join(', '),
      ]);
      const table = textTable(['LINE', 'WHY', 'CELLS'], rows, 'No line is left out.');
      return { answer, text: answer.nextCursor === null ? table : `${table}More: --cursor ${answer.nextCursor}\n` };
    },
  });
}

function addReport(command: Command, world: CliWorld): void {
  const report = command
    .command('report')
    .description('write the lines of a file that are left out to a CSV file, to mend them there')
    .argument('<id>', 'its number')
    .argument('<file>', 'the file to make')
    .option('--why <problem>', `only those with this problem: ${rowProblems.join(', ')}`)
    .option('--language <language>', `language of the reasons: ${languages.join(', ')} (default: en)`);
  adminCommand(report, world, {
    input: z.object({
      id: idInput,
      file: filledText,
      why: z.enum(rowProblems).optional(),
      language: z.enum(languages).optional(),
    }),
    run: async (client, { id, file, why: problem, language }) => {
      const bytes = await client.download('importReport', { params: { id }, query: { problem, language } });
      await keepFile(file, bytes);
      return { answer: { file, bytes: bytes.length }, text: `${counted(bytes.length, 'byte')} written to ${file}.\n` };
    },
  });
}

export function addImportCommands(program: Command, world: CliWorld): void {
  const command = program.command('import').description('contacts from CSV and XLSX files');
  addRead(command, world);
  addAct(command, world, 'start', 'take the lines in, or go on after a pause');
  addAct(command, world, 'pause', 'hold an import');
  addAct(command, world, 'cancel', 'end an import; contacts that were taken in stay');
  addAct(command, world, 'show', 'how an import is');
  addProblems(command, world);
  addReport(command, world);
}
