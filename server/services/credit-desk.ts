import type { OrderState } from '../domain/credit-order.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../domain/ports.ts';
import { mayAct } from '../domain/roles.ts';
import type { AccountStore } from '../store/account-store.ts';
import type { CreditStore, LedgerRecord, OrderRecord } from '../store/credit-store.ts';
import { openCursor, sealCursor } from './paging.ts';
import type { Person } from './people/sessions.ts';

export interface ListRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Name of an account. */
  readonly account?: string | undefined;
}

export interface CreditPage<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** Orders of credits, and the ledger (box.md §4). */
export class CreditDesk {
  readonly #accounts: AccountStore;
  readonly #store: CreditStore;
  readonly #clock: Clock;

  constructor(options: { accounts: AccountStore; store: CreditStore; clock: Clock }) {
    this.#accounts = options.accounts;
    this.#store = options.store;
    this.#clock = options.clock;
  }

  /** Orders credits: an administrator by right, anybody else by asking for approval. @throws AppError `account.not_found`. */
  async order(
    person: Person,
    wanted: { readonly account: string | undefined; readonly credits: number; readonly note: string | null },
  ): Promise<OrderRecord> {
    return await this.#store.addOrder({
      accountId: this.#accounts.named(wanted.account).id,
      credits: wanted.credits,
      state: mayAct(person.role, 'admin') ? 'ordered' : 'requested',
      note: wanted.note,
      by: person.name,
      at: this.#clock.now(),
    });
  }

  /** Adds the credits of an order. @throws AppError `order.not_found`, `order.closed`. */
  async complete(person: Person, id: number): Promise<{ order: OrderRecord; balance: number }> {
    return await this.#store.complete(id, this.#decision(person, null));
  }

  /** Refuses an order. @throws AppError `order.not_found`, `order.closed`. */
  async reject(person: Person, id: number, reason: string | null): Promise<OrderRecord> {
    return await this.#store.endWithout(id, 'rejected', this.#decision(person, reason));
  }

  /**
   * Takes an order back. What an administrator ordered only an administrator takes back.
   * @throws AppError `order.not_found`, `order.closed`, `auth.forbidden`.
   */
  async cancel(person: Person, id: number, reason: string | null): Promise<OrderRecord> {
    if (this.#store.order(id).state === 'ordered' && !mayAct(person.role, 'admin')) {
      throw new AppError('auth.forbidden', 'An administrator ordered these credits; only an administrator cancels it.');
    }
    return await this.#store.endWithout(id, 'cancelled', this.#decision(person, reason));
  }

  /** Newest first. @throws AppError `account.not_found`, `validation.failed` for a cursor that is none. */
  orders(request: ListRequest & { readonly state?: OrderState | undefined }): CreditPage<OrderRecord> {
    const { account, state, limit } = request;
    const accountId = account === undefined ? undefined : this.#accounts.named(account).id;
    return pageOf(this.#store.orders({ accountId, state }, before(request), limit + 1), limit);
  }

  /** Entries of an account's ledger, newest first; of `Main` when none is named. @throws AppError as `orders`. */
  ledger(request: ListRequest): CreditPage<LedgerRecord> {
    const { id } = this.#accounts.named(request.account);
    return pageOf(this.#store.ledger(id, before(request), request.limit + 1), request.limit);
  }

  #decision({ name }: Person, reason: string | null) {
    return { by: name, reason, at: this.#clock.now() };
  }
}

function before({ cursor }: ListRequest): number {
  return openCursor(cursor, 1)?.[0] ?? Number.MAX_SAFE_INTEGER;
}

/** The rows shown of those read, one more than a page, so that the last page says that it is the last. */
function pageOf<T extends { readonly id: number }>(rows: readonly T[], limit: number): CreditPage<T> {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: sealCursor(last === undefined ? null : [last.id]) };
}
