import type { DrStatus } from './message-state.ts';

/** Bodies of the webhook events (api-v2 §6), as the exact JSON text that is signed and posted. */

interface RecipientFact {
  readonly smsUuid: string;
  readonly msisdn: string;
  readonly txId: string;
  readonly clientRef: string | null;
}

/** `dr.success`, `dr.failed`, `sms.sent`, `sms.failed`: `{smsUuid, msisdn, txId, status}`, with `clientRef` when it was given. */
export function recipientBody(fact: RecipientFact, status: DrStatus, errorCode: string | null = null): string {
  return JSON.stringify({
    smsUuid: fact.smsUuid,
    msisdn: fact.msisdn,
    txId: fact.txId,
    status,
    ...(errorCode === null ? {} : { errorCode }),
    ...(fact.clientRef === null ? {} : { clientRef: fact.clientRef }),
  });
}

export function completedBody(
  smsUuid: string,
  status: string,
  drSummary: readonly { readonly drStatus: DrStatus; readonly count: number }[],
  refundedCount: number,
  totalMsisdn: number,
  clientRef: string | null,
): string {
  return JSON.stringify({
    smsUuid,
    status,
    totalMsisdn,
    drSummary,
    refundedCount,
    ...(clientRef === null ? {} : { clientRef }),
  });
}

/** `otp.verified`; never the code. */
export function otpVerifiedBody(smsUuid: string, msisdn: string, reference: string, verifiedAt: number): string {
  return JSON.stringify({
    smsUuid,
    msisdn,
    reference,
    status: 'verified',
    verifiedAt: new Date(verifiedAt).toISOString(),
  });
}

/** `sms.received`. */
export function receivedBody(uuid: string, from: string, to: string | null, text: string, receivedAt: number): string {
  return JSON.stringify({ uuid, from, to, text, receivedAt: new Date(receivedAt).toISOString() });
}

/** `credit.low`: the account's name, what is left and the threshold that it fell below. */
export function lowCreditBody(account: string, balance: number, threshold: number): string {
  return JSON.stringify({ account, balance, threshold });
}

/** `order.completed`: what was added, and the balance with it. */
export function orderCompletedBody(order: {
  readonly orderId: number;
  readonly account: string;
  readonly credits: number;
  readonly balance: number;
  readonly completedAt: number;
}): string {
  const { orderId, account, credits, balance, completedAt } = order;
  return JSON.stringify({ orderId, account, credits, balance, completedAt: new Date(completedAt).toISOString() });
}
