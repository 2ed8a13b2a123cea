import { fromSeptets, packSeptets, toSeptets, unpackSeptets } from '../../../domain/gsm7.ts';

/**
 * How a modem wants codes and gives answers: as they are, in hex of UCS-2 (AT+CSCS="UCS2"), or in hex of packed septets,
 * as Huawei modems do.
 */
export type UssdDress = 'plain' | 'ucs2' | 'packed';

/** The arguments of AT+CUSD that carry a code. */
export interface DressedCode {
  readonly text: string;
  /** Cell broadcast data coding, 3GPP TS 23.038 §5. */
  readonly dcs: number;
}

/** `m` of +CUSD, 3GPP TS 27.007 §7.15. */
export type UssdMode = 'done' | 'more' | 'ended' | 'elsewhere' | 'unsupported' | 'timeout';

export interface UssdReply {
  readonly mode: UssdMode;
  /** Readable; empty when the network sent none. */
  readonly text: string;
}

const modes: readonly UssdMode[] = ['done', 'more', 'ended', 'elsewhere', 'unsupported', 'timeout'];
const dcsGsm7 = 15;
const dcsUcs2 = 72;
const dcsUcs2WithLanguage = 17;
/** A USSD string has at most 182 characters; the rest of a longer line is noise. */
const longestLine = 4_000;
const longestText = 1_000;
/** Shorter hex is taken for what it looks like: `1234` is a number. */
const shortestHex = 8;

