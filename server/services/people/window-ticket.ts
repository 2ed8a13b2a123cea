import type { Clock, Millis, Random } from '../../domain/ports.ts';
import { sameText, sha256Hex } from '../../platform/crypto.ts';

/** Long enough for a window to load on a slow machine. */
const lifeMs = 60_000;

/**
 * Lets the desktop's own window in once without a password: who can start the app on this machine has the box's data
 * folder, and with it everything. One ticket is good at a time, for a minute, for one sign-in.
 */
export class WindowTicket {
  readonly #clock: Clock;
  readonly #random: Random;
  #good: { readonly hash: string; readonly until: Millis } | null = null;

  constructor(options: { clock: Clock; random: Random }) {
    this.#clock = options.clock;
    this.#random = options.random;
  }

  /** A new ticket; one that was not used is worth nothing any more. */
  issue(): string {
    const ticket = Buffer.from(this.#random.bytes(32)).toString('base64url');
    this.#good = { hash: sha256Hex(ticket), until: this.#clock.monotonic() + lifeMs };
    return ticket;
  }

  /** Whether a ticket is the good one; it then is no more. */
  take(ticket: string): boolean {
    const good = this.#good;
    if (good === null || this.#clock.monotonic() >= good.until || !sameText(sha256Hex(ticket), good.hash)) return false;
    this.#good = null;
    return true;
  }
}
