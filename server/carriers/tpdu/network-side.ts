/** The network's end of the codec, for simulated networks: reads what a phone submits, writes what a phone receives. */

import { isGsm7 } from '../../domain/gsm7.ts';
import type { Millis } from '../../domain/ports.ts';
import type { SegmentEncoding } from '../../domain/segments.ts';
import { decodeAddress, encodeNumber, encodeOriginator, encodeSmsc, skipSmsc } from './address.ts';
import type { Alphabet } from './dcs.ts';
import { decodeDcs, encodeDcs } from './dcs.ts';
import { OctetReader, damaged, hexToOctets, octetsToHex } from './octets.ts';
import { encodeTimestamp, timestampLength } from './timestamp.ts';
import type { PartOfText } from './user-data.ts';
import { decodeUserData, encodeUserData } from './user-data.ts';
import { decodeRelativeValidity } from './validity.ts';

export interface DecodedSubmit {
  /** Digits without `+`. */
  readonly destination: string;
  /** Empty when `encoding` is binary. */
  readonly text: string;
  readonly encoding: Alphabet;
  /** 1-based; 1 of 1 for a message in one piece. */
  readonly part: number;
  readonly partCount: number;
  readonly concatReference: number | null;
  /** TP-MR as submitted; a modem replaces it. */
  readonly reference: number;
  readonly requestReport: boolean;
  /** Null when there is none, or one that is not in the relative format. */
  readonly validityMs: Millis | null;
}

export interface DeliverInput {
  /** A number, or a name of up to 11 characters. */
  readonly from: string;
  readonly text: string;
  readonly sentAt: Millis;
  /** Left out: GSM-7 where the text allows it. */
  readonly encoding?: SegmentEncoding;
  readonly concat?: PartOfText;
  /** Left out, the PDU has no service centre. */
  readonly smsc?: string;
}

export interface StatusReportInput {
  /** TP-MR of the submit. */
  readonly reference: number;
  readonly recipient: string;
  readonly sentAt: Millis;
  readonly doneAt: Millis;
  /** TP-Status. */
  readonly status: number;
  readonly smsc?: string;
}

const mtiMask = 0x03;
const mtiSubmit = 0x01;
const userDataHeader = 0x40;
const statusReportRequest = 0x20;
/** MTI 0 and "no more messages to send", which is bit 2 set (3GPP TS 23.040 §9.2.3.2). */
const deliverOctet = 0x04;
const statusReportOctet = 0x06;

/** Reads an SMS-SUBMIT with its SMSC octets; throws `validation.failed` on anything else. */
export function decodeSubmit(hex: string): DecodedSubmit {
  const reader = new OctetReader(hexToOctets(hex));
  skipSmsc(reader);
  const firstOctet = reader.octet('first octet');
  if ((firstOctet & mtiMask) !== mtiSubmit) throw damaged('it is not a message to be sent');
  const reference = reader.octet('message reference');
  const destination = decodeAddress(reader).value;
  reader.octet('protocol identifier');
  const { alphabet } = decodeDcs(reader.octet('data coding scheme'));
  const validityMs = decodeValidity(reader, (firstOctet >> 3) & 3);
  const { header, text } = decodeUserData(reader, alphabet, (firstOctet & userDataHeader) !== 0);
  return {
    destination,
    text,
    encoding: alphabet,
    part: header.concat?.part ?? 1,
    partCount: header.concat?.partCount ?? 1,
    concatReference: header.concat?.reference ?? null,
    reference,
    requestReport: (firstOctet & statusReportRequest) !== 0,
    validityMs,
  };
}

/** TP-VPF: 0 none, 2 relative, 1 enhanced, 3 absolute (§9.2.3.3). */
function decodeValidity(reader: OctetReader, format: number): Millis | null {
  if (format === 2) return decodeRelativeValidity(reader.octet('validity period'));
  if (format !== 0) reader.take(timestampLength, 'validity period');
  return null;
}

/** An SMS-DELIVER in hex with SMSC octets; throws `validation.failed` when the text or the name does not fit. */
export function encodeDeliver(input: DeliverInput): string {
  const encoding = input.encoding ?? (isGsm7(input.text) ? 'gsm7' : 'ucs2');
  const concat = input.concat === undefined || input.concat.partCount === 1 ? null : input.concat;
  return octetsToHex([
    ...encodeSmsc(input.smsc),
    deliverOctet | (concat === null ? 0 : userDataHeader),
    ...encodeOriginator(input.from),
    0x00,
    encodeDcs(encoding),
    ...encodeTimestamp(input.sentAt),
    ...encodeUserData(input.text, encoding, concat),
  ]);
}

/** An SMS-STATUS-REPORT in hex with SMSC octets. */
export function encodeStatusReport(input: StatusReportInput): string {
  return octetsToHex([
    ...encodeSmsc(input.smsc),
    statusReportOctet,
    input.reference & 0xff,
    ...encodeNumber(input.recipient),
    ...encodeTimestamp(input.sentAt),
    ...encodeTimestamp(input.doneAt),
    input.status & 0xff,
  ]);
}
