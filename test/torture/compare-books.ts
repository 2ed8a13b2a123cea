/** Lays the three books side by side: what callers were told, what the network took, what the box has written. */

import { journalKey, recipientStates, type BoxBooks, type MessageRow, type RecipientRow } from './box-books.ts';
import type { CallersBook } from './callers-book.ts';
import type { NetworkBook } from './network-book.ts';

export interface Findings {
  /** Promised with a 200, and not there, not whole, or not taken by the network though the box says so. */
  readonly lost: string[];
  /** Parts that the network took more often than the box can account for. */
  readonly doubled: string[];
  /** Anything else that does not add up. */
  readonly wrong: string[];
  /** Recipients by state at the end, without those of scheduled messages. */
  readonly ended: Readonly<Record<string, number>>;
  /** Parts that were handed over again by the rule of the carrier. */
  readonly resent: number;
  /** Of the requests without an answer, how many are there all the same. */
  readonly doubtfulThere: number;
  /** Of the recipients that ended `unknown`, how many the network had taken something of. */
  readonly unknownTaken: number;
}

const open = ['queued', 'sending'];

export function compareBooks(options: {
  readonly callers: CallersBook;
  readonly network: NetworkBook;
  readonly box: BoxBooks;
  readonly uncertain: 'hold' | 'resend';
  /** Credits each account was given. */
  readonly startCredits: number;
}): Findings {
  const comparison = new Comparison(options);
  return comparison.run();
}

class Comparison {
  readonly #options: Parameters<typeof compareBooks>[0];
  readonly #lost: string[] = [];
  readonly #doubled: string[] = [];
  readonly #wrong: string[] = [];
  readonly #ended: Record<string, number> = {};
  readonly #messages: ReadonlyMap<string, MessageRow>;
  readonly #recipientsOf: ReadonlyMap<number, readonly RecipientRow[]>;
  #resent = 0;
  #unknownTaken = 0;

  constructor(options: Parameters<typeof compareBooks>[0]) {
    this.#options = options;
    this.#messages = new Map(options.box.messages.map((row) => [row.client_ref, row]));
    this.#recipientsOf = Map.groupBy(options.box.recipients, (row) => row.message_id);
  }

  run(): Findings {
    const { callers, network, box } = this.#options;
    this.#wrong.push(...callers.refused.map((text) => `refused: ${text}`));
    this.#wrong.push(...network.strange.map((text) => `the network took a part without an id: ${text}`));
    if (box.integrity !== 'ok') this.#wrong.push(`integrity_check: ${box.integrity}`);
    if (box.staged > 0) this.#wrong.push(`${box.staged} large requests are still staged`);
    this.#checkPromises();
    this.#checkMessages();
    this.#checkNetwork();
    this.#checkCredits();
    const doubtfulThere = [...callers.inDoubt].filter((id) => this.#messages.has(id)).length;
    return {
      lost: this.#lost,
      doubled: this.#doubled,
      wrong: this.#wrong,
      ended: this.#ended,
      resent: this.#resent,
      doubtfulThere,
      unknownTaken: this.#unknownTaken,
    };
  }

  /** Every 200 is there, whole. */
  #checkPromises(): void {
    for (const [id, promised] of this.#options.callers.promised) {
      const message = this.#messages.get(id);
      if (message === undefined) this.#lost.push(`${id} was answered 200 and is not there`);
      else if (
        message.uuid !== promised.uuid ||
        message.recipient_count !== promised.totalMsisdn ||
        message.credit !== promised.totalCredit
      ) {
        this.#lost.push(`${id} is there otherwise than it was answered`);
      }
      const want = new Set(promised.request.body.recipients);
      const got = message === undefined ? [] : (this.#recipientsOf.get(message.id) ?? []);
      if (got.length !== want.size || got.some((row) => !want.has(row.msisdn))) {
        this.#lost.push(`${id} has ${got.length} of ${want.size} recipients`);
      }
    }
  }

  /** Every message, asked for with an answer or without, is whole, counted and at its end. */
  #checkMessages(): void {
    const { callers, box } = this.#options;
    const known = new Set(box.messages.map((row) => row.id));
    for (const id of this.#recipientsOf.keys()) {
      if (!known.has(id)) this.#wrong.push(`recipients of a message ${id} that is not there`);
    }
    if (this.#messages.size !== box.messages.length) this.#wrong.push('a request is there twice');
    for (const message of box.messages) {
      const id = message.client_ref;
      if (!callers.promised.has(id) && !callers.inDoubt.has(id)) this.#wrong.push(`${id} was never asked for`);
      this.#checkCounters(message, this.#recipientsOf.get(message.id) ?? []);
    }
  }

  #checkCounters(message: MessageRow, recipients: readonly RecipientRow[]): void {
    const id = message.client_ref;
    const want = message.recipient_count;
    if (recipients.length !== want) this.#wrong.push(`${id} has ${recipients.length} recipients and says ${want}`);
    for (const state of recipientStates) {
      const counted = recipients.filter((row) => row.state === state).length;
      const told = message[`${state}_count`];
      if (counted !== told) this.#wrong.push(`${id} says ${told} ${state} and has ${counted}`);
    }
    const stillOpen = recipients.filter((row) => row.finished_at === null).length;
    if (stillOpen !== message.open_count)
      this.#wrong.push(`${id} says ${message.open_count} open and has ${stillOpen}`);
    const credit = recipients.reduce((sum, row) => sum + row.credit, 0);
    if (credit !== message.credit)
      this.#wrong.push(`${id} took ${message.credit} credits for recipients worth ${credit}`);
    if (message.open_count === 0 && !['completed', 'failed'].includes(message.state)) {
      this.#wrong.push(`${id} has nothing open and is ${message.state}`);
    }
    for (const row of recipients) this.#checkRecipient(message, row);
  }

