import { describe, expect, it } from 'vitest';
import { editorOf, textOfValue, valueOf } from '../../renderer/features/settings/setting-form.ts';
import { grouped } from '../../renderer/features/settings/setting-groups.ts';
import { settingDefinitions, settingForm, settingNames } from '../../server/config/settings.ts';
import type { SettingName } from '../../server/config/settings.ts';

const item = (name: SettingName) => ({
  name,
  value: settingDefinitions[name].usual,
  usual: settingDefinitions[name].usual,
  description: '',
  restart: false,
  form: settingForm(name),
});

describe('the field of a setting', () => {
  it.each([
    ['message.maxSegments', { kind: 'number', least: 1, most: 255 }],
    ['legacy.v1', { kind: 'switch' }],
    ['guards.links', { kind: 'choice', options: ['any', 'registered'] }],
    ['guards.optOutKeywords', { kind: 'list' }],
    ['guards.quietHours', { kind: 'hours' }],
    ['box.timeZone', { kind: 'timeZone' }],
    ['guards.optOutNotice', { kind: 'text' }],
  ] as const)('of %s is made from its form', (name, editor) => {
    expect(editorOf(item(name))).toEqual(editor);
  });

  it('gives back what it shows, for every setting of the box', () => {
    for (const name of settingNames) {
      const setting = item(name);
      expect([name, valueOf(textOfValue(setting.value), editorOf(setting))]).toEqual([name, setting.value]);
    }
  });

  it.each(['', 'many', '0', '256', '1.5'])('of a number takes no %j', (text) => {
    expect(valueOf(text, editorOf(item('message.maxSegments')))).toBeNull();
  });
});

it('every setting is in one group, and what is new in the last', () => {
  const news = { ...item('legacy.v1'), name: 'brand.new' };
  const groups = grouped([...settingNames.map((name) => item(name)), news]);
  const names = groups.flatMap((group) => group.items.map(({ name }) => name));
  expect(names.toSorted()).toEqual([...settingNames, 'brand.new'].toSorted());
  expect(groups.at(-1)).toMatchObject({ name: 'more', items: [{ name: 'brand.new' }] });
});
