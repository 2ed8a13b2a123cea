import { segmentText } from '../../server/contract/text-rules.ts';

/** A text in which everything that the GSM alphabet lacks has something that stands for it. */
export interface Plainer {
  readonly text: string;
  /** What was replaced, each once; `to` is empty where nothing stands for it. */
  readonly changes: readonly { readonly from: string; readonly to: string }[];
}

/** What typesetting and spreadsheets put in the place of plain signs. */
const plain: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '´': "'",
  '`': "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '…': '...',
  '•': '-',
  '·': '-',
  '×': 'x',
  '©': '(c)',
  '®': '(R)',
  '™': '(TM)',
  '\t': ' ',
};
/** Stands for something that was taken out until the space around it is closed. */
const gap = '\0';
/** One or more of them with the spaces around, and whether a word goes on after that. */
const gaps = /( *)\0[ \0]*(?=([^\s\p{P}])?)/gu;
const space = /^[\p{Zs}\p{Zl}\p{Zp}]$/u;
const unseen = /^\p{Cf}+$/u;
const picture = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/**
 * Takes out of a text what makes 70 characters of 160. Null where it would not help: the text has none of it, or is
 * written in letters that nothing stands for, such as Thai or Chinese ones.
 */
export function plainer(text: string): Plainer | null {
  if (segmentText(text).encoding === 'gsm7') return null;
  const changes = new Map<string, string>();
  let made = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (isPlain(segment)) {
      made += segment;
      continue;
    }
    const to = standIn(segment);
    if (to === null) return null;
    changes.set(segment, to);
    made += to === '' ? gap : to;
  }
  const closed = made.replaceAll(gaps, (found: string, before: string, word: string | undefined, at: number) => {
    const apart = before !== '' || found.endsWith(' ');
    return apart && at > 0 && word !== undefined ? ' ' : '';
  });
  return { text: closed, changes: [...changes].map(([from, to]) => ({ from, to })) };
}

function standIn(sign: string): string | null {
  const known = plain[sign];
  if (known !== undefined) return known;
  if (space.test(sign)) return ' ';
  if (unseen.test(sign) || picture.test(sign)) return '';
  // Letters with marks that the alphabet has without them.
  const bare = sign.normalize('NFKD').replaceAll(/\p{M}+/gu, '');
  return bare !== '' && isPlain(bare) ? bare : null;
}

function isPlain(text: string): boolean {
  return segmentText(text).encoding === 'gsm7';
}
