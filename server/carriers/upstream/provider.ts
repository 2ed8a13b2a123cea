import type {
  CarrierCall,
  CarrierCallAnswer,
  DeliveryReport,
  HandedOver,
  InboundPart,
  ReportAsking,
  Submission,
  SubmitOutcome,
} from '../../domain/carrier.ts';
import type { Millis } from '../../domain/ports.ts';
import type { Cause } from '../../domain/reason.ts';

/**
 * What an answer, or the lack of one, tells about the provider.
 * - well: it answers and lets this box in.
 * - paused: it asks for less; `ms` says for how long.
 * - penniless: the account there has no credit left.
 * - away: it does not answer, or answers that it cannot work.
 * - closed: it does not let this box in, or is not what the configuration says; only a person can help.
 * - silent: nothing was learnt.
 */
export type Standing =
  | { readonly kind: 'well' }
  | { readonly kind: 'paused'; readonly ms: Millis; readonly reason: string; readonly cause: Cause }
  | { readonly kind: 'penniless'; readonly reason: string; readonly cause: Cause }
  | { readonly kind: 'away'; readonly reason: string; readonly cause: Cause }
  | { readonly kind: 'closed'; readonly reason: string; readonly cause: Cause }
  | { readonly kind: 'silent' };

export interface Handing {
  readonly outcome: SubmitOutcome;
  readonly standing: Standing;
  /** Whether the provider has judged the message itself, so that the outcome holds for an earlier hand-over of it too. */
  readonly judged: boolean;
}

export interface Asking {
  readonly report: DeliveryReport | null;
  readonly standing: Standing;
}

/** What a look at the account learnt. */
export interface Look {
  readonly standing: Standing;
  /** What is left on the account, as the provider counts; null when it does not tell. */
  readonly balance: number | null;
  /** Such as `EUR`; empty for credits. */
  readonly unit: string;
}

/** What a request of the provider says, read and its signature checked. */
export interface Hearing {
  readonly reports: readonly DeliveryReport[];
  readonly inbound: readonly InboundPart[];
  /** What it is answered once all of it is stored. */
  readonly answer: CarrierCallAnswer;
  /** What is wrong with it, for the operator; null when nothing is. */
  readonly problem: string | null;
}

/** One provider's way of speaking. Nothing here ever rejects or throws. */
export interface Provider {
  /** Whether it tells deliveries in any way. */
  readonly reports: boolean;
  /** When it is asked for reports; null when it cannot be. */
  readonly asking: ReportAsking | null;
  hand(submission: Submission, signal: AbortSignal): Promise<Handing>;
  /** Finds out what became of an earlier hand-over without doubling it; absent where that cannot be. */
  handAgain?(submission: Submission, signal: AbortSignal): Promise<Handing>;
  ask?(handed: HandedOver, signal: AbortSignal): Promise<Asking>;
  /** Looks whether it lets this box in, and at the balance; absent where there is nothing to look at. */
  look?(signal: AbortSignal): Promise<Look>;
  /** Absent where it makes no requests to the box. */
  hear?(call: CarrierCall): Hearing;
}

export const well: Standing = { kind: 'well' };
export const silent: Standing = { kind: 'silent' };

export const notFound: CarrierCallAnswer = { status: 404, contentType: 'text/plain', body: 'Not found' };
export const taken: CarrierCallAnswer = { status: 200, contentType: 'text/plain', body: 'OK' };
