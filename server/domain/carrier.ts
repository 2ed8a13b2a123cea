import type { CarrierCommand, CarrierCommandAnswer } from './carrier-command.ts';
import type { Millis } from './ports.ts';
import type { Cause } from './reason.ts';

/** Lanes in the order in which they are served. */
export const lanes = ['otp', 'high', 'normal', 'bulk'] as const;
export type Lane = (typeof lanes)[number];

/** The lane with a number, as the queue keeps it. */
export function laneOf(index: number): Lane {
  return lanes[index] ?? 'normal';
}

export type CarrierKind = 'modem' | 'simulator' | 'smpp' | 'upstream';

/** One hand-over: one part of a text, or the whole text where the carrier splits by itself. */
export interface Submission {
  /** Row id of the journal entry; unique for ever. */
  readonly id: number;
  /** Recipient, digits in international form without `+`. */
  readonly msisdn: string;
  /** Approved sender name; a modem cannot show it. */
  readonly origin: string;
  /** Text of this part alone (or the whole text when `partCount` is 1). */
  readonly text: string;
  /** The same for all parts of a text, whatever this part alone would need. 3GPP TS 23.038. */
  readonly encoding: 'gsm7' | 'ucs2';
  /** 1-based. */
  readonly part: number;
  readonly partCount: number;
  /** 8-bit reference that ties the parts together; the same for every try. 3GPP TS 23.040 §9.2.3.24.1. */
  readonly concatReference: number;
  readonly lane: Lane;
  /** When the message stops being worth sending. */
  readonly expiresAt: Millis;
  /** When it was journaled, just before it was handed over. */
  readonly handedAt: Millis;
}

/**
 * How a hand-over ended.
 * - accepted: the network has it; `reference` finds its delivery reports.
 * - rejected: it will never be taken (this carrier or any other).
 * - retry: nothing left the box, another try is safe. `carrierFault` says that the carrier and not the message is to
 *   blame, so the try is not counted against the message.
 * - uncertain: it left the box and no answer came; it may or may not have been sent.
 */
export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly reference: string }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string }
  | {
      readonly kind: 'retry';
      readonly code: string;
      readonly message: string;
      readonly afterMs?: number;
      readonly carrierFault: boolean;
    }
  | { readonly kind: 'uncertain'; readonly code: string; readonly message: string };

/** What a delivery report says; `trying` is not final. */
export type ReportVerdict = 'delivered' | 'trying' | 'failed' | 'expired';

export interface DeliveryReport {
  /** The reference that `accepted` gave; for a modem the TP-MR as a decimal string. */
  readonly reference: string;
  /** The number as the network wrote it, digits only; null when it cannot be read. */
  readonly msisdn: string | null;
  readonly verdict: ReportVerdict;
  /** The carrier's own status, such as `TP-Status 0x46` or `UNDELIV`. */
  readonly code: string;
  readonly message: string;
  /** Network time of the outcome when it tells one. */
  readonly at: Millis | null;
}

/** One inbound short message or one part of it. */
export interface InboundPart {
  readonly from: string;
  /** The box's own number where it is known. */
  readonly to: string | null;
  readonly text: string;
  /** Time stamp of the service centre; null when it tells none. */
  readonly sentAt: Millis | null;
  /** Null for a message in one piece. */
  readonly concat: { readonly reference: number; readonly part: number; readonly partCount: number } | null;
  /** The raw PDU in hex where there is one; it tells two equal texts apart from one text stored twice. */
  readonly raw: string | null;
}

export type CarrierState = 'stopped' | 'starting' | 'ready' | 'waiting' | 'faulty' | 'disabled';

export interface CarrierStatus {
  readonly state: CarrierState;
  /** In plain words, fit for the operator: what it waits for, what is wrong, what to do. Empty when ready. */
  readonly reason: string;
  /** The same by its code, for pages that say it in the language of their reader; absent where there is no code. */
  readonly cause?: Cause | undefined;
  /** Whatever the kind can tell: operator, signal in dBm, IMEI, firmware … */
  readonly facts: Readonly<Record<string, string | number | null>>;
}

/** What the box offers to a carrier. Every promise settles after the fact is on disk. */
export interface CarrierHost {
  report(report: DeliveryReport): Promise<void>;
  /** Resolves once stored, so that the carrier may then delete its own copy. Storing the same part twice is harmless. */
  inbound(part: InboundPart): Promise<void>;
  /** State, reason, facts or room changed. Cheap, never throws. */
  changed(): void;
}

/** A way out of the box. Built with a CarrierHost. The dispatcher alone hands over to it. */
export interface Carrier {
  readonly kind: CarrierKind;
  /** Whether the box splits long texts for it (`parts`) or hands over whole texts (`whole`). */
  readonly splitting: 'parts' | 'whole';
  /** Whether it tells the delivery of what it accepted. */
  readonly reports: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
  status(): CarrierStatus;
  /** How many submissions it would take at this moment; 0 when not ready. */
  room(): number;
  /** Hands one submission over. Always settles within the carrier's own deadline and never rejects. */
  submit(submission: Submission): Promise<SubmitOutcome>;
  /**
   * Finds out, after a crash or a lost answer, what became of a hand-over, or hands it over again in a way that cannot
   * double it. Absent where the carrier cannot tell. Settles within the carrier's own deadline and never rejects.
   */
  query?(submission: Submission): Promise<SubmitOutcome>;
  /** How reports are asked for that did not come by themselves; absent where there is nobody to ask. */
  readonly asking?: ReportAsking;
  /** What became of a hand-over that was accepted; null when it is not known yet. Never rejects. */
  ask?(handed: HandedOver): Promise<DeliveryReport | null>;
  /** Takes a request that the other side makes to the box; absent where it makes none. Never rejects. */
  callback?(call: CarrierCall): Promise<CarrierCallAnswer>;
  /**
   * Does what an administrator asks; absent where the kind knows no commands.
   * @throws AppError `carrier.command_unsupported`, or `carrier.not_ready` with what is in the way.
   */
  operate?(command: CarrierCommand): Promise<CarrierCommandAnswer>;
}

/** When reports are asked for. */
export interface ReportAsking {
  /** A hand-over is asked for when no report came for so long after it was accepted. */
  readonly afterMs: number;
  /** And again after so long, doubling up to 32 times as long, until there is a report. */
  readonly everyMs: number;
}

/** A hand-over that was accepted and has no report yet. */
export interface HandedOver {
  /** What `accepted` gave. */
  readonly reference: string;
  readonly msisdn: string;
  /** Sender of the message. */
  readonly origin: string;
  readonly handedAt: Millis;
}

/** A request to the box's address for one carrier, `/api/callbacks/{carrier}/{secret}`. */
export interface CarrierCall {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as they came; signatures are over them. */
  readonly body: Uint8Array;
}

export interface CarrierCallAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}
