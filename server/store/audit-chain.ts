import type { AuditRecord } from '../domain/audit.ts';
import { sha256Hex } from '../platform/crypto.ts';

/** Where the log ends: its last row and that row's hash. */
export interface AuditHead {
  readonly row: number;
  readonly hash: string;
}

/** Before the first row. */
export const emptyHead: AuditHead = { row: 0, hash: '0'.repeat(64) };

/** What can be wrong with the chain: a row was added, is missing, is not as written, or the log was written anew. */
export type ChainFault = 'added' | 'missing' | 'changed' | 'rewritten';

export interface ChainBreak {
  /** The first row that is not as it was written. */
  readonly row: number;
  readonly cause: ChainFault;
  readonly problem: string;
}

/** The hash of a row: over the hash of the row before it and every field, in a fixed order, as one JSON array. */
export function chainHash(before: string, row: Omit<AuditRecord, 'hash'>): string {
  const { id, at, who, role, address, operation, target, detail, outcome } = row;
  return sha256Hex(JSON.stringify([before, id, at, who, role, address, operation, target, detail, outcome]));
}

/** Follows the chain row by row, in the order of their numbers. */
export class ChainWalk {
  #before = emptyHead;
  #broken: ChainBreak | null = null;

  /** Looks at the next row; after a break nothing more is looked at. */
  add(row: AuditRecord): void {
    if (this.#broken !== null) return;
    const expected = this.#before.row + 1;
    if (row.id < expected) this.#broken = added(row.id);
    else if (row.id > expected) {
      const gone = row.id === expected + 1 ? `Row ${expected} is` : `Rows ${expected} to ${row.id - 1} are`;
      this.#broken = { row: expected, cause: 'missing', problem: `${gone} missing.` };
    } else if (chainHash(this.#before.hash, row) !== row.hash) {
      this.#broken = {
        row: row.id,
        cause: 'changed',
        problem: `Row ${row.id} is not as it was written, or it does not follow the row before it.`,
      };
    } else this.#before = { row: row.id, hash: row.hash };
  }

  /** The last sound row. */
  get last(): AuditHead {
    return this.#before;
  }

  get broken(): ChainBreak | null {
    return this.#broken;
  }

  /**
   * Holds what was walked against the end that was noted when the last row was written.
   * @param beyond a row after that end, if there is any.
   */
  finish(head: AuditHead, beyond?: number): ChainBreak | null {
    if (this.#broken !== null) return this.#broken;
    const { row, hash } = this.#before;
    if (row < head.row) {
      const gone = row + 1 === head.row ? `Row ${head.row} is` : `Rows ${row + 1} to ${head.row} are`;
      return { row: row + 1, cause: 'missing', problem: `${gone} missing at the end of the log.` };
    }
    if (hash !== head.hash)
      return { row, cause: 'rewritten', problem: `Row ${row}, or one before it, was written anew.` };
    return beyond === undefined ? null : added(beyond);
  }
}

function added(row: number): ChainBreak {
  return { row, cause: 'added', problem: `Row ${row} was added by somebody else.` };
}
