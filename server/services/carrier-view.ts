import type { Carrier, CarrierHost, CarrierKind, CarrierStatus } from '../domain/carrier.ts';
import { causeOf, type Cause } from '../domain/reason.ts';
import type { Quota } from '../domain/quota.ts';
import type { CarrierPolicy } from '../store/carrier-policy.ts';
import type { CarrierRecord } from '../store/carrier-store.ts';
import type { CarrierLook } from './routing/carrier-fitness.ts';
import type { QuotaView } from './routing/quotas.ts';

/** Decisions about a carrier that its kind knows nothing of; they rest beside its own configuration. */
export interface CarrierTerms {
  readonly uncertain: 'hold' | 'resend';
  readonly refundFailed: boolean;
  /** Most parts in each span of the calendar. */
  readonly quota: Quota;
}

/** Makes carriers of their stored configuration; the only place with a switch on the kind is behind this. */
export interface CarrierFactory {
  create(record: CarrierRecord, host: CarrierHost): Carrier;
  terms(record: CarrierRecord): CarrierTerms;
}

export interface CarrierView extends Omit<CarrierTerms, 'quota'> {
  readonly id: number;
  readonly name: string;
  readonly kind: CarrierKind;
  readonly enabled: boolean;
  /** Takes no new messages, but still reports and receives. */
  readonly paused: boolean;
  readonly state: CarrierStatus['state'] | 'paused';
  readonly reason: string;
  /** The same by its code; null where there is none. */
  readonly cause: Cause | null;
  readonly facts: CarrierStatus['facts'];
  /** Recipients that it has in its hands. */
  readonly held: number;
  /** Parts sent by its SIM, or by it, in the minute, hour, day and month that run. */
  readonly usage: (Omit<QuotaView, 'endsAt'> & { readonly endsAt: string })[];
}

/** A carrier that runs. */
export interface LiveCarrier {
  readonly carrier: Carrier;
  record: CarrierRecord;
  terms: CarrierTerms;
  policy: CarrierPolicy;
  status: CarrierStatus;
  /** Since when it is not ready; null while it is. */
  downSince: number | null;
}

/** What routing looks at. */
export function lookAt(record: CarrierRecord, live: LiveCarrier | undefined): CarrierLook {
  return {
    id: record.id,
    name: record.name,
    enabled: live !== undefined,
    paused: record.paused_at !== null,
    state: live?.status.state ?? 'disabled',
    reason: live?.status.reason ?? '',
    cause: live?.status.cause ?? null,
    downSince: live?.downSince ?? null,
    hasRoom: (live?.carrier.room() ?? 0) > 0,
  };
}

/** How a carrier is, for people: what it says itself, or what was decided about it. */
export function shownStatus(
  record: CarrierRecord,
  live: LiveCarrier | undefined,
): Pick<CarrierView, 'state' | 'reason' | 'cause' | 'facts'> {
  if (live === undefined) return { state: 'disabled', reason: 'Switched off.', cause: causeOf('state.off'), facts: {} };
  const { state, reason, cause = null, facts } = live.carrier.status();
  if (record.paused_at === null || state !== 'ready') return { state, reason, cause, facts };
  return { state: 'paused', reason: 'Paused: it takes no new messages.', cause: causeOf('state.paused'), facts };
}

/** The terms of a carrier as those see them who book what it does. */
export function policyOf(
  carrierId: number,
  { uncertain, refundFailed }: CarrierTerms,
  carrier?: Carrier,
): CarrierPolicy {
  const reports = carrier?.reports ?? true;
  const askAfterMs = carrier?.ask === undefined ? null : (carrier.asking?.afterMs ?? null);
  return { carrierId, reports, askAfterMs, uncertain, refundFailed };
}

export function sameFacts(a: LiveCarrier['status'], b: LiveCarrier['status']): boolean {
  const keys = Object.keys(a.facts);
  return keys.length === Object.keys(b.facts).length && keys.every((key) => a.facts[key] === b.facts[key]);
}
