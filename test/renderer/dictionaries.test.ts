import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Text } from '../../renderer/i18n/dictionary.ts';
import { en } from '../../renderer/i18n/en.ts';
import { th } from '../../renderer/i18n/th.ts';
import { languages } from '../../renderer/i18n/translate.ts';
import { zhHant } from '../../renderer/i18n/zh-hant.ts';
import { settingNames } from '../../server/config/settings.ts';

const dictionaries = { en, th, 'zh-Hant': zhHant };
const root = join(import.meta.dirname, '../../renderer');
const sources = globSync('**/*.{ts,tsx}', { cwd: root })
  .filter((path) => !path.startsWith('i18n/'))
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .concat(readFileSync(join(root, 'i18n/format.ts'), 'utf8'), readFileSync(join(root, 'i18n/error-text.ts'), 'utf8'));
const english: Readonly<Record<string, Text>> = dictionaries.en;
const keys = Object.keys(english);

/** Texts that are names, the same in every language, or only put others in order. */
const names = [
  'app.name',
  'routes.sentence',
  'rules.sentence',
  'timeline.webhook',
  'compose.encoding.gsm7',
  'compose.encoding.ucs2',
  'carriers.choice.infobip',
  'carriers.choice.twilio',
  'carriers.choice.vonage',
];

/** Texts asked for by name: `t('signIn.title')`. */
const named = new Set(sources.flatMap((text) => [...text.matchAll(/\bt\(\s*'([^']+)'/gu)].map((hit) => hit[1] ?? '')));
/** Keys that stand as they are, such as one of two that a page chooses from. */
const chosen = new Set(sources.flatMap((text) => [...text.matchAll(/'(\w+(?:\.\w+)+)'/gu)].map((hit) => hit[1] ?? '')));
/** Beginnings of texts whose end is found at run time: `state.${state}`. */
const beginnings = sources.flatMap((text) => [...text.matchAll(/`(\w+(?:\.\w+)*\.)\$\{/gu)].map((hit) => hit[1] ?? ''));

function forms(text: Text | undefined): string[] {
  if (text === undefined) return [];
  return typeof text === 'string' ? [text] : [text.one ?? text.other, text.other];
}

function slots(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/gu)].map((hit) => hit[1] ?? '').toSorted();
}

/** Keys whose texts in a language have no letter of its script. */
function foreign(language: 'th' | 'zh-Hant', script: RegExp): string[] {
  return Object.entries<Text>(dictionaries[language])
    .filter(([key, text]) => !names.includes(key) && !script.test(forms(text).join()))
    .map(([key]) => key);
}

describe('the texts of the pages', () => {
  it('has a text for every key that a page asks for', () => {
    expect(named.size).toBeGreaterThan(50);
    expect([...named].filter((key) => !keys.includes(key))).toEqual([]);
    expect(beginnings.filter((beginning) => !keys.some((key) => key.startsWith(beginning)))).toEqual([]);
  });

  it('has no text that no page asks for', () => {
    const unused = keys.filter(
      (key) => !named.has(key) && !chosen.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });

  it.each(languages)('is complete in %s, with the same slots', (language) => {
    const dictionary: Readonly<Record<string, Text>> = dictionaries[language];
    expect(Object.keys(dictionary).toSorted()).toEqual(keys.toSorted());
    const empty = keys.filter((key) => forms(dictionary[key]).some((form) => form.trim() === ''));
    const different = keys.filter((key) => {
      const expected = slots(forms(english[key]).at(-1) ?? '').join();
      return forms(dictionary[key]).some((form) => slots(form).join() !== expected);
    });
    expect({ empty, different }).toEqual({ empty: [], different: [] });
  });

  it.each(['th', 'zh-Hant'] as const)('leaves nothing in English in %s but names', (language) => {
    const dictionary: Readonly<Record<string, Text>> = dictionaries[language];
    const same = keys.filter((key) => forms(dictionary[key]).join() === forms(english[key]).join());
    expect(same.filter((key) => !names.includes(key))).toEqual([]);
  });

  it('has words for every setting of the box', () => {
    const wordless = settingNames.filter(
      (name) => !keys.includes(`setting.${name}`) || !keys.includes(`settingHelp.${name}`),
    );
    expect(wordless).toEqual([]);
    const gone = keys.filter(
      (key) => /^setting(?:Help)?\./u.test(key) && !settingNames.some((name) => key.endsWith(`.${name}`)),
    );
    expect(gone).toEqual([]);
  });

  it('writes Thai in Thai letters and Chinese in Chinese ones', () => {
    expect(foreign('th', /\p{Script=Thai}/u)).toEqual([]);
    expect(foreign('zh-Hant', /\p{Script=Han}/u)).toEqual([]);
  });
});
