import { countSegments } from '../domain/segments.ts';
import { placeholders } from '../domain/template.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** Named texts. */
export function templateHandlers(
  services: AdminServices,
): AdminHandlers<'templates' | 'template' | 'templateAdd' | 'templateSet' | 'templateRemove' | 'textPreview'> {
  const { templates } = services.addressBook;
  return {
    templates: ({ query }) => ({ items: templates.list(query.account, query.purpose).map(templateItem) }),
    template: ({ params }) => templateItem(templates.get(params.id)),
    templateAdd: async ({ body: { account, ...draft } }) => templateItem(await templates.create(account, draft)),
    templateSet: async ({ params, body }) => templateItem(await templates.change(params.id, body)),
    templateRemove: async ({ params }) => {
      await templates.remove(params.id);
      return { ok: true };
    },
    textPreview: ({ body }) => templates.preview(body.text, body.values),
  };
}

function templateItem(row: ReturnType<AdminServices['addressBook']['templates']['get']>) {
  const { id, account, name, text, purposes } = row;
  return {
    id,
    account,
    name,
    text,
    purposes,
    variables: placeholders(text),
    segments: countSegments(text),
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}
