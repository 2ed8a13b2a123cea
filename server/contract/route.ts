import { z } from 'zod';
import type { ErrorCode } from '../domain/errors.ts';
import type { FieldForms } from '../domain/redaction.ts';
import type { Role } from '../domain/roles.ts';
import type { Scope } from '../domain/scopes.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call: a holder of an API key with a scope; a signed-in person of a role (or the box's own command line); in the
 * public API a person of a role by the session of the pages alone, where a good key is refused; anyone.
 */
export type Access =
  | { readonly by: 'key'; readonly scope: Scope }
  | { readonly by: 'person'; readonly role: Role }
  | { readonly by: 'session'; readonly role: Role }
  | { readonly by: 'anyone' };

/** One operation of an API: what comes in, what goes out, who may call. The OpenAPI document and the clients are made from it. */
export interface Route {
  readonly method: Method;
  /** Path with `{name}` parameters. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  /** The body is a file as it is; the handler reads it. */
  readonly upload?: boolean;
  /** The answer is a file; `answer` is then the form of its text. */
  readonly download?: boolean;
  /** What the summary has no room for, for the API document. */
  readonly description?: string;
  /** Codes with which this operation refuses, beyond those that follow from its form (`openapi-errors.ts`). */
  readonly errors?: readonly ErrorCode[];
  /** Shown in the API document; a test holds them against the schemas. */
  readonly examples?: { readonly body?: unknown; readonly answer?: unknown };
  /** The published reference does not have it (api-v2, marked [D]). */
  readonly extension?: boolean;
  /** Takes an `Idempotency-Key`. */
  readonly idempotent?: boolean;
  /**
   * How calls by people are written to the audit log: `false` for not at all, else how single fields of the input are
   * written. When it is left out, calls are written unless the method is GET. Secrets, texts and numbers never are.
   */
  readonly audit?: false | FieldForms;
}

/** Whether calls of an operation by people are written to the audit log: those that change something, unless the route says otherwise. */
export function isKept(route: Route): boolean {
  return route.audit === undefined ? route.method !== 'GET' : route.audit !== false;
}

/** Keeps the literal types of a route table while checking its form. */
export function routeTable<const T extends Readonly<Record<string, Route>>>(table: T): T {
  return table;
}

/** The form of a success: `{"result": …}` (api-v2 §1). */
export function result<T extends z.ZodType>(schema: T) {
  return z.object({ result: schema });
}
