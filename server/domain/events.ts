/** The facts that webhooks tell (api-v2 §6). */
export const eventNames = [
  'sms.sent',
  'sms.failed',
  'sms.completed',
  'dr.success',
  'dr.failed',
  'otp.verified',
  'credit.low',
  'order.completed',
  'sms.received',
] as const;
export type EventName = (typeof eventNames)[number];
