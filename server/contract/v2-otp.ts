import { z } from 'zod';
import { codePlaceholder } from '../domain/otp.ts';
import { isoTime } from './common.ts';
import { result, routeTable } from './route.ts';

/** Body of POST /otp/send (api-v2 §5). */
export const otpSendBody = z.object({
  destination: z.string().min(1).max(64),
  origin: z.string().min(1).max(64),
  template: z
    .string()
    .max(2_000)
    .refine((text) => text.includes(codePlaceholder), `must contain ${codePlaceholder}`)
    .nullable()
    .optional(),
  ttlSeconds: z.number().int().min(60).max(600).optional(),
  codeLength: z.number().int().min(4).max(8).optional(),
});

export const otpSent = z.object({
  uuid: z.uuid(),
  reference: z.string(),
  destination: z.string(),
  expiresAt: isoTime,
  ttlSeconds: z.number().int(),
});

export const otpVerifyBody = z.object({ reference: z.string().min(1).max(64), pin: z.string().min(1).max(64) });
export const otpVerified = z.object({ reference: z.string(), verified: z.literal(true) });

/** One-time codes (api-v2 §5). */
export const otpRoutes = routeTable({
  sendOtp: {
    method: 'POST',
    path: '/otp/send',
    access: { by: 'key', scope: 'otp:send' },
    summary: 'Send a one-time code',
    body: otpSendBody,
    answer: result(otpSent),
  },
  verifyOtp: {
    method: 'POST',
    path: '/otp/verify',
    access: { by: 'key', scope: 'otp:verify' },
    summary: 'Check the code that a person typed',
    body: otpVerifyBody,
    answer: result(otpVerified),
  },
});
