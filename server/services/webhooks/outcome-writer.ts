import { errorText } from '../../domain/errors.ts';
import type { Clock, Logger, Timer } from '../../domain/ports.ts';
import type { EndpointChange } from '../../store/webhook-rows.ts';
import type { WebhookStore } from '../../store/webhook-store.ts';
import type { EndpointBook } from './endpoint-book.ts';
import type { Judged } from './outcome.ts';
import { endpointChange } from './outcome.ts';

const mostInOneCommit = 200;
const mostWaiting = 512;
/** While posts are in flight, outcomes wait for company: until there are this many, or this long. */
const goodCompany = 64;
const lingerMs = 20;
const retryMs = [1000, 2000, 5000, 10_000, 30_000];

export interface OutcomeWriterOptions {
  readonly store: WebhookStore;
  readonly book: EndpointBook;
  readonly clock: Clock;
  readonly log: Logger;
  /** Posts in flight, whose outcomes could share a commit. */
  readonly inFlight: () => number;
  /** Called with what is on disk now. */
  readonly written: (batch: readonly Judged[]) => void;
}

/** Writes outcomes in batches: what comes in during one commit goes into the next. Nothing is dropped when the store fails. */
export class OutcomeWriter {
  readonly #options: OutcomeWriterOptions;
  #waiting: Judged[] = [];
  #failures = 0;
  #stopping = false;
  #endPause: (() => void) | null = null;
  #run: Promise<void> | null = null;
  #linger: Timer | null = null;

  constructor(options: OutcomeWriterOptions) {
    this.#options = options;
  }

  /** Posting more would make more outcomes than can be written; wait for `written`. */
  get full(): boolean {
    return this.#failures > 0 || this.#waiting.length >= mostWaiting;
  }

  add(judged: Judged): void {
    this.#waiting.push(judged);
    if (this.#run === null) this.#beginOrLinger();
  }

  /** Writes what waits, with one last try when the store fails, and ends. What stays unwritten is posted again after a restart. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#endPause?.();
    this.#begin();
    while (this.#run !== null) await this.#run;
  }

  #beginOrLinger(): void {
    const alone = this.#waiting.length < goodCompany && this.#options.inFlight() > 0 && !this.#stopping;
    if (alone) this.#linger ??= this.#options.clock.after(lingerMs, () => this.#begin());
    else this.#begin();
  }

  #begin(): void {
    this.#linger?.cancel();
    this.#linger = null;
    if (this.#waiting.length > 0) this.#run ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    do {
      const batch = this.#waiting.slice(0, mostInOneCommit);
      if (await this.#write(batch)) {
        this.#waiting.splice(0, batch.length);
        this.#options.written(batch);
      } else if (this.#stopping) {
        this.#waiting = [];
      } else {
        await this.#pause();
      }
    } while (this.#waiting.length >= goodCompany || (this.#waiting.length > 0 && this.#failures > 0));
    this.#run = null;
    if (this.#waiting.length > 0) this.#beginOrLinger();
  }

  async #write(batch: readonly Judged[]): Promise<boolean> {
    const changes = this.#changesOf(batch);
    try {
      await this.#options.store.settle(
        batch.map((one) => one.outcome),
        changes,
      );
    } catch (error) {
      this.#failures += 1;
      this.#options.log.error('webhooks.outcomes_not_written', { count: batch.length, reason: errorText(error) });
      return false;
    }
    this.#failures = 0;
    for (const { endpointId, failingSince, disable } of changes) {
      const disabled = disable === null ? {} : { state: 'disabled' as const, reason: disable };
      this.#options.book.patch(endpointId, { failingSince, ...disabled });
      if (disable !== null) this.#options.log.warn('webhooks.endpoint_disabled', { endpoint: endpointId });
    }
    return true;
  }

  #changesOf(batch: readonly Judged[]): readonly EndpointChange[] {
    return [...Map.groupBy(batch, (one) => one.outcome.endpointId)].flatMap(([endpointId, judged]) => {
      const endpoint = this.#options.book.get(endpointId);
      return (endpoint === undefined ? null : endpointChange(endpoint, judged)) ?? [];
    });
  }

  async #pause(): Promise<void> {
    const over = Promise.withResolvers<void>();
    const timer = this.#options.clock.after(retryMs[this.#failures - 1] ?? 30_000, over.resolve);
    this.#endPause = over.resolve;
    if (this.#stopping) over.resolve();
    await over.promise;
    timer.cancel();
    this.#endPause = null;
  }
}
