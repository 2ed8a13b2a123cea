import { AppError } from '../../domain/errors.ts';
import { normalizeMsisdn } from '../../domain/msisdn.ts';
import type { Clock } from '../../domain/ports.ts';
import type { AccountStore } from '../../store/account-store.ts';

export interface NumbersRead {
  /** How many were written that are no numbers, and the first of them. */
  readonly invalidCount: number;
  readonly invalid: string[];
}

const sampleSize = 100;

/** The numbers that an account does not send to, for those who keep the list. */
export class BlocklistDesk {
  readonly #accounts: AccountStore;
  readonly #clock: Clock;

  constructor(options: { accounts: AccountStore; clock: Clock }) {
    this.#accounts = options.accounts;
    this.#clock = options.clock;
  }

  /** Blocks what are numbers; `already` counts those that were blocked before. */
  async add(
    account: string | undefined,
    written: readonly string[],
  ): Promise<NumbersRead & { added: number; already: number }> {
    const { id } = this.#accounts.named(account);
    const { msisdns, ...read } = readNumbers(written);
    const added = await this.#accounts.blocked.add(id, msisdns, 'manual', this.#clock.now());
    return { added, already: msisdns.length - added, ...read };
  }

  /** Unblocks numbers, also those whose owners opted out. */
  async remove(
    account: string | undefined,
    written: readonly string[],
  ): Promise<NumbersRead & { removed: number; notBlocked: number }> {
    const { id } = this.#accounts.named(account);
    const { msisdns, ...read } = readNumbers(written);
    const removed = await this.#accounts.blocked.remove(id, msisdns);
    return { removed, notBlocked: msisdns.length - removed, ...read };
  }

  /**
   * Blocked numbers in the order of their digits.
   * @param request.begins only those that begin so, as people write numbers: `081` and `6681` are the same.
   * @throws AppError `validation.failed` for a strange cursor.
   */
  list(request: {
    readonly account?: string | undefined;
    readonly begins?: string | undefined;
    readonly limit: number;
    readonly cursor?: string | undefined;
  }): { items: { msisdn: string; cause: string; createdAt: string }[]; nextCursor: string | null } {
    const { id } = this.#accounts.named(request.account);
    const begins = beginningOf(request.begins ?? '');
    const from = request.cursor === undefined ? justBefore(begins) : openCursor(request.cursor);
    const page = this.#accounts.blocked.page(id, from, request.limit + 1);
    const rows = page.filter((row) => row.msisdn.startsWith(begins));
    const shown = rows.slice(0, request.limit);
    return {
      items: shown.map((row) => ({
        msisdn: row.msisdn,
        cause: row.cause,
        createdAt: new Date(row.created_at).toISOString(),
      })),
      nextCursor: rows.length > shown.length ? `n${shown.at(-1)?.msisdn ?? ''}` : null,
    };
  }
}

/** Numbers of any country, each once: blocking one that can never be sent to does no harm. */
function readNumbers(written: readonly string[]): NumbersRead & { readonly msisdns: string[] } {
  const msisdns = new Set<string>();
  const invalid: string[] = [];
  let invalidCount = 0;
  for (const one of written) {
    const msisdn = normalizeMsisdn(one, { international: true });
    if (msisdn !== null) {
      msisdns.add(msisdn);
      continue;
    }
    invalidCount += 1;
    if (invalid.length < sampleSize) invalid.push(one);
  }
  return { msisdns: [...msisdns], invalidCount, invalid };
}

/** Digits of the beginning of a number in international form. */
function beginningOf(written: string): string {
  const digits = written.replaceAll(/\D/gu, '');
  return /^0[1-9]/u.test(digits) ? `66${digits.slice(1)}` : digits.replace(/^00/u, '');
}

/** A text that stands right before all that begin with these digits; a colon follows the nine. */
function justBefore(digits: string): string {
  if (digits === '') return '';
  return `${digits.slice(0, -1)}${String.fromCodePoint((digits.codePointAt(digits.length - 1) ?? 1) - 1)}:`;
}

function openCursor(cursor: string): string {
  if (/^n\d{1,15}$/u.test(cursor)) return cursor.slice(1);
  throw new AppError('validation.failed', 'The cursor is not one that this box gave out.', {
    details: [{ path: 'cursor', message: 'unknown cursor' }],
  });
}
