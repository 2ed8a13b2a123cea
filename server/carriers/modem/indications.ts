import type { Clock, Logger } from '../../domain/ports.ts';
import { parseGroups } from './at/answers.ts';
import { priorities } from './at/command-queue.ts';
import { notificationCommand, readNotification, setNotification } from './init/notification.ts';
import type { Notification } from './init/notification.ts';
import type { ModemPort } from './modem-port.ts';
import type { ModemNature } from './quirks/modem-quirks.ts';

export interface IndicationsOptions {
  readonly port: ModemPort;
  readonly clock: Clock;
  readonly log: Logger;
  readonly nature: ModemNature;
  /** Told when indications were or may have been off: what came meanwhile lies in the memory unannounced. */
  readonly lapsed: () => void;
}

/** An acknowledgement later than this may have come too late: the standard leaves the limit to the modem. */
const lateMs = 5_000;
/** So many acknowledgements that had to wait for the port in vain, and the modem is told to do without them. */
const missesAllowed = 2;

/**
 * Keeps new messages and reports coming. A modem that waits in vain for an acknowledgement switches its indications off
 * without a word (3GPP TS 27.005 §3.4.4), and some forget them in their sleep, so they are set again after every
 * acknowledgement that may have failed, and looked at in the keep-alive.
 */
export class Indications {
  readonly #options: IndicationsOptions;
  /** While the modem is not known, one acknowledgement too many does no harm (+CMS ERROR: 340). */
  #acknowledges = true;
  #notification: Notification | null = null;
  #misses = 0;

  constructor(options: IndicationsOptions) {
    this.#options = options;
  }

  /**
   * Takes phase 2+ where the modem offers it: what the box did not acknowledge, the network sends again. A modem whose
   * dialogues last longer than it waits for acknowledgements stays with phase 2, where it gives them by itself.
   */
  async chooseService(): Promise<void> {
    const { port, nature } = this.#options;
    if (!nature.quirks.acknowledges) {
      await port.command('AT+CSMS=0');
      this.#acknowledges = false;
      return;
    }
    const offered = await port.command('AT+CSMS=?');
    const offers = offered.kind === 'ok' && (parseGroups(offered.lines)[0] ?? []).includes('1');
    const wanted = this.#misses < missesAllowed;
    const set = offers ? await port.command(`AT+CSMS=${wanted ? 1 : 0}`) : null;
    this.#acknowledges = wanted && set?.kind === 'ok';
  }

  /** Sets the best notification that the modem takes. */
  async choose(): Promise<Notification> {
    const { port, log, nature } = this.#options;
    this.#notification = null;
    const notification = await setNotification(port, log, nature.quirks.notifications);
    this.#notification = notification;
    return notification;
  }

  /** The modem is set up anew: nothing is set again until `choose`. */
  suspend(): void {
    this.#notification = null;
  }

  /**
   * Acknowledges what was shown at `shownAt` and stored at `storedAt` (monotonic), where the modem wants that. An
   * acknowledgement that was refused, lost or late is followed by setting the indications again.
   */
  async acknowledge(shownAt: number, storedAt: number): Promise<void> {
    if (!this.#acknowledges) return;
    const { port, clock } = this.#options;
    const answer = await port.command('AT+CNMA', { priority: priorities.acknowledge });
    if (answer.kind === 'closed') return;
    const now = clock.monotonic();
    const late = now - shownAt > lateMs;
    if (answer.kind === 'ok' && !late) return;
    if (answer.kind !== 'ok' && now - storedAt > lateMs) await this.#missed();
    await this.#setAgain();
    if (late) this.#options.lapsed();
  }

  /** Compares what is set with what was chosen, and sets it again when the modem has lost it. For the keep-alive. */
  async check(): Promise<void> {
    const { port, log } = this.#options;
    const notification = this.#notification;
    if (notification === null || notification.setting === null) return;
    const now = notification.readBack === null ? null : await readNotification(port, priorities.poll);
    if (now === null) {
      // One that never tells is told each time; one that does not tell just now is asked the next time.
      if (notification.readBack === null) await this.#setAgain();
      return;
    }
    if (now === notification.readBack || notification !== this.#notification) return;
    log.warn('modem.notification_lost', { found: now, wanted: notification.readBack });
    await this.#setAgain();
    this.#options.lapsed();
  }

  async #missed(): Promise<void> {
    const { port, log } = this.#options;
    this.#misses += 1;
    if (this.#misses < missesAllowed) return;
    const answer = await port.command('AT+CSMS=0', { priority: priorities.acknowledge });
    log.warn('modem.acknowledgements_given_up', { answer: answer.kind });
    if (answer.kind === 'ok') this.#acknowledges = false;
  }

  async #setAgain(): Promise<void> {
    const setting = this.#notification?.setting ?? null;
    if (setting === null) return;
    const answer = await this.#options.port.command(notificationCommand(setting), { priority: priorities.acknowledge });
    if (answer.kind !== 'ok') this.#options.log.warn('modem.notification_not_set', { answer: answer.kind });
  }
}
