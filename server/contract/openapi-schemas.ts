import { z } from 'zod';

export type JsonObject = Record<string, unknown>;

/** Where a schema stands: what callers send may leave out what has a default, what they get may not. */
type Side = 'input' | 'output';

const timePattern = String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$`;
const inDefinitions = '#/$defs/';
const inComponents = '#/components/schemas/';

/** Makes JSON Schemas (draft 2020-12) of zod's and gathers those that have an id, to be pointed at. */
export class SchemaBook {
  readonly #named = new Map<string, JsonObject>();

  /** @throws Error when two different shapes have the same id. */
  schema(of: z.ZodType, side: Side): JsonObject {
    const made = asObject(
      pointToComponents(z.toJSONSchema(of, { target: 'draft-2020-12', io: side, unrepresentable: 'any', override })),
    );
    const { $schema: _dialect, $defs: definitions, ...schema } = made;
    for (const [name, definition] of Object.entries(asObject(definitions))) this.#add(name, asObject(definition));
    return schema;
  }

  /** The properties of an object's schema, each by itself, as parameters need them. */
  properties(of: z.ZodType): { name: string; required: boolean; schema: JsonObject }[] {
    const schema = this.schema(of, 'input');
    const required = Array.isArray(schema['required']) ? schema['required'] : [];
    return Object.entries(asObject(schema['properties'])).map(([name, property]) => ({
      name,
      required: required.includes(name),
      schema: asObject(property),
    }));
  }

  /** Everything with an id, in order of the alphabet. */
  get components(): JsonObject {
    return Object.fromEntries([...this.#named].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  #add(name: string, schema: JsonObject): void {
    const known = this.#named.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`two different schemas have the id ${name}`);
    }
    this.#named.set(name, schema);
  }
}

/** Leaves out what a reader does not need: the bounds of JavaScript's integers, the calendar inside a pattern. */
function override({ jsonSchema }: { readonly jsonSchema: JsonObject }): void {
  const leaveOut = (name: string): void => {
    Reflect.deleteProperty(jsonSchema, name);
  };
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) leaveOut('minimum');
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) leaveOut('maximum');
  if (jsonSchema['format'] === 'uuid') leaveOut('pattern');
  if (jsonSchema['format'] === 'date-time') Object.assign(jsonSchema, { pattern: timePattern });
  // More fields may come in a later version: callers are to ignore what they do not know.
  if (jsonSchema['additionalProperties'] === false) leaveOut('additionalProperties');
  foldNull(jsonSchema);
}

/** `anyOf` a plain type and null, as one type: easier to read, and the same. */
function foldNull(jsonSchema: JsonObject): void {
  const { anyOf } = jsonSchema;
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return;
  const [one, other] = anyOf.map(asObject);
  if (one === undefined || typeof one['type'] !== 'string' || one['enum'] !== undefined || other?.['type'] !== 'null')
    return;
  Reflect.deleteProperty(jsonSchema, 'anyOf');
  Object.assign(jsonSchema, { ...one, ...jsonSchema, type: [one['type'], 'null'] });
}

function pointToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointToComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === '$ref' && typeof inner === 'string'
        ? inner.replace(inDefinitions, inComponents)
        : pointToComponents(inner),
    ]),
  );
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
