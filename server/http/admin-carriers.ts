import { carrierFields } from '../contract/carrier-forms.ts';
import { hostsOf } from '../contract/upstream-form.ts';
import { canonicalHost } from '../domain/webhook-address.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { assertRole, personOf } from './person-gate.ts';

/** Carriers: added, watched, put to work and out of it. */
export function carrierHandlers(
  services: AdminServices,
): AdminHandlers<
  | 'carriers'
  | 'carrier'
  | 'carrierConfiguration'
  | 'carrierAdd'
  | 'carrierEnable'
  | 'carrierDisable'
  | 'carrierPause'
  | 'carrierResume'
  | 'carrierDrain'
  | 'carrierTerms'
  | 'carrierChange'
  | 'carrierOperate'
  | 'carrierTest'
  | 'carrierRemove'
> {
  const { carriers, carrierDrafts, carrierOperator, modems, accounts, allowHost } = services;
  return {
    carriers: () => ({ items: carriers.list() }),
    carrier: ({ params }) => carriers.one(params.id),
    carrierConfiguration: ({ params }) => {
      const { kind, config, secrets } = carrierDrafts.configuration(params.id);
      const fields = carrierFields[kind].flatMap((name) => (name in config ? [[name, config[name]] as const] : []));
      return { kind, fields: Object.fromEntries(fields), secrets: [...secrets] };
    },
    carrierAdd: async ({ body }) => {
      if (body.kind === 'upstream' && body.allowHost === true) {
        for (const host of hostsOf(body)) await allowHost(canonicalHost(host));
      }
      const wanted = body.kind === 'modem' ? await modems.complete(body) : body;
      const { name, config } = carrierDrafts.draft(wanted);
      return await carriers.add(name, body.kind, config);
    },
    carrierEnable: async ({ params }) => await carriers.enable(params.id),
    carrierDisable: async ({ params }) => await carriers.disable(params.id),
    carrierPause: async ({ params }) => await carriers.pause(params.id),
    carrierResume: async ({ params }) => await carriers.resume(params.id),
    carrierDrain: async ({ params }) => await carriers.drain(params.id),
    carrierTerms: async ({ params, body }) => await carriers.setTerms(params.id, body),
    carrierChange: async ({ params, body }) => {
      if (body.kind === 'upstream' && body.allowHost === true)
        for (const host of hostsOf(body)) await allowHost(canonicalHost(host));
      return await carriers.reconfigure(params.id, carrierDrafts.change(params.id, body));
    },
    carrierOperate: async ({ who, params, body }) => {
      if (body.kind === 'at') assertRole(personOf(who), 'admin');
      return await carrierOperator.operate(params.id, body);
    },
    carrierTest: async ({ params, body }) => {
      const { id: accountId } = accounts.named(body.account);
      const origin = body.origin ?? accounts.usualSender(accountId);
      return await carrierOperator.sendTest(params.id, { accountId, origin }, body.to);
    },
    carrierRemove: async ({ params }) => {
      await carriers.remove(params.id);
      return { ok: true };
    },
  };
}
