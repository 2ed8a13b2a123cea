import type { CallAnswer, CallInput } from '../../../api/call.ts';

export type ExportQuery = NonNullable<CallInput<'exportStart'>['query']>;

/** Where an export stands. */
export interface ExportState {
  /** `halted`: a slice did not come; it can be gone on with. */
  readonly phase: 'idle' | 'running' | 'paused' | 'halted' | 'done';
  readonly lines: number;
  /** From 0 to 1. */
  readonly done: number;
  /** When that was known, in milliseconds. */
  readonly at: number;
  readonly error: unknown;
}

export interface ExportWorld {
  readonly begin: (query: ExportQuery) => Promise<CallAnswer<'exportStart'>>;
  readonly slice: (query: ExportQuery & { cursor?: string }) => Promise<CallAnswer<'exportSlice'>>;
  /** Gives the finished file to the reader. */
  readonly save: (fileName: string, file: Blob) => void;
  readonly now: () => number;
}

/** Characters after which what has come is handed to the browser, which may put it on disk. */
const blobCharacters = 4_000_000;
const idle: ExportState = { phase: 'idle', lines: 0, done: 0, at: 0, error: null };

/**
 * An export under way: it fetches slice after slice, can be paused, stopped, and gone on with after a slice that did not
 * come. It lives beside the pages, so it goes on while its reader looks at others.
 */
export class ExportRun {
  readonly #world: ExportWorld;
  readonly #watchers = new Set<() => void>();
  #state = idle;
  #query: ExportQuery = {};
  #cursor: string | null = null;
  #fileName = '';
  #blobs: Blob[] = [];
  #texts: string[] = [];
  #characters = 0;
  /** Counts runs, so that what an earlier one still fetches changes nothing any more. */
  #turn = 0;

  constructor(world: ExportWorld) {
    this.#world = world;
  }

  get state(): ExportState {
    return this.#state;
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => {
      this.#watchers.delete(changed);
    };
  }

  async start(query: ExportQuery): Promise<void> {
    this.#drop();
    this.#query = query;
    await this.#go(async (isMine) => {
      const { head, fileName } = await this.#world.begin(query);
      if (!isMine()) return;
      this.#fileName = fileName;
      this.#take(head);
    });
  }

  pause(): void {
    if (this.#state.phase !== 'running') return;
    this.#turn += 1;
    this.#tell({ phase: 'paused' });
  }

  /** Goes on where it was paused, or where a slice did not come. */
  async resume(): Promise<void> {
    const { phase } = this.#state;
    if (phase !== 'paused' && phase !== 'halted') return;
    if (this.#fileName === '') await this.start(this.#query);
    else await this.#go(() => Promise.resolve());
  }

  /** Forgets everything that has come. */
  stop(): void {
    this.#drop();
    this.#tell(idle);
  }

  async #go(first: (isMine: () => boolean) => Promise<void>): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const isMine = () => turn === this.#turn;
    this.#tell({ phase: 'running', at: this.#world.now(), error: null });
    try {
      await first(isMine);
      while (isMine()) await this.#step(isMine);
    } catch (error) {
      if (isMine()) this.#tell({ phase: 'halted', error });
    }
  }

  async #step(isMine: () => boolean): Promise<void> {
    const place = this.#cursor === null ? {} : { cursor: this.#cursor };
    const { csv, lines, done, nextCursor } = await this.#world.slice({ ...this.#query, ...place });
    if (!isMine()) return;
    this.#take(csv);
    this.#cursor = nextCursor;
    const counts = { lines: this.#state.lines + lines, done, at: this.#world.now() };
    if (nextCursor !== null) return this.#tell(counts);
    this.#turn += 1;
    const file = new Blob([...this.#blobs, ...this.#texts], { type: 'text/csv;charset=utf-8' });
    const name = this.#fileName;
    this.#drop();
    this.#world.save(name, file);
    this.#tell({ ...counts, phase: 'done' });
  }

  #take(text: string): void {
    this.#texts.push(text);
    this.#characters += text.length;
    if (this.#characters < blobCharacters) return;
    this.#blobs.push(new Blob(this.#texts));
    this.#texts = [];
    this.#characters = 0;
  }

  #drop(): void {
    this.#turn += 1;
    this.#cursor = null;
    this.#fileName = '';
    this.#blobs = [];
    this.#texts = [];
    this.#characters = 0;
    this.#state = idle;
  }

  #tell(change: Partial<ExportState>): void {
    this.#state = { ...this.#state, ...change };
    for (const changed of this.#watchers) changed();
  }
}
