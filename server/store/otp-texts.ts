import type Database from 'better-sqlite3';
import type { Sealer } from '../platform/crypto.ts';
import type { MessageRecord } from './rows.ts';

/** The texts of one-time codes that were not handed over yet: sealed at rest, opened for the carrier alone, wiped after it. */
export class OtpTexts {
  readonly #sealer: Sealer;
  readonly #sealed: Database.Statement<[number], { sealed_text: string | null }>;
  readonly #wipe: Database.Statement;

  constructor(db: Database.Database, sealer: Sealer) {
    this.#sealer = sealer;
    this.#sealed = db.prepare('SELECT sealed_text FROM otp WHERE message_id = ?');
    this.#wipe = db.prepare('UPDATE otp SET sealed_text = NULL WHERE message_id = ? AND sealed_text IS NOT NULL');
  }

  /** What goes to the phone; the message's own text when it holds no code, null when the text was wiped or cannot be opened. */
  clear(message: MessageRecord): string | null {
    if (message.kind !== 'otp') return message.text;
    const sealed = this.#sealed.get(message.id)?.sealed_text ?? null;
    if (sealed === null) return null;
    try {
      return this.#sealer.unseal(sealed);
    } catch {
      // Sealed with another master key: the code cannot be sent, and the message fails saying so.
      return null;
    }
  }

  /** Forgets the text once the message needs it no more; inside a transaction. */
  wipe(message: MessageRecord): void {
    if (message.kind === 'otp') this.#wipe.run(message.id);
  }
}
