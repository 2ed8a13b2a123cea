import type { Submission, SubmitOutcome } from '../../domain/carrier.ts';
import { errorText } from '../../domain/errors.ts';
import type { Clock } from '../../domain/ports.ts';
import { encodeSubmit } from '../tpdu/submit.ts';
import type { EncodedSubmit } from '../tpdu/submit.ts';
import { classifyError } from './at/error-class.ts';
import { priorities } from './at/command-queue.ts';
import type { CmgsResult } from './at/cmgs-machine.ts';
import type { ModemPort } from './modem-port.ts';
import { delay } from '../../platform/pause.ts';
import type { ModemEffect, SendPolicy } from './send-policy.ts';
import type { ModemTimeouts } from './timeouts.ts';

export interface SenderOptions {
  readonly port: ModemPort;
  readonly clock: Clock;
  readonly timeouts: ModemTimeouts;
  /** Outlives the port: what several sends say about a SIM is not forgotten when it is unplugged. */
  readonly policy: SendPolicy;
  /** Service centre to use instead of the SIM's. */
  readonly smsc: string | null;
  /** Pause between the end of one send and the begin of the next, in milliseconds. */
  readonly gapMs: number;
  /** The modem has restarted and is not set up yet. */
  readonly restarted: () => boolean;
}

export interface Sent {
  readonly outcome: SubmitOutcome;
  readonly effect: ModemEffect;
  /** Settles when the line can take the next one; null when it can at once. */
  readonly over: Promise<void> | null;
}

const busyTries = 3;
const busyPauseMs = 2_000;
/** A command that has taken this long is not repeated: whoever waits for the part has a deadline. */
const busyMs = 15_000;
const unprepared: { readonly result: CmgsResult; readonly over: Promise<void> } = {
  result: { kind: 'not-sent', cause: 'no-pdu-mode', resync: false },
  over: Promise.resolve(),
};

/** Sends parts one after the other. The caller makes sure that one is over before the next begins. */
export class Sender {
  readonly #options: SenderOptions;
  #lastEnd: number | null = null;
  /** After a refusal the modem may have fallen back to text mode. */
  #modeInDoubt = false;
  /** Null while nobody knows whether the modem can keep the link open between parts. */
  #keepsLink: boolean | null = null;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async send(submission: Submission): Promise<Sent> {
    const pdu = this.#encode(submission);
    if ('kind' in pdu) return { outcome: pdu, effect: 'none', over: null };
    const prepared = await this.#prepare(submission);
    const { result, over } = prepared ? await this.#sendPatiently(pdu) : unprepared;
    const { outcome, effect } = this.#options.policy.judge(result, submission.msisdn);
    this.#modeInDoubt = result.kind !== 'accepted';
    this.#lastEnd = this.#options.clock.monotonic();
    const busy = result.resync || (result.kind === 'not-sent' && result.cause === 'no-turn');
    if (!busy) await over;
    return { outcome, effect, over: busy ? over : null };
  }

  #encode(submission: Submission): EncodedSubmit | SubmitOutcome {
    const { smsc, clock } = this.#options;
    try {
      return encodeSubmit({
        destination: submission.msisdn,
        text: submission.text,
        encoding: submission.encoding,
        part: submission.part,
        partCount: submission.partCount,
        concatReference: submission.concatReference,
        validityMs: Math.max(0, submission.expiresAt - clock.now()),
        requestReport: true,
        ...(smsc === null ? {} : { smsc }),
      });
    } catch (error) {
      return { kind: 'rejected', code: 'modem.not_encodable', message: errorText(error) };
    }
  }

  /**
   * The pause between sends; PDU mode again after a silence, as modems forget it; the link held for several parts. False when
   * the modem does not take PDU mode.
   */
  async #prepare(submission: Submission): Promise<boolean> {
    const { port, clock, timeouts, gapMs } = this.#options;
    const since = this.#lastEnd === null ? null : clock.monotonic() - this.#lastEnd;
    if (since !== null && since < gapMs) await delay(clock, gapMs - since);
    const idle = since !== null && since > timeouts.idleBeforeSend;
    if (idle || this.#modeInDoubt) {
      const answer = await port.command('AT+CMGF=0', { priority: priorities.send });
      if (answer.kind !== 'ok') return false;
    }
    if (submission.partCount > 1 && submission.part === 1 && this.#keepsLink !== false) {
      const answer = await port.command('AT+CMMS=1', { priority: priorities.send });
      this.#keepsLink = answer.kind === 'ok';
    }
    return true;
  }

  async #sendPatiently(pdu: EncodedSubmit): Promise<{ result: CmgsResult; over: Promise<void> }> {
    const { port, clock, restarted } = this.#options;
    const begun = clock.monotonic();
    for (let attempt = 1; ; attempt += 1) {
      const { result: pending, over } = port.send(pdu, restarted);
      const result = await pending;
      const busy = result.kind === 'refused' && classifyError(result.error).kind === 'wait';
      if (!busy || attempt >= busyTries) return { result, over };
      await over;
      if (clock.monotonic() - begun > busyMs) return { result, over };
      await delay(clock, busyPauseMs);
    }
  }
}
