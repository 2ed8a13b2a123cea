import type { CarrierStatus } from '../../domain/carrier.ts';
import type { KnownBalance } from './operate/balance.ts';
import { quirksOf } from './quirks/quirks-of.ts';

/** `pin`: it waits for its PIN; `pin-refused`: it did not take the one that is stored. */
export type SimState = 'ready' | 'pin' | 'pin-refused' | 'puk' | 'locked' | 'missing';

/** What the modem has told about itself; null where it has not, or cannot. */
export interface ModemFacts {
  /** The port in use. */
  port: string | null;
  manufacturer: string | null;
  model: string | null;
  firmware: string | null;
  imei: string | null;
  imsi: string | null;
  iccid: string | null;
  /** How the SIM is. */
  sim: SimState | null;
  /** The number that is written on the SIM; often none, and not always the right one. */
  msisdn: string | null;
  /** The SIM's service centre. */
  smsc: string | null;
  /** The SIM has none, and none was named. */
  smscMissing: boolean;
  operator: string | null;
  signalDbm: number | null;
  /** In words: home, roaming, searching … */
  registration: string | null;
  memory: string | null;
  memoryUsed: number | null;
  memoryTotal: number | null;
  /** How new messages and reports are learnt of: the AT+CNMI setting, `polling`, or both. */
  notification: string | null;
  /** Resets of a hung modem within the last hour. */
  resets: number;
}

export function emptyFacts(): ModemFacts {
  return {
    port: null,
    manufacturer: null,
    model: null,
    firmware: null,
    imei: null,
    imsi: null,
    iccid: null,
    sim: null,
    msisdn: null,
    smsc: null,
    smscMissing: false,
    operator: null,
    signalDbm: null,
    registration: null,
    memory: null,
    memoryUsed: null,
    memoryTotal: null,
    notification: null,
    resets: 0,
  };
}

/** What is known of the credit of the SIM. */
export interface Credit {
  readonly balance: KnownBalance | null;
  /** Below this the operator is warned; null for never. */
  readonly low: number | null;
  /** Why it is not known though it is asked for; null when there is no such trouble. */
  readonly trouble: string | null;
}

/** Share of the message memory beyond which the operator is warned. */
const nearlyFull = 0.8;

/**
 * The facts of a modem, with the last known credit of its SIM and what the operator should look at though it works.
 */
export function publicFacts(facts: ModemFacts, credit: Credit): CarrierStatus['facts'] {
  const { balance, low, trouble } = credit;
  const { advice } = quirksOf({ ...facts, usb: null });
  const all = [memoryWarning(facts), balanceWarning(balance, low), trouble, centreWarning(facts), advice];
  const warnings = all.filter((warning) => warning !== null);
  const { smscMissing: _, ...shown } = facts;
  return {
    ...shown,
    balance: balance?.amount ?? null,
    balanceAt: balance === null ? null : new Date(balance.at).toISOString(),
    warning: warnings.length === 0 ? null : warnings.join(' '),
  };
}

function centreWarning({ smscMissing }: ModemFacts): string | null {
  return smscMissing
    ? 'The SIM has no message centre number, so most networks will take no message. Ask the operator for it and set it for this modem.'
    : null;
}

function memoryWarning({ memory, memoryUsed, memoryTotal }: ModemFacts): string | null {
  if (memoryUsed === null || memoryTotal === null || memoryTotal === 0) return null;
  if (memoryUsed < nearlyFull * memoryTotal) return null;
  const places = `${memoryUsed} of ${memoryTotal} places`;
  return `The message memory ${memory ?? 'of the modem'} is nearly full (${places}), and a full one takes no messages. The box takes out what was received; delete what else lies there, in a phone or with AT+CMGD.`;
}

function balanceWarning(balance: KnownBalance | null, low: number | null): string | null {
  if (balance === null || low === null || balance.amount >= low) return null;
  return `The credit of the SIM is low: ${balance.amount}, below ${low}. Top it up.`;
}
