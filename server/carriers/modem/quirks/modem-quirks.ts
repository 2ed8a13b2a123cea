import type { PortRole } from '../usb/port-role.ts';

/** A command of the set-up; with a role only where the box works at a port of that kind. */
export interface SetUpCommand {
  readonly send: string;
  readonly at?: PortRole;
}

/** How a family of modems differs from the standard. Everything here is a fact about modems, none about a carrier. */
export interface ModemQuirks {
  readonly id: string;
  /** For a person. */
  readonly name: string;
  /** Sent after every start, in this order; an ERROR to any of them means nothing. */
  readonly setUp: readonly SetUpCommand[];
  /** What restarts it, most thorough first; all are written, since it may answer none. */
  readonly reset: readonly string[];
  /** Message memories, the preferred first. 3GPP TS 27.005 §3.2.2. */
  readonly memories: readonly string[];
  /** Settings of AT+CNMI in the order of trust. 3GPP TS 27.005 §3.4.1. */
  readonly notifications: readonly (readonly number[])[];
  /** Whether phase 2+ and AT+CNMA work; where not, the modem acknowledges by itself. 3GPP TS 27.005 §3.4.4. */
  readonly acknowledges: boolean;
  /** The memory in which reports lie, whatever +CDSI names; null when it names the right one. */
  readonly reportMemory: string | null;
  /** What it gets from AT+CMGS to its prompt, in milliseconds. */
  readonly promptMs: number;
  /** Writes a message in pieces, with a pause behind each; null in one go. */
  readonly body: { readonly octets: number; readonly pauseMs: number } | null;
  /** What it says when messages work after a restart, and how long it is waited for; null when it says nothing. */
  readonly ready: { readonly says: RegExp; readonly withinMs: number } | null;
  /** How AT+CUSD wants its codes; what is refused is tried in another way. */
  readonly ussd: 'plain' | 'ucs2' | 'packed';
  /** What the owner should know though it works; null for nothing. */
  readonly advice: string | null;
}

/** What is known by now of the modem at a port; its parts look here each time. */
export interface ModemNature {
  quirks: ModemQuirks;
}

/** By what a family is known; what is left out fits any. */
export interface FamilyMark {
  /** AT+CGMI. */
  readonly maker?: RegExp;
  /** AT+CGMM. */
  readonly model?: RegExp;
  /** Vendor ids of USB. */
  readonly usb?: readonly string[];
}

export interface Family {
  /** One that fits is enough. */
  readonly marks: readonly FamilyMark[];
  readonly quirks: ModemQuirks;
}

/**
 * Stored messages are announced (mt 1), so nothing is lost while nobody reads the port; reports come at once (ds 1), else
 * stored (ds 2). Where stored messages cannot be announced they are polled (mt 0), since reports come in no other way; mt 2
 * loses what comes while nobody reads. Last come those without reports.
 */
export const usualNotifications: readonly (readonly number[])[] = [
  [2, 1, 0, 1, 0],
  [1, 1, 0, 1, 0],
  [2, 1, 0, 2, 0],
  [1, 1, 0, 2, 0],
  [3, 1, 0, 1, 0],
  [2, 0, 0, 1, 0],
  [1, 0, 0, 1, 0],
  [2, 0, 0, 2, 0],
  [1, 0, 0, 2, 0],
  [2, 1, 0, 0, 0],
  [1, 1],
  [3, 1],
];

/** The standard, and patience. */
export const unknownModem: ModemQuirks = {
  id: 'unknown',
  name: 'Modem',
  setUp: [],
  reset: ['AT+CFUN=1,1'],
  memories: ['SM', 'ME'],
  notifications: usualNotifications,
  acknowledges: true,
  reportMemory: null,
  promptMs: 10_000,
  body: null,
  ready: null,
  ussd: 'plain',
  advice: null,
};
