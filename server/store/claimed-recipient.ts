import { laneOf, type Submission } from '../domain/carrier.ts';
import type { Millis } from '../domain/ports.ts';
import { segmentText } from '../domain/segments.ts';
import type { MessageRecord, RecipientRecord } from './rows.ts';

/** A recipient in the hands of a carrier, with the journal entry of the part that is to be handed over now. */
export interface ClaimedRecipient {
  readonly recipientId: number;
  readonly messageId: number;
  readonly submission: Submission;
  readonly tries: number;
  /** Texts of all parts, for the parts that follow. */
  readonly parts: readonly string[];
}

/** The part of a recipient's text that is to be handed over now, with those that follow. */
export function claimedRecipient(
  message: MessageRecord,
  recipient: RecipientRecord,
  wanted: {
    readonly submissionId: number;
    readonly part: number;
    readonly splitting: 'parts' | 'whole';
    readonly text: string;
    /** When it is, or was, handed over. */
    readonly at: Millis;
  },
): ClaimedRecipient {
  const { submissionId, text } = wanted;
  const segmented = segmentText(text);
  const parts = wanted.splitting === 'parts' ? segmented.parts : [text];
  const part = Math.min(parts.length, wanted.part);
  return {
    recipientId: recipient.id,
    messageId: message.id,
    tries: recipient.tries,
    parts,
    submission: {
      id: submissionId,
      msisdn: recipient.msisdn,
      origin: message.origin,
      text: parts[part - 1] ?? '',
      encoding: segmented.encoding,
      part,
      partCount: parts.length,
      concatReference: concatReference(recipient.id),
      lane: laneOf(message.lane),
      expiresAt: message.expires_at,
      handedAt: wanted.at,
    },
  };
}

/** The same for every try at a recipient, and spread so that two long texts to one phone rarely share it. */
function concatReference(recipientId: number): number {
  return Math.imul(recipientId, 0x9e3779b1) >>> 24;
}
