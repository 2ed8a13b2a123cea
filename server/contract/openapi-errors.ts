import type { ErrorCode } from '../domain/errors.ts';
import type { Route } from './route.ts';

const ofKeys = [
  'auth.invalid_credentials',
  'auth.insufficient_scope',
  'auth.ip_not_allowed',
  'auth.account_suspended',
  'rate_limit.exceeded',
] as const satisfies readonly ErrorCode[];
/** Of operations for signed-in people, where keys are turned away. */
const ofSessions = [
  'auth.invalid_credentials',
  'auth.ip_not_allowed',
  'auth.account_suspended',
  'auth.session_required',
  'auth.forbidden',
  'auth.cross_site',
  'webhook.dashboard_only',
  'rate_limit.exceeded',
] as const satisfies readonly ErrorCode[];
const ofBodies = [
  'request.invalid_json',
  'request.too_large',
  'request.unsupported_media_type',
  'request.timeout',
] as const satisfies readonly ErrorCode[];
const ofTheBox = ['internal.fault', 'store.unavailable', 'box.stopping'] as const satisfies readonly ErrorCode[];

/** Every code that an operation can answer: those that follow from its form, and its own. */
export function errorsOf(route: Route): ErrorCode[] {
  const parsed = [route.params, route.query, route.body].some((schema) => schema !== undefined);
  const codes: readonly ErrorCode[] = [
    ...(route.access.by === 'key' ? ofKeys : []),
    ...(route.access.by === 'session' ? ofSessions : []),
    ...(parsed || route.idempotent === true ? (['validation.failed'] as const) : []),
    ...(route.body === undefined ? [] : ofBodies),
    ...(route.errors ?? []),
    ...(route.idempotent === true ? (['idempotency.key_reused', 'idempotency.in_progress'] as const) : []),
    ...ofTheBox,
    ...(route.method === 'GET' ? [] : (['store.disk_full', 'store.corrupt'] as const)),
  ];
  return [...new Set(codes)];
}

/** What a code says, for the API document; the exact message of an answer tells more. */
export const errorWords: Readonly<Partial<Record<ErrorCode, string>>> = {
  'auth.invalid_credentials': 'The API key is missing, malformed, unknown, revoked or expired.',
  'auth.insufficient_scope': 'The key lacks the scope of this operation.',
  'auth.ip_not_allowed': 'The key may not be used from this address.',
  'auth.account_suspended': 'The account of the key is suspended.',
  'auth.session_required': 'The session has ended. Sign in again.',
  'auth.forbidden': 'The role of the person does not allow it.',
  'auth.cross_site': 'The request did not come from a page of the box.',
  'rate_limit.exceeded': 'Too many requests. `Retry-After` says how many seconds to wait.',
  'validation.failed': 'The request is not of the right form. `error.details` names the fields at fault.',
  'request.invalid_json': 'The body is not valid JSON in UTF-8.',
  'request.too_large': 'The body is too large. Split the request.',
  'request.unsupported_media_type': 'The body must be sent with `Content-Type: application/json`.',
  'request.timeout': 'The request ended, or time ran out, before its body was complete.',
  'message.empty': 'The text is empty.',
  'message.too_long':
    'The text takes more segments than are allowed. `error.segments` and `error.maxSegments` tell how many.',
  'message.missing_variable':
    'A `{placeholder}` has no value for some recipients; `error.recipients` names the first ten. Nothing was queued.',
  'message.link_not_registered':
    'The text links to hosts that are not registered for the account; `error.hosts` names them. Only where the box is set so.',
  'message.link_shortened':
    'The text has links of URL shorteners; `error.hosts` names them. Only where the box is set so.',
  'message.no_valid_recipients': 'None of the recipients is a possible number.',
  'message.too_many_recipients': 'More recipients than one request may have. Split the request.',
  'message.schedule_in_past': 'The time to send at is more than a minute in the past.',
  'message.schedule_too_far': 'The time to send at is too far ahead.',
  'message.not_found': 'There is no such message in the account of this key.',
  'message.not_cancellable': 'Nothing of the message is left to cancel.',
  'otp.invalid_destination': 'The destination is not a possible mobile number.',
  'otp.destination_blocked': 'The destination is on the blocklist.',
  'otp.destination_limited':
    'Too many codes to this number, or to numbers like it, within ten minutes. `Retry-After` says how many seconds to wait.',
  'otp.invalid_pin': 'The code is wrong. `error.attemptsRemaining` tells how many tries are left.',
  'otp.not_found': 'There is no such reference in the account of this key.',
  'otp.expired': 'The code has expired. Send a new one.',
  'otp.already_used': 'The code was verified before. Each works once.',
  'otp.too_many_attempts': 'Five wrong tries: this reference is dead. Send a new code.',
  'idempotency.key_reused': 'This `Idempotency-Key` was used for another body.',
  'idempotency.in_progress': 'The first request with this `Idempotency-Key` is still being answered.',
  'sender.not_approved': 'The sender name is not approved for the account.',
  'credit.insufficient':
    'Not enough credits; nothing was queued. `error.required` and `error.balance` tell how many it takes and how many there are.',
  'account.not_found': 'There is no account of this name.',
  'webhook.not_found': 'The account of this key has no such endpoint.',
  'webhook.dashboard_only': 'Webhooks are registered by a signed-in administrator, never with a key.',
  'webhook.url_refused': 'The box may not post to this address; the message says why.',
  'delivery.not_found': 'The endpoint has no such delivery; it may have aged out.',
  'internal.fault': 'A fault inside the box. It is in its log, under the `X-Request-Id` of the answer.',
  'store.unavailable': 'The box is too busy to store. Try again in a moment.',
  'store.disk_full': 'The disk of the box is full.',
  'store.corrupt': 'The database of the box is damaged; its administrator has to act.',
  'box.stopping': 'The box is stopping. Try again in a moment.',
};
