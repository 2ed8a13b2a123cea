import { errorText, isAppError, type ErrorCode } from '../../domain/errors.ts';
import type { Clock, Logger, Millis, Random, Service, Timer } from '../../domain/ports.ts';
import type { AnswerStore, DueAnswer } from '../../store/answer-store.ts';
import type { Intake } from '../intake.ts';

export interface AutoAnswersOptions {
  readonly store: AnswerStore;
  readonly intake: Pick<Intake, 'accept'>;
  /** The sender name of an account. @throws AppError `sender.not_approved` when it has none. */
  readonly usualSender: (accountId: number) => string;
  /** Whether a carrier is at work. */
  readonly isAtWork: (carrierId: number) => boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

const lookEveryMs = 2_000;
const atOnce = 20;
const firstPauseMs = 5_000;
const longestPauseMs = 300_000;
/** An answer that could not be sent for so long is of no use any more. */
const uselessAfterMs = 24 * 3_600_000;

/** What has nothing to do with the answer: it is tried again. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'store.unavailable',
  'store.disk_full',
  'box.stopping',
  'internal.fault',
]);

/**
 * Sends what received texts brought about. Each answer was written with its text, and is marked as sent in the transaction
 * of its message: whenever the box ends, it was sent once, or will be.
 */
export class AutoAnswers implements Service {
  readonly name = 'automatic answers';
  readonly #options: AutoAnswersOptions;
  #running = false;
  #timer: Timer | undefined;
  #busy: Promise<void> | null = null;
  #again = false;

  constructor(options: AutoAnswersOptions) {
    this.#options = options;
  }

  start(): Promise<void> {
    this.#running = true;
    this.wake();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#timer?.cancel();
    await this.#busy;
  }

  /** Looks for what is to be sent; to be called when a text came. */
  wake(): void {
    if (!this.#running) return;
    this.#again = true;
    this.#busy ??= this.#work().finally(() => {
      this.#busy = null;
      if (this.#again) this.wake();
      else this.#rest();
    });
  }

  /** Forgets numbers that were silent long enough to begin anew. */
  async sweep(): Promise<void> {
    await this.#options.store.sweep(this.#options.clock.now());
  }

  #rest(): void {
    if (!this.#running) return;
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(lookEveryMs, () => this.wake());
  }

  async #work(): Promise<void> {
    const { store, clock, log } = this.#options;
    this.#again = false;
    try {
      for (let due = store.due(clock.now(), atOnce); due.length > 0; due = store.due(clock.now(), atOnce)) {
        for (const answer of due) {
          if (!this.#running) return;
          await this.#settle(answer);
        }
      }
    } catch (error) {
      // Whatever is not marked is looked at again.
      log.error('answers.failed', { error: errorText(error) });
    }
  }

  async #settle(answer: DueAnswer): Promise<void> {
    const { store, clock, log } = this.#options;
    try {
      await this.#send(answer);
    } catch (error) {
      const code = isAppError(error) ? error.code : 'internal.fault';
      if (passing.has(code) && clock.now() - answer.created_at < uselessAfterMs) {
        log.warn('answers.postponed', { answer: answer.id, code, error: errorText(error) });
        await store.postpone(answer.id, clock.now() + this.#pause(answer.tries));
        return;
      }
      log.warn('answers.refused', { answer: answer.id, kind: answer.kind, code });
      await store.refuse(answer.id, code);
    }
  }

  async #send(answer: DueAnswer): Promise<void> {
    const { store, intake, usualSender, isAtWork } = this.#options;
    const { account_id: accountId, carrier_id: carrierId } = answer;
    await intake.accept(
      {
        accountId,
        keyId: null,
        ...(carrierId !== null && isAtWork(carrierId) ? { carrierId } : {}),
        ...(answer.kind === 'notice' ? { isNotice: true } : {}),
      },
      {
        origin: answer.origin ?? usualSender(accountId),
        message: answer.text,
        recipients: [answer.recipient],
      },
      (message) => store.sent(answer.id, message.uuid),
    );
  }

  #pause(tries: number): Millis {
    const base = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tries, 10));
    return Math.round(base * (0.75 + this.#options.random.fraction() / 2));
  }
}
