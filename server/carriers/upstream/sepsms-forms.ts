import { z } from 'zod';

/** What the v2 API answers (api-v2 §1, §4, §6), as far as a carrier needs it; whatever else comes is left aside. */

const text = z.string().max(10_000);
const count = z.number().int().nonnegative();

export const sendAnswer = z.object({
  result: z.object({ uuid: z.string().min(1).max(64), blockedCount: count.default(0) }),
});

export const errorAnswer = z.object({
  success: z.literal(false),
  error: z.object({ code: z.string().min(1).max(100), message: text.default('') }),
});

export const balanceAnswer = z.object({ result: z.object({ balance: z.number() }) });

export const statusAnswer = z.object({
  result: z.object({
    drSummary: z.array(z.object({ drStatus: z.string().max(64), count })).max(64),
    completedAt: z.string().max(64).nullish(),
  }),
});

export const recipientsAnswer = z.object({
  result: z.object({
    items: z
      .array(
        z.object({
          msisdn: z.string().max(64),
          errorCode: z.string().max(100).nullish(),
          errorMessage: text.nullish(),
        }),
      )
      .max(1_000),
  }),
});

export const historyAnswer = z.object({
  result: z.object({
    items: z.array(z.object({ uuid: z.string().min(1).max(64), clientRef: z.string().max(64).nullish() })).max(1_000),
  }),
});

/** `dr.success`, `dr.failed`, `sms.sent` and `sms.failed`. */
export const recipientEvent = z.object({
  smsUuid: z.string().min(1).max(64),
  msisdn: z.string().max(32),
  status: z.string().max(64).default(''),
  errorCode: z.string().max(100).optional(),
  clientRef: z.string().max(64).nullish(),
});

/** `sms.received`. */
export const receivedEvent = z.object({
  uuid: z.string().max(64).default(''),
  from: z.string().min(1).max(64),
  to: z.string().max(64).nullish(),
  text: z.string().max(20_000),
  receivedAt: z.string().max(64),
});
