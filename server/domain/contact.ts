import { normalizeMsisdn, type MsisdnOptions } from './msisdn.ts';

/** People in the address book: how names are searched for, how values for templates are named. */

export const contactLimits = { name: 120, note: 1_000, fields: 50, fieldValue: 500 } as const;

const mostWords = 8;
const longestWord = 40;

/** A name as it is compared: compatible forms alike, small letters, single blanks. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/** The words by whose beginnings a name is found, each once. */
export function nameWords(name: string): string[] {
  const words = foldName(name)
    .split(/[\s,;()/]+/u)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, longestWord));
  return [...new Set(words)].slice(0, mostWords);
}

/** What Thai names are written together with, without a blank between. */
const thaiTitles = 'คุณ นาย นาง นางสาว น.ส. ด.ช. ด.ญ. เด็กชาย เด็กหญิง ดร. หมอ ครู อาจารย์ พี่ น้อง ป้า ลุง น้า อา เจ๊ เฮีย'.split(
  ' ',
);

/**
 * The beginnings by which a word that is looked for may stand in a name: as it is, and in Thai after a title, as in
 * `คุณสมชาย`. In the order of their bytes; none begins another.
 */
export function wordForms(word: string): string[] {
  if (!/^\p{Script=Thai}/u.test(word)) return [word];
  const forms = [word, ...thaiTitles.map((title) => title + word)];
  return forms
    .filter((form) => !forms.some((other) => other !== form && form.startsWith(other)))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

/** What is looked for in the address book: numbers by their first digits, or names by the first letters of their words. */
export type ContactSearch =
  | { readonly by: 'number'; readonly prefix: string }
  | { readonly by: 'name'; readonly words: readonly string[] };

/** Reads what a person typed; null when it says nothing. */
export function contactSearch(typed: string): ContactSearch | null {
  const plain = typed.normalize('NFKC').trim();
  if (/^\+?[\d\s().-]*\d[\d\s().-]*$/u.test(plain)) return { by: 'number', prefix: numberPrefix(plain) };
  const words = nameWords(plain);
  return words.length === 0 ? null : { by: 'name', words };
}

function numberPrefix(typed: string): string {
  const digits = typed.replaceAll(/\D/gu, '');
  if (typed.startsWith('+') || digits.startsWith('66')) return digits;
  if (digits.startsWith('00')) return digits.slice(2);
  if (digits.startsWith('0')) return `66${digits.slice(1)}`;
  return /^[689]/u.test(digits) ? `66${digits}` : digits;
}

/** The name that a template may call a column by, such as `วันที่_นัด` for "วันที่ นัด"; null when nothing is left of it. */
export function fieldName(header: string): string | null {
  const name = header
    .normalize('NFC')
    .trim()
    .replaceAll(/[^\p{L}\p{M}\p{Nd}]+/gu, '_')
    .replaceAll(/^_+|_+$/gu, '');
  const begun = /^[\p{L}_]/u.test(name) ? name : `_${name}`;
  return name === '' ? null : begun.slice(0, 64);
}

/** A number from a spreadsheet, where programs take the leading zero of a number away. */
export function sheetMsisdn(cell: string, options: MsisdnOptions): string | null {
  const written = cell.replace(/^'(?=[+=@-]|\d)/u, '');
  return (
    normalizeMsisdn(written, options) ??
    (/^[689]\d{8}$/u.test(written) ? normalizeMsisdn(`0${written}`, options) : null)
  );
}
