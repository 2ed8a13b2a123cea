import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument } from '../../server/contract/openapi.ts';

/**
 * Checks values against the schemas of an OpenAPI document, as a caller's generated client would. Stricter than it in
 * one way: a field that the document does not tell of is a fault.
 */
export class ApiSchemas {
  readonly #ajv: Ajv2020;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    this.#ajv = new Ajv2020({ allErrors: true, strict: false });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ ...(closed(document) as object), $id: 'box' });
  }

  /** What is wrong with a value, by the schema at a place such as `/components/schemas/Error`; empty when nothing is. */
  faults(place: string, value: unknown): string[] {
    const check = this.#at(place);
    if (check(value)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }

  #at(place: string): ValidateFunction {
    const known = this.#compiled.get(place);
    if (known !== undefined) return known;
    const compiled = this.#ajv.compile({ $ref: `box#${place}` });
    this.#compiled.set(place, compiled);
    return compiled;
  }
}

/** One part of a JSON pointer, fit for the fragment of an address. */
export function pointer(...parts: readonly (string | number)[]): string {
  return parts
    .map((part) => `/${encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('');
}

/** Closes every object that lists its properties and says nothing of others. Parts of an `allOf` stay open. */
function closed(value: unknown, partOfAll = false): unknown {
  if (Array.isArray(value)) return value.map((item) => closed(item, partOfAll));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, closed(inner, partOfAll || name === 'allOf')]);
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  const isObject = copy['type'] === 'object' && copy['properties'] !== undefined;
  if (isObject && !partOfAll && copy['additionalProperties'] === undefined) copy['additionalProperties'] = false;
  return copy;
}
