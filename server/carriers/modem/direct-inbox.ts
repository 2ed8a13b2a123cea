import type { Clock, Logger } from '../../domain/ports.ts';
import type { Indications } from './indications.ts';
import { within } from '../../platform/pause.ts';
import { storePdu } from './received.ts';
import type { ReceiveContext, Source } from './received.ts';

export interface DirectInboxOptions extends ReceiveContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly indications: Indications;
  /** A report reached the box. */
  readonly reported: () => void;
  /** Something could not be stored; the modem may have kept it. */
  readonly failed: () => void;
}

interface Shown {
  readonly pdu: string;
  readonly source: Source;
  /** Monotonic. */
  readonly shownAt: number;
}

const maxWaiting = 500;

/**
 * What the modem passes on by itself (+CDS, +CMT) is nowhere else: it is stored at once, whatever else the port is busy
 * with, and acknowledged when stored, as soon as the port is free. 3GPP TS 27.005 §3.4.4.
 */
export class DirectInbox {
  readonly #options: DirectInboxOptions;
  readonly #waiting: Shown[] = [];
  #storing = false;
  /** Acknowledgements under way, one after the other. */
  #acknowledged: Promise<void> = Promise.resolve();
  #open = 0;
  #idle: (() => void)[] = [];

  constructor(options: DirectInboxOptions) {
    this.#options = options;
  }

  /** @param source whether a message or a report was announced. */
  take(pdu: string, source: Source): void {
    const { clock, log, failed } = this.#options;
    if (this.#waiting.length >= maxWaiting) {
      log.error('modem.inbox_full');
      failed();
      return;
    }
    this.#waiting.push({ pdu, source, shownAt: clock.monotonic() });
    this.#open += 1;
    if (!this.#storing) void this.#store();
  }

  /** Resolves when everything shown is stored and acknowledged, at the latest after `ms`. */
  async settled(ms: number): Promise<void> {
    if (this.#open === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#idle.push(resolve);
    await within(this.#options.clock, ms, promise, undefined);
  }

  async #store(): Promise<void> {
    this.#storing = true;
    for (let shown = this.#waiting.shift(); shown !== undefined; shown = this.#waiting.shift()) {
      const received = await storePdu(shown.pdu, shown.source, this.#options);
      if (received === 'report') this.#options.reported();
      if (received === 'failed') {
        this.#options.failed();
        this.#done();
      } else this.#acknowledge(shown.shownAt);
    }
    this.#storing = false;
  }

  #acknowledge(shownAt: number): void {
    const { indications, clock } = this.#options;
    const storedAt = clock.monotonic();
    this.#acknowledged = this.#acknowledged
      .then(() => indications.acknowledge(shownAt, storedAt))
      .finally(() => this.#done());
  }

  #done(): void {
    this.#open -= 1;
    if (this.#open > 0) return;
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }
}
