import type { Cause } from '../../domain/reason.ts';
import type { CarrierHost, CarrierState } from '../../domain/carrier.ts';
import type { ByteStream, Clock, Logger } from '../../domain/ports.ts';
import type { Urc } from './at/urc.ts';
import { DirectInbox } from './direct-inbox.ts';
import type { ModemFacts } from './facts.ts';
import { Inbox } from './inbox.ts';
import { Indications } from './indications.ts';
import type { InitContext, ModemIdentity, PortPlace } from './init/context.ts';
import { Registration } from './init/network.ts';
import { KeepAlive } from './keep-alive.ts';
import { ModemPort } from './modem-port.ts';
import type { PortTrouble } from './modem-port.ts';
import { Ussd } from './operate/ussd.ts';
import type { PinMemory } from './pin-memory.ts';
import type { SendPolicy } from './send-policy.ts';
import type { ModemNature } from './quirks/modem-quirks.ts';
import { quirksOf } from './quirks/quirks-of.ts';
import { Sender } from './sender.ts';
import { StartGate } from './start-gate.ts';
import type { ModemTimeouts } from './timeouts.ts';

export interface ModemSessionOptions {
  readonly stream: ByteStream;
  readonly place: PortPlace;
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
  readonly publish: (state: CarrierState, reason: string, cause?: Cause) => void;
}

/** What the port tells the session. */
export interface SessionEvents {
  readonly onUrc: (urc: Urc) => void;
  readonly onClosed: () => void;
  readonly onTrouble: (trouble: PortTrouble) => void;
  /** The modem has restarted and is not set up yet. */
  readonly restarted: () => boolean;
}

export interface SessionParts {
  readonly port: ModemPort;
  readonly indications: Indications;
  /** What the modem keeps in its memories. */
  readonly inbox: Inbox;
  /** What it passes on by itself. */
  readonly direct: DirectInbox;
  readonly sender: Sender;
  readonly ussd: Ussd;
  readonly keepAlive: KeepAlive;
  readonly context: InitContext;
  readonly registration: Registration;
}

/** The parts of a session over one opened port, wired to each other; nothing runs yet. */
export function createSessionParts(options: ModemSessionOptions, events: SessionEvents): SessionParts {
  const { stream, clock, log, timeouts, host, facts, policy, pin, pinMemory, smsc, gapMs, admit, place } = options;
  const { onUrc, onClosed, onTrouble, restarted } = events;
  const nature: ModemNature = { quirks: quirksOf({ ...facts, usb: place.usb }) };
  const gate = new StartGate(clock);
  const port = new ModemPort({ stream, clock, log, timeouts, nature, onUrc, onClosed, onTrouble });
  const indications = new Indications({ port, clock, log, nature, lapsed: () => keepAlive.sweep() });
  const reported = (): void => policy.reported();
  const inbox = new Inbox({ port, host, clock, log, timeouts, nature, reported });
  const failed = (): void => inbox.markUnfinished();
  const direct = new DirectInbox({ host, clock, log, indications, reported, failed });
  const sender = new Sender({ port, clock, timeouts, policy, smsc, gapMs, restarted });
  const ussd = new Ussd({ port, clock, log, nature });
  const context: InitContext = {
    port,
    indications,
    clock,
    log,
    facts,
    timeouts,
    pin,
    pinMemory,
    smsc,
    admit,
    nature,
    gate,
    place,
  };
  const registration = new Registration();
  const keepAlive = new KeepAlive({ context, registration, inbox, indications });
  return { port, indications, inbox, direct, sender, ussd, keepAlive, context, registration };
}
