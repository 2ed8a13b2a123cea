import type { InitContext } from './init/context.ts';
import { delay } from '../../platform/pause.ts';

/** Without network for so long, the modem is told to look for one by itself. */
const searchAfterMs = 120_000;
/** And for so long, its radio is switched off and on; again after each such time. */
const radioAfterMs = 900_000;
const radioOffMs = 5_000;
/** Looking through all bands takes its time. */
const searchMs = 150_000;

/**
 * What is tried while a modem that answers has no network: an automatic search, for one that was told not to search or to
 * stay with one operator, then the radio off and on, which ends what some modems never end by themselves.
 */
export class NetworkWatch {
  readonly #context: InitContext;
  #lostAt: number | null = null;
  #searched = false;
  #radioAt = 0;

  constructor(context: InitContext) {
    this.#context = context;
  }

  /** Told what the registration is now, each time it was looked at. */
  async look(ready: boolean): Promise<void> {
    const { clock } = this.#context;
    const now = clock.monotonic();
    if (ready) {
      this.#lostAt = null;
      this.#searched = false;
      return;
    }
    this.#lostAt ??= now;
    const lost = now - this.#lostAt;
    if (lost >= radioAfterMs && now - Math.max(this.#lostAt, this.#radioAt) >= radioAfterMs) await this.#cycleRadio();
    else if (lost >= searchAfterMs && !this.#searched) await this.#search();
  }

  async #search(): Promise<void> {
    const { port, log } = this.#context;
    this.#searched = true;
    const answer = await port.command('AT+COPS=0', { timeoutMs: searchMs });
    log.warn('modem.network_searched', { answer: answer.kind });
  }

  async #cycleRadio(): Promise<void> {
    const { port, clock, log, timeouts } = this.#context;
    this.#radioAt = clock.monotonic();
    const off = await port.command('AT+CFUN=4', { timeoutMs: timeouts.cfun });
    log.warn('modem.radio_cycled', { answer: off.kind });
    if (off.kind === 'closed') return;
    await delay(clock, radioOffMs);
    await port.command('AT+CFUN=1', { timeoutMs: timeouts.cfun });
  }
}
