import type { InboundPart } from '../../../domain/carrier.ts';
import type { Millis } from '../../../domain/ports.ts';

/** Texts remembered, and for how long: an SMSC gives again soon what it got no answer for. */
const mostRemembered = 500;
const rememberMs = 600_000;

interface Seen {
  readonly at: Millis;
  readonly session: number;
  answered: boolean;
}

/**
 * Tells a text that the SMSC gives again from an equal one that was sent twice. SMPP has no time of sending, so the time
 * of the first coming stands for it: a text that comes again after the link broke, or that was not stored the first time,
 * gets the time of the first, and is then known to the box as the same.
 */
export class Repeats {
  readonly #seen = new Map<string, Seen>();

  /** The part with the time by which the box knows it. */
  stamp(part: InboundPart, now: Millis, session: number): { readonly part: InboundPart; readonly stored: () => void } {
    const key = keyOf(part);
    const before = this.#seen.get(key);
    const again =
      before !== undefined && now - before.at < rememberMs && (before.session !== session || !before.answered);
    const seen: Seen = { at: again ? before.at : now, session, answered: false };
    this.#seen.delete(key);
    this.#seen.set(key, seen);
    const oldest = this.#seen.keys().next();
    if (this.#seen.size > mostRemembered && oldest.done !== true) this.#seen.delete(oldest.value);
    const stored = () => {
      seen.answered = true;
    };
    return { part: { ...part, sentAt: seen.at }, stored };
  }
}

function keyOf({ from, to, text, concat, raw }: InboundPart): string {
  return JSON.stringify([from, to, text, concat, raw]);
}
