import type { Command } from 'commander';
import { z } from 'zod';
import { senderPurposes } from '../../domain/sender.ts';
import { adminCommand } from '../admin-command.ts';
import { filledText, idInput, someOf } from '../input-schemas.ts';
import { counted, oneLine, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

function addAdd(template: Command, world: CliWorld): void {
  const command = template
    .command('add')
    .description('keep a text under a name; {name} in it stands for a value')
    .argument('<name>', 'its name')
    .requiredOption('--text <text>', 'the text')
    .option('--purposes <list...>', `what for: ${senderPurposes.join(', ')} (default: marketing)`)
    .option('--account <name>', 'account that has it');
  adminCommand(command, world, {
    input: z.object({
      name: filledText,
      text: filledText,
      purposes: someOf(senderPurposes).optional(),
      account: filledText.optional(),
    }),
    run: async (client, body) => {
      const answer = await client.call('templateAdd', { body });
      const asks = answer.variables.length === 0 ? '' : ` It asks for ${answer.variables.join(', ')}.`;
      const what = `Template ${answer.id} "${oneLine(answer.name)}" is kept: ${counted(answer.segments, 'segment')}.`;
      return { answer, text: `${what}${oneLine(asks)}\n` };
    },
  });
}

function addList(template: Command, world: CliWorld): void {
  const command = template
    .command('list')
    .description('list the templates')
    .option('--account <name>', 'account that has them');
  adminCommand(command, world, {
    input: z.object({ account: filledText.optional() }),
    run: async (client, query) => {
      const answer = await client.call('templates', { query });
      const rows = answer.items.map((item) => [item.id, item.name, item.purposes.join(', '), item.segments, item.text]);
      const empty = 'There is no template yet. Keep one with `sepsms-box template add NAME --text TEXT`.';
      return { answer, text: textTable(['ID', 'NAME', 'PURPOSES', 'SEGMENTS', 'TEXT'], rows, empty) };
    },
  });
}

function addRemove(template: Command, world: CliWorld): void {
  const command = template
    .command('remove')
    .description('remove a template')
    .argument('<id>', 'its number in `template list`');
  adminCommand(command, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => {
      const answer = await client.call('templateRemove', { params });
      return { answer, text: `Template ${params.id} is removed.\n` };
    },
  });
}

export function addTemplateCommands(program: Command, world: CliWorld): void {
  const template = program.command('template').description('named texts');
  addAdd(template, world);
  addList(template, world);
  addRemove(template, world);
}
