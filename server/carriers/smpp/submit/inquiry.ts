import type { DeliveryReport, HandedOver } from '../../../domain/carrier.ts';
import type { Clock } from '../../../domain/ports.ts';
import type { Connection } from '../link/connection.ts';
import { encodeQuery } from '../pdu/encode.ts';
import { stateByNumber } from '../receive/receipt.ts';
import type { IdSpelling } from '../receive/message-ids.ts';
import type { SmppSettings } from '../settings.ts';
import { sourceAddress } from '../text/address.ts';
import { parseAbsoluteTime } from '../text/smpp-time.ts';

export interface InquiryOptions {
  /** The session that messages leave by; null when there is none. */
  readonly connection: () => Connection | null;
  readonly settings: SmppSettings;
  readonly spelling: IdSpelling;
  readonly clock: Clock;
  readonly answerMs: number;
}

/** Questions that may be without an answer at one time; they have their place beside the window. */
const mostOpen = 8;
const unknownState = 7;

/** Asks the SMSC what became of messages whose receipts did not come (SMPP 3.4 §4.8). */
export class Inquiry {
  readonly #options: InquiryOptions;
  #open = 0;

  constructor(options: InquiryOptions) {
    this.#options = options;
  }

  /** Null when it is not known yet, or cannot be learnt now. Never rejects. */
  async ask({ reference, msisdn, origin }: HandedOver): Promise<DeliveryReport | null> {
    const { connection, settings, spelling, answerMs } = this.#options;
    const bound = connection();
    if (bound === null || reference === '' || this.#open >= mostOpen) return null;
    const source = origin === '' ? { ton: 0, npi: 0, address: '' } : sourceAddress(origin, settings.sourceType);
    this.#open += 1;
    const ask = (sequence: number) => encodeQuery(spelling.write(reference), source, sequence);
    const reply = await bound.request(ask, answerMs);
    this.#open -= 1;
    if (reply.kind !== 'answer' || reply.body.kind !== 'queried') return null;
    const { messageState, errorCode, finalDate } = reply.body.result;
    const state = stateByNumber(messageState);
    if (state === null || state.verdict === 'trying' || messageState === unknownState) return null;
    const code = errorCode === 0 ? state.name : `${state.name} ${errorCode}`;
    return {
      reference,
      msisdn,
      verdict: state.verdict,
      code,
      message: state.message,
      at: parseAbsoluteTime(finalDate),
    };
  }
}
