import type { IncomingMessage } from 'node:http';
import { iso } from '../services/message-desk.ts';
import type { UserView } from '../services/people/people-desk.ts';
import type { Person, SignInFrom } from '../services/people/sessions.ts';
import { addressOf } from './address.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { personOf, rememberSession, sessionTokenOf } from './person-gate.ts';

/** Set-up and signing in and out. */
export function sessionHandlers(
  services: AdminServices,
): AdminHandlers<'setupState' | 'setup' | 'signIn' | 'signInByTicket' | 'session' | 'signOut'> {
  const { sessions, profiles, version, secureCookies } = services;
  const info = (person: Person) => ({
    user: person.name,
    role: person.role,
    version,
    language: profiles.language(person),
  });
  return {
    setupState: () => ({ needed: sessions.setupNeeded() }),
    setup: async ({ body, request, response }) => {
      const { token, person } = await sessions.setUp(body.code, body.user, body.password, signInFrom(request));
      rememberSession(response, token, secureCookies);
      return info(person);
    },
    signIn: async ({ body, request, response }) => {
      const { user, password, code = null } = body;
      const { token, person } = await sessions.signIn(user, password, code, signInFrom(request));
      rememberSession(response, token, secureCookies);
      return info(person);
    },
    signInByTicket: async ({ body, request, response }) => {
      const { token, person } = await sessions.signInByTicket(body.ticket, signInFrom(request));
      rememberSession(response, token, secureCookies);
      return info(person);
    },
    session: ({ who }) => info(personOf(who)),
    signOut: async ({ who, response }) => {
      if (who.token !== null) await sessions.signOut(who.token);
      rememberSession(response, null, secureCookies);
      return { ok: true };
    },
  };
}

/** Users, for administrators. */
export function peopleHandlers(
  services: AdminServices,
): AdminHandlers<
  | 'users'
  | 'userCreate'
  | 'userPassword'
  | 'userSet'
  | 'userRemove'
  | 'userSignOut'
  | 'userTotpReset'
  | 'userSessions'
  | 'userSessionEnd'
> {
  const { people } = services;
  return {
    users: () => ({ items: people.list().map(userItem) }),
    userCreate: async ({ body }) => {
      const id = await people.create(body.name, body.password, body.role);
      return { id, name: body.name, role: body.role };
    },
    userPassword: async ({ body }) => {
      await people.setPassword(body.name, body.password);
      return { ok: true };
    },
    userSet: async ({ params, body }) => userItem(await people.change(params.name, body)),
    userRemove: async ({ params }) => {
      await people.remove(params.name);
      return { ok: true };
    },
    userSignOut: async ({ params }) => ({ ended: await people.signOut(params.name) }),
    userTotpReset: async ({ params }) => {
      await people.resetTotp(params.name);
      return { ok: true };
    },
    userSessions: ({ who, params }) => ({
      items: people.sessionsOf(params.name, who.token).map(sessionItem),
    }),
    userSessionEnd: async ({ params }) => {
      await people.endSession(params.name, params.id);
      return { ok: true };
    },
  };
}

function signInFrom(request: IncomingMessage): SignInFrom {
  const agent = request.headers['user-agent'] ?? null;
  return { address: addressOf(request), agent, oldToken: sessionTokenOf(request) };
}

function userItem(view: UserView) {
  return {
    ...view,
    lockedUntil: iso(view.lockedUntil),
    createdAt: new Date(view.createdAt).toISOString(),
    signedInAt: iso(view.signedInAt),
  };
}

export function sessionItem(view: ReturnType<AdminServices['profiles']['sessions']>[number]) {
  return {
    id: view.id,
    createdAt: new Date(view.createdAt).toISOString(),
    seenAt: new Date(view.seenAt).toISOString(),
    expiresAt: new Date(view.expiresAt).toISOString(),
    address: view.address,
    agent: view.agent,
    current: view.current,
  };
}
