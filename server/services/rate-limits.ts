import type { Clock, Millis } from '../domain/ports.ts';
import { RateWindow, type RateVerdict } from '../domain/rate-window.ts';

export interface RateRules {
  /** Sends per key and minute; 0 for no limit. */
  readonly sendPerMinute: number;
  /** All requests per key and minute, unless the key has a limit of its own; 0 for no limit. */
  readonly allPerMinute: number;
  /** One-time codes per address and minute; 0 for no limit. */
  readonly otpPerMinutePerIp: number;
}

/** The limit that is nearest to its end; what the `RateLimit-*` headers tell. Seconds are whole. */
export interface RateState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** What a request is for, as far as limits go. */
export type RateUse = 'send' | 'otp' | 'other';

/** From this many windows of one kind on, those that were quiet for a minute are forgotten. */
const tidyFrom = 1_000;

/** Windows by key or address. */
class Windows<K> {
  readonly #windows = new Map<K, RateWindow>();

  of(name: K, now: Millis): RateWindow {
    let window = this.#windows.get(name);
    if (window === undefined) {
      if (this.#windows.size >= tidyFrom) this.#tidy(now);
      window = new RateWindow();
      this.#windows.set(name, window);
    }
    return window;
  }

  #tidy(now: Millis): void {
    for (const [name, window] of this.#windows) if (window.idle(now)) this.#windows.delete(name);
  }
}

interface Applying {
  readonly window: RateWindow;
  readonly limit: number;
}

/**
 * Rate limits of the public API (api-v2 §3): per API key, one-time codes per client address, and callers without a good
 * key per address. A refused request counts against nothing.
 */
export class RateLimits {
  readonly #clock: Clock;
  readonly #rules: () => RateRules;
  readonly #all = new Windows<number>();
  readonly #sends = new Windows<number>();
  readonly #codes = new Windows<string>();
  readonly #strangers = new Windows<string>();

  constructor(options: { clock: Clock; rules: () => RateRules }) {
    this.#clock = options.clock;
    this.#rules = options.rules;
  }

  /** Counts a request of a key, or says that it is one too many; null when no limit applies. */
  take(key: { readonly keyId: number; readonly rpm: number | null }, use: RateUse, ip: string): RateState | null {
    const rules = this.#rules();
    const now = this.#clock.monotonic();
    const applying = [{ window: this.#all.of(key.keyId, now), limit: key.rpm ?? rules.allPerMinute }];
    if (use === 'send') applying.push({ window: this.#sends.of(key.keyId, now), limit: rules.sendPerMinute });
    if (use === 'otp') applying.push({ window: this.#codes.of(ip, now), limit: rules.otpPerMinutePerIp });
    return takeAll(applying, now);
  }

  /** Counts a request that no key was found for, by its address; null when no limit applies. */
  takeStranger(ip: string): RateState | null {
    const now = this.#clock.monotonic();
    return takeAll([{ window: this.#strangers.of(ip, now), limit: this.#rules().allPerMinute }], now);
  }
}

/** Counts against all windows or, when one of them is full, against none; tells of the one that is nearest to its end. */
function takeAll(windows: readonly Applying[], now: Millis): RateState | null {
  const applying = windows.filter((each) => each.limit > 0);
  const allowed = applying.every(({ window, limit }) => window.look(now, limit).allowed);
  if (allowed) for (const { window } of applying) window.add(now);
  const states = applying.map(({ window, limit }) => stateOf(window.look(now, limit), limit, allowed));
  return states.reduce<RateState | null>(
    (nearest, state) => (nearest === null || isNearer(state, nearest) ? state : nearest),
    null,
  );
}

function stateOf(verdict: RateVerdict, limit: number, allowed: boolean): RateState {
  return { allowed, limit, remaining: verdict.remaining, resetSeconds: Math.ceil(verdict.resetMs / 1000) };
}

/** Fewer left is nearer; of two that are used up, the one that frees later. */
function isNearer(a: RateState, b: RateState): boolean {
  return a.remaining === b.remaining ? a.remaining === 0 && a.resetSeconds > b.resetSeconds : a.remaining < b.remaining;
}
