import { z } from 'zod';
import { uuidParam } from './common.ts';
import { routeTable } from './route.ts';
import { messageStatus, sendBody, sendResult } from './v2-message-shapes.ts';
import { otpSendBody, otpSent, otpVerified, otpVerifyBody } from './v2-otp.ts';

/** The legacy API (api-v2 §8): what v1 programs write, read as v2's bodies; it has no rules of its own. */

const short = z.string().max(64).optional();

/** One number, several between commas, or a list. */
const numbers = z.union([z.string().max(2_000_000), z.array(z.string().max(64))]).optional();

function numberList(written: string | readonly string[] | undefined): string[] | undefined {
  if (typeof written !== 'string') return written === undefined ? undefined : [...written];
  return written
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Goes on with v2's own schema, whose complaints are then the caller's. */
function asV2<T extends z.ZodType>(schema: T, value: unknown, context: z.RefinementCtx): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
  return z.NEVER;
}

const sendV1 = z
  .looseObject({
    origin: short,
    sender: short,
    recipients: numbers,
    msisdn: numbers,
    to: numbers,
    message: z.string().optional(),
    content: z.string().optional(),
  })
  .transform((body, context) =>
    asV2(
      sendBody,
      {
        ...body,
        origin: body.origin ?? body.sender,
        recipients: numberList(body.recipients ?? body.msisdn ?? body.to),
        message: body.message ?? body.content,
      },
      context,
    ),
  );

const otpV1 = z
  .looseObject({ destination: short, msisdn: short, to: short, origin: short, sender: short })
  .transform((body, context) =>
    asV2(
      otpSendBody,
      {
        ...body,
        destination: body.destination ?? body.msisdn ?? body.to,
        origin: body.origin ?? body.sender,
      },
      context,
    ),
  );

const verifyV1 = z
  .looseObject({ reference: short, ref: short, pin: short, code: short })
  .transform((body, context) =>
    asV2(otpVerifyBody, { reference: body.reference ?? body.ref, pin: body.pin ?? body.code }, context),
  );

function answer<T extends z.ZodType>(result: T) {
  return z.object({ message: z.string(), result });
}

/** Paths are relative to `/api`. */
export const v1Routes = routeTable({
  sendSms: {
    method: 'POST',
    path: '/sms',
    access: { by: 'key', scope: 'sms:send' },
    summary: 'Send a message (legacy)',
    body: sendV1,
    answer: answer(sendResult),
  },
  smsStatus: {
    method: 'GET',
    path: '/sms/{uuid}',
    access: { by: 'key', scope: 'sms:read' },
    summary: 'Delivery status of a message (legacy)',
    params: uuidParam,
    answer: answer(messageStatus),
  },
  sendOtp: {
    method: 'POST',
    path: '/otp',
    access: { by: 'key', scope: 'otp:send' },
    summary: 'Send a one-time code (legacy)',
    body: otpV1,
    answer: answer(otpSent),
  },
  verifyOtp: {
    method: 'POST',
    path: '/otp/verify',
    access: { by: 'key', scope: 'otp:verify' },
    summary: 'Check a one-time code (legacy)',
    body: verifyV1,
    answer: answer(otpVerified),
  },
});
export type V1Operation = keyof typeof v1Routes;

/** Whether a path belongs to the legacy API. */
export function isV1Path(path: string): boolean {
  return /^\/api\/(?:sms|otp)(?:[/?]|$)/u.test(path);
}
