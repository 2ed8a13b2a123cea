import type { CarrierHost } from '../../domain/carrier.ts';
import type { ByteStream, Clock, Logger, Random } from '../../domain/ports.ts';
import type { ModemIdentity } from './init/context.ts';
import type { BalanceMemory, BalanceSettings } from './operate/balance.ts';
import type { PinMemory } from './pin-memory.ts';
import type { ModemTimeouts } from './timeouts.ts';
import type { PortRole } from './usb/port-role.ts';

/** What a modem carrier is made with. */
export interface ModemCarrierOptions {
  readonly kind: 'modem' | 'simulator';
  readonly name: string;
  /** Opens the port; called again after every end of it. Its rejection is shown to the operator as it is. */
  readonly openStream: (how: PortKnock) => Promise<ModemStream>;
  /** Looks whether the modem at the port is the one that is wanted; any is when this is absent. */
  readonly register?: ModemRegister;
  /** Switches the modem's power; absent where nothing does. */
  readonly power?: ModemPower;
  readonly host: CarrierHost;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly pin?: string;
  /** Service centre to use instead of the SIM's, digits with or without `+`. */
  readonly smsc?: string;
  /** Number of the SIM, where the SIM itself does not tell it. */
  readonly number?: string;
  /** Where refused PINs are remembered; without it for as long as this carrier lives. */
  readonly pinMemory?: PinMemory;
  /** How the credit of the SIM is asked for; null or left out, it is not. */
  readonly balance?: BalanceSettings | null;
  /** Where the last balance is kept; without it for as long as this carrier lives. */
  readonly balanceMemory?: BalanceMemory;
  /** Pause between two parts, in milliseconds. */
  readonly partGapMs?: number;
  readonly timeouts?: Partial<ModemTimeouts>;
}

export interface PortKnock {
  /** Keep DTR low for a moment first: the modem hung. */
  readonly knockDtr: boolean;
}

/** The port, and what is known of it. */
export type ModemStream = ByteStream & {
  /** For a person. */
  readonly path?: string;
  /** What the port is for; left out when it is none of the modem's own USB device. */
  readonly role?: PortRole;
  /** Ids of the USB device, such as `2c7c:0125`. */
  readonly usb?: string;
};

/** The power of the modem at the port that was opened last. */
export interface ModemPower {
  /** Whether it can be switched, and may be. Never rejects. */
  able(): Promise<boolean>;
  /** Off and on again. Rejects when that fails. */
  cycle(): Promise<void>;
}

/** Ties a carrier to one modem. */
export interface ModemRegister {
  /** Why the modem that says this of itself is not to be used, in words; null when it is the right one. */
  admit(identity: ModemIdentity): string | null;
  /** It is in service. Never rejects. */
  inService(identity: ModemIdentity): Promise<void>;
}
