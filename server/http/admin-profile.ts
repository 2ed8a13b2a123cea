import { sessionItem } from './admin-people.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { personOf, rememberSession, type AdminCaller } from './person-gate.ts';

function self(who: AdminCaller) {
  return { person: personOf(who), token: who.token };
}

/** A signed-in person's own matters. */
export function profileHandlers(
  services: AdminServices,
): AdminHandlers<
  | 'profile'
  | 'profileSet'
  | 'profilePassword'
  | 'profileSessions'
  | 'profileSessionEnd'
  | 'profileSignOutOthers'
  | 'totpEnrol'
  | 'totpConfirm'
  | 'totpRecoveryCodes'
  | 'totpRemove'
> {
  const { profiles, secureCookies } = services;
  return {
    profile: ({ who }) => profiles.show(self(who)),
    profileSet: async ({ who, body }) => {
      await profiles.setLanguage(self(who), body.language);
      return profiles.show(self(who));
    },
    profilePassword: async ({ who, body, response }) => {
      const token = await profiles.changePassword(self(who), body.current, body.password);
      rememberSession(response, token, secureCookies);
      return { ok: true };
    },
    profileSessions: ({ who }) => ({ items: profiles.sessions(self(who)).map(sessionItem) }),
    profileSessionEnd: async ({ who, params }) => {
      await profiles.endSession(self(who), params.id);
      return { ok: true };
    },
    profileSignOutOthers: async ({ who }) => ({ ended: await profiles.endOtherSessions(self(who)) }),
    totpEnrol: async ({ who, body }) => await profiles.enrolTotp(self(who), body.password),
    totpConfirm: async ({ who, body }) => ({ recoveryCodes: await profiles.confirmTotp(self(who), body.code) }),
    totpRecoveryCodes: async ({ who, body }) => ({
      recoveryCodes: await profiles.renewRecoveryCodes(self(who), body.password),
    }),
    totpRemove: async ({ who, body }) => {
      await profiles.removeTotp(self(who), body.password);
      return { ok: true };
    },
  };
}
