import { causeOf } from '../../domain/reason.ts';
import type { Clock, Millis } from '../../domain/ports.ts';
import type { Handing, Standing } from './provider.ts';
import { silent } from './provider.ts';

const rememberedMs = 5 * 60_000;
const mostRemembered = 1_000;

interface Refusal {
  readonly code: string;
  readonly message: string;
  /** Whether the name is the carrier's own and not the message's: then nothing at all can be sent. */
  readonly own: boolean;
}

/**
 * Sender names that the other side does not take. That is neither the message's fault – another carrier may take it, or
 * a person has the name approved – nor that of every other message here. So such messages are tried again for some
 * hours, as what may be taken later is, and the other side is asked about one name every five minutes at the most.
 */
export class RefusedSenders {
  readonly #clock: Clock;
  readonly #until = new Map<string, Refusal & { readonly until: Millis }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What to say for a name that was refused a moment ago, without asking; null when it may be tried. */
  refusalOf(origin: string): Handing | null {
    const known = this.#until.get(origin);
    if (known === undefined) return null;
    const left = known.until - this.#clock.monotonic();
    if (left > 0) return handingOf(origin, known);
    this.#until.delete(origin);
    return null;
  }

  add(origin: string, refusal: Refusal): Handing {
    if (this.#until.size >= mostRemembered) this.#until.clear();
    this.#until.set(origin, { ...refusal, until: this.#clock.monotonic() + rememberedMs });
    return handingOf(origin, refusal);
  }
}

function handingOf(origin: string, { code, message, own }: Refusal): Handing {
  const what = `The provider does not take the sender name ${origin}: ${message.slice(0, 200)}`;
  const todo = 'Have the name approved there, or give this carrier a sender name of its own.';
  const standing: Standing = own
    ? {
        kind: 'closed',
        reason: `${what} ${todo}`,
        cause: causeOf('upstream.sender_refused', { sender: origin, detail: message.slice(0, 200) }),
      }
    : silent;
  return {
    outcome: { kind: 'retry', code, message: `${what} ${todo}`, carrierFault: own },
    standing,
    judged: true,
  };
}
