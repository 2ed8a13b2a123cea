/** Addresses in semi-octets and as text (3GPP TS 23.040 §9.1.2.5), and the SMSC address before a TPDU. */

import { fromSeptets, packSeptets, toSeptets, unpackSeptets } from '../../domain/gsm7.ts';
import { AppError } from '../../domain/errors.ts';
import type { OctetReader } from './octets.ts';
import { damaged } from './octets.ts';

const toaInternational = 0x91;
const toaUnknown = 0x81;
const toaAlphanumeric = 0xd0;
const tonAlphanumeric = 5;

/** Semi-octet values 0–14; 15 is the filler (§9.1.2.3). */
const semiOctets = '0123456789*#abc';
const filler = 0xf;

/** Most semi-octets of an address that are taken; the standard has 20, some networks round a name up. */
const longestAddress = 24;
const longestSmsc = 12;

export interface Address {
  /** Digits without `+`, or the name of an alphanumeric sender. */
  readonly value: string;
  readonly alphanumeric: boolean;
}

/** TP-DA or TP-RA of a number: length in digits, type of address, digits. Throws on anything but a number. */
export function encodeNumber(number: string): number[] {
  const digits = number.startsWith('+') ? number.slice(1) : number;
  return [digits.length, typeOfAddress(number), ...packDigits(digits)];
}

/** TP-OA: a number as `encodeNumber` writes it, or a name of up to 11 GSM-7 characters. */
export function encodeOriginator(from: string): number[] {
  if (/^\+?[0-9*#]+$/.test(from)) return encodeNumber(from);
  const septets = toSeptets(from);
  if (septets === null || septets.length > 11) {
    throw new AppError('validation.failed', 'A sender name has at most 11 characters of the GSM alphabet.');
  }
  return [Math.ceil((septets.length * 7) / 4), toaAlphanumeric, ...packSeptets(septets, 0)];
}

/** SMSC octets: their count, type of address, digits; `00` lets the modem use its own. */
export function encodeSmsc(smsc: string | undefined): number[] {
  if (smsc === undefined || smsc === '') return [0];
  const digits = packDigits(smsc.startsWith('+') ? smsc.slice(1) : smsc);
  return [digits.length + 1, typeOfAddress(smsc), ...digits];
}

/** Skips the SMSC octets; which centre a message came through is of no use (parts may come through several). */
export function skipSmsc(reader: OctetReader): void {
  const length = reader.octet('SMSC length');
  if (length > longestSmsc) throw damaged('the SMSC address is too long');
  reader.take(length, 'SMSC address');
}

/** Reads TP-OA, TP-DA or TP-RA. */
export function decodeAddress(reader: OctetReader): Address {
  const length = reader.octet('address length');
  if (length > longestAddress) throw damaged('the address is too long');
  const type = reader.octet('type of address');
  const octets = reader.take(Math.ceil(length / 2), 'address');
  if (((type >> 4) & 7) === tonAlphanumeric) return { value: unpackName(octets, length), alphanumeric: true };
  return { value: unpackDigits(octets, length), alphanumeric: false };
}

/** Service numbers and national forms are not international (§9.1.2.5: type unknown, numbering plan ISDN). */
function typeOfAddress(number: string): number {
  if (number.startsWith('+')) return toaInternational;
  const local = number.length <= 5 || /^[*#0]/.test(number);
  return local ? toaUnknown : toaInternational;
}

function packDigits(digits: string): number[] {
  if (!/^[0-9*#]{1,20}$/.test(digits)) {
    throw new AppError('validation.failed', 'A number has 1 to 20 characters of 0–9, * and #.');
  }
  const packed: number[] = [];
  for (let at = 0; at < digits.length; at += 2) {
    const high = at + 1 < digits.length ? semiOctets.indexOf(digits.charAt(at + 1)) : filler;
    packed.push((high << 4) | semiOctets.indexOf(digits.charAt(at)));
  }
  return packed;
}

/** Fillers are left out wherever they stand: some modems count the last one as a digit. */
function unpackDigits(octets: Uint8Array, length: number): string {
  let digits = '';
  for (let at = 0; at < length; at++) {
    const octet = octets[at >> 1] ?? 0xff;
    digits += semiOctets.charAt(at % 2 === 0 ? octet & 0xf : octet >> 4);
  }
  return digits;
}

/** Seven letters may be announced as eight; the eighth is then zero bits, which read as `@`. */
function unpackName(octets: Uint8Array, length: number): string {
  const septets = unpackSeptets(octets, Math.floor((length * 4) / 7), 0);
  const padded = septets.length % 8 === 0 && septets.at(-1) === 0;
  return fromSeptets(padded ? septets.subarray(0, -1) : septets);
}
