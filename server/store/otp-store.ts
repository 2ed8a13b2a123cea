import type Database from 'better-sqlite3';
import { otpVerifiedBody } from '../domain/event-bodies.ts';
import { numberPrefix } from '../domain/otp.ts';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { EventWriter } from './event-writer.ts';

export type OtpState = 'live' | 'used' | 'dead';

export interface OtpRecord {
  readonly message_id: number;
  readonly account_id: number;
  readonly reference: string;
  readonly msisdn: string;
  readonly code_hash: string;
  readonly state: OtpState;
  readonly attempts: number;
  readonly expires_at: Millis;
}

export interface NewOtp {
  readonly messageId: number;
  readonly accountId: number;
  readonly reference: string;
  readonly msisdn: string;
  readonly codeHash: string;
  /** The text with the code in it, encrypted. */
  readonly sealedText: string;
  readonly createdAt: Millis;
  readonly expiresAt: Millis;
}

/** How many codes went to a number, or to numbers that begin like it, and when the oldest of them counted. */
export interface OtpTraffic {
  readonly count: number;
  readonly oldest: Millis | null;
}

/** What an attempt at a code found: the code's row after the attempt was counted, or why none was counted. */
export type CountedAttempt =
  | { readonly kind: 'counted'; readonly otp: OtpRecord }
  | { readonly kind: 'unknown' | 'used' | 'dead' | 'expired' };

/** One-time codes at rest. */
export class OtpStore {
  readonly #queue: CommitQueue;
  readonly #events: EventWriter;
  readonly #insert: Database.Statement;
  readonly #byReference: Database.Statement<[string], OtpRecord>;
  readonly #traffic: Database.Statement<[string, string, Millis], OtpTraffic>;
  readonly #count: Database.Statement<[Millis, number, number], OtpRecord>;
  readonly #use: Database.Statement;
  readonly #refuse: Database.Statement;
  readonly #uuid: Database.Statement<[number], { uuid: string }>;
  readonly #forget: Database.Statement;

  constructor(db: Database.Database, queue: CommitQueue, events: EventWriter) {
    this.#queue = queue;
    this.#events = events;
    this.#insert = db.prepare(`INSERT INTO otp
      (message_id, account_id, reference, msisdn, code_hash, sealed_text, state, created_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, 'live', ?, ?)`);
    this.#byReference = db.prepare('SELECT * FROM otp WHERE reference = ?');
    this.#traffic = db.prepare(
      'SELECT COUNT(*) AS count, MIN(created_at) AS oldest FROM otp WHERE msisdn >= ? AND msisdn <= ? AND created_at > ?',
    );
    this.#count = db.prepare(
      "UPDATE otp SET attempts = attempts + 1, tried_at = ? WHERE message_id = ? AND state = 'live' AND attempts < ? RETURNING *",
    );
    this.#use = db.prepare("UPDATE otp SET state = 'used', tried_at = ? WHERE message_id = ? AND state = 'live'");
    this.#refuse = db.prepare(
      "UPDATE otp SET state = CASE WHEN attempts >= ? THEN 'dead' ELSE state END, tried_at = ? WHERE message_id = ? AND state = 'live'",
    );
    this.#uuid = db.prepare('SELECT uuid FROM message WHERE id = ?');
    this.#forget = db.prepare('DELETE FROM otp WHERE expires_at < ?');
  }

  /** Whether a reference is taken; a used or expired one still is, until it is forgotten. */
  isTaken(reference: string): boolean {
    return this.#byReference.get(reference) !== undefined;
  }

  /** Codes sent to a number since `since`. */
  toNumber(msisdn: string, since: Millis): OtpTraffic {
    return this.#traffic.get(msisdn, msisdn, since) ?? { count: 0, oldest: null };
  }

  /** Codes sent since `since` to numbers that differ in the last four digits at most. */
  toPrefix(msisdn: string, since: Millis): OtpTraffic {
    const prefix = numberPrefix(msisdn);
    return this.#traffic.get(`${prefix}0000`, `${prefix}9999`, since) ?? { count: 0, oldest: null };
  }

  /** Stores a code; call it inside the transaction of its message. */
  add(otp: NewOtp): void {
    this.#insert.run(
      otp.messageId,
      otp.accountId,
      otp.reference,
      otp.msisdn,
      otp.codeHash,
      otp.sealedText,
      otp.createdAt,
      otp.expiresAt,
    );
  }

  /** Counts an attempt at a code of an account; resolves when the count is on disk. */
  async countAttempt(reference: string, accountId: number, most: number, now: Millis): Promise<CountedAttempt> {
    return await this.#queue.run((): CountedAttempt => {
      const otp = this.#byReference.get(reference);
      if (otp === undefined || otp.account_id !== accountId) return { kind: 'unknown' };
      if (otp.state !== 'live') return { kind: otp.state };
      if (otp.expires_at <= now) return { kind: 'expired' };
      const counted = this.#count.get(now, otp.message_id, most);
      return counted === undefined ? { kind: 'dead' } : { kind: 'counted', otp: counted };
    });
  }

  /**
   * Books what an attempt came to; a right and a wrong one cost the same. The right one tells `otp.verified` in the same
   * transaction.
   * @returns for a right one, whether it was the first; false when another attempt used the code meanwhile.
   */
  async settleAttempt(otp: OtpRecord, right: boolean, most: number, now: Millis): Promise<boolean> {
    return await this.#queue.run((db) => {
      if (!right) return this.#refuse.run(most, now, otp.message_id).changes === 1;
      if (this.#use.run(now, otp.message_id).changes !== 1) return false;
      if (this.#events.wanted(otp.account_id, 'otp.verified')) {
        const message = this.#uuid.get(otp.message_id);
        this.#events.write(db, {
          accountId: otp.account_id,
          name: 'otp.verified',
          body: otpVerifiedBody(message?.uuid ?? '', otp.msisdn, otp.reference, now),
          recipientId: null,
          messageId: otp.message_id,
          at: now,
        });
      }
      return true;
    });
  }

  /** Forgets codes that ended before `before`. */
  async forgetBefore(before: Millis): Promise<number> {
    return await this.#queue.run(() => this.#forget.run(before).changes);
  }
}
