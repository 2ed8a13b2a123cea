import type { Submission } from '../../../domain/carrier.ts';
import type { Millis } from '../../../domain/ports.ts';
import { countSegments } from '../../../domain/segments.ts';
import type { SubmitFields } from '../pdu/encode.ts';
import { tag } from '../pdu/tlv.ts';
import type { SmppSettings } from '../settings.ts';
import { destAddress, sourceAddress } from './address.ts';
import { encodeText } from './data-coding.ts';
import { absoluteTime, relativeTime } from './smpp-time.ts';

/** Octets of one short message on the air, where UCS-2 is not packed. */
const mostUcs2Octets = 140;

const esmUdh = 0x40;
const wantsReceipt = 0x01;

/** Why a submission cannot be written for this SMSC. */
export interface Unwritable {
  readonly problem: string;
}

/** The fields of submit_sm for one hand-over. */
export function submitFields(submission: Submission, settings: SmppSettings, now: Millis): SubmitFields | Unwritable {
  const { dataCoding, octets } = encodeText(submission.text, submission.encoding, settings.defaultAlphabet);
  const common = {
    serviceType: settings.serviceType,
    source: sourceAddress(submission.origin, settings.sourceType),
    dest: destAddress(submission.msisdn, settings.destType),
    validityPeriod: validityPeriod(submission.expiresAt, settings.validity, now),
    registeredDelivery: settings.receipts ? wantsReceipt : 0,
    dataCoding,
  };
  if (settings.longText === 'payload') return { ...common, ...wholeText(submission.text, dataCoding, octets) };
  const part = partOfText(submission, octets, settings.longText);
  const onAir =
    dataCoding === 0 ? 0 : part.shortMessage.length + (settings.longText === 'sar' ? sarHeader(submission) : 0);
  if (onAir > mostUcs2Octets) {
    // The box has cut the text for GSM-7, and this part holds a letter that Latin-1 does not have.
    const problem =
      'The text has letters, such as €, that this SMSC takes in Unicode only, and a part of it is too long for that. Let long texts go as message_payload, or set the default alphabet to GSM-7.';
    return { problem };
  }
  return { ...common, ...part };
}

/** Parts that a submission counts as against a throughput limit. */
export function partsOf(submission: Submission, settings: SmppSettings): number {
  return settings.longText === 'payload' ? Math.max(1, countSegments(submission.text)) : 1;
}

type Text = Pick<SubmitFields, 'esmClass' | 'shortMessage' | 'tlvs'>;

const nothing = new Uint8Array(0);

/** §5.3.2.32: a text that is longer than one short message goes as a parameter, and the SMSC cuts it. */
function wholeText(text: string, dataCoding: number, octets: Uint8Array): Text {
  const isShort = dataCoding === 0 ? countSegments(text) <= 1 : octets.length <= mostUcs2Octets;
  if (isShort) return { esmClass: 0, shortMessage: octets, tlvs: [] };
  return { esmClass: 0, shortMessage: nothing, tlvs: [[tag.messagePayload, octets]] };
}

function partOfText(submission: Submission, octets: Uint8Array, longText: 'udh' | 'sar'): Text {
  const { part, partCount, concatReference } = submission;
  if (partCount === 1) return { esmClass: 0, shortMessage: octets, tlvs: [] };
  if (longText === 'sar') {
    // §5.3.2.22–24: the SMSC writes the header.
    const tlvs = [
      [tag.sarReference, Uint8Array.of(0, concatReference)],
      [tag.sarTotal, Uint8Array.of(partCount)],
      [tag.sarPart, Uint8Array.of(part)],
    ] as const;
    return { esmClass: 0, shortMessage: octets, tlvs };
  }
  // 3GPP TS 23.040 §9.2.3.24.1, with the 8-bit reference: the 16-bit one takes room that the box gives to the text.
  const header = Uint8Array.of(0x05, 0x00, 0x03, concatReference, partCount, part);
  return { esmClass: esmUdh, shortMessage: Buffer.concat([header, octets]), tlvs: [] };
}

function sarHeader({ partCount }: Submission): number {
  return partCount === 1 ? 0 : 6;
}

function validityPeriod(expiresAt: Millis, form: SmppSettings['validity'], now: Millis): string {
  if (form === 'none') return '';
  return form === 'relative' ? relativeTime(expiresAt - now) : absoluteTime(expiresAt);
}
