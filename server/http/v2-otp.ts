import { otpSent } from '../contract/v2-otp.ts';
import { onceByKey } from './idempotent.ts';
import type { V2Handlers, V2Services } from './v2-services.ts';

/** One-time codes: sent and verified. */
export function otpHandlers(services: V2Services): V2Handlers<'sendOtp' | 'verifyOtp'> {
  const { codes, idempotency } = services;
  return {
    sendOtp: async (call) => ({
      result: await onceByKey(idempotency, call, (remember) => codes.send(call.who, call.body, remember), otpSent),
    }),
    verifyOtp: async ({ who, body }) => ({
      result: { reference: await codes.verify(who.accountId, body), verified: true },
    }),
  };
}
