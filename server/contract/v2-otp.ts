import { z } from 'zod';
import { codePlaceholder } from '../domain/otp.ts';
import { isoTime } from './common.ts';
import { result, routeTable } from './route.ts';

/** Body of POST /otp/send (api-v2 §5). */
export const otpSendBody = z
  .object({
    destination: z.string().min(1).max(64).meta({ description: 'The number that the code goes to.' }),
    origin: z.string().min(1).max(64).meta({ description: 'A sender name that is approved for the account.' }),
    template: z
      .string()
      .max(2_000)
      .refine((text) => text.includes(codePlaceholder), `must contain ${codePlaceholder}`)
      .nullable()
      .optional()
      .meta({
        description: 'The text: must contain `{code}`, may contain `{ref}`. Absent: a text in Thai and English.',
      }),
    ttlSeconds: z
      .number()
      .int()
      .min(60)
      .max(600)
      .optional()
      .meta({ description: 'How long the code is good for; 300 seconds when absent.' }),
    codeLength: z.number().int().min(4).max(8).optional().meta({ description: 'Digits of the code; 6 when absent.' }),
  })
  .meta({ id: 'OtpRequest' });

export const otpSent = z
  .object({
    uuid: z.uuid().meta({ description: 'The message that carries the code, as in `GET /message/{uuid}`.' }),
    reference: z.string().meta({ description: 'Six of A–Z and 0–9; verifying asks for it.' }),
    destination: z.string(),
    expiresAt: isoTime,
    ttlSeconds: z.number().int(),
  })
  .meta({ id: 'OtpSent' });

export const otpVerifyBody = z
  .object({
    reference: z.string().min(1).max(64).meta({ description: '`reference` from the answer to sending.' }),
    pin: z.string().min(1).max(64).meta({ description: 'What the person typed.' }),
  })
  .meta({ id: 'OtpVerifyRequest' });

export const otpVerified = z.object({ reference: z.string(), verified: z.literal(true) }).meta({ id: 'OtpVerified' });

/** One-time codes (api-v2 §5). */
export const otpRoutes = routeTable({
  sendOtp: {
    method: 'POST',
    path: '/otp/send',
    access: { by: 'key', scope: 'otp:send' },
    summary: 'Send a one-time code',
    description: 'The box makes the code and sends it ahead of everything else. The code is in no answer.',
    body: otpSendBody,
    answer: result(otpSent),
    errors: [
      'otp.invalid_destination',
      'otp.destination_blocked',
      'otp.destination_limited',
      'message.too_long',
      'sender.not_approved',
      'credit.insufficient',
    ],
    idempotent: true,
    examples: {
      body: {
        destination: '66812345678',
        origin: 'SEPSMS',
        template: 'รหัสยืนยันของคุณคือ {code} (Ref: {ref})',
      },
      answer: {
        result: {
          uuid: '019bc12d-3c80-7d4e-8a51-6b0f2e9c4d17',
          reference: 'A3K9X2',
          destination: '66812345678',
          expiresAt: '2026-01-15T10:35:00.000Z',
          ttlSeconds: 300,
        },
      },
    },
  },
  verifyOtp: {
    method: 'POST',
    path: '/otp/verify',
    access: { by: 'key', scope: 'otp:verify' },
    summary: 'Check the code that a person typed',
    description: 'Each reference has five tries, and works once.',
    body: otpVerifyBody,
    answer: result(otpVerified),
    errors: ['otp.invalid_pin', 'otp.not_found', 'otp.expired', 'otp.already_used', 'otp.too_many_attempts'],
    examples: {
      body: { reference: 'A3K9X2', pin: '123456' },
      answer: { result: { reference: 'A3K9X2', verified: true } },
    },
  },
});
