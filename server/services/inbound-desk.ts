import type { InboundPart } from '../domain/carrier.ts';
import { errorText } from '../domain/errors.ts';
import { normalizeMsisdn } from '../domain/msisdn.ts';
import type { OptWish } from '../domain/opt-out.ts';
import type { Clock, Logger } from '../domain/ports.ts';
import { sha256Hex } from '../platform/crypto.ts';
import type { InboundStore } from '../store/inbound-store.ts';

/** Takes in received messages: each part once, whatever the modem repeats. */
export class InboundDesk {
  readonly #store: InboundStore;
  readonly #clock: Clock;
  readonly #newUuid: () => string;
  readonly #accountId: () => number;
  readonly #wishIn: (text: string) => OptWish | null;
  readonly #log: Logger | undefined;

  /** @param options.wishIn what a whole text asks for, to be done in the transaction that stores it; nothing when left out. */
  constructor(options: {
    store: InboundStore;
    clock: Clock;
    newUuid: () => string;
    accountId: () => number;
    wishIn?: (text: string) => OptWish | null;
    log?: Logger;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#newUuid = options.newUuid;
    this.#accountId = options.accountId;
    this.#wishIn = options.wishIn ?? (() => null);
    this.#log = options.log;
  }

  /** Resolves when the part is on disk; only then may the carrier delete its own copy. */
  async receive(carrierId: number, part: InboundPart): Promise<void> {
    const uuid = this.#newUuid();
    await this.#store.receive({
      // Networks tell a number in national form now and then; stored is one form (api-v2 §1).
      part: { ...part, from: normalizeMsisdn(part.from) ?? part.from },
      carrierId,
      fingerprint: fingerprint(carrierId, part, uuid),
      uuid,
      accountId: this.#accountId(),
      at: this.#clock.now(),
      wish: this.#wishIn,
      wishFailed: (error) => this.#log?.error('inbound.wish_failed', { error: errorText(error) }),
    });
  }

  /** Stores long texts whose missing parts did not come in time. */
  async releaseIncomplete(): Promise<number> {
    return await this.#store.releaseIncomplete(this.#clock.now(), this.#newUuid, this.#accountId());
  }
}

/**
 * Time, sender, reference and content: two equal texts sent at different times are two messages. One without a time is told
 * apart by its bytes, which are the same when a modem gives it again; one without either is new each time.
 */
function fingerprint(carrierId: number, part: InboundPart, uuid: string): string {
  const { concat } = part;
  const moment = part.sentAt ?? part.raw ?? uuid;
  const key = concat === null ? '' : `${concat.reference}/${concat.part}/${concat.partCount}`;
  return sha256Hex([carrierId, part.from, moment, key, part.text, part.text === '' ? part.raw : ''].join('\u0000'));
}
