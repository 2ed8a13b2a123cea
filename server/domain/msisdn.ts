/** Subscriber numbers: Thai mobile numbers, and E.164 where other countries are open. */

export interface MsisdnOptions {
  /** Also takes numbers of other countries (ITU-T E.164). */
  readonly international?: boolean;
}

/** Longest input looked at; nothing that a person writes as a number is longer. */
const longestWritten = 64;

const thaiMobile = /^66[689]\d{8}$/;
const separator =
  /[\s().[\]\-\u00ad\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe58\ufe63\uff08\uff09\uff0d\uff0e\uff3b\uff3d]/u;

/**
 * A written number as digits in international form without `+` (`66812345678`), or null when it is no possible Thai
 * mobile number. Takes `08…`, `668…`, `+668…`, `00668…`, `+66 (0)8…`, with spaces, dashes, dots, brackets, full-width
 * or Thai digits. With `international` also `+…` and `00…` of 7–15 digits and plain numbers of 8–15 digits that do not
 * begin with 0; what begins with Thailand's 66 must be a mobile number even then.
 */
export function normalizeMsisdn(written: string, options: MsisdnOptions = {}): string | null {
  if (written.length === 11 && written.startsWith('66') && isSubscriberPart(written, 2)) return written;
  if (written.length === 10 && written.startsWith('0') && isSubscriberPart(written, 1)) return `66${written.slice(1)}`;
  return normalizeUnusual(written, options.international === true);
}

/** 6, 8 or 9 and then digits only, up to the end. */
function isSubscriberPart(text: string, from: number): boolean {
  const first = text.charCodeAt(from);
  if (first !== 0x36 && first !== 0x38 && first !== 0x39) return false;
  for (let at = from + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return true;
}

function normalizeUnusual(written: string, international: boolean): string | null {
  const plain = plainDigits(written);
  if (plain === null) return null;
  const dialled = plain.startsWith('+') || plain.startsWith('00');
  const digits = plain.startsWith('+') ? plain.slice(1) : plain.startsWith('00') ? plain.slice(2) : plain;
  if (digits.startsWith('66')) {
    const thai = digits.startsWith('660') ? `66${digits.slice(3)}` : digits;
    return thaiMobile.test(thai) ? thai : null;
  }
  if (digits.startsWith('0')) {
    const thai = `66${digits.slice(1)}`;
    return !dialled && thaiMobile.test(thai) ? thai : null;
  }
  const shortest = dialled ? 7 : 8;
  return international && digits.length >= shortest && digits.length <= 15 ? digits : null;
}

/** ASCII digits, with a leading `+` when there was one; null when anything else is in it. */
function plainDigits(written: string): string | null {
  if (written.length > longestWritten) return null;
  let plain = '';
  for (let at = 0; at < written.length; at++) {
    const unit = written.charCodeAt(at);
    const digit = digitValue(unit);
    if (digit !== null) plain += digit;
    else if ((unit === 0x2b || unit === 0xff0b) && plain === '') plain = '+';
    else if (!separator.test(written.charAt(at))) return null;
  }
  return plain;
}

function digitValue(unit: number): number | null {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  if (unit >= 0x0e50 && unit <= 0x0e59) return unit - 0x0e50;
  if (unit >= 0xff10 && unit <= 0xff19) return unit - 0xff10;
  return null;
}

/** A number fit for a log: `66812***678`. At least three characters are hidden; short ones are hidden whole. */
export function maskMsisdn(msisdn: string): string {
  if (msisdn.length < 7) return '***';
  return `${msisdn.slice(0, Math.min(5, msisdn.length - 6))}***${msisdn.slice(-3)}`;
}

/**
 * Whether two numbers name one subscriber, whatever form each is in: the last nine digits agree, as between
 * `0812345678` and `+66812345678`. Shorter numbers, such as service numbers, must be equal.
 */
export function sameSubscriber(a: string, b: string): boolean {
  const left = a.replaceAll(/\D/g, '');
  const right = b.replaceAll(/\D/g, '');
  if (left === '' || right === '') return false;
  if (left.length < 9 || right.length < 9) return left === right;
  return left.slice(-9) === right.slice(-9);
}
