import { z } from 'zod';
import {
  placeholders,
  placeholdersIn,
  refusalKinds,
  type Json,
  type ProviderMapping,
} from '../domain/provider-mapping.ts';

/** The form of domain/provider-mapping.ts, bounded; what a carrier of the provider `custom` is configured with. */

const longest = 4_096;
const mostEntries = 300;
const mostDepth = 12;

const known: ReadonlySet<string> = new Set(placeholders);
/** A key in a query ends up in other people's logs, but some providers want it there. Texts and names have no place in headers. */
const inHeaders: ReadonlySet<string> = new Set(['key', 'user', 'basic', 'reference']);

function templateOf(allowed: ReadonlySet<string>) {
  return z
    .string()
    .max(longest)
    .superRefine((text, context) => {
      for (const name of placeholdersIn(text)) {
        if (!allowed.has(name)) context.addIssue(`{${name}} cannot stand here`);
      }
    });
}

const template = templateOf(known);
const headerName = z.string().regex(/^[A-Za-z0-9-]{1,64}$/u, 'not the name of a header');
const headerValue = templateOf(inHeaders).refine((text) => !/\p{Cc}/u.test(text), 'one line of text');
const pointer = z
  .string()
  .max(256)
  .regex(/^(?:\/[^/]*)+$/u, 'a JSON Pointer such as /messages/0/id');
const pointers = z.union([pointer, z.array(pointer).min(1).max(8)]);
const seconds = (most: number) => z.number().int().min(1).max(most);

/** Where a request goes must be seen at a glance: nothing of a message may be part of the host. */
const requestUrl = template.refine((text) => {
  const [origin = ''] = /^(?:\{url\}|https?:\/\/[^/?#{}@\s]+)(?=[/?#]|$)/u.exec(text) ?? [];
  return origin !== '' && !text.slice(origin.length).includes('{url}');
}, 'begins with https:// and a host, or with {url}');

const json: z.ZodType<Json> = z.unknown().transform((value, context): Json => {
  const read = readJson(value, 0);
  if (read !== undefined) return read;
  context.addIssue(`JSON of at most ${mostDepth} levels, with {placeholders} that exist`);
  return z.NEVER;
});

const requestTemplate = z.object({
  method: z.enum(['GET', 'POST', 'PUT']),
  url: requestUrl,
  headers: z.record(headerName, headerValue).optional(),
  body: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('json'), value: json }),
      z.object({ type: z.literal('form'), fields: z.record(z.string().min(1).max(128), template) }),
    ])
    .optional(),
});

const places = {
  list: pointers.optional(),
  number: pointers.optional(),
  status: pointers,
  code: pointers.optional(),
  message: pointers.optional(),
  time: pointers.optional(),
};

const signature = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('twilio') }),
  z.object({ kind: z.literal('vonage') }),
  z.object({
    kind: z.literal('hmac'),
    header: headerName,
    algorithm: z.enum(['sha1', 'sha256', 'sha512']),
    encoding: z.enum(['hex', 'base64']),
    prefix: z.string().max(32).optional(),
  }),
  z.object({ kind: z.literal('token'), header: headerName }),
]);

const verdict = z.enum(['delivered', 'trying', 'failed', 'expired']);

function table<T extends z.ZodType>(value: T) {
  return z
    .record(z.string().max(128), value)
    .refine((entries) => Object.keys(entries).length <= mostEntries, `at most ${mostEntries} entries`);
}

const send = z.object({
  request: requestTemplate,
  answer: z.enum(['json', 'form', 'text']).optional(),
  success: z
    .object({
      statuses: z.array(z.number().int().min(200).max(299)).min(1).max(20).optional(),
      at: pointers.optional(),
      equals: z.array(z.string().max(128)).min(1).max(50).optional(),
    })
    .refine((given) => (given.at === undefined) === (given.equals === undefined), '`at` and `equals` go together')
    .optional(),
  reference: pointers.optional(),
  code: pointers.optional(),
  message: pointers.optional(),
  codes: table(z.enum(refusalKinds)).optional(),
  encodings: z.object({ gsm7: z.string().max(32), ucs2: z.string().max(32) }).optional(),
  longestValiditySeconds: seconds(7 * 86_400).optional(),
  idempotent: z.boolean().optional(),
});

export const providerMapping: z.ZodType<ProviderMapping> = z.object({
  name: z.string().trim().min(1).max(64),
  url: z
    .url({ protocol: /^https?$/u })
    .max(512)
    .optional(),
  send,
  statuses: table(verdict).optional(),
  otherStatuses: verdict.optional(),
  callback: z
    .object({
      ...places,
      reference: pointers,
      signature: signature.optional(),
      answer: z
        .object({
          status: z.number().int().min(200).max(299),
          contentType: z.string().regex(/^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/u, 'not a media type'),
          body: z.string().max(1_024),
        })
        .optional(),
    })
    .optional(),
  poll: z
    .object({
      ...places,
      request: requestTemplate,
      afterSeconds: seconds(86_400).optional(),
      everySeconds: seconds(86_400).optional(),
    })
    .optional(),
  balance: z.object({ request: requestTemplate, at: pointers, unit: z.string().max(64).optional() }).optional(),
});

/** The value as JSON of bounded depth and size whose templates are sound; undefined when it is not. */
function readJson(value: unknown, depth: number): Json | undefined {
  if (depth > mostDepth) return undefined;
  if (typeof value === 'string') return template.safeParse(value).success ? value : undefined;
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object') return undefined;
  const entries = Object.entries(value).map(([name, each]) => [name, readJson(each, depth + 1)] as const);
  if (entries.length > mostEntries || entries.some(([, each]) => each === undefined)) return undefined;
  if (Array.isArray(value)) return entries.flatMap(([, each]) => (each === undefined ? [] : [each]));
  return Object.fromEntries(entries.flatMap(([name, each]) => (each === undefined ? [] : [[name, each]])));
}
