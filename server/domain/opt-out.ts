import { plainWord } from './plain-text.ts';

/** What a received text asks for: no more messages, or messages again. */
export type OptWish = 'opt-out' | 'opt-in';

export interface OptWords {
  readonly out: ReadonlySet<string>;
  readonly in: ReadonlySet<string>;
}

/** No keyword with all its punctuation is longer; longer texts are not looked at. */
const longestLooked = 200;

/** Keywords in the form that texts are compared in; empty ones are left out. */
export function optWords(keywords: readonly string[]): ReadonlySet<string> {
  return new Set(keywords.map(plainWord).filter((word) => word !== ''));
}

/** What a whole text asks for; null when it is no keyword. A keyword for both means out. */
export function optWish(text: string, words: OptWords): OptWish | null {
  if ((words.out.size === 0 && words.in.size === 0) || text.length > longestLooked) return null;
  const word = plainWord(text);
  if (words.out.has(word)) return 'opt-out';
  return words.in.has(word) ? 'opt-in' : null;
}
