import type { IncomingMessage } from 'node:http';
import type { Access } from '../contract/route.ts';
import { AppError } from '../domain/errors.ts';
import type { KeyCaller, KeyGate } from '../services/key-gate.ts';
import type { Person, Sessions } from '../services/people/sessions.ts';
import { admitSession, assertRole } from './person-gate.ts';

/** A signed-in person at the public API. */
export interface SessionCaller {
  readonly person: Person;
}

/** Callers of the public API by kind of access. */
export interface V2Callers {
  readonly key: KeyCaller;
  readonly session: SessionCaller;
}

/**
 * Lets callers of the public API in: by key, and where an operation is for people by the session of the pages. Who shows a
 * key is a key's holder, whatever else the request carries.
 * @throws AppError as `KeyGate.admit` and `admitSession` do; without key and session as for a missing key.
 */
export function admitToV2(
  gates: { readonly keys: KeyGate; readonly sessions: Sessions },
  request: IncomingMessage,
  ip: string,
  access: Access,
): KeyCaller | SessionCaller {
  const header = request.headers['x-api-key'];
  const key = typeof header === 'string' ? header : undefined;
  if (access.by === 'session' && key === undefined) {
    const person = admitSession(gates.sessions, request);
    if (person !== null) return { person };
  }
  return gates.keys.admit(key, ip, access.by === 'key' ? access.scope : null);
}

/**
 * Refuses keys, though good, what is for signed-in people (api-v2 §6), and people what is not for their role.
 * @throws AppError `webhook.dashboard_only`, `auth.forbidden`.
 */
export function permitV2(who: KeyCaller | SessionCaller, access: Access): void {
  if (access.by !== 'session') return;
  if ('person' in who) {
    assertRole(who.person, access.role);
    return;
  }
  throw new AppError(
    'webhook.dashboard_only',
    'Webhooks are registered by a signed-in administrator, not with an API key. Sign in to the admin pages and add it there.',
  );
}
