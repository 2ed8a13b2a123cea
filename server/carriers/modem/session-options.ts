import type { CarrierHost, CarrierState } from '../../domain/carrier.ts';
import type { ByteStream, Clock, Logger } from '../../domain/ports.ts';
import type { ModemFacts } from './facts.ts';
import type { ModemIdentity } from './init/context.ts';
import type { PinMemory } from './pin-memory.ts';
import type { SendPolicy } from './send-policy.ts';
import type { ModemTimeouts } from './timeouts.ts';

export interface ModemSessionOptions {
  readonly stream: ByteStream;
  readonly host: CarrierHost;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timeouts: ModemTimeouts;
  readonly facts: ModemFacts;
  readonly policy: SendPolicy;
  readonly pin: string | null;
  readonly pinMemory: PinMemory;
  readonly smsc: string | null;
  readonly gapMs: number;
  /** Why the modem at this port is not the one to work with, in words; null when it is. */
  readonly admit: (identity: ModemIdentity) => string | null;
  /** The modem is set up and at work. */
  readonly inService: (identity: ModemIdentity) => void;
  /** Told of every change of state, reason or facts. */
  readonly publish: (state: CarrierState, reason: string) => void;
}
