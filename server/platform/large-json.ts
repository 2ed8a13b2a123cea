import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../domain/errors.ts';
import type { Clock, Timer } from '../domain/ports.ts';
import type { LargeJsonReply, LargeJsonRequest } from './large-json-worker.ts';

const deadlineMs = 30_000;
/** The thread goes when nothing large came for this long. */
const idleMs = 20_000;
const mostWaiting = 64;

function invalid(): AppError {
  return new AppError('request.invalid_json', 'The body is not valid JSON.');
}

/** Parses large JSON texts in a thread of its own, one after the other; the event loop only sees slices of the result. */
export class LargeJson {
  readonly #clock: Clock;
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #idle: Timer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws AppError `request.invalid_json`; `store.unavailable` when too many wait; `request.timeout`. */
  async parse(bytes: Uint8Array): Promise<unknown> {
    if (this.#waiting >= mostWaiting)
      throw new AppError('store.unavailable', 'The box is busy; try again in a moment.');
    this.#waiting += 1;
    const turn = this.#last.then(() => this.#parse(bytes));
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }

  async stop(): Promise<void> {
    this.#idle?.cancel();
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #parse(bytes: Uint8Array): Promise<unknown> {
    this.#idle?.cancel();
    this.#worker ??= new Worker(new URL(`./large-json-worker${extname(import.meta.filename)}`, import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 1_024 },
    });
    const worker = this.#worker;
    const late = Promise.withResolvers<never>();
    const timer = this.#clock.after(deadlineMs, () =>
      late.reject(new AppError('request.timeout', 'The body took too long to read. Split the request.')),
    );
    try {
      return await Promise.race([assemble(worker, bytes), late.promise]);
    } catch (error) {
      // Whatever state the thread is in, the next text finds a new one.
      if (this.#worker === worker) await this.stop();
      throw error;
    } finally {
      timer.cancel();
      this.#idle = this.#clock.after(idleMs, () => void this.stop());
    }
  }
}

async function assemble(worker: Worker, bytes: Uint8Array): Promise<unknown> {
  const owned = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(owned).set(bytes);
  let reply = await ask(worker, { kind: 'parse', bytes: owned }, [owned]);
  if (reply.kind !== 'frame') throw invalid();
  const frame = reply;
  const lists = new Map<string, unknown[]>(frame.lists.map((member) => [member, []]));
  // Without a prototype, for a member may be named like one of its properties.
  const maps = new Map<string, Record<string, unknown>>(frame.maps.map((member) => [member, Object.create(null)]));
  for (;;) {
    reply = await ask(worker, { kind: 'next' });
    if (reply.kind === 'end') break;
    if (reply.kind === 'items') lists.get(reply.member)?.push(...reply.items);
    else if (reply.kind === 'entries') addEntries(maps.get(reply.member), reply.entries);
    else throw invalid();
  }
  if ((lists.size === 0 && maps.size === 0) || typeof frame.value !== 'object') return frame.value;
  return { ...frame.value, ...Object.fromEntries(lists), ...Object.fromEntries(maps) };
}

function addEntries(map: Record<string, unknown> | undefined, entries: readonly (readonly [string, unknown])[]): void {
  if (map === undefined) return;
  for (const [name, value] of entries) map[name] = value;
}

function ask(worker: Worker, request: LargeJsonRequest, transfer: ArrayBuffer[] = []): Promise<LargeJsonReply> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      act();
    };
    const onMessage = (reply: LargeJsonReply) => settle(() => resolve(reply));
    const onError = () => settle(() => reject(invalid()));
    const onExit = () =>
      settle(() => reject(new AppError('box.stopping', 'The box is stopping; try again in a moment.')));
    worker.once('message', onMessage);
    worker.once('error', onError);
    worker.once('exit', onExit);
    worker.postMessage(request, transfer);
  });
}
