import { z } from 'zod';
import { roles } from '../domain/roles.ts';
import { admin, anyone, done, items, viewer } from './admin-route.ts';
import { sessionInfo } from './admin-shapes.ts';
import { isoTime, name, nullableTime } from './common.ts';
import { routeTable } from './route.ts';

export const password = z.string().min(10).max(256);
const named = z.object({ name });

export const userItem = z.object({
  id: z.number().int(),
  name: z.string(),
  role: z.enum(roles),
  /** A disabled user is signed out everywhere and cannot sign in. */
  disabled: z.boolean(),
  /** Whether sign-in asks for a code. */
  totp: z.boolean(),
  /** Open sessions. */
  sessions: z.number().int(),
  /** Until when wrong tries keep the user out; null when they do not. */
  lockedUntil: nullableTime,
  createdAt: isoTime,
  signedInAt: nullableTime,
});
export type UserItem = z.infer<typeof userItem>;

export const sessionItem = z.object({
  id: z.number().int(),
  createdAt: isoTime,
  /** Last used, to the minute. */
  seenAt: isoTime,
  expiresAt: isoTime,
  address: z.string().nullable(),
  /** What the browser calls itself. */
  agent: z.string().nullable(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
});
export type SessionItem = z.infer<typeof sessionItem>;

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
    body: z.object({ code: z.string().max(64), user: name, password }),
    answer: sessionInfo,
  },
  signIn: {
    method: 'POST',
    path: '/session',
    access: anyone,
    summary: 'Sign in; after auth.code_required once more with the code',
    body: z.object({
      user: z.string().max(64),
      password: z.string().max(256),
      /** Of the authenticator app, or a recovery code. */
      code: z.string().max(32).optional(),
    }),
    answer: sessionInfo,
  },
  signInByTicket: {
    method: 'POST',
    path: '/session/ticket',
    access: anyone,
    summary: "Sign the desktop's own window in, once",
    body: z.object({ ticket: z.string().min(1).max(64) }),
    answer: sessionInfo,
  },
  session: { method: 'GET', path: '/session', access: viewer, summary: 'Who is signed in', answer: sessionInfo },
  signOut: { method: 'DELETE', path: '/session', access: viewer, summary: 'Sign out', answer: done },
  users: { method: 'GET', path: '/users', access: admin, summary: 'Users, by name', answer: items(userItem) },
  userCreate: {
    method: 'POST',
    path: '/users',
    access: admin,
    summary: 'Create a user',
    body: z.object({ name, password, role: z.enum(roles).default('operator') }),
    answer: z.object({ id: z.number().int(), name: z.string(), role: z.enum(roles) }),
  },
  userPassword: {
    method: 'POST',
    path: '/users/password',
    access: admin,
    summary: "Set a user's password",
    body: z.object({ name, password }),
    answer: done,
  },
  userSet: {
    method: 'PATCH',
    path: '/users/{name}',
    access: admin,
    summary: 'Change the role of a user, disable or enable; what is left out stays',
    params: named,
    body: z.object({ role: z.enum(roles).optional(), disabled: z.boolean().optional() }),
    answer: userItem,
  },
  userRemove: {
    method: 'DELETE',
    path: '/users/{name}',
    access: admin,
    summary: 'Remove a user',
    params: named,
    answer: done,
  },
  userSignOut: {
    method: 'POST',
    path: '/users/{name}/sign-out',
    access: admin,
    summary: 'Sign a user out everywhere',
    params: named,
    answer: z.object({ ended: z.number().int() }),
  },
  userTotpReset: {
    method: 'DELETE',
    path: '/users/{name}/totp',
    access: admin,
    summary: 'Let a user who lost the authenticator app sign in without a code',
    params: named,
    answer: done,
  },
  userSessions: {
    method: 'GET',
    path: '/users/{name}/sessions',
    access: admin,
    summary: 'Open sessions of a user, newest first',
    params: named,
    answer: items(sessionItem),
  },
  userSessionEnd: {
    method: 'DELETE',
    path: '/users/{name}/sessions/{id}',
    access: admin,
    summary: 'End a session of a user',
    params: named.extend({ id: z.coerce.number().int().positive() }),
    answer: done,
  },
});
