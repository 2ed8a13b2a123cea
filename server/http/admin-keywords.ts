import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** Keyword rules. */
export function keywordHandlers(
  services: AdminServices,
): AdminHandlers<'keywords' | 'keywordAdd' | 'keywordChange' | 'keywordRemove' | 'keywordOrder' | 'keywordTry'> {
  const { keywords, keywordTrial } = services;
  return {
    keywords: () => keywords.list(),
    keywordAdd: async ({ body }) => await keywords.add(body),
    keywordChange: async ({ params, body }) => await keywords.change(params.id, body),
    keywordRemove: async ({ params }) => {
      await keywords.remove(params.id);
      return { ok: true };
    },
    keywordOrder: async ({ body }) => {
      await keywords.order(body.ids);
      return keywords.list();
    },
    keywordTry: ({ body }) => keywordTrial.try(body),
  };
}
