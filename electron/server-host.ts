import { fromServer, type FromServer, type Glance, type ToServer } from './server-protocol.ts';
import type { Pending, World } from './world.ts';
import { fill, type Words } from './words.ts';

/** How the process of the server is. */
export type HostState =
  | { readonly name: 'starting' }
  | { readonly name: 'running'; readonly url: string }
  /** It ended, and is started again in a moment. */
  | { readonly name: 'resting'; readonly message: string }
  /** It cannot be started as things are; somebody must do something and try again. */
  | { readonly name: 'failed'; readonly message: string }
  | { readonly name: 'stopping' }
  | { readonly name: 'stopped' };

type StartOrder = Extract<ToServer, { type: 'start' }>;
export type StartOptions = StartOrder['options'];
type WayIn = Omit<Extract<FromServer, { type: 'ticket' }>, 'type'>;

export interface ServerHostOptions {
  readonly world: Pick<World, 'electron' | 'timers' | 'log' | 'files'>;
  readonly words: Words;
  readonly options: StartOptions;
  /** Read for each start anew, so that a keyring that was locked can be tried again. */
  readonly masterKey: () => Promise<Uint8Array>;
  readonly onState: (state: HostState) => void;
  readonly onGlance: (glance: Glance) => void;
}

/** Opening a large database and bringing it up to date takes its time. */
const handshakeMs = 90_000;
const firstRestMs = 1_000;
const longestRestMs = 60_000;
/** A process that ran for so long begins with short rests again. */
const soundAfterMs = 600_000;
/** The server itself stops within ten seconds. */
const stopMs = 15_000;
const askMs = 5_000;

type Child = ReturnType<World['electron']['utilityProcess']['fork']>;

/** Keeps one server running in a process of its own: starts it, notices its end, starts it again, stops it in peace. */
export class ServerHost {
  readonly #options: ServerHostOptions;
  #state: HostState = { name: 'stopped' };
  #child: Child | undefined;
  #deadline: Pending | undefined;
  #restMs = firstRestMs;
  #startedAt = 0;
  #refusal: string | null = null;
  #asked: ((wayIn: WayIn) => void)[] = [];
  #stopped: (() => void)[] = [];

  constructor(options: ServerHostOptions) {
    this.#options = options;
  }

  get state(): HostState {
    return this.#state;
  }

  /** Starts the server, unless it runs or is about to. */
  start(): void {
    if (this.#child !== undefined || this.#state.name === 'stopping' || this.#state.name === 'starting') return;
    this.#deadline?.cancel();
    this.#become({ name: 'starting' });
    void this.#launch();
  }

  /** A way in for a window; nothing where the box does not answer. */
  wayIn(): Promise<WayIn> {
    const none = { ticket: null, setupCode: null };
    if (this.#state.name !== 'running') return Promise.resolve(none);
    return new Promise((resolve) => {
      const answered = (wayIn: WayIn) => {
        late.cancel();
        resolve(wayIn);
      };
      const late = this.#options.world.timers.after(askMs, () => {
        this.#asked = this.#asked.filter((one) => one !== answered);
        resolve(none);
      });
      this.#asked.push(answered);
      this.#say({ type: 'ticket' });
    });
  }

  setPaused(paused: boolean): void {
    this.#say({ type: 'paused', paused });
  }

  wakeUp(): void {
    this.#say({ type: 'wakeUp' });
  }

  /** Stops the server in peace, at last by force; resolves when it has ended. */
  stop(): Promise<void> {
    this.#deadline?.cancel();
    if (this.#child === undefined) {
      this.#become({ name: 'stopped' });
      return Promise.resolve();
    }
    const ended = new Promise<void>((resolve) => {
      this.#stopped.push(resolve);
    });
    if (this.#state.name !== 'stopping') {
      this.#become({ name: 'stopping' });
      this.#say({ type: 'stop' });
      this.#deadline = this.#options.world.timers.after(stopMs, () => this.#child?.kill());
    }
    return ended;
  }

  async #launch(): Promise<void> {
    const { world, words, options, masterKey } = this.#options;
    let key: Uint8Array;
    try {
      key = await masterKey();
    } catch (error) {
      return this.#become({ name: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
    if (this.#state.name !== 'starting') return;
    this.#refusal = null;
    this.#startedAt = world.timers.now();
    const child = world.electron.utilityProcess.fork(world.files.serverProcess, [], {
      serviceName: 'SEPSMS Box',
      stdio: 'inherit',
    });
    this.#child = child;
    child.on('message', (data: unknown) => this.#hear(data));
    child.once('exit', (code) => this.#ended(code));
    child.once('spawn', () => child.postMessage({ type: 'start', options, masterKey: key }));
    this.#deadline = world.timers.after(handshakeMs, () => {
      this.#refusal = fill(words.tooSlow, { seconds: handshakeMs / 1_000 });
      child.kill();
    });
  }

  #hear(data: unknown): void {
    const heard = fromServer.safeParse(data);
    if (!heard.success) return this.#options.world.log('server.not_understood');
    const message = heard.data;
    if (message.type === 'ready') {
      this.#deadline?.cancel();
      if (this.#state.name === 'starting') this.#become({ name: 'running', url: message.url });
    } else if (message.type === 'ticket') {
      const { ticket, setupCode } = message;
      this.#asked.shift()?.({ ticket, setupCode });
    } else if (message.type === 'glance') this.#options.onGlance(message.glance);
    else if (message.type === 'failed') this.#failed(message.code, message.message);
  }

  /** Before the box runs it is why it does not; afterwards one order that was not carried out. */
  #failed(code: string, message: string): void {
    this.#options.world.log('server.failed', { code });
    if (this.#state.name === 'starting') this.#refusal = message;
  }

  #ended(code: number): void {
    const { world, words } = this.#options;
    const was = this.#state.name;
    this.#child = undefined;
    this.#deadline?.cancel();
    for (const asked of this.#asked.splice(0)) asked({ ticket: null, setupCode: null });
    world.log('server.ended', { code, was });
    if (was === 'stopping' || was === 'stopped') {
      this.#become({ name: 'stopped' });
      for (const resolve of this.#stopped.splice(0)) resolve();
      return;
    }
    // It said itself what is in its way: trying again by itself would only say so again.
    if (this.#refusal !== null) return this.#become({ name: 'failed', message: this.#refusal });
    if (world.timers.now() - this.#startedAt >= soundAfterMs) this.#restMs = firstRestMs;
    this.#become({ name: 'resting', message: fill(words.crashed, { code }) });
    this.#deadline = world.timers.after(this.#restMs, () => this.start());
    this.#restMs = Math.min(this.#restMs * 2, longestRestMs);
  }

  #say(message: ToServer): void {
    this.#child?.postMessage(message);
  }

  #become(state: HostState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
