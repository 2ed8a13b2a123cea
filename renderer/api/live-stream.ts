import { liveEvent, livePath } from '../../server/contract/live.ts';
import type { LiveEvent } from '../../server/contract/live.ts';
import { Batcher } from './batcher.ts';

export type LiveState = 'connecting' | 'open' | 'lost';
export type LiveListener = (events: readonly LiveEvent[]) => void;

/** The part of the browser's EventSource that the stream uses. */
export interface EventSourceLike {
  readonly readyState: number;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

export interface LiveStreamOptions {
  readonly open: (url: string) => EventSourceLike;
}

const closedState = 2;
const batchWait = 200;
/** A box that is flooded tells `reset` many times a second; the pages read anew at most this often, in milliseconds. */
const resetWait = 2000;
const firstRetry = 1000;
const longestRetry = 15_000;

/**
 * News from the box, parsed and in groups. The browser reconnects by itself after a lost connection and the server
 * replays what was missed; where the browser gives up (an answer other than 200), the stream opens a new connection
 * and tells its listeners `reset`, because a new connection cannot name the last event it saw.
 */
export class LiveStream {
  readonly #open: (url: string) => EventSourceLike;
  readonly #listeners = new Set<LiveListener>();
  readonly #watchers = new Set<() => void>();
  readonly #batcher = new Batcher<LiveEvent>((events) => this.#tell(events), batchWait);
  readonly #resets = new Batcher<LiveEvent>((events) => this.#tell(events.slice(-1)), resetWait);
  #source: EventSourceLike | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retry = firstRetry;
  #state: LiveState = 'connecting';

  constructor(options: LiveStreamOptions) {
    this.#open = options.open;
  }

  get state(): LiveState {
    return this.#state;
  }

  start(): void {
    if (this.#source === undefined && this.#timer === undefined) this.#connect();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#source?.close();
    this.#source = undefined;
    this.#batcher.stop();
    this.#resets.stop();
    this.#become('connecting');
  }

  /** Calls `listener` with every group of events until the returned function is called. */
  subscribe(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls `watcher` whenever `state` changes. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  #connect(): void {
    const source = this.#open(livePath);
    let heard = false;
    this.#source = source;
    source.addEventListener('open', () => {
      this.#retry = firstRetry;
      this.#become('open');
      // Without the id of a last event the server cannot replay what happened since the page was read.
      if (!heard) this.#resets.add({ type: 'reset' });
    });
    source.addEventListener('message', (event) => {
      heard = true;
      this.#receive(event.data);
    });
    source.addEventListener('error', () => {
      this.#become('lost');
      if (source.readyState === closedState) this.#reconnectLater(source);
    });
  }

  #reconnectLater(source: EventSourceLike): void {
    source.close();
    this.#source = undefined;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#connect();
    }, this.#retry);
    this.#retry = Math.min(this.#retry * 2, longestRetry);
  }

  #receive(data: unknown): void {
    const parsed = liveEvent.safeParse(parseJson(data));
    // An event of a newer server that this page does not know: read everything anew rather than miss something.
    if (parsed.success && parsed.data.type !== 'reset') this.#batcher.add(parsed.data);
    else this.#resets.add({ type: 'reset' });
  }

  #tell(events: readonly LiveEvent[]): void {
    for (const listener of this.#listeners) listener(events);
  }

  #become(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}

function parseJson(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
