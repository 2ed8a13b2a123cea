import type { Millis } from '../../../domain/ports.ts';

/** How the credit of a SIM is asked for. */
export interface BalanceSettings {
  /** USSD code, such as `*121#`. */
  readonly code: string;
  /** Where the number stands in the answer, such as `คงเหลือ {n} บาท`; null: the first that looks like money. */
  readonly pattern: string | null;
  /** Asked for by itself this often; null: only when a person asks. */
  readonly everyHours: number | null;
  /** Below this the operator is warned. */
  readonly low: number | null;
}

/** What a SIM was last known to have. */
export interface KnownBalance {
  readonly amount: number;
  readonly at: Millis;
  /** IMSI or ICCID; the credit of another SIM says nothing. */
  readonly sim: string | null;
}

/** Keeps the last balance over restarts, so that a restart dials no code. */
export interface BalanceMemory {
  last(): KnownBalance | null;
  remember(balance: KnownBalance): Promise<void>;
}

/**
 * Lasts as long as the carrier it is made for.
 * @param known what an earlier one left.
 */
export function createBalanceMemory(known: KnownBalance | null = null): BalanceMemory {
  let last = known;
  return {
    last: () => last,
    remember: (balance) => {
      last = balance;
      return Promise.resolve();
    },
  };
}

const place = '{n}';
const longestText = 1_000;
const money = /^(?:บาท|baht|thb|฿|b\b)/;

/** A number in a text, with where it stands. */
interface Found {
  readonly value: number;
  readonly before: string;
  readonly behind: string;
  readonly digits: string;
}

/**
 * The amount in an answer of the network. The words of `pattern` around its `{n}` must stand around the number; case and
 * spaces do not count. Without a pattern the first number in front of a currency counts, else the first with decimals,
 * else the first at all. Looks at each place once, whatever text and pattern are. Null when there is none.
 */
export function readAmount(text: string, pattern: string | null): number | null {
  const found = numbersIn(plain(text));
  if (pattern !== null) {
    const [front = '', back = ''] = pattern.split(place).map(plain);
    return found.find(({ before, behind }) => before.endsWith(front) && behind.startsWith(back))?.value ?? null;
  }
  const currency = found.find(({ behind, before }) => money.test(behind) || before.endsWith('฿'));
  return (currency ?? found.find(({ digits }) => /[.,]\d\d$/.test(digits)) ?? found[0])?.value ?? null;
}

/** Lower case, Thai digits as others, no spaces but those between two words. */
function plain(text: string): string {
  return text
    .slice(0, longestText)
    .toLowerCase()
    .replaceAll(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - '๐'.charCodeAt(0)))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function numbersIn(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(/-?\d[\d.,]*/g)) {
    const digits = match[0].replace(/[.,]+$/, '');
    const value = numberOf(digits);
    if (value === null) continue;
    const end = match.index + digits.length;
    found.push({
      value,
      digits,
      before: text.slice(0, match.index).trimEnd(),
      behind: text.slice(end).trimStart(),
    });
  }
  return found;
}

/** `1,234.50`, `1.234,50`, `1234.5` and `1,234`: the last sign is the decimal one unless three digits follow a comma. */
function numberOf(digits: string): number | null {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const decimals = last < 0 ? '' : digits.slice(last + 1);
  const single = last >= 0 && digits.search(/[.,]/) === last;
  const mixed = digits.includes('.') && digits.includes(',');
  const decimal = last >= 0 && (mixed || (single && (digits[last] === '.' || decimals.length !== 3)));
  const whole = (decimal ? digits.slice(0, last) : digits).replaceAll(/[.,]/g, '');
  const value = Number(decimal ? `${whole}.${decimals}` : whole);
  return Number.isFinite(value) && whole.length <= 12 ? value : null;
}
