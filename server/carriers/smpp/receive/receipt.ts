/** Delivery receipts, told by parameters or in the text of a deliver_sm (SMPP 3.4 §5.2.12, appendix B). */

import type { ReportVerdict } from '../../../domain/carrier.ts';
import type { Millis } from '../../../domain/ports.ts';
import type { Delivery } from '../pdu/decode.ts';
import { tag, tlvNumber, tlvText } from '../pdu/tlv.ts';
import { parseReceiptTime } from '../text/smpp-time.ts';

/** What a receipt says. */
export interface Receipt {
  /** As the receipt writes it; empty when it tells none. */
  readonly messageId: string;
  readonly verdict: ReportVerdict;
  /** Such as `UNDELIV 012`. */
  readonly code: string;
  readonly message: string;
  readonly at: Millis | null;
}

interface State {
  readonly name: string;
  readonly verdict: ReportVerdict;
  readonly message: string;
}

/** message_state (§5.2.28), and the words of appendix B by their beginnings, for some SMSCs write them out. */
const states: readonly (State & { readonly number: number; readonly begins: RegExp })[] = [
  { number: 0, name: 'SCHEDULED', begins: /^SCHED/u, verdict: 'trying', message: 'It waits for its time.' },
  {
    number: 1,
    name: 'ENROUTE',
    begins: /^(?:EN_?ROUTE|BUFFER|QUEUED|SENT)/u,
    verdict: 'trying',
    message: 'It is on its way.',
  },
  { number: 2, name: 'DELIVRD', begins: /^DELIV/u, verdict: 'delivered', message: 'The phone has it.' },
  {
    number: 3,
    name: 'EXPIRED',
    begins: /^EXPIR/u,
    verdict: 'expired',
    message: 'The phone could not be reached in time.',
  },
  { number: 4, name: 'DELETED', begins: /^DELET/u, verdict: 'failed', message: 'The carrier has deleted it.' },
  { number: 5, name: 'UNDELIV', begins: /^(?:UNDEL|FAIL)/u, verdict: 'failed', message: 'It cannot be delivered.' },
  { number: 6, name: 'ACCEPTD', begins: /^ACCEP/u, verdict: 'trying', message: 'The network has taken it.' },
  {
    number: 7,
    name: 'UNKNOWN',
    begins: /^UNKNO/u,
    verdict: 'failed',
    message: 'The carrier does not know what became of it.',
  },
  {
    number: 8,
    name: 'REJECTD',
    begins: /^REJEC/u,
    verdict: 'failed',
    message: 'The carrier or the network rejected it.',
  },
  { number: 9, name: 'SKIPPED', begins: /^SKIP/u, verdict: 'failed', message: 'The carrier left it out.' },
];

/** Of esm_class, the kind of message: a receipt of the SMSC, or its news on the way. */
const kindBits = 0x3c;
const receiptKind = 0x04;
const newsBit = 0x20;

/** Whether a deliver_sm tells of a message that was sent. What only looks like it is a text that somebody wrote. */
export function isReceipt({ esmClass, tlvs }: Delivery): boolean {
  const kind = esmClass & kindBits;
  if (kind === receiptKind || (kind & newsBit) !== 0) return true;
  return tlvs.has(tag.receiptedMessageId) && tlvs.has(tag.messageState);
}

/** Reads a receipt; parameters count before words. Null when it does not tell what became of the message. */
export function readReceipt(delivery: Delivery, zoneMinutes: number | null): Receipt | null {
  const { tlvs } = delivery;
  const words = receiptWords(latin1(tlvs.get(tag.messagePayload) ?? delivery.shortMessage));
  const state = stateByNumber(tlvNumber(tlvs, tag.messageState)) ?? stateByWord(words.get('stat') ?? '');
  if (state === null) return null;
  const error = networkError(tlvs.get(tag.networkErrorCode)) ?? words.get('err') ?? '';
  const told = /[^0]/u.test(error) ? ` ${error.slice(0, 16)}` : '';
  return {
    messageId: (tlvText(tlvs, tag.receiptedMessageId)?.trim() || words.get('id')) ?? '',
    verdict: state.verdict,
    code: `${state.name}${told}`,
    message: state.message,
    at: parseReceiptTime(words.get('done date') ?? '', zoneMinutes),
  };
}

/** A state of query_sm_resp or message_state; null for a number that has no meaning. */
export function stateByNumber(number: number | null): State | null {
  return states.find((state) => state.number === number) ?? null;
}

function stateByWord(word: string): State | null {
  const upper = word.toUpperCase();
  const known = states.find((state) => state.begins.test(upper));
  if (known !== undefined) return known;
  return null;
}

/** Network type and error (§5.3.2.31), such as `3.21`. */
function networkError(value: Uint8Array | undefined): string | null {
  if (value === undefined || value.length !== 3) return null;
  const [type = 0, high = 0, low = 0] = value;
  const error = (high << 8) | low;
  return error === 0 ? null : `${type}.${error}`;
}

const longestReceipt = 1_024;
const label = /(?:^|[\s,;])(id|sub|dlvrd|submit[ _]?date|done[ _]?date|stat|err|text)\s?:/giu;

/**
 * The fields of a receipt's text by their names in lower case: any order, any case, padded or missing. What follows
 * `text:` is the message's own beginning and is looked at only when nothing stands before it.
 */
export function receiptWords(text: string): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const found = [...text.slice(0, longestReceipt).matchAll(label)];
  const quoted = found.findIndex((match) => nameOf(match) === 'text');
  const own = quoted > 0 ? found.slice(0, quoted) : found;
  for (const [index, match] of own.entries()) {
    const from = match.index + match[0].length;
    const value = text.slice(from, found[index + 1]?.index ?? longestReceipt).trim();
    const name = nameOf(match);
    if (!words.has(name)) words.set(name, value);
  }
  return words;
}

function nameOf(match: RegExpExecArray): string {
  const name = (match[1] ?? '').toLowerCase();
  if (!name.endsWith('date')) return name;
  return name.startsWith('s') ? 'submit date' : 'done date';
}

function latin1(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, Math.min(octets.length, longestReceipt)).toString('latin1');
}
