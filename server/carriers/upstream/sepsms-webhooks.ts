import type { CarrierCall, DeliveryReport, InboundPart } from '../../domain/carrier.ts';
import type { Millis } from '../../domain/ports.ts';
import { signedText } from '../../domain/webhook-signature.ts';
import { hmacSha256Hex, sameText } from '../../platform/crypto.ts';
import { parseJson } from './json.ts';
import { notFound, taken, type Hearing } from './provider.ts';
import { receivedEvent, recipientEvent } from './sepsms-forms.ts';
import { verdictOf } from './sepsms-reports.ts';

/** How far the times of the two machines may differ. */
const mostSkewMs = 15 * 60_000;
const mostSignatures = 8;

export interface Listening {
  readonly secret: string | null;
  /** Begins the `clientRef` of every message of this box. */
  readonly boxId: string;
  readonly now: Millis;
}

/** Reads a webhook of another SEPSMS (api-v2 §6): signature and time first, then what it tells. */
export function hearSepsms(call: CarrierCall, { secret, boxId, now }: Listening): Hearing {
  const body = new TextDecoder().decode(call.body);
  const problem = problemWith(call, body, secret, now);
  if (problem !== null) return { reports: [], inbound: [], answer: notFound, problem };
  const event = call.headers['x-webhook-event'] ?? '';
  const told = parseJson(body);
  // What this box has no use for is taken all the same, or it would be told again for a day.
  const heard: Hearing = { reports: [], inbound: [], answer: taken, problem: null };
  if (event === 'sms.received') return { ...heard, inbound: inboundIn(told) };
  if (['dr.success', 'dr.failed', 'sms.failed'].includes(event)) {
    return { ...heard, reports: reportsIn(event, told, boxId) };
  }
  return heard;
}

function problemWith(call: CarrierCall, body: string, secret: string | null, now: Millis): string | null {
  if (secret === null) return 'A report came, but this carrier has no webhook secret to check it with. Set the secret.';
  const parts = (call.headers['x-webhook-signature'] ?? '').split(',').map((part) => part.trim());
  const time = parts.find((part) => /^t=\d{1,12}$/u.test(part))?.slice(2);
  if (time === undefined) return 'A report came without a signature and was not taken.';
  const text = signedText(Number(time), body);
  const signatures = parts.filter((part) => part.startsWith('v1=')).slice(0, mostSignatures);
  const wanted = `v1=${hmacSha256Hex(secret, text)}`;
  if (!signatures.some((signature) => sameText(signature, wanted))) {
    return 'A report came with a wrong signature and was not taken. Check the webhook secret.';
  }
  if (Math.abs(now - Number(time) * 1_000) > mostSkewMs) {
    return 'A report came whose time is far from the time here, and was not taken. Set the clocks of both machines.';
  }
  return null;
}

function reportsIn(event: string, told: unknown, boxId: string): DeliveryReport[] {
  const parsed = recipientEvent.safeParse(told);
  if (!parsed.success) return [];
  const { smsUuid, msisdn, status, errorCode, clientRef } = parsed.data;
  // The account over there may serve others too, whose messages are told here as well.
  if (typeof clientRef === 'string' && !clientRef.startsWith(`${boxId}-`)) return [];
  const verdict = event === 'dr.success' ? 'delivered' : (verdictOf(status) ?? 'failed');
  if (event !== 'dr.success' && verdict === 'delivered') return [];
  const code = errorCode ?? (status === '' ? event : status);
  return [{ reference: smsUuid, msisdn, verdict, code, message: `The upstream says ${code}.`, at: null }];
}

function inboundIn(told: unknown): InboundPart[] {
  const parsed = receivedEvent.safeParse(told);
  if (!parsed.success) return [];
  const { uuid, from, to, text, receivedAt } = parsed.data;
  const sentAt = Date.parse(receivedAt);
  if (Number.isNaN(sentAt)) return [];
  return [{ from, to: to ?? null, text, sentAt, concat: null, raw: uuid }];
}
