import type { TemplateItem } from '../../../server/contract/admin-templates.ts';

/** Whether a template is for a purpose, and has every word that is looked for in its name or text. */
export function matches(
  item: Pick<TemplateItem, 'name' | 'text' | 'purposes'>,
  typed: string,
  purpose: string,
): boolean {
  const written = fold(`${item.name} ${item.text}`);
  const words = fold(typed)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return (
    words.every((word) => written.includes(word)) && (purpose === '' || item.purposes.some((one) => one === purpose))
  );
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
