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

  /** Whether anybody listens; ask it before making a body. */
  wanted(accountId: number, name: EventName): boolean {
    return this.#book.subscribers(accountId, name).length > 0;
  }

  /** Writes an event and its deliveries; nothing when nobody listens. Call it inside the transaction of the fact. */
  write(transaction: Transaction, event: Omit<NewEvent, 'endpointIds'>): void {
    const endpointIds = this.#book.subscribers(event.accountId, event.name);
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
}
