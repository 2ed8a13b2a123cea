import type { Pointers } from '../../domain/provider-mapping.ts';

const longestValue = 1_000;

/** What a JSON Pointer leads to (RFC 6901 §4); undefined when it leads nowhere. Only own members are looked at. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

/** The texts that the pointers lead to, in their order; numbers and booleans as text, cut at 1,000 characters. */
export function textsAt(document: unknown, pointers: Pointers | undefined): string[] {
  const each = typeof pointers === 'string' ? [pointers] : (pointers ?? []);
  return each.flatMap((pointer) => {
    const value = valueAt(document, pointer);
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return plain ? [String(value).slice(0, longestValue)] : [];
  });
}

/** The first text that is not empty. */
export function textAt(document: unknown, pointers: Pointers | undefined): string | undefined {
  return textsAt(document, pointers).find((text) => text !== '');
}
