import type Database from 'better-sqlite3';
import type { Millis } from '../domain/ports.ts';
import type { CommitQueue } from './commit-queue.ts';

/** An accepted hand-over whose report is to be asked for. */
export interface DueAsk {
  readonly id: number;
  readonly reference: string;
  readonly msisdn: string;
  readonly origin: string;
  readonly handedAt: Millis;
  readonly acceptedAt: Millis;
}

/** Which reports are to be asked for, and when next. Rows leave by themselves when their report comes. */
export class ReportAsks {
  readonly #queue: CommitQueue;
  readonly #due: Database.Statement<[number, Millis, number], DueAsk>;
  readonly #later: Database.Statement;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#due =
      db.prepare(`SELECT s.id, s.reference, r.msisdn, m.origin, s.handed_at AS handedAt, s.answered_at AS acceptedAt
      FROM submission s JOIN recipient r ON r.id = s.recipient_id JOIN message m ON m.id = s.message_id
      WHERE s.carrier_id = ? AND s.state = 'accepted' AND s.ask_at IS NOT NULL AND s.ask_at <= ? ORDER BY s.ask_at LIMIT ?`);
    this.#later = db.prepare("UPDATE submission SET ask_at = ? WHERE id = ? AND state = 'accepted'");
  }

  /** The hand-overs to a carrier that are due to be asked for, longest due first. */
  due(carrierId: number, now: Millis, most: number): DueAsk[] {
    return this.#due.all(carrierId, now, most);
  }

  /** Says when those that have no report yet are asked for again. */
  async later(asks: readonly { readonly id: number; readonly at: Millis }[]): Promise<void> {
    if (asks.length === 0) return;
    await this.#queue.run(() => {
      for (const { id, at } of asks) this.#later.run(at, id);
    });
  }
}
