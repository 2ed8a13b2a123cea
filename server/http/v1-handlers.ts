import type { v1Routes } from '../contract/v1.ts';
import type { KeyCaller } from '../services/key-gate.ts';
import type { Handlers } from './api.ts';
import { onceByKey } from './idempotent.ts';
import { sendResult } from '../contract/v2-message-shapes.ts';
import { otpSent } from '../contract/v2-otp.ts';
import type { V2Services } from './v2-services.ts';

/** The legacy API (api-v2 §8): v2's use cases, their answers with a `message` beside. */
export function v1Handlers(services: V2Services): Handlers<typeof v1Routes, { readonly key: KeyCaller }> {
  const { intake, idempotency, messages, codes } = services;
  return {
    sendSms: async (call) => ({
      message: 'Accepted',
      result: await onceByKey(
        idempotency,
        call,
        (remember) => intake.accept(call.who, call.body, remember),
        sendResult,
      ),
    }),
    smsStatus: ({ who, params }) => ({ message: 'OK', result: messages.status(params.uuid, who.accountId) }),
    sendOtp: async (call) => ({
      message: 'Sent',
      result: await onceByKey(idempotency, call, (remember) => codes.send(call.who, call.body, remember), otpSent),
    }),
    verifyOtp: async ({ who, body }) => ({
      message: 'Verified',
      result: { reference: await codes.verify(who.accountId, body), verified: true },
    }),
  };
}
