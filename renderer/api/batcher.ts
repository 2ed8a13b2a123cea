/**
 * Gathers what arrives and hands it on in groups: the first at once, the rest at most once per `wait` milliseconds.
 * So a single change is seen immediately and a flood costs a handful of renders a second.
 */
export class Batcher<T> {
  readonly #flush: (items: readonly T[]) => void;
  readonly #wait: number;
  #items: T[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(flush: (items: readonly T[]) => void, wait: number) {
    this.#flush = flush;
    this.#wait = wait;
  }

  add(item: T): void {
    this.#items.push(item);
    if (this.#timer === undefined) this.#hand();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#items = [];
  }

  #hand(): void {
    const items = this.#items;
    this.#items = [];
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#items.length > 0) this.#hand();
    }, this.#wait);
    this.#flush(items);
  }
}
