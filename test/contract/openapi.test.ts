import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openApiDocument, type OpenApiDocument } from '../../server/contract/openapi.ts';
import { errorsOf, errorWords } from '../../server/contract/openapi-errors.ts';
import { SchemaBook } from '../../server/contract/openapi-schemas.ts';
import { result, routeTable, type Route } from '../../server/contract/route.ts';
import { v2Routes } from '../../server/contract/v2.ts';
import { statusOf } from '../../server/http/error-mapper.ts';
import { ApiSchemas, pointer } from '../fakes/api-schema.ts';

const server = 'http://192.168.1.20:8580/api/v2';
const event = z.object({ smsUuid: z.string() }).meta({ id: 'Event' });

function documentOf(routes: Readonly<Record<string, Route>>): OpenApiDocument {
  return openApiDocument({
    routes,
    events: { 'dr.success': { summary: 'Delivered.', body: event } },
    statusOf,
    version: '1.2.3',
    server,
  });
}

const document = documentOf(v2Routes);
const operations = Object.entries<Route>(v2Routes).map(([name, route]) => ({ name, route }));

describe('the API document', () => {
  test('is OpenAPI 3.1, by the judgement of a validator', async () => {
    const copy = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
    expect(await new Validator().validate(copy)).toMatchObject({ valid: true });
    expect(await new Validator().validate({ ...copy, paths: { '/x': { get: { responses: 7 } } } })).toMatchObject({
      valid: false,
    });
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' }, servers: [{ url: server }] });
  });

  test('has every operation of the route table, once, and no other', () => {
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${operationId}: ${method.toUpperCase()} ${path}`),
    );
    const wanted = operations.map(({ name, route }) => `${name}: ${route.method} ${route.path}`);
    expect(told.toSorted()).toEqual(wanted.toSorted());
  });

  test.each(operations)('tells of $name what a caller has to know', ({ name, route }) => {
    const operation = document.paths[route.path]?.[route.method.toLowerCase()];
    expect(operation).toMatchObject({ operationId: name, summary: route.summary, tags: [expect.any(String)] });
    const parameters = (operation?.['parameters'] ?? []) as { in?: string; name?: string }[];
    const inPath = parameters.filter((each) => each.in === 'path').map((each) => each.name);
    expect(inPath).toEqual([...route.path.matchAll(/\{(\w+)\}/gu)].map(([, parameter]) => parameter));
    const { access } = route;
    expect(operation?.['security']).toEqual(access.by === 'key' ? [{ apiKey: [access.scope] }] : [{ session: [] }]);
    if (access.by === 'key') expect(operation?.['description']).toContain(`\`${access.scope}\``);
    expect(operation?.['requestBody'] === undefined).toBe(route.body === undefined);
    for (const code of errorsOf(route)) {
      expect(JSON.stringify(operation?.responses[statusOf(code)]), code).toContain(`"${code}"`);
      expect(errorWords[code], `words for ${code}`).toMatch(/\.$/u);
    }
  });

  test.each(operations.filter(({ route }) => route.examples?.body !== undefined))(
    'has an example of the body of $name that the box would take',
    ({ route }) => {
      expect(route.body?.safeParse(route.examples?.body)).toMatchObject({ success: true });
    },
  );

  test.each(operations.filter(({ route }) => route.examples?.answer !== undefined))(
    'has an example of the answer of $name that fits its schema',
    ({ route }) => {
      const place = pointer('paths', route.path, route.method.toLowerCase(), 'responses', 200);
      const schema = `${place}${pointer('content', 'application/json', 'schema')}`;
      expect(new ApiSchemas(document).faults(schema, route.examples?.answer)).toEqual([]);
    },
  );

  test('tells of the events, with the headers that carry their names and signatures', () => {
    expect(document.webhooks['dr.success']).toMatchObject({
      post: {
        summary: 'dr.success',
        description: expect.stringContaining('Delivered.'),
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Event' } } } },
      },
    });
    const names = ['X-Webhook-Event', 'X-Webhook-Timestamp', 'X-Webhook-Signature', 'X-Webhook-Id'];
    for (const name of names) expect(JSON.stringify(document.webhooks)).toContain(name);
  });

  test('marks as extensions what the published reference does not have', () => {
    const marked = operations.filter(({ route }) => route.extension === true);
    expect(marked.length).toBeGreaterThan(0);
    for (const { route } of marked) {
      expect(document.paths[route.path]?.[route.method.toLowerCase()]).toHaveProperty('x-sepsms-extension', true);
    }
    expect(document.components.schemas).toHaveProperty('SendRequest.properties.clientRef.x-sepsms-extension', true);
    expect(document.components.schemas).not.toHaveProperty('SendRequest.properties.origin.x-sepsms-extension');
  });
});

describe('a schema of the document', () => {
  const schemaOf = (schema: z.ZodType, side: 'input' | 'output') => new SchemaBook().schema(schema, side);

  test('asks callers for less than it promises them', () => {
    const schema = z.object({ limit: z.number().default(5) });
    expect(schemaOf(schema, 'input')).not.toHaveProperty('required');
    expect(schemaOf(schema, 'output')).toHaveProperty('required', ['limit']);
  });

  test('is free of what helps nobody', () => {
    const schema = z.object({ n: z.int(), id: z.uuid(), at: z.iso.datetime({ precision: 3 }).nullable() });
    expect(schemaOf(schema, 'output')).toEqual({
      type: 'object',
      properties: {
        n: { type: 'integer' },
        id: { type: 'string', format: 'uuid' },
        at: {
          type: ['string', 'null'],
          format: 'date-time',
          pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$`,
        },
      },
      required: ['n', 'id', 'at'],
    });
  });

  test('with a name stands among the components, and one name is one shape', () => {
    const book = new SchemaBook();
    const named = z.object({ a: z.string() }).meta({ id: 'Named' });
    expect(book.schema(z.object({ result: named }), 'output')).toMatchObject({
      properties: { result: { $ref: '#/components/schemas/Named' } },
    });
    expect(Object.keys(book.components)).toEqual(['Named']);
    expect(() => book.schema(z.object({ a: z.number() }).meta({ id: 'Named' }), 'output')).toThrow('Named');
  });

  test('appears with its route, whatever its area', () => {
    const routes = routeTable({
      newOne: {
        method: 'GET',
        path: '/new/{id}',
        access: { by: 'key', scope: 'webhooks:read' },
        summary: 'New',
        params: z.object({ id: z.coerce.number().int().positive() }),
        query: z.object({ q: z.string().optional() }),
        answer: result(z.object({ ok: z.boolean() })),
        errors: ['webhook.not_found'],
      },
    });
    expect(documentOf(routes).paths['/new/{id}']?.['get']).toMatchObject({
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
        { name: 'q', in: 'query', required: false, schema: { type: 'string' } },
      ],
      responses: { 404: { description: expect.stringContaining('webhook.not_found') } },
    });
  });
});
