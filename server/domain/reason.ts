/** Codes of reasons, each with words in the pages (`reason.<code>`); the English text comes with the reason itself. */
export const reasonCodes = [
  'waiting.no_carrier',
  'waiting.all_off',
  'waiting.empty_route',
  'waiting.quiet_hours',
  'waiting.campaign_paused',
  'carrier.removed',
  'carrier.off',
  'carrier.paused',
  'carrier.resting',
  'carrier.starting',
  'carrier.stopped',
  'carrier.waiting',
  'carrier.faulty',
  'quota.minute',
  'quota.hour',
  'quota.day',
  'quota.month',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export type ReasonValues = Readonly<Record<string, string | number>>;

/** Why something is as it is: for programs and pages a code with values, for everybody else the same in plain English. */
export interface Reason {
  readonly code: ReasonCode;
  /** What stands in the words; times are ISO 8601. */
  readonly values: ReasonValues;
  readonly text: string;
}

/** Why what is queued waits: the whole in plain English, and each reason by itself. */
export interface Waiting {
  readonly text: string;
  readonly reasons: readonly Reason[];
}

/** A wait with one reason, in its own words. */
export function waitingFor(reason: Reason): Waiting {
  return { text: reason.text, reasons: [reason] };
}
