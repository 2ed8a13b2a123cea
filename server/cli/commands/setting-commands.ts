import type { Command } from 'commander';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { AdminAnswer } from '../admin-client.ts';
import { adminCommand } from '../admin-command.ts';
import { filledText } from '../input-schemas.ts';
import { oneLine, textFields, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

type Setting = AdminAnswer<'settings'>['items'][number];

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function findSetting(items: readonly Setting[], name: string): Setting {
  const found = items.find((item) => item.name === name);
  if (found !== undefined) return found;
  throw new AppError('setting.unknown', `There is no setting "${name}". \`sepsms-box setting get\` lists them all.`);
}

/** Text stays text where the setting holds text; elsewhere it is read as JSON, so that 120 is a number. */
function readValue(text: string, current: unknown): unknown {
  if (typeof current === 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function addGet(setting: Command, world: CliWorld): void {
  const command = setting
    .command('get')
    .description('show a setting, or all of them')
    .argument('[name]', 'such as limits.sendPerMinute');
  adminCommand(command, world, {
    input: z.object({ name: filledText.optional() }),
    run: async (client, { name }) => {
      const all = await client.call('settings', {});
      if (name === undefined) {
        const rows = all.items.map((item) => [item.name, valueText(item.value), item.description]);
        return { answer: all, text: textTable(['NAME', 'VALUE', 'WHAT IT DOES'], rows, 'There are no settings.') };
      }
      const answer = findSetting(all.items, name);
      const text = textFields([
        [answer.name, valueText(answer.value)],
        ['What it does', answer.description],
        ['Takes effect', answer.restart ? 'at the next start of the box' : 'at once'],
      ]);
      return { answer, text };
    },
  });
}

function addSet(setting: Command, world: CliWorld): void {
  const command = setting
    .command('set')
    .description('change a setting')
    .argument('<name>', 'such as limits.sendPerMinute')
    .argument('<value>', 'its new value');
  adminCommand(command, world, {
    input: z.object({ name: filledText, value: z.string() }),
    run: async (client, { name, value }) => {
      const current = findSetting((await client.call('settings', {})).items, name);
      const body = { value: readValue(value, current.value) };
      const answer = await client.call('settingSet', { params: { name }, body });
      const when = current.restart ? 'Restart the box to make it take effect.\n' : '';
      return { answer, text: `${answer.name} is now ${oneLine(valueText(answer.value))}.\n${when}` };
    },
  });
}

export function addSettingCommands(program: Command, world: CliWorld): void {
  const setting = program.command('setting').description('settings of the box');
  addGet(setting, world);
  addSet(setting, world);
}
