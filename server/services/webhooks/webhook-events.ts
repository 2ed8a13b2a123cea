import type { EventName } from '../../domain/events.ts';
import type { Transaction } from '../../store/commit-queue.ts';
import type { NewEvent } from '../../store/webhook-rows.ts';
import { insertEvent } from '../../store/webhook-store.ts';
import type { EndpointBook } from './endpoint-book.ts';

/** Writes events inside other transactions for whoever listens, and remembers whom to wake once they are committed. */
export class WebhookEvents {
  readonly #book: EndpointBook;
  #touched = new Set<number>();

  constructor(book: EndpointBook) {
    this.#book = book;
  }

  /** Whether anybody listens, or one of `also` is there to be told; ask it before making a body. */
  wanted(accountId: number, name: EventName, also: readonly number[] = []): boolean {
    return this.#told(accountId, name, also).length > 0;
  }

  /** Writes an event and its deliveries; nothing when nobody listens. Call it inside the transaction of the fact. */
  write(
    transaction: Transaction,
    { also = [], ...event }: Omit<NewEvent, 'endpointIds'> & { readonly also?: readonly number[] },
  ): void {
    const endpointIds = this.#told(event.accountId, event.name, also);
    if (insertEvent(transaction, { ...event, endpointIds }) === null) return;
    for (const id of endpointIds) this.#touched.add(id);
  }

  /** Endpoints written for since the last call; call it after each commit and wake the dispatcher with them. */
  takeTouched(): readonly number[] {
    if (this.#touched.size === 0) return [];
    const touched = [...this.#touched];
    this.#touched = new Set();
    return touched;
  }

  #told(accountId: number, name: EventName, also: readonly number[]): readonly number[] {
    const listening = this.#book.subscribers(accountId, name);
    if (also.length === 0) return listening;
    return [...new Set([...listening, ...also.filter((id) => this.#book.isOpen(id))])];
  }
}
