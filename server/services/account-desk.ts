import { AppError } from '../domain/errors.ts';
import type { Clock } from '../domain/ports.ts';
import { isSenderName, senderPurposes, type SenderPurpose } from '../domain/sender.ts';
import type { AccountChange, AccountRecord, AccountStore } from '../store/account-store.ts';
import type { SenderName, SenderRecord } from '../store/sender-store.ts';

/** Accounts, their credits and their sender names. */
export class AccountDesk {
  readonly #store: AccountStore;
  readonly #clock: Clock;
  readonly #accessChanged: () => void;

  constructor(options: { store: AccountStore; clock: Clock; accessChanged: () => void }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#accessChanged = options.accessChanged;
  }

  list(): AccountRecord[] {
    return this.#store.list();
  }

  /** The named account; `Main` when none is named. @throws AppError `account.not_found`. */
  named(name: string | undefined): AccountRecord {
    return this.#store.named(name);
  }

  balance(accountId: number): number {
    return this.#store.balance(accountId);
  }

  async create(name: string): Promise<AccountRecord> {
    const account = await this.#store.create(name, this.#clock.now());
    this.#accessChanged();
    return account;
  }

  /** Changes an account; a suspended one's keys are refused from then on. @throws AppError `account.not_found`. */
  async change(name: string, change: AccountChange): Promise<AccountRecord> {
    const account = await this.#store.change(this.#store.named(name).id, change);
    this.#accessChanged();
    return account;
  }

  async addCredits(
    account: string | undefined,
    amount: number,
    note: string | null,
  ): Promise<{ account: string; balance: number }> {
    const { id, name } = this.#store.named(account);
    return { account: name, balance: await this.#store.addCredits(id, amount, note, this.#clock.now()) };
  }

  senders(): SenderRecord[] {
    return this.#store.senders.list();
  }

  /**
   * Asks for a sender name, or again for one that was rejected.
   * @throws AppError `sender.invalid_name`, `sender.already_approved`.
   */
  async requestSender(
    account: string | undefined,
    name: string,
    purposes: readonly SenderPurpose[] = senderPurposes,
  ): Promise<SenderRecord> {
    return await this.#store.senders.request(this.#senderName(account, name), purposes, this.#clock.now());
  }

  /**
   * Approves a sender name, whether or not anybody asked for it.
   * @param purposes what for; when not said, what was asked for, or everything.
   * @throws AppError `sender.invalid_name` for more than 11 characters or others than A–Z a–z 0–9 space . - _
   */
  async approveSender(
    account: string | undefined,
    name: string,
    purposes: readonly SenderPurpose[] | null = null,
  ): Promise<SenderRecord> {
    return await this.#store.senders.approve(this.#senderName(account, name), purposes, this.#clock.now());
  }

  /** Rejects a sender name that was asked for, or takes its approval back. @throws AppError `sender.not_found`. */
  async rejectSender(account: string | undefined, name: string, reason: string): Promise<SenderRecord> {
    return await this.#store.senders.reject({ accountId: this.#store.named(account).id, name }, reason);
  }

  /** The sender to use when a person at the box names none. @throws AppError `sender.not_approved`. */
  usualSender(accountId: number): string {
    const name = this.#store.anySender(accountId);
    if (name === undefined)
      throw new AppError('sender.not_approved', 'The account has no approved sender name yet. Approve one first.');
    return name;
  }

  #senderName(account: string | undefined, name: string): SenderName {
    if (isSenderName(name)) return { accountId: this.#store.named(account).id, name };
    throw new AppError('sender.invalid_name', 'A sender name has 1 to 11 characters of A–Z a–z 0–9 space . - _');
  }
}
