import type { AuditCall, AuditRecord } from '../domain/audit.ts';
import { AppError, errorText } from '../domain/errors.ts';
import type { Clock, Logger, Millis, Service } from '../domain/ports.ts';
import type { AuditHead, ChainBreak, ChainFault } from '../store/audit-chain.ts';
import type { AuditReader } from '../store/audit-reader.ts';
import type { AuditStore } from '../store/audit-store.ts';
import { auditFilter, type AuditRequest, type ReadingRules } from './list-filters.ts';
import { listMark, openCursor, sealCursor } from './paging.ts';

export type NewCall = Omit<AuditCall, 'at'>;
/** What is known of a call only after it was done. */
export type Learnt = Parameters<AuditStore['end']>[2];

export interface AuditView {
  readonly id: number;
  readonly at: string;
  readonly who: string;
  readonly role: AuditRecord['role'];
  readonly address: string;
  readonly operation: string;
  readonly target: string;
  readonly detail: string;
  readonly outcome: string;
  readonly hash: string;
}

export interface AuditVerdict {
  readonly ok: boolean;
  /** Rows that the log has. */
  readonly rows: number;
  /** Hash of its last row; noted elsewhere, it proves later that nothing up to here was changed or cut off. */
  readonly hash: string;
  /** The first row at which something is wrong. */
  readonly row: number | null;
  readonly cause: ChainFault | null;
  readonly problem: string | null;
  /** When it was looked at. */
  readonly at: string;
}

/** Calls of people who are not signed in that are written down in a minute: nobody may fill the disk with failures. */
const strangersPerMinute = 60;
const exportPage = 500;

/** What people do at the box: written before it is done, and into the chained log before it is answered. */
export class AuditTrail implements Service {
  readonly name = 'audit log';
  readonly #store: AuditStore;
  readonly #reader: AuditReader;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #rules: () => ReadingRules;
  /** Whether there is a user of that name: who signs in may have typed a password in its place. */
  readonly isUser: (name: string) => boolean;
  #minute = 0;
  #strangers = 0;
  #skipped = 0;

  constructor(options: {
    store: AuditStore;
    reader: AuditReader;
    clock: Clock;
    log: Logger;
    rules: () => ReadingRules;
    isUser: (name: string) => boolean;
  }) {
    this.#store = options.store;
    this.#reader = options.reader;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#rules = options.rules;
    this.isUser = options.isUser;
  }

  /** Ends in the log, as `unknown`, what was going on when the box last ended. */
  async start(): Promise<void> {
    const ended = await this.#store.endLeft();
    if (ended > 0) this.#log.warn('audit.left_open', { calls: ended });
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Writes a call down before it is done; resolves once that is on disk. What cannot be written down is not done.
   * @returns null when too many strangers call; then nothing is written but how many there were.
   */
  async begin(call: NewCall): Promise<number | null> {
    if (call.role === null && this.#isTooMany()) return null;
    return await this.#store.begin(this.#timed(call));
  }

  /**
   * Puts a call that was begun into the log; resolves once that is on disk. A fault in it does not undo what was done:
   * it is logged, and the call is ended in the log at the next start.
   */
  async end(begun: number | null, outcome: string, learnt: Learnt = {}): Promise<void> {
    if (begun === null) return;
    await this.#guarded(() => this.#store.end(begun, outcome, learnt));
  }

  /** Puts a call that was turned away before anything was done into the log. */
  async note(call: NewCall, outcome: string): Promise<void> {
    await this.#guarded(() => this.#store.note(this.#timed(call), outcome));
  }

  /** Newest first. @throws AppError `validation.failed` for a time or a cursor that cannot be read. */
  page(request: AuditRequest): { items: AuditView[]; nextCursor: string | null } {
    const filter = auditFilter(request, this.#rules());
    const mark = listMark('audit', filter);
    const [at, id] = openCursor(request.cursor, 2, mark) ?? [];
    const before = at === undefined || id === undefined ? null : { at, id };
    const { items, next } = this.#reader.page(filter, before, request.limit);
    return { items: items.map(view), nextCursor: sealCursor(next && [next.at, next.id], mark) };
  }

  /** @throws AppError `audit.not_found`. */
  entry(id: number): AuditView {
    const row = this.#reader.one(id);
    if (row === undefined) throw new AppError('audit.not_found', `The audit log has no row ${id}.`);
    return view(row);
  }

  /** Every row of a filter, newest first, some at a time. @throws AppError `validation.failed` for a time that cannot be read. */
  rows(request: Omit<AuditRequest, 'limit' | 'cursor'>): Iterable<readonly AuditView[]> {
    const filter = auditFilter({ ...request, limit: exportPage }, this.#rules());
    const reader = this.#reader;
    return (function* pages() {
      let before: { at: Millis; id: number } | null = null;
      do {
        const { items, next }: ReturnType<AuditReader['page']> = reader.page(filter, before, exportPage);
        yield items.map(view);
        before = next;
      } while (before !== null);
    })();
  }

  /**
   * Follows the chain of hashes from the first row to the last.
   * @param noted a row whose hash was written down elsewhere, in full or its beginning.
   */
  async verify(noted: { readonly row: number; readonly hash: string } | null): Promise<AuditVerdict> {
    const { head, broken, sealed } = await this.#store.verify();
    const wrong = broken ?? this.#againstNoted(noted, head) ?? (sealed ? null : unsealed(head));
    const at = new Date(this.#clock.now()).toISOString();
    return { ok: wrong === null, rows: head.row, hash: head.hash, row: null, cause: null, problem: null, at, ...wrong };
  }

  #againstNoted(noted: { readonly row: number; readonly hash: string } | null, head: AuditHead): ChainBreak | null {
    if (noted === null) return null;
    const { row } = noted;
    const hash = this.#store.hashOf(row);
    if (hash === null) {
      return { row, cause: 'missing', problem: `The log ends at row ${head.row}; row ${row} was there once.` };
    }
    if (hash.startsWith(noted.hash.toLowerCase())) return null;
    const problem = `Row ${row} does not have the hash that was noted: the log was written anew.`;
    return { row, cause: 'rewritten', problem };
  }

  #timed(call: NewCall): AuditCall {
    const skipped = this.#skipped;
    this.#skipped = 0;
    const detail = skipped === 0 ? call.detail : `${call.detail} (${skipped} more were not written down)`.trim();
    return { ...call, detail, at: this.#clock.now() };
  }

  #isTooMany(): boolean {
    const minute = Math.floor(this.#clock.monotonic() / 60_000);
    if (minute !== this.#minute) this.#strangers = 0;
    this.#minute = minute;
    this.#strangers += 1;
    if (this.#strangers <= strangersPerMinute) return false;
    this.#skipped += 1;
    return true;
  }

  async #guarded(write: () => Promise<AuditHead>): Promise<void> {
    try {
      const { row, hash } = await write();
      // The log of the box is often kept elsewhere too: there it tells how far this one once reached.
      this.#log.info('audit.written', { row, hash: hash.slice(0, 16) });
    } catch (error) {
      this.#log.error('audit.write_failed', { error: errorText(error) });
    }
  }
}

function unsealed(head: AuditHead): ChainBreak {
  const { row } = head;
  return {
    row,
    cause: 'rewritten',
    problem: `The end of the log, row ${row}, was not written with this box's master key: the log was written anew, or the key was changed.`,
  };
}

function view(row: AuditRecord): AuditView {
  return { ...row, at: new Date(row.at).toISOString() };
}
