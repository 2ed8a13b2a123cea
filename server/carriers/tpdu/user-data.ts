/** TP-UD with its header (3GPP TS 23.040 §9.2.3.24): text of one part, concatenation, ports, indications. */

import { AppError } from '../../domain/errors.ts';
import { fromSeptets, packSeptets, toSeptets, unpackSeptets } from '../../domain/gsm7.ts';
import type { Alphabet, WaitingKind } from './dcs.ts';
import { waitingKind } from './dcs.ts';
import type { OctetReader } from './octets.ts';
import { damaged, octetsToHex } from './octets.ts';

/** Octets that the user data may have, header and all. */
const largestUserData = 140;
const largestSeptets = 160;

const ieConcat8 = 0x00;
const ieWaiting = 0x01;
const iePorts8 = 0x04;
const iePorts16 = 0x05;
const ieConcat16 = 0x08;

export interface Concatenation {
  readonly reference: number;
  /** 1-based. */
  readonly part: number;
  readonly partCount: number;
  /** Whether the reference has 16 bits; an 8-bit and a 16-bit reference never belong together. */
  readonly wide: boolean;
}

export interface Ports {
  readonly dest: number;
  readonly src: number;
}

export interface WaitingIndication {
  readonly kind: WaitingKind;
  /** How many messages wait; 0 clears the indication. */
  readonly count: number;
  /** Whether the text is to be kept. */
  readonly store: boolean;
}

/** What the header says; elements that are unknown or malformed are passed over, as §9.2.3.24 asks. */
export interface UserDataHeader {
  readonly concat: Concatenation | null;
  readonly ports: Ports | null;
  readonly waiting: WaitingIndication | null;
}

export interface UserData {
  readonly header: UserDataHeader;
  /** Empty for binary data. */
  readonly text: string;
  /** Hex of binary data without its header; null for text. */
  readonly binary: string | null;
}

export interface PartOfText {
  readonly reference: number;
  readonly part: number;
  readonly partCount: number;
}

/**
 * TP-UDL and TP-UD of one part of a text. Throws when it does not fit, or when the alphabet does not hold the text.
 * @param concat null for a text in one part.
 */
export function encodeUserData(text: string, alphabet: 'gsm7' | 'ucs2', concat: PartOfText | null): number[] {
  const header = concat === null ? [] : encodeConcat(concat);
  return alphabet === 'gsm7' ? encodeGsm7(text, header) : encodeUcs2(text, header);
}

function encodeConcat({ reference, part, partCount }: PartOfText): number[] {
  const fits = [reference, part, partCount].every((value) => Number.isInteger(value) && value >= 0 && value <= 0xff);
  if (!fits || part < 1 || part > partCount) {
    throw new AppError('validation.failed', 'A text has 1 to 255 parts, and its reference one octet.');
  }
  return [0x05, ieConcat8, 0x03, reference, partCount, part];
}

function encodeGsm7(text: string, header: readonly number[]): number[] {
  const septets = toSeptets(text);
  if (septets === null) {
    throw new AppError('validation.failed', 'The text has characters outside the GSM alphabet; send it as UCS-2.');
  }
  const length = headerSeptets(header.length) + septets.length;
  if (length > largestSeptets) throw tooLong();
  return [length, ...header, ...packSeptets(septets, fillBits(header.length))];
}

function encodeUcs2(text: string, header: readonly number[]): number[] {
  const length = header.length + 2 * text.length;
  if (length > largestUserData) throw tooLong();
  const octets: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    octets.push(unit >> 8, unit & 0xff);
  }
  return [length, ...header, ...octets];
}

function tooLong(): AppError {
  return new AppError('validation.failed', 'The part is longer than one short message; cut the text into more parts.');
}

function headerSeptets(octets: number): number {
  return Math.ceil((octets * 8) / 7);
}

/** Bits between the header and the first septet, which begins at a septet border. */
function fillBits(headerOctets: number): number {
  return headerSeptets(headerOctets) * 7 - headerOctets * 8;
}

/** Reads TP-UDL and TP-UD. Octets after the user data are passed over: SIM slots are padded. */
export function decodeUserData(reader: OctetReader, alphabet: Alphabet, hasHeader: boolean): UserData {
  const length = reader.octet('user data length');
  const octets = reader.take(alphabet === 'gsm7' ? Math.ceil((length * 7) / 8) : length, 'user data');
  const headerOctets = hasHeader ? (octets[0] ?? 0) + 1 : 0;
  if (headerOctets > octets.length) throw damaged('the user data header is longer than the user data');
  const header = decodeHeader(octets.subarray(1, headerOctets));
  const body = octets.subarray(headerOctets);
  if (alphabet === 'binary') return { header, text: '', binary: octetsToHex(body) };
  if (alphabet === 'ucs2') return { header, text: decodeUcs2(body), binary: null };
  const count = Math.max(0, length - headerSeptets(headerOctets));
  return { header, text: fromSeptets(unpackSeptets(body, count, fillBits(headerOctets))), binary: null };
}

/** A last odd octet is half a character and is left out. */
function decodeUcs2(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at + 1 < octets.length; at += 2) {
    text += String.fromCharCode(((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0));
  }
  return text;
}

/** The elements of a header, without its length; the last of repeated ones counts (§9.2.3.24). */
export function decodeHeader(elements: Uint8Array): UserDataHeader {
  let concat: Concatenation | null = null;
  let ports: Ports | null = null;
  let waiting: WaitingIndication | null = null;
  for (let at = 0; at + 2 <= elements.length;) {
    const end = at + 2 + (elements[at + 1] ?? 0);
    if (end > elements.length) break;
    const id = elements[at] ?? 0;
    const data = elements.subarray(at + 2, end);
    concat = readConcat(id, data) ?? concat;
    ports = readPorts(id, data) ?? ports;
    waiting = readWaiting(id, data) ?? waiting;
    at = end;
  }
  return { concat, ports, waiting };
}

function readConcat(id: number, data: Uint8Array): Concatenation | null {
  const wide = id === ieConcat16;
  if ((!wide && id !== ieConcat8) || data.length !== (wide ? 4 : 3)) return null;
  const [partCount = 0, part = 0] = data.subarray(-2);
  // A count of 1 is a message in one piece; numbers out of range void the element (§9.2.3.24.1).
  if (partCount < 2 || part < 1 || part > partCount) return null;
  return { reference: wide ? uint16(data, 0) : (data[0] ?? 0), part, partCount, wide };
}

function readPorts(id: number, data: Uint8Array): Ports | null {
  if (id === iePorts16 && data.length === 4) return { dest: uint16(data, 0), src: uint16(data, 2) };
  if (id === iePorts8 && data.length === 2) return { dest: data[0] ?? 0, src: data[1] ?? 0 };
  return null;
}

function readWaiting(id: number, data: Uint8Array): WaitingIndication | null {
  if (id !== ieWaiting || data.length !== 2) return null;
  const [type = 0, count = 0] = data;
  return { kind: waitingKind(type), count, store: (type & 0x80) !== 0 };
}

function uint16(octets: Uint8Array, at: number): number {
  return ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0);
}
