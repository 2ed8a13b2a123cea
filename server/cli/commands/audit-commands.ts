import type { Command } from 'commander';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { adminCommand } from '../admin-command.ts';
import { keepFile } from '../files.ts';
import { filledText, timeInput, wholeNumber } from '../input-schemas.ts';
import { counted, shortTime, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

const filters = {
  user: filledText.optional(),
  operation: filledText.optional(),
  from: timeInput.optional(),
  to: timeInput.optional(),
};

function withFilters(command: Command): Command {
  return command
    .option('--user <name>', 'of this user only')
    .option('--operation <name>', 'this operation only, such as carrierAdd')
    .option('--from <time>', 'at or after an ISO 8601 time')
    .option('--to <time>', 'before an ISO 8601 time');
}

function addList(audit: Command, world: CliWorld): void {
  const command = withFilters(audit.command('list').description('list what people did, newest first'))
    .option('--limit <number>', 'how many (default: 50)')
    .option('--cursor <text>', 'go on where an earlier list ended');
  adminCommand(command, world, {
    input: z.object({
      ...filters,
      limit: wholeNumber(1, 500).optional(),
      cursor: filledText.optional(),
    }),
    run: async (client, query) => {
      const answer = await client.call('audit', { query });
      const rows = answer.items.map((item) => [
        item.id,
        shortTime(item.at),
        item.role === null ? item.who : `${item.who} (${item.role})`,
        item.address,
        item.operation,
        item.target,
        item.outcome,
        item.detail,
      ]);
      const head = ['ROW', 'TIME', 'WHO', 'FROM', 'OPERATION', 'TARGET', 'OUTCOME', 'DETAIL'];
      const more = answer.nextCursor === null ? '' : `More: add --cursor ${answer.nextCursor}\n`;
      return { answer, text: `${textTable(head, rows, 'Nothing of the kind was done.')}${more}` };
    },
  });
}

function addExport(audit: Command, world: CliWorld): void {
  const command = withFilters(audit.command('export').description('write what people did to a CSV file')).argument(
    '<file>',
    'the file to make',
  );
  adminCommand(command, world, {
    input: z.object({ ...filters, file: filledText }),
    run: async (client, { file, ...query }) => {
      const bytes = await client.download('auditExport', { query });
      await keepFile(file, bytes);
      return { answer: { file, bytes: bytes.length }, text: `${counted(bytes.length, 'byte')} written to ${file}.\n` };
    },
  });
}

function addVerify(audit: Command, world: CliWorld): void {
  const command = audit
    .command('verify')
    .description('follow the chain of the audit log and say where it is broken')
    .option('--row <number>', 'a row whose hash was noted earlier')
    .option('--hash <hex>', 'that hash, or its first 16 digits');
  const input = z
    .object({
      row: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
      hash: z
        .string()
        .regex(/^[0-9a-f]{16,64}$/iu, 'give 16 to 64 hex digits')
        .optional(),
    })
    .refine(({ row, hash }) => (row === undefined) === (hash === undefined), 'give --row and --hash together');
  adminCommand(command, world, {
    input,
    run: async (client, query) => {
      const answer = await client.call('auditVerify', { query });
      if (!answer.ok) {
        throw new AppError('internal.fault', `The audit log is broken. ${answer.problem ?? ''}`, { extra: { answer } });
      }
      const noted = answer.rows === 0 ? '' : `Note elsewhere: row ${answer.rows}, hash ${answer.hash}\n`;
      return { answer, text: `The audit log is whole: ${counted(answer.rows, 'row')}.\n${noted}` };
    },
  });
}

export function addAuditCommands(program: Command, world: CliWorld): void {
  const audit = program.command('audit').description('what people did at the box');
  addList(audit, world);
  addExport(audit, world);
  addVerify(audit, world);
}
