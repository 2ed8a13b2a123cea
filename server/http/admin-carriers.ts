import { canonicalHost } from '../domain/webhook-address.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** Carriers: added, watched, put to work and out of it. */
export function carrierHandlers(
  services: AdminServices,
): AdminHandlers<'carriers' | 'carrierAdd' | 'carrierEnable' | 'carrierDisable' | 'carrierRemove'> {
  const { carriers, carrierDrafts, modems, allowHost } = services;
  return {
    carriers: () => ({ items: carriers.list() }),
    carrierAdd: async ({ body }) => {
      if (body.kind === 'upstream' && body.allowHost === true)
        await allowHost(canonicalHost(new URL(body.url).hostname));
      const wanted = body.kind === 'modem' ? await modems.complete(body) : body;
      const { name, config } = carrierDrafts.draft(wanted);
      return await carriers.add(name, body.kind, config);
    },
    carrierEnable: async ({ params }) => await carriers.enable(params.id),
    carrierDisable: async ({ params }) => await carriers.disable(params.id),
    carrierRemove: async ({ params }) => {
      await carriers.remove(params.id);
      return { ok: true };
    },
  };
}
