import type { Clock, Timer } from '../domain/ports.ts';
import type { CarrierView } from './carrier-view.ts';

/** How the box is, in what fits into a tray. */
export interface BoxGlance {
  /** Carriers that are switched on. */
  readonly carriers: number;
  /** Those of them that could take a message. */
  readonly ready: number;
  /** Whether every carrier that is switched on is paused. */
  readonly paused: boolean;
  /** Recipients that wait. */
  readonly queued: number;
  /** Carriers that somebody must look at, each with its reason. */
  readonly troubles: readonly { readonly carrier: string; readonly reason: string }[];
}

/** What the desktop app asks of the box besides its pages. */
export interface DesktopHandle {
  /** Lets the app's own window in once, within a minute; null while nobody could be signed in. */
  windowTicket(): string | null;
  /** Tells how the box is, now and whenever that has changed, looking every two seconds. @returns the end of it. */
  watch(listener: (glance: BoxGlance) => void): () => void;
  /** Pauses every carrier that is switched on, or lets all go on. */
  setPaused(paused: boolean): Promise<void>;
  /** The machine has slept: what was connected is connected anew. */
  wakeUp(): Promise<void>;
}

const lookEveryMs = 2_000;

interface Parts {
  readonly clock: Clock;
  readonly carriers: {
    list(): CarrierView[];
    pause(id: number): Promise<unknown>;
    resume(id: number): Promise<unknown>;
    reconnect(id: number): Promise<unknown>;
  };
  readonly queue: () => { readonly queued: number };
  readonly ticket: () => string | null;
}

/** See {@link DesktopHandle}. */
export class DesktopDesk implements DesktopHandle {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  windowTicket(): string | null {
    return this.#parts.ticket();
  }

  watch(listener: (glance: BoxGlance) => void): () => void {
    let told = '';
    let ended = false;
    let next: Timer | null = null;
    const look = () => {
      if (ended) return;
      const glance = this.#glance();
      const text = JSON.stringify(glance);
      if (text !== told) listener(glance);
      told = text;
      next = this.#parts.clock.after(lookEveryMs, look);
    };
    look();
    return () => {
      ended = true;
      next?.cancel();
    };
  }

  #glance(): BoxGlance {
    const on = this.#enabled();
    return {
      carriers: on.length,
      ready: on.filter(({ state }) => state === 'ready').length,
      paused: on.length > 0 && on.every(({ paused }) => paused),
      queued: this.#parts.queue().queued,
      troubles: on.filter(({ state }) => state === 'faulty').map(({ name, reason }) => ({ carrier: name, reason })),
    };
  }

  async setPaused(paused: boolean): Promise<void> {
    const { carriers } = this.#parts;
    const others = this.#enabled().filter((carrier) => carrier.paused !== paused);
    await Promise.all(others.map(({ id }) => (paused ? carriers.pause(id) : carriers.resume(id))));
  }

  async wakeUp(): Promise<void> {
    await Promise.all(this.#enabled().map(({ id }) => this.#parts.carriers.reconnect(id)));
  }

  #enabled(): CarrierView[] {
    return this.#parts.carriers.list().filter(({ enabled }) => enabled);
  }
}
