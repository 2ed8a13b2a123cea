import { z } from 'zod';
import { languages } from '../domain/languages.ts';
import { roles } from '../domain/roles.ts';
import { password, sessionItem } from './admin-people.ts';
import { done, items, viewer } from './admin-route.ts';
import { idParam } from './common.ts';
import { routeTable } from './route.ts';

export const profile = z.object({
  user: z.string(),
  role: z.enum(roles),
  language: z.enum(languages).nullable(),
  /** Whether sign-in asks for a code. */
  totp: z.boolean(),
  recoveryCodesLeft: z.number().int(),
});
export type Profile = z.infer<typeof profile>;

/** Asked for again before what a stranger at an open page must not do. */
const own = z.object({ password: z.string().max(256) });
/** Shown this once. */
const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

/** A signed-in person's own matters. */
export const adminProfileRoutes = routeTable({
  profile: { method: 'GET', path: '/profile', access: viewer, summary: 'Own profile', answer: profile },
  profileSet: {
    method: 'PATCH',
    path: '/profile',
    access: viewer,
    summary: 'Choose the language of the pages',
    body: z.object({ language: z.enum(languages) }),
    answer: profile,
  },
  profilePassword: {
    method: 'POST',
    path: '/profile/password',
    access: viewer,
    summary: 'Change the own password; all other sessions end',
    body: z.object({ current: z.string().max(256), password }),
    answer: done,
  },
  profileSessions: {
    method: 'GET',
    path: '/profile/sessions',
    access: viewer,
    summary: 'Own open sessions, newest first',
    answer: items(sessionItem),
  },
  profileSessionEnd: {
    method: 'DELETE',
    path: '/profile/sessions/{id}',
    access: viewer,
    summary: 'End one of the own sessions',
    params: idParam,
    answer: done,
  },
  profileSignOutOthers: {
    method: 'POST',
    path: '/profile/sign-out-others',
    access: viewer,
    summary: 'End all own sessions but this one',
    answer: z.object({ ended: z.number().int() }),
  },
  totpEnrol: {
    method: 'POST',
    path: '/profile/totp',
    access: viewer,
    summary: 'Begin to sign in with codes of an authenticator app: a secret for the app',
    body: own,
    answer: z.object({ secret: z.string(), uri: z.string() }),
  },
  totpConfirm: {
    method: 'POST',
    path: '/profile/totp/confirm',
    access: viewer,
    summary: 'Turn it on with a code of the app; answers recovery codes, once; other sessions end',
    body: z.object({ code: z.string().max(32) }),
    answer: recoveryCodes,
  },
  totpRecoveryCodes: {
    method: 'POST',
    path: '/profile/totp/recovery-codes',
    access: viewer,
    summary: 'New recovery codes in place of the old ones',
    body: own,
    answer: recoveryCodes,
  },
  totpRemove: {
    method: 'POST',
    path: '/profile/totp/remove',
    access: viewer,
    summary: 'Sign in without codes again',
    body: own,
    answer: done,
  },
});
