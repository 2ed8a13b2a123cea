import type { Dictionary } from './dictionary.ts';
import type { Language } from './translate.ts';

/** The texts of a language, fetched when it is chosen: a reader needs one of them. */
export async function loadDictionary(language: Language): Promise<Dictionary> {
  switch (language) {
    case 'en':
      return (await import('./en.ts')).en;
    case 'th':
      return (await import('./th.ts')).th;
    case 'zh-Hant':
      return (await import('./zh-hant.ts')).zhHant;
    default:
      return language satisfies never;
  }
}
