import type { SubmitOutcome } from '../../domain/carrier.ts';
import type { CmgsCause, CmgsResult } from './at/cmgs-machine.ts';
import { classifyError } from './at/error-class.ts';
import type { ErrorClass } from './at/error-class.ts';
import { errorName } from './at/final-result.ts';
import type { AtError } from './at/final-result.ts';

/**
 * What a send says about the modem.
 * - check: look at the registration; sweep: at the memory; reinit: at SIM and settings.
 * - cooldown: the SIM or its network refuses whoever is written to; leave it alone for a while.
 * - hung: it talks but does not send; reset it.
 */
export type ModemEffect = 'none' | 'check' | 'sweep' | 'reinit' | 'cooldown' | 'hung';

export interface Judgement {
  readonly outcome: SubmitOutcome;
  readonly effect: ModemEffect;
}

const barredNumbers = 3;
const sameErrorNumbers = 5;
const silencesInARow = 3;
/** Answers lost in a row while nothing shows that messages go out: set up again, then reset. */
const unansweredBeforeReinit = 3;
const unansweredBeforeReset = 6;
const rejectionsOfOneNumber = 2;
const shortPauseMs = 5_000;
const longPauseMs = 30_000;
/**
 * 21 "rejected" and 127 "interworking" are often passing; 304 and 305 "invalid parameter" come of octets that the line has
 * lost, or of a modem fallen back to text mode. The second or third time they are meant.
 */
const patience: ReadonlyMap<number, number> = new Map([
  [127, 1],
  [304, 1],
  [305, 1],
  [21, rejectionsOfOneNumber],
]);
const maxRemembered = 500;

const causes: Readonly<Record<CmgsCause, string>> = {
  'no-turn': 'The modem was busy with other things.',
  'no-pdu-mode': 'The modem did not take PDU mode.',
  'no-prompt': 'The modem did not ask for the message.',
  'body-stuck': 'The modem did not take the message.',
  'no-answer': 'The modem gave no answer after taking the message; it may have been sent.',
  'no-reference': 'The modem took the message without telling its reference; it may have been sent.',
  'write-failed': 'The port failed while the message was written.',
  closed: 'The modem was unplugged.',
  restarted: 'The modem restarted while sending. If that repeats, check its power supply.',
};

/** Turns results into outcomes, and patterns of several results into trouble of the modem or its SIM. */
export class SendPolicy {
  #streakName = '';
  readonly #streakNumbers = new Set<string>();
  #silences = 0;
  #unanswered = 0;
  readonly #refusals = new Map<string, number>();

  /** A report came in: messages go out, even when their answers are lost. */
  reported(): void {
    this.#unanswered = 0;
  }

  judge(result: CmgsResult, msisdn: string): Judgement {
    switch (result.kind) {
      case 'accepted':
        this.#clear();
        this.#refusals.clear();
        return { outcome: { kind: 'accepted', reference: String(result.reference) }, effect: 'none' };
      case 'refused':
        this.#silences = 0;
        this.#unanswered = 0;
        return this.#refused(result.error, result.left, msisdn);
      case 'not-sent':
        return {
          outcome: {
            kind: 'retry',
            code: `modem.${result.cause}`,
            message: causes[result.cause],
            afterMs: shortPauseMs,
            carrierFault: true,
          },
          effect: this.#silent(result.cause),
        };
      case 'uncertain':
        return {
          outcome: { kind: 'uncertain', code: `modem.${result.cause}`, message: causes[result.cause] },
          effect: this.#silent(result.cause),
        };
    }
  }

