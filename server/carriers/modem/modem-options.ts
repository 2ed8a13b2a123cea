import type { CarrierHost } from '../../domain/carrier.ts';
import type { ByteStream, Clock, Logger, Random } from '../../domain/ports.ts';
import type { BalanceMemory, BalanceSettings } from './operate/balance.ts';
import type { PinMemory } from './pin-memory.ts';
import type { ModemTimeouts } from './timeouts.ts';

/** What a modem carrier is made with. */
export interface ModemCarrierOptions {
  readonly kind: 'modem' | 'simulator';
  readonly name: string;
  /** Opens the port; called again after every end of it. Its rejection is shown to the operator as it is. */
  readonly openStream: () => Promise<ByteStream>;
  readonly host: CarrierHost;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly pin?: string;
  /** Service centre to use instead of the SIM's, digits with or without `+`. */
  readonly smsc?: string;
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
