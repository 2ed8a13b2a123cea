import type { Clock } from '../domain/ports.ts';
import { RateWindow, type RateVerdict } from '../domain/rate-window.ts';

export interface RateRules {
  /** Sends per key and minute; 0 for no limit. */
  readonly sendPerMinute: number;
  /** All requests per key and minute, unless the key has a limit of its own; 0 for no limit. */
  readonly allPerMinute: number;
}

/** The limit that is nearest to its end; what the `RateLimit-*` headers tell. Seconds are whole. */
export interface RateState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

interface Windows {
  readonly all: RateWindow;
  readonly send: RateWindow;
}

/** From this many keys on, those that were quiet for a minute are forgotten. */
const tidyFrom = 1_000;

/** Rate limits of the public API (api-v2 §3), counted per API key. A refused request counts against nothing. */
export class RateLimits {
  readonly #clock: Clock;
  readonly #rules: () => RateRules;
  readonly #keys = new Map<number, Windows>();

  constructor(options: { clock: Clock; rules: () => RateRules }) {
    this.#clock = options.clock;
    this.#rules = options.rules;
  }

  /** Counts a request of a key, or says that it is one too many; null when no limit applies. */
  take(key: { readonly keyId: number; readonly rpm: number | null }, isSend: boolean): RateState | null {
    const rules = this.#rules();
    const now = this.#clock.monotonic();
    const windows = this.#windowsOf(key.keyId, now);
    const applying = [
      { window: windows.all, limit: key.rpm ?? rules.allPerMinute },
      { window: windows.send, limit: isSend ? rules.sendPerMinute : 0 },
    ].filter((each) => each.limit > 0);
    const allowed = applying.every(({ window, limit }) => window.look(now, limit).allowed);
    if (allowed) for (const { window } of applying) window.add(now);
    const states = applying.map(({ window, limit }) => stateOf(window.look(now, limit), limit, allowed));
    return states.reduce<RateState | null>(
      (nearest, state) => (nearest === null || isNearer(state, nearest) ? state : nearest),
      null,
    );
  }

  #windowsOf(keyId: number, now: number): Windows {
    let windows = this.#keys.get(keyId);
    if (windows === undefined) {
      if (this.#keys.size >= tidyFrom) this.#tidy(now);
      windows = { all: new RateWindow(), send: new RateWindow() };
      this.#keys.set(keyId, windows);
    }
    return windows;
  }

  #tidy(now: number): void {
    for (const [keyId, { all, send }] of this.#keys) if (all.idle(now) && send.idle(now)) this.#keys.delete(keyId);
  }
}

function stateOf(verdict: RateVerdict, limit: number, allowed: boolean): RateState {
  return { allowed, limit, remaining: verdict.remaining, resetSeconds: Math.ceil(verdict.resetMs / 1000) };
}

/** Fewer left is nearer; of two that are used up, the one that frees later. */
function isNearer(a: RateState, b: RateState): boolean {
  return a.remaining === b.remaining ? a.remaining === 0 && a.resetSeconds > b.resetSeconds : a.remaining < b.remaining;
}
