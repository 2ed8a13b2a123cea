import type { JsonObject } from './openapi-schemas.ts';

/** The texts of the API document that belong to no single operation. */

export const aboutTheApi = `Send SMS and one-time codes from your own machine. The box speaks the published SEPSMS v2 API: a program written for the
cloud works after changing its base URL and its key. What the published reference does not have is marked as an extension (\`x-sepsms-extension\`).

**Success** is \`{"result": …}\`. **Refusals** of every kind have one form: \`{"success": false, "error": {"code", "message"}}\`; programs read
\`error.code\`, people \`error.message\`. A path that does not exist answers 404 \`request.not_found\`, a wrong method 405 \`request.method_not_allowed\`.

**Numbers** are accepted as \`0812345678\` or \`66812345678\`, also with \`+\`, spaces and dashes, and answered as \`66812345678\`. **Times** in answers
are ISO 8601 in UTC with milliseconds. Unknown fields of a request are ignored; ignore unknown fields of an answer.

**Rate limits** are told by \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` on every answer. One request too many is 429
\`rate_limit.exceeded\`; wait as many seconds as \`Retry-After\` says.`;

export const aboutTheKey =
  'A key of the form `sk_sep_…`, made by an administrator of the box and shown once. Its scopes say what it may do:';

export const aboutWebhooks = `Answer with any 2xx status within 15 seconds; anything else is tried again for days. Before you believe a post, check
its signature: the HMAC-SHA256 of \`<t>.<raw body>\`, keyed with the whole secret of the endpoint (\`whsec_…\`), in lower-case hex, must be among the \`v1\`
values, and \`t\` must not be older than a few minutes. An event may come more than once and events may come out of order: \`X-Webhook-Id\` stays the same.`;

const integer = { type: 'integer', minimum: 0 };

/** Headers of answers. */
export const headers = {
  'X-Request-Id': { description: 'Names this request in the log of the box.', schema: { type: 'string' } },
  'RateLimit-Limit': {
    description: 'Requests in one minute, by the limit that is nearest to its end.',
    schema: integer,
  },
  'RateLimit-Remaining': { description: 'Requests left.', schema: integer },
  'RateLimit-Reset': { description: 'Seconds until there are more.', schema: integer },
  'Retry-After': { description: 'Seconds to wait before the next request.', schema: { type: 'integer', minimum: 1 } },
  'Idempotency-Replayed': {
    description: 'There when this is the answer to an earlier request with the same `Idempotency-Key`.',
    schema: { type: 'string', const: 'true' },
  },
} as const satisfies JsonObject;
export type HeaderName = keyof typeof headers;

/** Headers of requests. */
export const requestHeaders = {
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes it safe to send the request again: the same key and body get the first answer, for 24 hours. Choose one for each message, such as a UUID or the number of the order.',
    'x-sepsms-extension': true,
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    example: 'order-4711',
  },
} as const satisfies JsonObject;

/** How signed-in people call: the session of the admin pages, and a header that only those pages send. */
export const sessionScheme = {
  type: 'apiKey',
  in: 'cookie',
  name: 'sepsms_session',
  description:
    'The session of a person who is signed in to the admin pages; with the header `X-Requested-With: sepsms-box`.',
} as const;

export const webhookHeaders = [
  {
    name: 'X-Webhook-Event',
    in: 'header',
    required: true,
    description: 'The name of the event.',
    schema: { type: 'string' },
  },
  {
    name: 'X-Webhook-Timestamp',
    in: 'header',
    required: true,
    description: 'Unix time in seconds at which this post was signed.',
    schema: { type: 'string', pattern: String.raw`^\d+$` },
  },
  {
    name: 'X-Webhook-Signature',
    in: 'header',
    required: true,
    description: '`t=<seconds>,v1=<hex>`; two `v1` parts for 24 hours after the secret was rotated.',
    schema: { type: 'string', pattern: String.raw`^t=\d+(,v1=[0-9a-f]{64}){1,2}$` },
  },
  {
    name: 'X-Webhook-Id',
    in: 'header',
    required: true,
    description: 'Stays the same over all attempts at one event, so that you can drop what you have seen.',
    'x-sepsms-extension': true,
    schema: { type: 'string' },
  },
] as const;

/** Groups of operations, by the first part of their paths. */
export const tags = {
  message: { name: 'Messages', description: 'Send, preview, follow and cancel messages.' },
  inbound: { name: 'Received messages', description: 'What phones have sent to the modems of the box.' },
  otp: { name: 'One-time codes', description: 'Send a code and check what the person typed.' },
  credit: { name: 'Credits', description: 'What the account has left.' },
  webhooks: { name: 'Webhooks', description: 'The endpoints that are told of events, and what was told.' },
  events: { name: 'Events', description: 'What the box posts to the endpoints.' },
} as const;
