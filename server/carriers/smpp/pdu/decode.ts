/** The PDUs that the box hears (SMPP 3.4 §4). */

import { command, headerLength, isAnswer, requestOf } from './command.ts';
import type { Address } from './encode.ts';
import { OctetReader } from './octet-reader.ts';
import { status } from './status.ts';
import { readTlvs, tag, type Tlvs } from './tlv.ts';

export interface Header {
  readonly commandId: number;
  readonly status: number;
  readonly sequence: number;
}

/** deliver_sm and data_sm alike: the latter has no short_message, its text is in message_payload. */
export interface Delivery {
  readonly source: Address;
  readonly dest: Address;
  readonly esmClass: number;
  readonly dataCoding: number;
  readonly shortMessage: Uint8Array;
  readonly tlvs: Tlvs;
}

export interface QueryResult {
  readonly finalDate: string;
  readonly messageState: number;
  readonly errorCode: number;
}

export type Body =
  | { readonly kind: 'bound'; readonly systemId: string }
  /** `messageId` is empty when the SMSC told none. */
  | { readonly kind: 'submitted'; readonly messageId: string }
  | { readonly kind: 'queried'; readonly result: QueryResult }
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  /** A PDU that says all in its header, or whose body the box does not read. */
  | { readonly kind: 'plain' }
  /** A body that cannot be read; `problem` is the command_status for the other side. */
  | { readonly kind: 'malformed'; readonly problem: number };

export interface Pdu {
  readonly header: Header;
  readonly body: Body;
}

const plain: Body = { kind: 'plain' };

/** Reads one frame of at least 16 octets; never throws. */
export function decodePdu(frame: Uint8Array): Pdu {
  const header = readHeader(frame);
  return { header, body: isAnswer(header.commandId) ? answerBody(header, frame) : requestBody(header, frame) };
}

export function readHeader(frame: Uint8Array): Header {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  return { commandId: view.getUint32(4), status: view.getUint32(8), sequence: view.getUint32(12) };
}

function requestBody(header: Header, frame: Uint8Array): Body {
  const { commandId } = header;
  if (commandId === command.deliverSm || commandId === command.dataSm) {
    return deliveryBody(new OctetReader(frame, headerLength), commandId === command.deliverSm);
  }
  return plain;
}

/** An answer that refuses need not have a body, and says nothing in it (§3.2). */
function answerBody(header: Header, frame: Uint8Array): Body {
  const reader = new OctetReader(frame, headerLength);
  switch (requestOf(header.commandId)) {
    case command.bindReceiver:
    case command.bindTransmitter:
    case command.bindTransceiver:
      return { kind: 'bound', systemId: reader.text() };
    case command.submitSm:
      // Some SMSCs leave out the NUL at the end.
      return { kind: 'submitted', messageId: reader.text() };
    case command.querySm:
      return queryBody(header, reader);
    default:
      return plain;
  }
}

function queryBody(header: Header, reader: OctetReader): Body {
  if (header.status !== 0) return plain;
  reader.text();
  const result = { finalDate: reader.text(), messageState: reader.octet(), errorCode: reader.octet() };
  return reader.short ? { kind: 'malformed', problem: status.invalidLength } : { kind: 'queried', result };
}

/** §4.6.1, §4.7.1. */
function deliveryBody(reader: OctetReader, isDeliver: boolean): Body {
  reader.text();
  const source = readAddress(reader);
  const dest = readAddress(reader);
  const esmClass = reader.octet();
  if (isDeliver) {
    reader.take(2);
    reader.text();
    reader.text();
  }
  reader.octet();
  if (isDeliver) reader.octet();
  const dataCoding = reader.octet();
  if (isDeliver) reader.octet();
  const shortMessage = isDeliver ? reader.take(reader.octet()) : new Uint8Array(0);
  if (reader.short) return { kind: 'malformed', problem: status.invalidLength };
  const { tlvs, broken } = readTlvs(reader.take(reader.left));
  // Rubbish after a text is passed over; where the text itself would stand in it, the PDU is of no use.
  const readable = shortMessage.length > 0 || tlvs.has(tag.messagePayload) || tlvs.has(tag.receiptedMessageId);
  if (broken && !readable) return { kind: 'malformed', problem: status.invalidTlvs };
  return { kind: 'delivery', delivery: { source, dest, esmClass, dataCoding, shortMessage, tlvs } };
}

function readAddress(reader: OctetReader): Address {
  return { ton: reader.octet(), npi: reader.octet(), address: reader.text() };
}