/** The arguments for a code; null when this dress cannot hold it. */
export function dressCode(code: string, dress: UssdDress): DressedCode | null {
  const septets = toSeptets(code);
  if (dress === 'ucs2') return { text: ucs2Hex(code), dcs: septets === null ? dcsUcs2 : dcsGsm7 };
  if (septets === null) return { text: ucs2Hex(code), dcs: dcsUcs2 };
  if (dress === 'packed') return { text: packedHex(septets), dcs: dcsGsm7 };
  return /^[ -!#-~]*$/.test(code) ? { text: code, dcs: dcsGsm7 } : null;
}

/** Reads a whole `+CUSD: m,"text",dcs`, which may go over several lines; null for anything else. Never throws. */
export function parseUssd(line: string, dress: UssdDress): UssdReply | null {
  const match = /^\+CUSD:\s*([0-5])\s*(?:,|$)/.exec(line);
  const mode = modes[Number(match?.[1] ?? Number.NaN)];
  if (match === null || mode === undefined) return null;
  const { raw, dcs } = splitText(line.slice(match[0].length, longestLine).trim());
  return { mode, text: tidy(decodeText(raw, dcs, dress)) };
}

/** The text may hold quotes and commas; only the last ones are the modem's own. */
function splitText(rest: string): { raw: string; dcs: number | null } {
  if (rest.startsWith('"')) {
    const end = rest.lastIndexOf('"');
    if (end === 0) return { raw: rest.slice(1), dcs: null };
    return { raw: rest.slice(1, end), dcs: numberAfterComma(rest.slice(end + 1)) };
  }
  const comma = rest.lastIndexOf(',');
  const dcs = comma < 0 ? null : numberAfterComma(rest.slice(comma));
  return { raw: (dcs === null ? rest : rest.slice(0, comma)).trim(), dcs };
}

function numberAfterComma(text: string): number | null {
  const digits = /^\s*,\s*(\d{1,3})\s*$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

type UssdAlphabet = 'gsm7' | 'ucs2' | 'binary' | 'unknown';

/** 3GPP TS 23.038 §5; reserved codings are the default alphabet. */
function alphabetOf(dcs: number | null): UssdAlphabet {
  if (dcs === null) return 'unknown';
  if (dcs === dcsUcs2WithLanguage) return 'ucs2';
  const group = dcs >> 4;
  if ((group >= 4 && group <= 7) || group === 9) {
    const bits = (dcs >> 2) & 3;
    return bits === 1 ? 'binary' : bits === 2 ? 'ucs2' : 'gsm7';
  }
  return group === 0xf && (dcs & 4) !== 0 ? 'binary' : 'gsm7';
}

function decodeText(raw: string, dcs: number | null, dress: UssdDress): string {
  if (!/^(?:[0-9A-F]{2})+$/i.test(raw)) return readable(raw);
  const octets = Uint8Array.from(Buffer.from(raw, 'hex'));
  const alphabet = alphabetOf(dcs);
  if (alphabet === 'ucs2') return ucs2Text(withoutLanguage(octets, dcs));
  if (dress === 'ucs2' && octets.length % 2 === 0) return ucs2Text(octets);
  const unpacked = unpackedText(octets);
  if (dress === 'packed' && alphabet === 'gsm7') return unpacked;
  if (raw.length >= shortestHex && looksLikeUcs2(octets)) return ucs2Text(octets);
  if (alphabet === 'binary') return readable(Buffer.from(octets).toString('latin1'));
  // Digits alone are a number, and hex with letters in it is never a text for a person.
  const packed = raw.length >= shortestHex && /[A-F]/i.test(raw) && /^[\w\s.,:;!?*#@$%&()/+'"=-]+$/.test(unpacked);
  return packed ? unpacked : raw;
}

/** Every unit printable, and half of them of the Latin or the Thai block, which packed septets never come near. */
function looksLikeUcs2(octets: Uint8Array): boolean {
  if (octets.length % 2 !== 0) return false;
  const text = ucs2Text(octets);
  // oxlint-disable-next-line no-control-regex -- control characters are what a text does not hold.
  if (/[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F\uD800-\uF8FF\uFFF0-\uFFFF]/.test(text)) return false;
  let usual = 0;
  for (let at = 0; at < octets.length; at += 2) if (octets[at] === 0x00 || octets[at] === 0x0e) usual += 1;
  return usual * 4 >= octets.length;
}

/** Coding 17 has the language, two packed letters, in front; some networks forget it. */
function withoutLanguage(octets: Uint8Array, dcs: number | null): Uint8Array {
  if (dcs !== dcsUcs2WithLanguage || octets.length % 2 !== 0) return octets;
  return /^[a-z]{2}$/.test(fromSeptets(unpackSeptets(octets.subarray(0, 2), 2))) ? octets.subarray(2) : octets;
}

function ucs2Text(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at + 1 < octets.length; at += 2) {
    text += String.fromCharCode(((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0));
  }
  return text.toWellFormed();
}

function ucs2Hex(text: string): string {
  let hex = '';
  for (let at = 0; at < text.length; at += 1) hex += text.charCodeAt(at).toString(16).padStart(4, '0').toUpperCase();
  return hex;
}

/** Seven spare bits would read as `@`; a carriage return fills them. 3GPP TS 23.038 §6.1.2.3.1. */
function packedHex(septets: Uint8Array): string {
  const filled = septets.length % 8 === 7 ? Uint8Array.of(...septets, 0x0d) : septets;
  return Buffer.from(packSeptets(filled)).toString('hex').toUpperCase();
}

function unpackedText(octets: Uint8Array): string {
  const septets = unpackSeptets(octets, Math.floor((octets.length * 8) / 7));
  const filled = septets.length % 8 === 0 && (septets.at(-1) === 0x0d || septets.at(-1) === 0);
  return fromSeptets(filled ? septets.subarray(0, -1) : septets);
}

/** Bytes that a modem gave as they are: UTF-8 where they can be that, else Latin. */
function readable(latin1: string): string {
  if (!/[\u0080-\u00FF]/.test(latin1)) return latin1;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}

function tidy(text: string): string {
  return (
    text
      .slice(0, longestText)
      .replaceAll(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex -- control characters are what is taken away here.
      .replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, '')
      .trim()
  );
}
