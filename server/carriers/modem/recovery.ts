import type { Clock } from '../../domain/ports.ts';
import type { ModemTimeouts } from './timeouts.ts';

/** What to do about a modem that does not answer. */
export type RecoveryStep = 'reopen' | 'reset' | 'power-cycle' | 'give-up';

const resetsAnHour = 5;
const hourMs = 3_600_000;
/** This long in service, and a hang counts as a new one. */
const healthyMs = 300_000;

/**
 * The ladder for a modem that hangs: open the port anew, then reset the modem by its maker's command, then take it off the
 * bus and back where that is possible; resets of both kinds at most once per five minutes and five times an hour. Then only
 * look again until it answers or a person comes.
 */
export class RecoveryLadder {
  readonly #clock: Clock;
  readonly #timeouts: ModemTimeouts;
  #rung = 0;
  /** The command was given in this trouble, and did not help. */
  #commanded = false;
  #readySince: number | null = null;
  #resets: number[] = [];

  constructor(clock: Clock, timeouts: ModemTimeouts) {
    this.#clock = clock;
    this.#timeouts = timeouts;
  }

  /** Resets within the last hour, by command or by power. */
  get resets(): number {
    const since = this.#clock.monotonic() - hourMs;
    this.#resets = this.#resets.filter((at) => at > since);
    return this.#resets.length;
  }

  ready(): void {
    this.#readySince ??= this.#clock.monotonic();
  }

  /** A part went out: whatever was wrong is not any more. */
  sent(): void {
    this.#over();
  }

  /** The next step after a silent or hung port; a reset counts as done. `power` tells whether power can be cycled. */
  next(power: boolean): RecoveryStep {
    const now = this.#clock.monotonic();
    if (this.#readySince !== null && now - this.#readySince >= healthyMs) this.#over();
    this.#readySince = null;
    this.#rung += 1;
    if (this.#rung === 1) return 'reopen';
    const last = this.#resets.at(-1);
    if (last !== undefined && now - last < this.#timeouts.reset + this.#timeouts.wake * 10) return 'reopen';
    const allowed = this.resets < resetsAnHour && (last === undefined || now - last >= this.#timeouts.resetPause);
    if (!allowed) return 'give-up';
    this.#resets.push(now);
    if (this.#commanded && power) return 'power-cycle';
    this.#commanded = true;
    return 'reset';
  }

  #over(): void {
    this.#rung = 0;
    this.#commanded = false;
  }
}
