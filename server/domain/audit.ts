import type { Millis } from './ports.ts';
import type { Role } from './roles.ts';

/** What a person does at the box, as it is known before it is done. */
export interface AuditCall {
  readonly at: Millis;
  /** Name of the user, `command line`, or `nobody` before a sign-in. */
  readonly who: string;
  readonly role: Role | null;
  /** Address that the request came from. */
  readonly address: string;
  /** Name of the operation in the route table. */
  readonly operation: string;
  /** What it is done to, such as `carriers/3`. */
  readonly target: string;
  /** Its input without secrets, texts and full numbers. */
  readonly detail: string;
}

/** One row of the audit log. */
export interface AuditRecord extends AuditCall {
  /** 1, 2, 3 … without a gap. */
  readonly id: number;
  /** `done`, `failed`, `unknown` when the box ended meanwhile, or the code of the refusal. */
  readonly outcome: string;
  /** SHA-256 over the hash of the row before and all other fields of this one. */
  readonly hash: string;
}

/** Who acts when nobody is signed in. */
export const nobody = 'nobody';
