/** SMS-SUBMIT, from the box to the network (3GPP TS 23.040 §9.2.2.2). */

import type { SegmentEncoding } from '../../domain/segments.ts';
import type { Millis } from '../../domain/ports.ts';
import { encodeNumber, encodeSmsc } from './address.ts';
import { encodeDcs } from './dcs.ts';
import { octetsToHex } from './octets.ts';
import { encodeUserData } from './user-data.ts';
import { encodeRelativeValidity } from './validity.ts';

export interface SubmitInput {
  /** Digits in international form without `+`, or a service number of up to five digits or beginning with * or #. */
  readonly destination: string;
  /** Text of this part alone. */
  readonly text: string;
  /** What the whole text was cut for (`segmentText`); all its parts share it. */
  readonly encoding: SegmentEncoding;
  /** 1-based. */
  readonly part: number;
  readonly partCount: number;
  /** 0–255; unused when there is one part. */
  readonly concatReference: number;
  /** How long the network may try; it is rounded down to what TP-VP can say, at least five minutes. */
  readonly validityMs: Millis;
  readonly requestReport: boolean;
  /** Service centre; left out, the modem uses the SIM's. */
  readonly smsc?: string;
}

export interface EncodedSubmit {
  /** SMSC octets and TPDU in upper-case hex. */
  readonly hex: string;
  /** Octets of the TPDU without the SMSC octets, which is what AT+CMGS wants to know. */
  readonly tpduLength: number;
}

const mtiSubmit = 0x01;
const relativeValidity = 0x10;
const statusReportRequest = 0x20;
const userDataHeader = 0x40;

/** Throws `validation.failed` when the number cannot be written or the part does not fit into 140 octets. */
export function encodeSubmit(input: SubmitInput): EncodedSubmit {
  const concat =
    input.partCount === 1 ? null : { reference: input.concatReference, part: input.part, partCount: input.partCount };
  const firstOctet =
    mtiSubmit |
    relativeValidity |
    (input.requestReport ? statusReportRequest : 0) |
    (concat === null ? 0 : userDataHeader);
  const tpdu = [
    firstOctet,
    0x00, // TP-MR: the modem puts its own in
    ...encodeNumber(input.destination),
    0x00, // TP-PID: plain short message
    encodeDcs(input.encoding),
    encodeRelativeValidity(input.validityMs),
    ...encodeUserData(input.text, input.encoding, concat),
  ];
  return { hex: octetsToHex([...encodeSmsc(input.smsc), ...tpdu]), tpduLength: tpdu.length };
}
