/** What the network sends: SMS-DELIVER and SMS-STATUS-REPORT (3GPP TS 23.040 §9.2.2.1, §9.2.2.3). */

import type { ReportVerdict } from '../../domain/carrier.ts';
import type { Millis } from '../../domain/ports.ts';
import { decodeAddress, skipSmsc } from './address.ts';
import type { Alphabet, DataCoding, WaitingKind } from './dcs.ts';
import { decodeDcs } from './dcs.ts';
import { OctetReader, damaged, hexToOctets } from './octets.ts';
import { decodeTimestamp, timestampLength } from './timestamp.ts';
import { describeTpStatus } from './tp-status.ts';
import type { Concatenation, Ports, UserDataHeader } from './user-data.ts';
import { decodeUserData } from './user-data.ts';

export interface Voicemail {
  readonly kind: WaitingKind;
  /** False clears the indication on the phone. */
  readonly active: boolean;
  /** How many wait, when told. */
  readonly count: number | null;
}

export interface DeliverPdu {
  readonly type: 'deliver';
  /** Digits without `+`, as the network wrote them (national or international), or a sender name. */
  readonly from: string;
  /** Empty when `encoding` is binary. */
  readonly text: string;
  readonly encoding: Alphabet;
  /** The service centre's time; null when it sent none that can be. */
  readonly sentAt: Millis | null;
  /** 0 is a flash message. */
  readonly messageClass: number | null;
  readonly protocolId: number;
  /** Nothing for a person: a type 0 message, or an indication whose text is to be discarded. */
  readonly silent: boolean;
  readonly voicemail: Voicemail | null;
  /** Null for a message in one piece. */
  readonly concat: Concatenation | null;
  /** Application ports; WAP and MMS notifications go to 2948. */
  readonly ports?: Ports;
  /** Data of a binary message in hex, without header. */
  readonly binary?: string;
}

export interface StatusReportPdu {
  readonly type: 'status-report';
  /** TP-MR of the submit it answers, 0–255. */
  readonly reference: number;
  /** Digits as the network wrote them; null when there is no number to read. */
  readonly recipient: string | null;
  readonly sentAt: Millis | null;
  readonly doneAt: Millis | null;
  /** TP-Status. */
  readonly status: number;
  readonly verdict: ReportVerdict;
  readonly description: string;
}

export type NetworkPdu = DeliverPdu | StatusReportPdu;

const mtiMask = 0x03;
const mtiSubmit = 0x01;
const mtiStatusReport = 0x02;
const userDataHeaderFlag = 0x40;
const pidType0 = 0x40;

/**
 * Reads a PDU as a modem gives it, SMSC octets first, hex in either case. What a PDU is, is told by the PDU alone, never
 * by the memory or the indication it came with. Padding after its end is passed over. Throws `validation.failed`, and
 * nothing else, when it is damaged, cut short, or a sent message out of the SIM's memory.
 */
export function decodeFromNetwork(hex: string): NetworkPdu {
  const reader = new OctetReader(hexToOctets(hex));
  skipSmsc(reader);
  const firstOctet = reader.octet('first octet');
  const messageType = firstOctet & mtiMask;
  if (messageType === mtiSubmit) throw damaged('it is a message that was sent from this SIM, not a received one');
  if (messageType === mtiStatusReport) return decodeStatusReport(reader);
  // The reserved type is read as SMS-DELIVER (§9.2.3.1).
  return decodeDeliver(reader, (firstOctet & userDataHeaderFlag) !== 0);
}

function decodeDeliver(reader: OctetReader, hasHeader: boolean): DeliverPdu {
  const from = decodeAddress(reader).value;
  const protocolId = reader.octet('protocol identifier');
  const coding = decodeDcs(reader.octet('data coding scheme'));
  const sentAt = decodeTimestamp(reader.take(timestampLength, 'time stamp'));
  const { header, text, binary } = decodeUserData(reader, coding.alphabet, hasHeader);
  const discard = header.waiting === null ? coding.discard : !header.waiting.store;
  return {
    type: 'deliver',
    from,
    text,
    encoding: coding.alphabet,
    sentAt,
    messageClass: coding.messageClass,
    protocolId,
    silent: protocolId === pidType0 || discard,
    voicemail: voicemailOf(header, coding),
    concat: header.concat,
    ...(header.ports === null ? {} : { ports: header.ports }),
    ...(binary === null ? {} : { binary }),
  };
}

/** The header's indication counts messages and outranks the one in the data coding (§9.2.3.24.2). */
function voicemailOf(header: UserDataHeader, coding: DataCoding): Voicemail | null {
  if (header.waiting !== null) {
    const { kind, count } = header.waiting;
    return { kind, active: count > 0, count };
  }
  return coding.waiting === null ? null : { ...coding.waiting, count: null };
}

function decodeStatusReport(reader: OctetReader): StatusReportPdu {
  const reference = reader.octet('message reference');
  const address = decodeAddress(reader);
  const sentAt = decodeTimestamp(reader.take(timestampLength, 'time stamp'));
  const doneAt = decodeTimestamp(reader.take(timestampLength, 'discharge time'));
  const status = reader.octet('status');
  const isNumber = !address.alphanumeric && /^\d+$/.test(address.value);
  const recipient = isNumber ? address.value : null;
  return { type: 'status-report', reference, recipient, sentAt, doneAt, status, ...describeTpStatus(status) };
}
