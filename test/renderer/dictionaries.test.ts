import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Text } from '../../renderer/i18n/dictionary.ts';
import { dictionaries, languages } from '../../renderer/i18n/translate.ts';

const root = join(import.meta.dirname, '../../renderer');
const sources = globSync('**/*.{ts,tsx}', { cwd: root })
  .filter((path) => !path.startsWith('i18n/'))
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .concat(readFileSync(join(root, 'i18n/format.ts'), 'utf8'), readFileSync(join(root, 'i18n/error-text.ts'), 'utf8'));
const english: Readonly<Record<string, Text>> = dictionaries.en;
const keys = Object.keys(english);

/** Texts asked for by name: `t('signIn.title')`. */
const named = new Set(sources.flatMap((text) => [...text.matchAll(/\bt\(\s*'([^']+)'/gu)].map((hit) => hit[1] ?? '')));
/** Beginnings of texts whose end is found at run time: `state.${state}`. */
const beginnings = sources.flatMap((text) => [...text.matchAll(/`(\w+(?:\.\w+)*\.)\$\{/gu)].map((hit) => hit[1] ?? ''));

function forms(text: Text | undefined): string[] {
  if (text === undefined) return [];
  return typeof text === 'string' ? [text] : [text.one ?? text.other, text.other];
}

function slots(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/gu)].map((hit) => hit[1] ?? '').toSorted();
}

describe('the texts of the pages', () => {
  it('has a text for every key that a page asks for', () => {
    expect(named.size).toBeGreaterThan(50);
    expect([...named].filter((key) => !keys.includes(key))).toEqual([]);
    expect(beginnings.filter((beginning) => !keys.some((key) => key.startsWith(beginning)))).toEqual([]);
  });

  it('has no text that no page asks for', () => {
    const unused = keys.filter((key) => !named.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)));
    expect(unused).toEqual([]);
  });

  it.each(languages)('is complete in %s, with the same slots', (language) => {
    const dictionary: Readonly<Record<string, Text>> = dictionaries[language];
    expect(Object.keys(dictionary).toSorted()).toEqual(keys.toSorted());
    for (const key of keys) {
      const [expected = ''] = forms(english[key]).slice(-1);
      for (const form of forms(dictionary[key])) {
        expect(form.trim(), key).not.toBe('');
        expect(slots(form), key).toEqual(slots(expected));
      }
    }
  });

  it.each(['th', 'zh-Hant'] as const)('leaves nothing in English in %s but names', (language) => {
    const dictionary: Readonly<Record<string, Text>> = dictionaries[language];
    const same = keys.filter((key) => forms(dictionary[key]).join() === forms(english[key]).join());
    expect(same.filter((key) => !['app.name', 'timeline.webhook'].includes(key))).toEqual([]);
  });

  it('writes Thai in Thai letters and Chinese in Chinese ones', () => {
    const wrong = (language: 'th' | 'zh-Hant', script: RegExp) =>
      Object.entries<Text>(dictionaries[language])
        .filter(([key, text]) => !['app.name', 'timeline.webhook'].includes(key) && !script.test(forms(text).join()))
        .map(([key]) => key);
    expect(wrong('th', /\p{Script=Thai}/u)).toEqual([]);
    expect(wrong('zh-Hant', /\p{Script=Han}/u)).toEqual([]);
  });
});
