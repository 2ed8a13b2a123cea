import type { DeliveryReport } from '../domain/carrier.ts';
import { AppError } from '../domain/errors.ts';
import { nextTurn } from '../platform/next-turn.ts';

interface Waiting {
  readonly report: DeliveryReport;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Reports in one transaction: more would hold the event loop. */
const mostTogether = 100;
const mostWaiting = 20_000;

/**
 * Takes in the reports of one carrier and has those of one turn of the event loop booked together. They are held until the
 * outcomes of that turn are on their way to the store: a report mostly comes right behind the answer it belongs to.
 */
export class ReportGatherer {
  readonly #book: (reports: readonly DeliveryReport[]) => Promise<readonly PromiseSettledResult<unknown>[]>;
  #waiting: Waiting[] = [];
  #gathering = false;

  /** @param book settles when all of them are on disk; says of each how it went. */
  constructor(book: (reports: readonly DeliveryReport[]) => Promise<readonly PromiseSettledResult<unknown>[]>) {
    this.#book = book;
  }

  /** Resolves when the report is on disk. */
  take(report: DeliveryReport): Promise<void> {
    if (this.#waiting.length >= mostWaiting) {
      return Promise.reject(new AppError('store.unavailable', 'Too many reports wait to be stored; try again.'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ report, resolve, reject });
      if (this.#gathering) return;
      this.#gathering = true;
      void this.#gather();
    });
  }

  async #gather(): Promise<void> {
    await nextTurn();
    this.#gathering = false;
    const waiting = this.#waiting.splice(0);
    // The outcomes of the same turn are given to the store just now, and are committed after the next.
    await nextTurn();
    for (let from = 0; from < waiting.length; from += mostTogether) {
      void this.#settle(waiting.slice(from, from + mostTogether));
    }
  }

  async #settle(waiting: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#book(waiting.map(({ report }) => report));
      for (const [index, { resolve, reject }] of waiting.entries()) {
        const result = results[index];
        if (result?.status === 'rejected') reject(result.reason);
        else resolve();
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}
