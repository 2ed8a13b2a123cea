import type { ServerResponse } from 'node:http';
import type { Person } from '../services/sessions.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { personOf, sessionCookie } from './person-gate.ts';

/** Set-up, sign-in and users. */
export function peopleHandlers(
  services: AdminServices,
): AdminHandlers<'setupState' | 'setup' | 'signIn' | 'session' | 'signOut' | 'userCreate' | 'userPassword'> {
  const { sessions, version, secureCookies } = services;
  const info = (person: Person) => ({ user: person.name, role: person.role, version });
  const remember = (response: ServerResponse, token: string, maxAge: number) => {
    const secure = secureCookies ? '; Secure' : '';
    response.setHeader(
      'Set-Cookie',
      `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure}`,
    );
  };
  return {
    setupState: () => ({ needed: sessions.setupNeeded() }),
    setup: async ({ body, response }) => {
      const { token, person } = await sessions.setUp(body.code, body.user, body.password);
      remember(response, token, 12 * 3600);
      return info(person);
    },
    signIn: async ({ body, response }) => {
      const { token, person } = await sessions.signIn(body.user, body.password);
      remember(response, token, 12 * 3600);
      return info(person);
    },
    session: ({ who }) => info(personOf(who)),
    signOut: async ({ who, response }) => {
      if (who.token !== null) await sessions.signOut(who.token);
      remember(response, '', 0);
      return { ok: true };
    },
    userCreate: async ({ body }) => {
      const id = await sessions.createUser(body.name, body.password, body.role);
      return { id, name: body.name, role: body.role };
    },
    userPassword: async ({ body }) => {
      await sessions.setPassword(body.name, body.password);
      return { ok: true };
    },
  };
}
