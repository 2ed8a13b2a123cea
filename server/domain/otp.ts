import { isGsm7 } from './gsm7.ts';
import type { Random } from './ports.ts';

/** One-time codes: how they look and how their texts are made (api-v2 §5). */

export const codePlaceholder = '{code}';
export const refPlaceholder = '{ref}';

/** Thai and English, in one segment with a code of eight digits. */
export const defaultTemplate = 'รหัส OTP: {code} (Ref: {ref}) ห้ามบอกผู้อื่น Do not share it.';

/** Wrong tries that kill a reference. */
export const mostAttempts = 5;
export const referenceLength = 6;

const referenceLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const digits = '0123456789';

/** A code of `length` digits, each of them equally likely. */
export function makeCode(random: Random, length: number): string {
  return pick(random, digits, length);
}

/** A reference of six of A–Z 0–9 (api-v2 §5). */
export function makeReference(random: Random): string {
  return pick(random, referenceLetters, referenceLength);
}

/** Characters drawn without bias: bytes beyond the last whole multiple of the alphabet are thrown away. */
function pick(random: Random, alphabet: string, length: number): string {
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length * 2)) {
      if (byte < fair && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

export interface OtpTexts {
  /** What the phone gets. */
  readonly clear: string;
  /** The same with the code hidden: of the same encoding and length, so that it counts the same segments. */
  readonly masked: string;
}

/** Puts code and reference into a template; other braces are plain text. */
export function otpTexts(template: string, code: string, reference: string): OtpTexts {
  const named = template.replaceAll(refPlaceholder, reference);
  const hidden = (isGsm7(named) ? '*' : '•').repeat(code.length);
  return {
    clear: named.replaceAll(codePlaceholder, code),
    masked: named.replaceAll(codePlaceholder, hidden),
  };
}

/** What a person typed as a code: without spaces and dashes, Thai and full-width digits as ASCII ones. */
export function typedCode(written: string): string {
  return written
    .replaceAll(/[\s\u200b-]/gu, '')
    .replaceAll(/[๐-๙]/gu, (digit) => String(digit.charCodeAt(0) - 0x0e50))
    .replaceAll(/[０-９]/gu, (digit) => String(digit.charCodeAt(0) - 0xff10));
}

/** A reference as the box writes it. */
export function typedReference(written: string): string {
  return written.trim().toUpperCase();
}

/** All numbers that share this one's digits but the last four (api-v2 §3). */
export function numberPrefix(msisdn: string): string {
  return msisdn.slice(0, -4);
}
