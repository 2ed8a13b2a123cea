/** Lower runs first: an unacknowledged report stops the network's next one, reading frees memory, polling can wait. */
export const priorities = { acknowledge: 0, read: 1, send: 2, poll: 3 } as const;
export type Priority = (typeof priorities)[keyof typeof priorities];

interface Entry {
  readonly priority: Priority;
  readonly order: number;
  readonly run: () => Promise<void>;
  readonly drop: () => void;
}

/** Enough for everything the driver itself asks for; more means that somebody enqueues in a loop. */
const maxWaiting = 200;

/**
 * Lets one job use the port at a time, by priority, then in order of arrival. `end` settles everything that waits; the job
 * that runs is settled by its own wire.
 */
export class CommandQueue {
  readonly #waiting: Entry[] = [];
  #running = false;
  #ended = false;
  #order = 0;

  get busy(): boolean {
    return this.#running || this.#waiting.length > 0;
  }

  /** Runs `job` when its turn comes; `dropped` is the answer when the queue has ended or is full. */
  enqueue<T>(priority: Priority, job: () => Promise<T>, dropped: T): Promise<T> {
    if (this.#ended || this.#waiting.length >= maxWaiting) return Promise.resolve(dropped);
    return new Promise<T>((resolve, reject) => {
      this.#order += 1;
      this.#waiting.push({
        priority,
        order: this.#order,
        run: () => job().then(resolve, reject),
        drop: () => resolve(dropped),
      });
      this.#next();
    });
  }

  /** Idempotent. */
  end(): void {
    this.#ended = true;
    for (const entry of this.#waiting.splice(0)) entry.drop();
  }

  #next(): void {
    if (this.#running) return;
    const entry = this.#takeFirst();
    if (entry === undefined) return;
    this.#running = true;
    void entry.run().finally(() => {
      this.#running = false;
      this.#next();
    });
  }

  #takeFirst(): Entry | undefined {
    let best = 0;
    for (let index = 1; index < this.#waiting.length; index += 1) {
      const entry = this.#waiting[index];
      const first = this.#waiting[best];
      if (entry !== undefined && first !== undefined && entry.priority < first.priority) best = index;
    }
    return this.#waiting.splice(best, 1)[0];
  }
}
