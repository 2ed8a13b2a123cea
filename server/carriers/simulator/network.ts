/**
 * The network behind a simulated modem: its service centre takes what is submitted, makes delivery reports and holds
 * what it cannot bring to the modem yet.
 */

import type { Clock, Millis, Random } from '../../domain/ports.ts';
import { encodeStatusReport } from '../tpdu/network-side.ts';
import type { SimulatorFaults } from './faults.ts';
import type { SimulatorProfile } from './profile.ts';
import { Timers } from './timers.ts';

/** TP-Status values, 3GPP TS 23.040 §9.2.3.15. */
export const tpStatus = { delivered: 0x00, stillTrying: 0x20, notObtainable: 0x43 } as const;

/** +CMS ERROR of the number rule `refuse-once`: network out of order. */
const networkOutOfOrder = 38;

/** What the service centre holds of each kind for a modem out of reach, and how many refused texts it remembers. */
const heldLimit = 10_000;
const refusedLimit = 1_000;
/** How long the service centre waits before it tries again by itself. */
const retryMs = 5_000;

/** One part as the network got it. */
export interface SubmittedSms {
  /** 1 for the first one since the modem was made. */
  readonly sequence: number;
  /** Digits without `+`. */
  readonly destination: string;
  readonly text: string;
  readonly encoding: 'gsm7' | 'ucs2' | 'binary';
  /** 1-based. */
  readonly part: number;
  readonly partCount: number;
  readonly concatReference: number | null;
  /** TP-MR that the modem gave it, 0–255. */
  readonly reference: number;
  readonly requestReport: boolean;
  readonly validityMs: Millis | null;
  /** The PDU as it was written to the modem; empty for one submitted in text mode. */
  readonly pdu: string;
  readonly at: Millis;
}

/** What comes from the network: a short message, or the report on one. Hex with service-centre octets. */
export interface Downlink {
  readonly kind: 'message' | 'report';
  readonly pdu: string;
}

export interface NetworkOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly profile: SimulatorProfile;
  readonly faults: SimulatorFaults;
  /** Brings something to the modem; false when it is out of reach or has no room, so that it is tried again. */
  readonly deliver: (downlink: Downlink) => boolean;
}

export class SimulatedNetwork {
  readonly #options: NetworkOptions;
  readonly #timers: Timers;
  readonly #refused = new Set<string>();
  readonly #held: Readonly<Record<Downlink['kind'], Downlink[]>> = { message: [], report: [] };
  #retrying = false;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.#timers = new Timers(options.clock);
  }

  /** How many messages and reports wait for the modem. */
  get held(): number {
    return this.#held.message.length + this.#held.report.length;
  }

  /** The code of a +CMS ERROR with which the network refuses a submission, or null when it takes it. */
  refusal(destination: string, text: string, part: number): number | null {
    if (this.#options.profile.behaviour(destination) !== 'refuse-once') return null;
    const key = `${destination}/${part}/${text}`;
    if (this.#refused.delete(key)) return null;
    if (this.#refused.size >= refusedLimit) this.#refused.clear();
    this.#refused.add(key);
    return networkOutOfOrder;
  }

  /** Takes a submission and arranges its delivery reports. */
  submit(sms: SubmittedSms): void {
    const { profile, faults } = this.#options;
    const behaviour = profile.behaviour(sms.destination);
    if (!sms.requestReport || behaviour === 'no-report') return;
    const status = behaviour === 'fail' ? tpStatus.notObtainable : tpStatus.delivered;
    if (faults.reportBeforeAnswer) {
      this.#report(sms, status);
      return;
    }
    if (behaviour === 'delayed') this.#reportLater(sms, tpStatus.stillTrying, profile.reportAfterMs);
    this.#reportLater(sms, status, behaviour === 'delayed' ? 3 * profile.reportAfterMs : profile.reportAfterMs);
  }

  /** Sends something down to the modem, after everything of its kind that waits already. */
  push(downlink: Downlink): void {
    const held = this.#held[downlink.kind];
    if (held.length >= heldLimit) held.shift();
    held.push(downlink);
    this.flush();
  }

  /** Tries to bring what is held, in order; a message without room does not stop the reports. */
  flush(): void {
    for (const held of Object.values(this.#held)) {
      while (held[0] !== undefined && this.#options.deliver(held[0])) held.shift();
    }
    if (this.held === 0 || this.#retrying) return;
    this.#retrying = true;
    this.#timers.after(retryMs, () => {
      this.#retrying = false;
      this.flush();
    });
  }

  /** Ends every timer; reports still to come are lost. */
  stop(): void {
    this.#timers.stopAll();
    this.#retrying = false;
  }

  #reportLater(sms: SubmittedSms, status: number, afterMs: number): void {
    this.#timers.after(afterMs, () => this.#report(sms, status));
  }

  #report(sms: SubmittedSms, status: number): void {
    const { clock, random, faults, profile } = this.#options;
    if (faults.noReports || (faults.lostReports > 0 && random.fraction() < faults.lostReports)) return;
    const pdu = encodeStatusReport({
      reference: sms.reference,
      recipient: sms.destination,
      sentAt: sms.at,
      doneAt: clock.now(),
      status,
      ...(profile.smsc === '' ? {} : { smsc: profile.smsc }),
    });
    for (let times = faults.duplicateReports ? 2 : 1; times > 0; times -= 1) this.push({ kind: 'report', pdu });
  }
}
