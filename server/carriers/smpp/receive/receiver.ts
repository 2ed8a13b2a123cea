import type { CarrierHost, DeliveryReport } from '../../../domain/carrier.ts';
import { errorText } from '../../../domain/errors.ts';
import type { Clock, Logger } from '../../../domain/ports.ts';
import { within } from '../../../platform/pause.ts';
import type { Delivery } from '../pdu/decode.ts';
import { status } from '../pdu/status.ts';
import type { SmppSettings } from '../settings.ts';
import { subscriberDigits } from '../text/address.ts';
import { readInbound } from './inbound.ts';
import type { MessageIds } from './message-ids.ts';
import { isReceipt, readReceipt } from './receipt.ts';
import { Repeats } from './repeats.ts';

export interface ReceiverOptions {
  readonly host: CarrierHost;
  readonly settings: SmppSettings;
  readonly ids: MessageIds;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Deliveries that may wait to be stored; more are given back to the SMSC, to come again. */
const mostWaiting = 2_000;
/** What the box gets to store one. */
const storeMs = 30_000;

/** Gives receipts and texts to the box. What it answers to the SMSC is known only when they are on disk. */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #repeats = new Repeats();
  #waiting = 0;
  /** Receipts that could not be read since the start. */
  unreadable = 0;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  /**
   * Reads a delivery at once and stores it. Never rejects.
   * @param session tells one connection from the next.
   * @returns the command_status to answer with.
   */
  async take(delivery: Delivery, session: number): Promise<number> {
    if (this.#waiting >= mostWaiting) return status.tryAgain;
    this.#waiting += 1;
    try {
      const stored = this.#store(delivery, session);
      return await within(this.#options.clock, storeMs, stored, status.tryAgain);
    } catch (error) {
      this.#options.log.error('smpp.delivery_not_stored', { error: errorText(error) });
      return status.tryAgain;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #store(delivery: Delivery, session: number): Promise<number> {
    const { host, settings, clock } = this.#options;
    if (isReceipt(delivery)) {
      const report = this.#report(delivery);
      if (report !== null) await host.report(report);
      return status.ok;
    }
    const { part, stored } = this.#repeats.stamp(readInbound(delivery, settings.defaultAlphabet), clock.now(), session);
    await host.inbound(part);
    stored();
    return status.ok;
  }

  /** A receipt that was stored under a reference nobody has is told under the one that it is for. */
  async #again(report: DeliveryReport): Promise<void> {
    const { host, log } = this.#options;
    try {
      await host.report(report);
    } catch (error) {
      log.error('smpp.delivery_not_stored', { error: errorText(error) });
    }
  }

  /** Null for one that names no message, or no outcome: nobody could do anything with it. */
  #report(delivery: Delivery): DeliveryReport | null {
    const { settings, ids, log } = this.#options;
    const receipt = readReceipt(delivery, settings.receiptZone);
    if (receipt === null || receipt.messageId === '') {
      this.unreadable += 1;
      log.warn('smpp.receipt_unreadable', { octets: delivery.shortMessage.length, tlvs: delivery.tlvs.size });
      return null;
    }
    // The number is where a receipt comes from; some SMSCs leave the addresses as they were in the message.
    const msisdn = subscriberDigits(delivery.source) ?? subscriberDigits(delivery.dest);
    const { verdict, code, message, at } = receipt;
    const told = { msisdn, verdict, code, message, at };
    const reference = ids.receipted(
      receipt.messageId,
      msisdn,
      (right) => void this.#again({ ...told, reference: right }),
    );
    return { ...told, reference };
  }
}
