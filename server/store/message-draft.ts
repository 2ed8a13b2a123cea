import type { Lane } from '../domain/carrier.ts';
import type { Millis } from '../domain/ports.ts';
import type { OncePerNumber } from './recent-texts.ts';

/** One number of a message that is to be stored. */
export interface RecipientDraft {
  readonly msisdn: string;
  readonly state: 'queued' | 'failed' | 'blocked';
  readonly segments: number;
  readonly credit: number;
  /** Only when it differs from the message's text. */
  readonly text: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** A message that was checked and is to be stored. */
export interface MessageDraft {
  readonly uuid: string;
  readonly accountId: number;
  readonly keyId: number | null;
  readonly kind: 'sms' | 'otp';
  readonly lane: Lane;
  readonly origin: string;
  readonly text: string;
  readonly clientRef: string | null;
  /** Segments of the longest text among the recipients. */
  readonly segments: number;
  readonly credit: number;
  readonly blockedCount: number;
  readonly failedCount: number;
  readonly scheduledAt: Millis | null;
  readonly expiresAt: Millis;
  readonly createdAt: Millis;
  readonly recipients: readonly RecipientDraft[];
  /** Whether a text of it has a link. */
  readonly hasLink: boolean;
  /** The one carrier that may take it; null for those that the routes name. */
  readonly carrierId: number | null;
  /** Blocks recipients to whom the same text goes already. */
  readonly once?: OncePerNumber | undefined;
  /** Called inside the transaction that makes the message visible; what it writes is stored with it or not at all. */
  readonly alongside?: (written: WrittenMessage) => void;
}

/** What became of a draft. */
export interface WrittenMessage {
  readonly id: number;
  /** `failed` at once when every number is blocked: nothing will ever be sent. */
  readonly state: 'scheduled' | 'pending' | 'failed';
  /** What was taken for it. */
  readonly credit: number;
  readonly blockedCount: number;
}
