import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from '../contract/route.ts';
import { AppError } from '../domain/errors.ts';
import { mayAct, type Role } from '../domain/roles.ts';
import type { Person, Sessions } from '../services/people/sessions.ts';

const sessionCookie = 'sepsms_session';
const sessionSeconds = 12 * 3_600;
/** A header that a foreign page cannot send without a preflight, which the box never grants. */
export const pageHeader = 'x-requested-with';

/** Who calls the admin API, or `anonymous` on the few operations that are open to anyone. */
export type AdminCaller =
  | { readonly person: Person; readonly token: string | null }
  | { readonly person: null; readonly token: null };

/** Callers of the admin API by kind of access. */
export interface AdminCallers {
  readonly person: AdminCaller;
  readonly anyone: AdminCaller;
}

/**
 * Lets people in by session cookie, and the box's own command line by its bearer token; what they may do is asked by
 * `permitPerson`.
 */
export function admitPerson(sessions: Sessions, request: IncomingMessage, access: Access): AdminCaller {
  const found = findCaller(sessions, request);
  if (found.person === null || found.token !== null) assertSameSite(request);
  if (access.by !== 'anyone') personOf(found);
  return found;
}

/** @throws AppError `auth.forbidden` when the person's role is not enough. */
export function permitPerson(who: AdminCaller, access: Access): void {
  if (access.by === 'anyone') return;
  if (access.by !== 'person') throw new AppError('auth.forbidden', 'This operation is not for people.');
  assertRole(personOf(who), access.role);
}

/**
 * Lets a person in by session cookie alone, as `admitPerson` does, or returns null when the request carries none.
 * @throws AppError `auth.session_required` for a session that has ended, `auth.cross_site`.
 */
export function admitSession(sessions: Sessions, request: IncomingMessage): Person | null {
  const token = sessionTokenOf(request);
  if (token === null) return null;
  const person = sessions.bySession(token);
  if (person === undefined) throw new AppError('auth.session_required', 'Your session has ended. Sign in again.');
  assertSameSite(request);
  return person;
}

/** @throws AppError `auth.forbidden`. */
export function assertRole(person: Person, role: Role): void {
  if (mayAct(person.role, role)) return;
  throw new AppError('auth.forbidden', `This needs the role ${role}; ${person.name} is ${person.role}.`);
}

/** The person who calls. @throws AppError `auth.session_required` when nobody is signed in. */
export function personOf(who: AdminCaller): Person {
  if (who.person === null) throw new AppError('auth.session_required', 'Sign in first.');
  return who.person;
}

function findCaller(sessions: Sessions, request: IncomingMessage): AdminCaller {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const [scheme = '', value = ''] = authorization.split(' ');
    const person = scheme.toLowerCase() === 'bearer' ? sessions.byCliToken(value) : undefined;
    if (person === undefined)
      throw new AppError('auth.session_required', 'The token is not right. Restart the box to make a new one.');
    return { person, token: null };
  }
  const token = sessionTokenOf(request);
  const person = token === null ? undefined : sessions.bySession(token);
  return person === undefined ? { person: null, token: null } : { person, token };
}

/** Cookies are sent by the browser alone; a change therefore must show that one of the box's own pages asks for it. */
function assertSameSite(request: IncomingMessage): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, host } = request.headers;
  const foreign = origin !== undefined && hostOf(origin) !== host;
  if (foreign || request.headers[pageHeader] !== 'sepsms-box') {
    throw new AppError('auth.cross_site', 'This request did not come from a page of the box.');
  }
}

/** The token of the session that a request carries, whether or not it is still open. */
export function sessionTokenOf(request: IncomingMessage): string | null {
  return cookie(request, sessionCookie);
}

/** Gives the browser a session's token to keep, or with null nothing any more. */
export function rememberSession(response: ServerResponse, token: string | null, secureCookies: boolean): void {
  const secure = secureCookies ? '; Secure' : '';
  const age = token === null ? 0 : sessionSeconds;
  response.setHeader(
    'Set-Cookie',
    `${sessionCookie}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure}`,
  );
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function cookie(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key = '', ...value] = pair.trim().split('=');
    if (key === name) return value.join('=');
  }
  return null;
}