  #checkRecipient(message: MessageRow, row: RecipientRow): void {
    const { network } = this.#options;
    const name = `${message.client_ref} recipient ${row.id} (${row.state})`;
    const times = Array.from({ length: row.segments }, (_, at) =>
      network.times(message.client_ref, row.msisdn, at + 1),
    );
    for (const [at, taken] of times.entries()) this.#checkTimes(name, row, at + 1, taken);
    if (message.state === 'scheduled') {
      if (row.state !== 'queued' || times.some((taken) => taken > 0)) this.#wrong.push(`${name} waits for tomorrow`);
      return;
    }
    this.#ended[row.state] = (this.#ended[row.state] ?? 0) + 1;
    if (open.includes(row.state)) this.#lost.push(`${name} is stuck`);
    if (row.state === 'unknown' && times.some((taken) => taken > 0)) this.#unknownTaken += 1;
    const whole = times.every((taken) => taken > 0);
    if (['sent', 'success'].includes(row.state) && !whole) this.#lost.push(`${name} was not taken by the network`);
    if (['failed', 'expired', 'blocked', 'cancelled'].includes(row.state)) {
      this.#wrong.push(`${name} failed with ${row.error_code}, and nothing was wrong with it`);
    }
  }

  #checkTimes(name: string, row: RecipientRow, part: number, taken: number): void {
    const states = this.#options.box.journal.get(journalKey(row.id, part)) ?? [];
    if (taken > states.length)
      this.#doubled.push(`${name} part ${part}: taken ${taken} times, journal ${states.join()}`);
    else if (taken > 1 && this.#options.uncertain === 'hold') {
      this.#doubled.push(`${name} part ${part}: taken ${taken} times though doubtful ones are held, ${states.join()}`);
    } else if (taken > 1) this.#resent += taken - 1;
  }

  /** What the network took belongs to a message that is there. */
  #checkNetwork(): void {
    for (const { id, msisdn, part, times } of this.#options.network.entries()) {
      const message = this.#messages.get(id);
      const row = message && this.#recipientsOf.get(message.id)?.find((one) => one.msisdn === msisdn);
      if (row === undefined || part > row.segments) {
        this.#wrong.push(`the network took part ${part} of ${id} ${times} times, and the box knows nothing of it`);
      }
    }
  }

  #checkCredits(): void {
    const { box, startCredits } = this.#options;
    for (const { id, balance, sum, added } of box.accounts) {
      const messages = box.messages.filter((row) => row.account_id === id);
      const spent = messages.reduce((total, row) => total + row.credit, 0);
      const refunded = messages
        .flatMap((row) => this.#recipientsOf.get(row.id) ?? [])
        .reduce((total, row) => total + row.refunded, 0);
      if (added !== startCredits) this.#wrong.push(`account ${id} was given ${startCredits} and says ${added}`);
      if (sum !== balance) this.#wrong.push(`account ${id}: ledger ${sum}, balance ${balance}`);
      if (balance !== startCredits - spent + refunded) {
        this.#wrong.push(`account ${id}: balance ${balance}, spent ${spent}, refunded ${refunded}`);
      }
    }
  }
}
