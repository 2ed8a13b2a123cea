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

/** `sms.received`; `rule` names the keyword rule that fitted, and is left out when none did. */
export function receivedBody(text: {
  readonly uuid: string;
  readonly from: string;
  readonly to: string | null;
  readonly text: string;
  readonly receivedAt: number;
  readonly rule: string | null;
}): string {
  const { rule, receivedAt, ...body } = text;
  return JSON.stringify({
    ...body,
    receivedAt: new Date(receivedAt).toISOString(),
    ...(rule === null ? {} : { rule }),
  });
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
