/** What a simulated modem may be made to suffer from, so that a person sees how the box takes it. */
export const simulatorTroubles = [
  'slow',
  'no-signal',
  'refused',
  'silent',
  'unplugged',
  'no-sim',
  'no-reports',
  'lost-reports',
  'memory-full',
] as const;
export type SimulatorTrouble = (typeof simulatorTroubles)[number];

/**
 * What an administrator may ask of a carrier while it runs. A carrier answers those that its kind has, and throws an
 * AppError `carrier.command_unsupported` for the others.
 */
export type CarrierCommand =
  /** Looks whether the other side answers, and how well. */
  | { readonly kind: 'probe' }
  /** Dials a USSD code, such as `*121#`, or answers a menu that is open. 3GPP TS 27.007 §7.15. */
  | { readonly kind: 'ussd'; readonly code: string }
  /** Asks for the credit of the SIM in the way its settings say. */
  | { readonly kind: 'balance' }
  /** One AT command, written as it is. */
  | { readonly kind: 'at'; readonly line: string }
  /** Of a simulator: suffer from exactly these from now on. */
  | { readonly kind: 'trouble'; readonly troubles: readonly SimulatorTrouble[] };

export type CarrierCommandKind = CarrierCommand['kind'];

/** What came back, for a person. */
export interface CarrierCommandAnswer {
  /** Whether it was done; `text` then says what was learnt, else why not and what to do. */
  readonly ok: boolean;
  readonly text: string;
  /** What the other side said, line by line, as it said it. */
  readonly lines: readonly string[];
  /** Of a USSD menu: the network waits for an answer. */
  readonly more: boolean;
}
