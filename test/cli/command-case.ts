import type { AdminOperation } from '../../server/contract/admin.ts';

/** A command line, what it asks the box, what the box answers, and what a person then reads. */
export interface CommandCase {
  readonly args: readonly string[];
  readonly operation: AdminOperation;
  readonly answer: unknown;
  readonly path: string;
  readonly body?: unknown;
  /** What a person reads, in order. */
  readonly reads: readonly string[];
}
