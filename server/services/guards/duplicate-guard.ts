import type { Clock, Millis } from '../../domain/ports.ts';
import type { OncePerNumber, RecentTexts } from '../../store/recent-texts.ts';

/** Keeps the same text from going to the same number twice within some minutes (box.md §4). */
export class DuplicateGuard {
  readonly #store: RecentTexts;
  readonly #clock: Clock;
  readonly #minutes: () => number;

  /** @param options.minutes 0 switches it off; what is sent meanwhile is not remembered. */
  constructor(options: { store: RecentTexts; clock: Clock; minutes: () => number }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#minutes = options.minutes;
  }

  /**
   * What the writer of a message that is to be sent `at` a time holds to; undefined for nothing. Counted is from
   * sending to sending, so the same reminder may be scheduled for many days at once.
   */
  termsFor(at: Millis): OncePerNumber | undefined {
    const minutes = this.#minutes();
    return minutes === 0 ? undefined : { windowMs: minutes * 60_000, at };
  }

  /** A look, for previews, at what the writer would find; null when there is nothing to look for. */
  lookFor(accountId: number, at: Millis): ((msisdn: string, text: string) => OncePerNumber | null) | null {
    const once = this.termsFor(at);
    if (once === undefined) return null;
    return (msisdn, text) => (this.#store.isRepeat({ accountId, msisdn, text }, once) ? once : null);
  }

  /** Forgets what cannot matter any more. */
  async sweep(): Promise<number> {
    const minutes = this.#minutes();
    return await this.#store.sweep(minutes === 0 ? Number.MAX_SAFE_INTEGER : this.#clock.now() - minutes * 60_000);
  }
}
