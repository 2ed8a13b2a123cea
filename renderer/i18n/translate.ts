import type { Dictionary, Text, TextKey, TextValues } from './dictionary.ts';

export const languages = ['en', 'th', 'zh-Hant'] as const;
export type Language = (typeof languages)[number];

/** Each language by its own name, as its readers look for it. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', th: 'ไทย', 'zh-Hant': '繁體中文' };

/** Gives the texts of one language. */
export interface Translate {
  <K extends TextKey>(key: K, ...values: TextValues<K>): string;
  /** The text of a key that is only known at run time, such as that of an error's code; null when there is none. */
  readonly known: (key: string, values?: Readonly<Record<string, string | number>>) => string | null;
}

/** Makes the function that gives a language's texts. */
export function translator(language: Language, dictionary: Dictionary): Translate {
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const texts: Readonly<Record<string, Text>> = dictionary;
  const fill = (text: Text, values: Readonly<Record<string, string | number>>) => {
    const form = typeof text === 'string' ? text : pluralForm(text, values['count'], plurals);
    return form.replaceAll(/\{(\w+)\}/gu, (slot, name: string) => {
      const value = values[name];
      if (value === undefined) return slot;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
  const translate = <K extends TextKey>(key: K, ...rest: TextValues<K>) => fill(dictionary[key], rest[0] ?? {});
  const known: Translate['known'] = (key, values = {}) =>
    Object.hasOwn(texts, key) ? fill(texts[key] ?? '', values) : null;
  return Object.assign(translate, { known });
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
