import type { Dictionary, TextKey, TextValues } from './dictionary.ts';
import { en } from './en.ts';
import { th } from './th.ts';
import { zhHant } from './zh-hant.ts';

export const languages = ['en', 'th', 'zh-Hant'] as const;
export type Language = (typeof languages)[number];

/** Each language by its own name, as its readers look for it. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', th: 'ไทย', 'zh-Hant': '繁體中文' };

export const dictionaries: Readonly<Record<Language, Dictionary>> = { en, th, 'zh-Hant': zhHant };

export type Translate = <K extends TextKey>(key: K, ...values: TextValues<K>) => string;

/** Makes the function that gives a language's texts. */
export function translator(language: Language): Translate {
  const dictionary = dictionaries[language];
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, ...rest) => {
    const values: Readonly<Record<string, string | number>> = rest[0] ?? {};
    const text = dictionary[key];
    const form = typeof text === 'string' ? text : pluralForm(text, values['count'], plurals);
    return form.replaceAll(/\{(\w+)\}/gu, (slot, name: string) => {
      const value = values[name];
      if (value === undefined) return slot;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}

function pluralForm(
  text: { readonly one?: string; readonly other: string },
  count: string | number | undefined,
  plurals: Intl.PluralRules,
): string {
  return typeof count === 'number' && plurals.select(count) === 'one' ? (text.one ?? text.other) : text.other;
}

/** The first of the reader's languages that the pages speak; English when there is none. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const lower = tag.toLowerCase();
    if (lower.startsWith('th')) return 'th';
    if (lower.startsWith('zh')) return 'zh-Hant';
    if (lower.startsWith('en')) return 'en';
  }
  return 'en';
}

export function isLanguage(text: string | null): text is Language {
  return (languages as readonly (string | null)[]).includes(text);
}

export type ErrorTextKey = Extract<TextKey, `error.${string}`>;

/** Whether the pages have words of their own for an error's key. */
export function isErrorTextKey(key: string): key is ErrorTextKey {
  return key.startsWith('error.') && Object.hasOwn(en, key);
}
