import { errorText } from '../domain/errors.ts';
import type { Clock, Logger, Timer } from '../domain/ports.ts';

export type LiveNews<M, C> =
  | { readonly type: 'reset' }
  | { readonly type: 'message'; readonly message: M }
  | { readonly type: 'carrier'; readonly carrier: C }
  | { readonly type: 'inbound' | 'changed' };

interface Listener<M, C> {
  send(id: number, news: LiveNews<M, C>): void;
}

/** Changes of one message within this time are told as one. */
const gatherMs = 120;
const mostKept = 500;
const mostGathered = 200;
/** When more changes than that, pages are told to read anew, this often at most. */
const resetEveryMs = 2_000;
/** News for pages that lost their connection are kept this long after the last one left. */
const rememberMs = 60_000;

/** Tells open pages what changed, after it is committed; keeps the last news for those who lost their connection. */
export class LiveFeed<M, C> {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #read: (messageId: number) => M | undefined;
  readonly #listeners = new Set<Listener<M, C>>();
  readonly #kept: { id: number; news: LiveNews<M, C> }[] = [];
  #touched = new Set<number>();
  #lastId = 0;
  #timer: Timer | undefined;
  readonly #hints = new Map<'inbound' | 'changed', Timer>();
  #pace = gatherMs;
  #leftAt = Number.NEGATIVE_INFINITY;

  constructor(options: { clock: Clock; log: Logger; read: (messageId: number) => M | undefined }) {
    this.#clock = options.clock;
    this.#log = options.log;
    this.#read = options.read;
    // Ids go on from the clock, so that a page from before a restart is never mistaken for one of this run.
    this.#lastId = options.clock.now() * 1000;
  }

  /**
   * Begins to tell a page; what it missed since `lastId` comes first, or a reset when that is not known any more.
   * @returns a function that ends it.
   */
  listen(listener: Listener<M, C>, lastId: number | null): () => void {
    if (lastId !== null) this.#catchUp(listener, lastId);
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      this.#leftAt = this.#clock.monotonic();
    };
  }

  /** Messages changed; cheap when nobody listens. */
  messagesChanged(ids: Iterable<number>): void {
    if (this.#listeners.size === 0 && !this.#remembers()) {
      // Not kept; the next id says to whoever comes back that something was missed.
      this.#lastId += 1;
      return;
    }
    for (const id of ids) this.#touched.add(id);
    if (this.#touched.size > 0) this.#timer ??= this.#clock.after(this.#pace, () => this.#tellMessages());
  }

  /** Texts came in, or were read; what happens within a moment is told as one. */
  inboundChanged(): void {
    this.#hint('inbound');
  }

  /** A person has changed something, whatever it was; what happens within a moment is told as one. */
  somethingChanged(): void {
    this.#hint('changed');
  }

  carrierChanged(carrier: C): void {
    this.#tell({ type: 'carrier', carrier });
  }

  /** Id of the newest news. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Number of open pages. */
  get listeners(): number {
    return this.#listeners.size;
  }

  stop(): void {
    this.#timer?.cancel();
    for (const timer of this.#hints.values()) timer.cancel();
    this.#listeners.clear();
  }

  #hint(type: 'inbound' | 'changed'): void {
    if (this.#listeners.size === 0 && !this.#remembers()) {
      this.#lastId += 1;
      return;
    }
    if (this.#hints.has(type)) return;
    const tell = () => {
      this.#hints.delete(type);
      this.#tell({ type });
    };
    this.#hints.set(type, this.#clock.after(gatherMs, tell));
  }

  #remembers(): boolean {
    if (this.#clock.monotonic() - this.#leftAt <= rememberMs) return true;
    this.#kept.length = 0;
    return false;
  }

  #tellMessages(): void {
    this.#timer = undefined;
    const ids = [...this.#touched];
    this.#touched = new Set();
    const flood = ids.length > mostGathered;
    this.#pace = flood ? resetEveryMs : gatherMs;
    try {
      if (flood) return this.#tell({ type: 'reset' });
      for (const id of ids) {
        const message = this.#read(id);
        if (message !== undefined) this.#tell({ type: 'message', message });
      }
    } catch (error) {
      this.#log.warn('live.read_failed', { error: errorText(error) });
    }
  }

  #tell(news: LiveNews<M, C>): void {
    this.#lastId += 1;
    if (this.#listeners.size === 0 && !this.#remembers()) return;
    this.#kept.push({ id: this.#lastId, news });
    if (this.#kept.length > mostKept) this.#kept.shift();
    for (const listener of this.#listeners) listener.send(this.#lastId, news);
  }

  #catchUp(listener: Listener<M, C>, lastId: number): void {
    const known = lastId === this.#lastId || this.#kept.some((entry) => entry.id === lastId);
    if (!known) return listener.send(this.#lastId, { type: 'reset' });
    for (const entry of this.#kept) if (entry.id > lastId) listener.send(entry.id, entry.news);
  }
}
