/** The PDUs that the box sends (SMPP 3.4 §4). */

import { answerTo, command } from './command.ts';
import { PduWriter } from './pdu-writer.ts';

/** SMPP 3.4. */
const interfaceVersion = 0x34;

/** A number, or a name, with its type and numbering plan (SMPP 3.4 §5.2.5, §5.2.6). */
export interface Address {
  readonly ton: number;
  readonly npi: number;
  readonly address: string;
}

export interface BindFields {
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  readonly addressRange: string;
}

export type BindMode = 'transceiver' | 'transmitter' | 'receiver';

const bindCommands: Readonly<Record<BindMode, number>> = {
  transceiver: command.bindTransceiver,
  transmitter: command.bindTransmitter,
  receiver: command.bindReceiver,
};

export function encodeBind(mode: BindMode, fields: BindFields, sequence: number): Uint8Array {
  return new PduWriter(bindCommands[mode], 0, sequence)
    .text(fields.systemId)
    .text(fields.password)
    .text(fields.systemType)
    .octet(interfaceVersion)
    .octet(0)
    .octet(0)
    .text(fields.addressRange)
    .finish();
}

export interface SubmitFields {
  readonly serviceType: string;
  readonly source: Address;
  readonly dest: Address;
  readonly esmClass: number;
  /** Empty for the SMSC's own limit. */
  readonly validityPeriod: string;
  readonly registeredDelivery: number;
  readonly dataCoding: number;
  /** At most 254 octets. */
  readonly shortMessage: Uint8Array;
  readonly tlvs: readonly (readonly [name: number, value: Uint8Array])[];
}

/** §4.4.1. */
export function encodeSubmit(fields: SubmitFields, sequence: number): Uint8Array {
  const writer = new PduWriter(command.submitSm, 0, sequence).text(fields.serviceType);
  address(address(writer, fields.source), fields.dest);
  // protocol_id and priority_flag; then, after schedule and validity, replace_if_present_flag and sm_default_msg_id.
  writer.octet(fields.esmClass).octet(0).octet(0).text('').text(fields.validityPeriod);
  writer.octet(fields.registeredDelivery).octet(0).octet(fields.dataCoding).octet(0);
  writer.octet(fields.shortMessage.length).octets(fields.shortMessage);
  for (const [name, value] of fields.tlvs) writer.tlv(name, value);
  return writer.finish();
}

/** §4.8.1. */
export function encodeQuery(messageId: string, source: Address, sequence: number): Uint8Array {
  return address(new PduWriter(command.querySm, 0, sequence).text(messageId), source).finish();
}

/** A PDU that is a header only: enquire_link, unbind, and the answers to them. */
export function encodeHeader(commandId: number, status: number, sequence: number): Uint8Array {
  return new PduWriter(commandId, status, sequence).finish();
}

/** Answers deliver_sm and data_sm, whose message_id is empty (§4.6.2, §4.7.2). */
export function encodeReceived(commandId: number, status: number, sequence: number): Uint8Array {
  return new PduWriter(answerTo(commandId), status, sequence).text('').finish();
}

function address(writer: PduWriter, { ton, npi, address: digits }: Address): PduWriter {
  return writer.octet(ton).octet(npi).text(digits);
}