  #refused(error: AtError, left: boolean, msisdn: string): Judgement {
    const meaning = classifyError(error);
    const name = errorName(error);
    const numbers = this.#streak(name, msisdn);
    const code = name;
    const { message } = meaning;
    const retry = (carrierFault: boolean, effect: ModemEffect, afterMs?: number): Judgement => ({
      outcome: { kind: 'retry', code, message, carrierFault, ...(afterMs === undefined ? {} : { afterMs }) },
      effect,
    });
    switch (meaning.kind) {
      case 'sent':
        // An earlier try has arrived; its TP-MR is not told again. The empty reference never equals that of a report, which
        // is a decimal number, so no other message's report can be taken for this one's. Its own finds the earlier try.
        return { outcome: { kind: 'accepted', reference: '' }, effect: 'none' };
      case 'barred':
        return numbers >= barredNumbers
          ? retry(true, 'cooldown', longPauseMs)
          : { outcome: rejected(code, meaning), effect: 'none' };
      case 'permanent':
      case 'retry':
        return this.#patiently(error, msisdn, meaning, numbers, retry);
      case 'network':
        return retry(true, numbers >= sameErrorNumbers ? 'cooldown' : 'check', shortPauseMs);
      case 'carrier':
        return retry(true, 'reinit', shortPauseMs);
      case 'wait':
        return retry(true, 'none', shortPauseMs);
      case 'storage':
        return retry(true, 'sweep', shortPauseMs);
      case 'unanswered':
        return left ? { outcome: { kind: 'uncertain', code, message }, effect: 'none' } : retry(false, 'none');
      case 'ignore':
        return retry(false, 'none');
    }
  }

  #patiently(
    error: AtError,
    msisdn: string,
    meaning: ErrorClass,
    numbers: number,
    retry: (carrierFault: boolean, effect: ModemEffect, afterMs?: number) => Judgement,
  ): Judgement {
    const limit = error.family === 'cms' && error.code !== null ? patience.get(error.code) : undefined;
    if (limit !== undefined && this.#refusedBefore(`${msisdn} ${error.code}`) >= limit) {
      return { outcome: rejected(errorName(error), meaning), effect: 'none' };
    }
    if (meaning.kind === 'permanent' && limit === undefined) {
      return { outcome: rejected(errorName(error), meaning), effect: 'none' };
    }
    if (error.code === 300 && numbers >= 2) return retry(true, 'reinit', shortPauseMs);
    if (error.code === 21 && numbers >= barredNumbers) return retry(true, 'cooldown', longPauseMs);
    return numbers >= sameErrorNumbers ? retry(true, 'cooldown', longPauseMs) : retry(false, 'none');
  }

  /** How often this was answered before now. */
  #refusedBefore(key: string): number {
    const before = this.#refusals.get(key) ?? 0;
    this.#refusals.set(key, before + 1);
    const oldest = this.#refusals.keys().next();
    if (this.#refusals.size > maxRemembered && oldest.done !== true) this.#refusals.delete(oldest.value);
    return before;
  }

  /** Different numbers in a row with the same error, this one included. */
  #streak(name: string, msisdn: string): number {
    if (name !== this.#streakName) this.#streakNumbers.clear();
    this.#streakName = name;
    if (this.#streakNumbers.size < maxRemembered) this.#streakNumbers.add(msisdn);
    return this.#streakNumbers.size;
  }

  /**
   * A modem that takes no message hangs. One that takes it and whose answer is lost is back with the next AT (the port
   * ends the session when it is not), so it is not reset before several in a row have left no trace at all.
   */
  #silent(cause: CmgsCause): ModemEffect {
    if (cause === 'no-answer' || cause === 'no-reference') {
      this.#unanswered += 1;
      if (this.#unanswered === unansweredBeforeReinit) return 'reinit';
      if (this.#unanswered < unansweredBeforeReset) return 'none';
      this.#unanswered = 0;
      return 'hung';
    }
    if (cause !== 'no-prompt' && cause !== 'body-stuck') return 'none';
    this.#silences += 1;
    if (this.#silences < silencesInARow) return 'none';
    this.#silences = 0;
    return 'hung';
  }

  #clear(): void {
    this.#streakName = '';
    this.#streakNumbers.clear();
    this.#silences = 0;
    this.#unanswered = 0;
  }
}

function rejected(code: string, { message }: ErrorClass): SubmitOutcome {
  return { kind: 'rejected', code, message };
}
