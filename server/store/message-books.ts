import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import type { TxIdCodec } from '../domain/tx-id.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { EventWriter } from './event-writer.ts';
import type { Ledger } from './ledger.ts';
import { MessageTally, TallyStatements } from './message-tally.ts';
import type { OtpTexts } from './otp-texts.ts';
import { RecipientCloser } from './recipient-closer.ts';

/** Where everything that moves recipients books it: one transaction with its tally of counters, refunds and events. */
export class MessageBooks {
  readonly tallies: TallyStatements;
  readonly closer: RecipientCloser;
  readonly otpTexts: OtpTexts;
  readonly #queue: CommitQueue;
  readonly #events: EventWriter;

  constructor(
    db: Database.Database,
    parts: {
      readonly queue: CommitQueue;
      readonly events: EventWriter;
      readonly txIds: TxIdCodec;
      readonly otpTexts: OtpTexts;
      readonly ledger: Ledger;
    },
  ) {
    this.tallies = new TallyStatements(db, parts.ledger);
    this.otpTexts = parts.otpTexts;
    this.closer = new RecipientCloser(db, parts.events, parts.txIds, parts.otpTexts);
    this.#queue = parts.queue;
    this.#events = parts.events;
  }

  /** Runs `work` in a transaction and books its tally in it; resolves when all of it is on disk. */
  async run<T>(at: Millis, work: (tally: MessageTally) => T): Promise<T> {
    return await this.#queue.run((db) => {
      const tally = new MessageTally(db, this.tallies, this.#events, at);
      const value = work(tally);
      tally.book();
      return value;
    });
  }
}
