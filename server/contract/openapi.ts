import type { z } from 'zod';
import type { ErrorCode } from '../domain/errors.ts';
import type { EventName } from '../domain/events.ts';
import { scopes } from '../domain/scopes.ts';
import { errorAnswer } from './common.ts';
import { errorsOf, errorWords } from './openapi-errors.ts';
import { SchemaBook, type JsonObject } from './openapi-schemas.ts';
import {
  aboutTheApi,
  aboutTheKey,
  aboutWebhooks,
  headers,
  requestHeaders,
  sessionScheme,
  tags,
  webhookHeaders,
  type HeaderName,
} from './openapi-words.ts';
import type { Route } from './route.ts';

export interface DocumentOptions {
  readonly routes: Readonly<Record<string, Route>>;
  /** What the webhook events tell, and their bodies. */
  readonly events: Readonly<Partial<Record<EventName, { readonly summary: string; readonly body: z.ZodType }>>>;
  /** The HTTP status of an error code. */
  readonly statusOf: (code: ErrorCode) => number;
  readonly version: string;
  /** Where the API is, as the reader calls it: `http://192.168.1.20:8580/api/v2`. */
  readonly server: string;
}

/** An OpenAPI 3.1 document, as far as its readers here need to know. */
export interface OpenApiDocument extends JsonObject {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly webhooks: Readonly<Record<string, JsonObject>>;
  readonly components: JsonObject & { readonly schemas: JsonObject };
}

export interface OpenApiOperation extends JsonObject {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly responses: Readonly<Record<string, JsonObject>>;
}

/** The OpenAPI document of a route table (api-v2 §9), made from the schemas that validate. Pure. */
export function openApiDocument(options: DocumentOptions): OpenApiDocument {
  const book = new SchemaBook();
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const [name, route] of Object.entries(options.routes)) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = operation(name, route, book, options.statusOf);
  }
  const webhooks = Object.fromEntries(
    Object.entries(options.events).map(([event, about]) => [event, { post: webhook(event, about, book) }]),
  );
  return {
    openapi: '3.1.0',
    info: { title: 'SEPSMS Box API', version: options.version, description: aboutTheApi },
    servers: [{ url: options.server, description: 'This box' }],
    security: [{ apiKey: [] }],
    tags: tagsOf(paths, Object.keys(webhooks).length > 0),
    paths,
    webhooks,
    components: {
      schemas: book.components,
      headers,
      parameters: requestHeaders,
      securitySchemes: {
        session: sessionScheme,
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: `${aboutTheKey} ${scopes.map((scope) => `\`${scope}\``).join(', ')}.`,
        },
      },
    },
  };
}

function operation(
  name: string,
  route: Route,
  book: SchemaBook,
  statusOf: DocumentOptions['statusOf'],
): OpenApiOperation {
  const about = [
    route.description,
    whoMay(route),
    route.extension === true ? 'An extension of this box: the published SEPSMS v2 reference does not have it.' : '',
  ];
  const parameters = [...parametersOf(route.params, 'path', book), ...parametersOf(route.query, 'query', book)];
  if (route.idempotent === true) parameters.push({ $ref: '#/components/parameters/idempotencyKey' });
  return {
    operationId: name,
    summary: route.summary,
    description: about.filter((text) => text !== undefined && text !== '').join('\n\n'),
    tags: [groupOf(route)],
    security: securityOf(route),
    ...(route.extension === true ? { 'x-sepsms-extension': true } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: bodyOf(route.body, route.examples?.body, book) }),
    responses: {
      200: {
        description: 'Done.',
        headers: headersOf(route, 200),
        content: json(book.schema(route.answer, 'output'), route.examples?.answer),
      },
      ...refusals(route, book, statusOf),
    },
  };
}

/** The answers that are no 200, by status; each names the codes that it can have. */
function refusals(route: Route, book: SchemaBook, statusOf: DocumentOptions['statusOf']): Record<string, JsonObject> {
  const byStatus = Map.groupBy(errorsOf(route), statusOf);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `- \`${code}\`: ${errorWords[code] ?? 'See the message.'}`).join('\n'),
        headers: headersOf(route, status),
        content: {
          'application/json': {
            schema: {
              allOf: [
                book.schema(errorAnswer, 'output'),
                { type: 'object', properties: { error: { type: 'object', properties: { code: { enum: codes } } } } },
              ],
            },
            examples: Object.fromEntries(codes.map((code) => [code, { value: refusal(code) }])),
          },
        },
      },
    ]),
  );
}

function refusal(code: ErrorCode): z.input<typeof errorAnswer> {
  const exact = code === 'auth.invalid_credentials' ? 'API key is missing or invalid' : undefined;
  return { success: false, error: { code, message: exact ?? errorWords[code] ?? code } };
}

function headersOf(route: Route, status: number): JsonObject {
  const names: HeaderName[] = ['X-Request-Id'];
  // A person is not limited; who is turned away before being known as one is.
  if (route.access.by === 'key' || [401, 403, 429].includes(status)) {
    names.push('RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset');
  }
  if (status === 429) names.push('Retry-After');
  if (status === 200 && route.idempotent === true) names.push('Idempotency-Replayed');
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query', book: SchemaBook): JsonObject[] {
  if (schema === undefined) return [];
  return book.properties(schema).map(({ name, required, schema: { description, ...property } }) => ({
    name,
    in: place,
    required: place === 'path' || required,
    ...(description === undefined ? {} : { description }),
    schema: property,
  }));
}

function bodyOf(schema: z.ZodType, example: unknown, book: SchemaBook): JsonObject {
  return { required: true, content: json(book.schema(schema, 'input'), example) };
}

function json(schema: JsonObject, example: unknown): JsonObject {
  return { 'application/json': { schema, ...(example === undefined ? {} : { example }) } };
}

function webhook(
  event: string,
  { summary, body }: { readonly summary: string; readonly body: z.ZodType },
  book: SchemaBook,
): JsonObject {
  return {
    operationId: `webhook.${event}`,
    summary: event,
    description: `${summary}\n\n${aboutWebhooks}`,
    tags: [tags.events.name],
    security: [],
    parameters: webhookHeaders,
    requestBody: { required: true, content: json(book.schema(body, 'output'), undefined) },
    responses: { '2XX': { description: 'Taken.' } },
  };
}

/** The groups that have an operation, in their own order. */
function tagsOf(paths: OpenApiDocument['paths'], events: boolean): JsonObject[] {
  const used = new Set(Object.values(paths).flatMap((path) => Object.values(path).flatMap((each) => each.tags)));
  return Object.values(tags).filter(({ name }) => used.has(name) || (events && name === tags.events.name));
}

function groupOf({ path }: Route): string {
  const [, first = '', second = ''] = path.split('/');
  const group =
    Object.entries(tags).find(([area]) => area === second) ?? Object.entries(tags).find(([area]) => area === first);
  return group?.[1].name ?? tags.message.name;
}

function securityOf({ access }: Route): JsonObject[] {
  if (access.by === 'key') return [{ apiKey: [access.scope] }];
  return access.by === 'anyone' ? [] : [{ session: [] }];
}

function whoMay({ access }: Route): string {
  if (access.by === 'key') return `The key needs the scope \`${access.scope}\`.`;
  if (access.by === 'anyone') return 'No key is needed.';
  return `For a person with the role ${access.role} who is signed in to the admin pages; a key is refused.`;
}
