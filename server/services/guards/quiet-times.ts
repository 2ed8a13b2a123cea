import { lanes, type Lane } from '../../domain/carrier.ts';
import type { Millis } from '../../domain/ports.ts';
import { waitingFor, type Waiting } from '../../domain/reason.ts';
import { afterOpenTime, isHeldLane, parseQuietHours, quietAt, wallTime } from '../../domain/quiet-hours.ts';

export interface QuietRules {
  /** `21:00-08:00`, or empty for none. */
  readonly quietHours: string;
  readonly timeZone: string;
}

interface Known extends QuietRules {
  readonly from: Millis;
  readonly until: Millis;
  readonly quiet: boolean;
}

/** When marketing is held (box.md §4): messages of the lanes `normal` and `bulk` wait for the end of quiet hours. */
export class QuietTimes {
  readonly #rules: () => QuietRules;
  /** The period that was asked for last: it is asked for at every turn of the dispatcher. */
  #known: Known | null = null;

  constructor(rules: () => QuietRules) {
    this.#rules = rules;
  }

  isQuiet(now: Millis): boolean {
    return this.#period(now)?.quiet === true;
  }

  /** Why a message of a lane waits; null when quiet hours are not the reason. */
  whyHeld(lane: number, now: Millis): Waiting | null {
    if (!isHeldLane(lanes[lane] ?? 'normal')) return null;
    const period = this.#period(now);
    if (period?.quiet !== true) return null;
    return waitingFor({
      code: 'waiting.quiet_hours',
      values: { until: new Date(period.until).toISOString() },
      text: `Held: quiet hours until ${wallTime(period.until, period.timeZone)}.`,
    });
  }

  /** When a message that may be sent from `start` on and stays worth sending for `ms` expires: the time it is held does not count. */
  expiryOf(lane: Lane, start: Millis, ms: Millis): Millis {
    const { quietHours, timeZone } = this.#rules();
    const hours = isHeldLane(lane) ? parseQuietHours(quietHours) : null;
    return hours === null ? start + ms : afterOpenTime(start, ms, hours, timeZone);
  }

  #period(now: Millis): Known | null {
    const { quietHours, timeZone } = this.#rules();
    if (quietHours === '') return null;
    const known = this.#known;
    if (
      known !== null &&
      known.quietHours === quietHours &&
      known.timeZone === timeZone &&
      now >= known.from &&
      now < known.until
    )
      return known;
    const hours = parseQuietHours(quietHours);
    this.#known = hours === null ? null : { quietHours, timeZone, from: now, ...quietAt(now, hours, timeZone) };
    return this.#known;
  }
}
