/** What a received text asks for: no more messages, or messages again. */
export type OptWish = 'opt-out' | 'opt-in';

export interface OptWords {
  readonly out: ReadonlySet<string>;
  readonly in: ReadonlySet<string>;
}

/** No keyword with all its punctuation is longer; longer texts are not looked at. */
const longestLooked = 200;

/** Space, and characters that show nothing: Thai keyboards leave zero-width spaces behind. */
const emptySpace = /[\s\p{Cf}]/u;
const ending = /[\s\p{Cf}\p{P}]/u;

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

/** The text without space round it and punctuation after it, in one case and one normal form. */
function plainWord(text: string): string {
  const normal = text.normalize('NFC');
  let from = 0;
  let to = normal.length;
  while (from < to && emptySpace.test(normal.charAt(from))) from += 1;
  while (to > from && ending.test(normal.charAt(to - 1))) to -= 1;
  // Upper case first: it brings letters together that lower case alone keeps apart.
  return normal.slice(from, to).toUpperCase().toLowerCase().normalize('NFC');
}
