import type { MessageState } from '../domain/message-state.ts';
import type { Clock } from '../domain/ports.ts';
import type { CancelStore } from '../store/cancel-store.ts';
import type { MessageReader } from '../store/message-reader.ts';

export interface CancellationAnswer {
  readonly uuid: string;
  readonly status: MessageState;
  readonly cancelledCount: number;
  readonly refundedCredit: number;
}

/** Takes messages back (api-v2 §4, cancel). */
export class Cancellation {
  readonly #reader: MessageReader;
  readonly #store: CancelStore;
  readonly #clock: Clock;

  constructor(options: { reader: MessageReader; store: CancelStore; clock: Clock }) {
    this.#reader = options.reader;
    this.#store = options.store;
    this.#clock = options.clock;
  }

  /**
   * Cancels what no carrier has of a message and refunds it; asked again, answers the same.
   * @throws AppError `message.not_found`, also for another account's message when an account is named; `message.not_cancellable` when nothing waits.
   */
  async cancel(uuid: string, accountId?: number): Promise<CancellationAnswer> {
    const message = this.#reader.byUuid(uuid, accountId);
    const cancelled = await this.#store.cancel(message.id, this.#clock.now());
    return { uuid: message.uuid, status: 'cancelled', ...cancelled };
  }

  /** Goes on with what a crash or a full disk cut short. */
  async finishAll(): Promise<number> {
    return await this.#store.finishAll(this.#clock.now());
  }
}
