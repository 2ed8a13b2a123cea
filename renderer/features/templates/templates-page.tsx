import { TemplateList } from './template-list.tsx';
import { TemplatePage } from './template-page.tsx';
import { NewTemplatePage } from './template-form.tsx';

/** Texts that are kept to be sent again. */
export function TemplatesPage({ parts }: { readonly parts: readonly string[] }) {
  const [open = null] = parts;
  if (open === null) return <TemplateList />;
  return open === 'new' ? <NewTemplatePage /> : <TemplatePage key={open} id={open} />;
}
