/** Personal values in a text: `{name}` stands for the recipient's value of that name. */

/**
 * A letter or underscore, then letters, digits, underscores, at most 64. Marks belong to the letters before them: most
 * Thai words cannot be written without. Every class in it is disjoint from `}`, so matching never backtracks.
 */
const placeholder = /\{([\p{L}_][\p{L}\p{M}\p{Nd}_]{0,63})\}/gu;

/** The names that a text asks for, each once, in order of appearance. Other braces are plain text. */
export function placeholders(text: string): string[] {
  if (!text.includes('{')) return [];
  const names = new Set<string>();
  for (const [, name] of text.matchAll(placeholder)) {
    if (name !== undefined) names.add(name);
  }
  return [...names];
}

/**
 * The text with its values put in as they are: a value is never searched for placeholders itself. Tells the names
 * without a value instead when there are any; an empty string is a value.
 */
export function fillTemplate(
  text: string,
  values: Readonly<Record<string, string>>,
): { readonly text: string } | { readonly missing: string[] } {
  const missing = placeholders(text).filter((name) => !Object.hasOwn(values, name));
  if (missing.length > 0) return { missing };
  return { text: text.replace(placeholder, (whole, name: string) => values[name] ?? whole) };
}
