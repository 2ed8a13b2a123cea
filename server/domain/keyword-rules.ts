import { plainText, plainWord } from './plain-text.ts';
import { parseQuietHours } from './quiet-hours.ts';

/** How a received text is held against the keywords of a rule. */
export const keywordMatches = ['exact', 'first', 'contains', 'any'] as const;
/**
 * - exact: the whole text is a keyword;
 * - first: the text begins with a keyword, as a word of its own;
 * - contains: a keyword stands anywhere in it, as a word of its own where its script has spaces between words;
 * - any: whatever it says.
 */
export type KeywordMatch = (typeof keywordMatches)[number];

/** What is done with a text that a rule fits; what is null is not done. */
export interface KeywordActions {
  /** The account whose inbox it goes to, and which pays for what is sent; the usual one when null. */
  readonly accountId: number | null;
  /** What its sender is answered, with `{from}`, `{text}` and `{time}`. */
  readonly reply: string | null;
  /** Sender name of the answer; the usual one of the account when null. */
  readonly replyOrigin: string | null;
  /** The number that it is sent on to, digits in international form. */
  readonly forwardTo: string | null;
  /** The webhook endpoint that is told of it, whatever that one listens to. */
  readonly endpointId: number | null;
}

/** One rule: which texts it fits, and what is done with them. The first that fits decides. */
export interface KeywordRule extends KeywordActions {
  readonly id: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly match: KeywordMatch;
  readonly keywords: readonly string[];
  /** The carriers that it came by; empty for any. */
  readonly carrierIds: readonly number[];
  /** Fits only what answers a message of this account; null for any text. */
  readonly answersAccountId: number | null;
  /** `08:00-17:00` on the wall of the box; empty for any time. */
  readonly hours: string;
}

/** A received text, as rules see it. */
export interface RuledText {
  readonly text: string;
  readonly carrierId: number;
  /** Minutes since midnight on the wall of the box. */
  readonly minute: number;
  /** Whether it answers a message of an account. */
  readonly answers: (accountId: number) => boolean;
}

/** Keywords are looked for in so many characters; nobody writes one behind them. */
const longestLooked = 1_600;

/** The first enabled rule that fits a text; null when none does. */
export function fittingRule(rules: readonly KeywordRule[], text: RuledText): KeywordRule | null {
  const reading = new Reading(text.text);
  return rules.find((rule) => rule.enabled && fits(rule, text, reading)) ?? null;
}

function fits(rule: KeywordRule, text: RuledText, reading: Reading): boolean {
  if (rule.carrierIds.length > 0 && !rule.carrierIds.includes(text.carrierId)) return false;
  if (!isOpen(rule.hours, text.minute)) return false;
  if (!reading.has(rule.match, rule.keywords)) return false;
  // Last, because it looks into the history.
  return rule.answersAccountId === null || text.answers(rule.answersAccountId);
}

function isOpen(hours: string, minute: number): boolean {
  const span = hours === '' ? null : parseQuietHours(hours);
  if (span === null) return hours === '';
  return span.from < span.to ? minute >= span.from && minute < span.to : minute >= span.from || minute < span.to;
}

/** A text read once for many rules. */
class Reading {
  readonly #text: string;
  #whole: string | null = null;
  #plain: string | null = null;

  constructor(text: string) {
    this.#text = text.length > longestLooked ? text.slice(0, longestLooked) : text;
  }

  has(match: KeywordMatch, keywords: readonly string[]): boolean {
    if (match === 'any') return true;
    if (match === 'exact') {
      this.#whole ??= plainWord(this.#text);
      return keywords.some((keyword) => same(this.#whole ?? '', plainWord(keyword)));
    }
    this.#plain ??= plainText(this.#text);
    const plain = this.#plain;
    return keywords.some((keyword) => holds(plain, plainText(keyword), match === 'first'));
  }
}

function same(text: string, keyword: string): boolean {
  return keyword !== '' && text === keyword;
}

/** Whether a keyword stands in a text, or at its beginning, as a word of its own. */
function holds(text: string, keyword: string, atStart: boolean): boolean {
  if (keyword === '') return false;
  if (atStart) return text.startsWith(keyword) && endsWord(text, keyword.length, true);
  for (let at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + 1)) {
    if (endsWord(text, at, false) && endsWord(text, at + keyword.length, false)) return true;
  }
  return false;
}

const wordCharacter = /[\p{L}\p{M}\p{N}]/u;
/** Scripts that put no spaces between words. */
const unspaced =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Whether a word may end, or begin, at a place. Where both sides are of a script without spaces it may end anywhere in a
 * text; `strict` wants a space or a mark of punctuation there too.
 */
function endsWord(text: string, at: number, strict: boolean): boolean {
  const before = characterBefore(text, at);
  const after = characterAt(text, at);
  // A mark belongs to the letter before it.
  if (/\p{M}/u.test(after)) return false;
  if (!wordCharacter.test(before) || !wordCharacter.test(after)) return true;
  return !strict && (unspaced.test(before) || unspaced.test(after));
}

function characterAt(text: string, at: number): string {
  return at >= text.length ? '' : String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function characterBefore(text: string, at: number): string {
  if (at <= 0) return '';
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && at > 1 ? characterAt(text, at - 2) : text.charAt(at - 1);
}
