import { z } from 'zod';
import { roles } from '../domain/roles.ts';
import { sessionInfo } from './admin-shapes.ts';
import { name } from './common.ts';
import { admin, anyone, done, viewer } from './admin-route.ts';
import { routeTable } from './route.ts';

/** Set-up, sign-in and users. */
export const adminPeopleRoutes = routeTable({
  setupState: {
    method: 'GET',
    path: '/setup',
    access: anyone,
    summary: 'Whether the box still waits for its first administrator',
    answer: z.object({ needed: z.boolean() }),
  },
  setup: {
    method: 'POST',
    path: '/setup',
    access: anyone,
    summary: 'Create the first administrator with the code from the console',
    body: z.object({ code: z.string().max(64), user: name, password: z.string().min(10).max(256) }),
    answer: sessionInfo,
  },
  signIn: {
    method: 'POST',
    path: '/session',
    access: anyone,
    summary: 'Sign in',
    body: z.object({ user: z.string().max(64), password: z.string().max(256) }),
    answer: sessionInfo,
  },
  session: { method: 'GET', path: '/session', access: viewer, summary: 'Who is signed in', answer: sessionInfo },
  signOut: { method: 'DELETE', path: '/session', access: viewer, summary: 'Sign out', answer: done },
  userCreate: {
    method: 'POST',
    path: '/users',
    access: admin,
    summary: 'Create a user',
    body: z.object({ name, password: z.string().min(10).max(256), role: z.enum(roles).default('operator') }),
    answer: z.object({ id: z.number().int(), name: z.string(), role: z.enum(roles) }),
  },
  userPassword: {
    method: 'POST',
    path: '/users/password',
    access: admin,
    summary: "Set a user's password",
    body: z.object({ name, password: z.string().min(10).max(256) }),
    answer: done,
  },
});
