/** Texts as octets under a data_coding (SMPP 3.4 §5.2.19). */

import { fromSeptets, toSeptets } from '../../../domain/gsm7.ts';
import { decodeDcs } from '../../tpdu/dcs.ts';
import type { SmppSettings } from '../settings.ts';

export const dataCoding = { smscDefault: 0, ia5: 1, latin1: 3, ucs2: 8 } as const;

export interface CodedText {
  readonly dataCoding: number;
  readonly octets: Uint8Array;
}

type DefaultAlphabet = SmppSettings['defaultAlphabet'];

/**
 * A text in the SMSC's default alphabet – GSM-7 with one septet an octet, or Latin-1 –, else in UCS-2.
 * @param encoding what the whole text needs, of which this may be a part.
 */
export function encodeText(text: string, encoding: 'gsm7' | 'ucs2', alphabet: DefaultAlphabet): CodedText {
  if (encoding === 'gsm7') {
    const octets = alphabet === 'gsm7' ? toSeptets(text) : toLatin1(text);
    if (octets !== null) return { dataCoding: dataCoding.smscDefault, octets };
  }
  return { dataCoding: dataCoding.ucs2, octets: toUcs2(text) };
}

function toLatin1(text: string): Uint8Array | null {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0xff) return null;
  return Buffer.from(text, 'latin1');
}

function toUcs2(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le').swap16();
}

/** Other codings that phones of this world write in. */
const tables: ReadonlyMap<number, string> = new Map([
  [6, 'iso-8859-5'],
  [7, 'iso-8859-8'],
]);

/** The text of octets; null when they are no text, or in a coding that nobody can tell. */
export function decodeText(octets: Uint8Array, coding: number, alphabet: DefaultAlphabet): string | null {
  switch (coding) {
    case dataCoding.smscDefault:
      return alphabet === 'gsm7' ? fromGsm7(octets) : fromLatin1(octets);
    case dataCoding.ia5:
    case dataCoding.latin1:
      return fromLatin1(octets);
    case dataCoding.ucs2:
      return fromUcs2(octets);
    default:
      return decodeOther(octets, coding);
  }
}

/** Tables of ISO 8859, or the network's own data coding scheme, which some SMSCs pass on (3GPP TS 23.038 §4). */
function decodeOther(octets: Uint8Array, coding: number): string | null {
  const table = tables.get(coding);
  if (table !== undefined) return new TextDecoder(table).decode(octets);
  // Below 16 the field has meanings of its own; the rest of those is binary, or is not read here.
  if (coding < 0x10) return null;
  const { alphabet } = decodeDcs(coding);
  if (alphabet === 'binary') return null;
  return alphabet === 'gsm7' ? fromGsm7(octets) : fromUcs2(octets);
}

/** Octets above 127 are no septets: then the SMSC means Latin-1 after all. */
function fromGsm7(octets: Uint8Array): string {
  return octets.some((octet) => octet > 0x7f) ? fromLatin1(octets) : fromSeptets(octets);
}

function fromLatin1(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1');
}

/** A last odd octet is half a character and is left out. */
function fromUcs2(octets: Uint8Array): string {
  const even = octets.subarray(0, octets.length & ~1);
  return Buffer.from(even).swap16().toString('utf16le');
}
