import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** Carriers: added, watched, put to work and out of it. */
export function carrierHandlers(
  services: AdminServices,
): AdminHandlers<'carriers' | 'carrierAdd' | 'carrierEnable' | 'carrierDisable' | 'carrierRemove'> {
  const { carriers, carrierDrafts, modems } = services;
  return {
    carriers: () => ({ items: carriers.list() }),
    carrierAdd: async ({ body }) => {
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
