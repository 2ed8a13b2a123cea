import type { IncomingMessage } from 'node:http';
import { isKept, type Route } from '../contract/route.ts';
import { nobody } from '../domain/audit.ts';
import { isAppError } from '../domain/errors.ts';
import { redactedFields, redactedName, type FieldForms } from '../domain/redaction.ts';
import { isRole, type Role } from '../domain/roles.ts';
import type { AuditTrail, NewCall } from '../services/audit-trail.ts';
import { addressOf } from './address.ts';

/** A call of an operation by a person, or by a stranger where an operation is open to anyone. */
export interface TrailedCall {
  readonly person: { readonly name: string; readonly role: Role } | null;
  readonly operation: string;
  readonly route: Route;
  readonly request: IncomingMessage;
  /** As the path has them. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
}

/** Keeps the audit log of an API, every call by which a person changes something, or tries to, and tells of what was changed. */
export class CallTrail {
  readonly #audit: AuditTrail;
  readonly #changed: () => void;

  /** @param changed called after each call that may have changed something. */
  constructor(audit: AuditTrail, changed: () => void) {
    this.#audit = audit;
    this.#changed = changed;
  }

  /** Does a call between its two entries: what cannot be written down is not done, and what was done is written before it is answered. */
  async keep(call: TrailedCall, run: () => unknown): Promise<unknown> {
    if (!isKept(call.route)) return await run();
    const begun = await this.#audit.begin(this.#entry(call));
    let answer: unknown;
    try {
      answer = await run();
    } catch (error) {
      await this.#audit.end(begun, codeOf(error));
      throw error;
    }
    if (call.route.method !== 'GET') this.#changed();
    const done = field(answer, 'ok') === false ? 'failed' : 'done';
    await this.#audit.end(begun, done, { ...made(call, answer), ...(call.person === null ? signedIn(answer) : {}) });
    return answer;
  }

  /** Writes down that a person may not do what was asked for. */
  async refused(call: TrailedCall, error: unknown): Promise<void> {
    if (call.person !== null && isKept(call.route)) await this.#audit.note(this.#entry(call), codeOf(error));
  }

  #entry({ person, operation, route, request, params, query, body }: TrailedCall): NewCall {
    return {
      who: person?.name ?? this.#named(body),
      role: person?.role ?? null,
      address: addressOf(request),
      operation,
      target: targetOf(route, params),
      detail: redactedFields({ ...Object(query), ...Object(body) }, this.#forms(route, body)),
    };
  }

  #forms(route: Route, body: unknown): FieldForms {
    const forms = route.audit === false ? {} : (route.audit ?? {});
    // Who is not known may be a password in the wrong place.
    return route.access.by === 'anyone' && this.#named(body) === nobody ? { ...forms, user: 'hidden' } : forms;
  }

  /** The user that a stranger claims to be. */
  #named(body: unknown): string {
    const name = field(body, 'user');
    return typeof name === 'string' && this.#audit.isUser(name) ? name : nobody;
  }
}

/** The path that was called, such as `carriers/3/enable`. */
function targetOf(route: Route, params: Readonly<Record<string, string>>): string {
  const path = route.path.replaceAll(/\{(\w+)\}/gu, (_whole, name: string) => redactedName(params[name] ?? ''));
  return path.slice(1);
}

/** What a call made: its number or UUID joins the target. */
function made({ route, params }: TrailedCall, answer: unknown): { readonly target?: string } {
  if (route.method !== 'POST' || Object.keys(params).length > 0) return {};
  const id = field(answer, 'id') ?? field(answer, 'uuid') ?? field(field(answer, 'result'), 'uuid');
  return typeof id === 'number' || typeof id === 'string' ? { target: `${route.path.slice(1)}/${id}` } : {};
}

/** Who was signed in by a call. */
function signedIn(answer: unknown): { readonly who?: string; readonly role?: Role } {
  const [who, role] = [field(answer, 'user'), field(answer, 'role')];
  return typeof who === 'string' && typeof role === 'string' && isRole(role) ? { who, role } : {};
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

function codeOf(error: unknown): string {
  return isAppError(error) ? error.code : 'internal.fault';
}
