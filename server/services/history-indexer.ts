import { errorText } from '../domain/errors.ts';
import type { Clock, Logger, Millis, Service, Timer } from '../domain/ports.ts';
import type { HistoryIndex } from '../store/history-index.ts';

const restMs = 1_000;
const restAfterFaultMs = 10_000;
/** Between two pieces of work it rests this many times as long as the last one took: senders come first. */
const restFactor = 3;
const leastRestMs = 2;
const mostRestMs = 250;

/** Files messages for searching while the box runs, one small piece after the other, behind those who send. */
export class HistoryIndexer implements Service {
  readonly name = 'history indexer';
  readonly #index: HistoryIndex;
  readonly #clock: Clock;
  readonly #log: Logger;
  #running = false;
  #timer: Timer | undefined;
  #busy: Promise<void> = Promise.resolve();

  constructor(options: { index: HistoryIndex; clock: Clock; log: Logger }) {
    this.#index = options.index;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  start(): Promise<void> {
    this.#running = true;
    this.#rest(restMs);
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#timer?.cancel();
    await this.#busy;
  }

  #rest(ms: Millis): void {
    if (!this.#running) return;
    this.#timer = this.#clock.after(ms, () => {
      this.#busy = this.#turn();
    });
  }

  async #turn(): Promise<void> {
    this.#rest(await this.#work());
  }

  /** One piece of each kind; resolves with how long to rest after it. */
  async #work(): Promise<Millis> {
    try {
      const start = this.#clock.monotonic();
      const numbers = await this.#index.fileNumbers();
      const messages = await this.#index.fileMessages();
      if (!numbers && !messages) return restMs;
      // Waiting for others in the queue counts too, so a busy box is given longer rests.
      return Math.min(mostRestMs, Math.max(leastRestMs, restFactor * (this.#clock.monotonic() - start)));
    } catch (error) {
      if (this.#running) this.#log.error('history.indexing_failed', { error: errorText(error) });
      return restAfterFaultMs;
    }
  }
}
