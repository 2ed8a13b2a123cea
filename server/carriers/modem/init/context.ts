import type { Cause } from '../../../domain/reason.ts';
import type { Clock, Logger } from '../../../domain/ports.ts';
import type { ModemFacts } from '../facts.ts';
import type { Indications } from '../indications.ts';
import type { ModemPort } from '../modem-port.ts';
import type { PinMemory } from '../pin-memory.ts';
import type { ModemNature } from '../quirks/modem-quirks.ts';
import type { StartGate } from '../start-gate.ts';
import type { ModemTimeouts } from '../timeouts.ts';
import type { PortRole } from '../usb/port-role.ts';

/** What the steps from power-up to ready work with. */
export interface InitContext {
  readonly port: ModemPort;
  readonly indications: Indications;
  readonly clock: Clock;
  readonly log: Logger;
  readonly facts: ModemFacts;
  readonly timeouts: ModemTimeouts;
  readonly pin: string | null;
  /** Service centre to use instead of the SIM's. */
  readonly smsc: string | null;
  readonly pinMemory: PinMemory;
  readonly nature: ModemNature;
  readonly gate: StartGate;
  readonly place: PortPlace;
  /** Why the modem that says this of itself is not the one to work with, in words; null when it is. */
  readonly admit: (identity: ModemIdentity) => string | null;
}

/** What is known of the opened port; nothing where the modem is at no port of its own. */
export interface PortPlace {
  readonly role: PortRole | null;
  /** Ids of the USB device, such as `2c7c:0125`. */
  readonly usb: string | null;
}

/** Who a modem says it is. */
export interface ModemIdentity {
  readonly imei: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
}

/** Why the modem cannot be used now, for a person, and when to look again. */
export interface Blocked {
  readonly state: 'waiting' | 'faulty';
  readonly reason: string;
  /** The same by its code. */
  readonly cause: Cause;
  readonly recheckMs: number;
  /** It is another modem than the one that is wanted: the port is not for us. */
  readonly foreign?: true;
}
