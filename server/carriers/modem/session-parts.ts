import { DirectInbox } from './direct-inbox.ts';
import { Inbox } from './inbox.ts';
import { Indications } from './indications.ts';
import type { InitContext } from './init/context.ts';
import { Registration } from './init/network.ts';
import { KeepAlive } from './keep-alive.ts';
import { ModemPort } from './modem-port.ts';
import type { ModemPortOptions } from './modem-port.ts';
import type { ModemSessionOptions } from './session-options.ts';
import { Sender } from './sender.ts';

/** What one opened port is worked with. */
export interface SessionParts {
  readonly port: ModemPort;
  readonly indications: Indications;
  readonly inbox: Inbox;
  readonly direct: DirectInbox;
  readonly sender: Sender;
  readonly registration: Registration;
  readonly keepAlive: KeepAlive;
  readonly context: InitContext;
}

/** Puts the parts of a session together; nothing runs yet. */
export function buildSessionParts(
  options: ModemSessionOptions,
  hooks: Pick<ModemPortOptions, 'onUrc' | 'onClosed' | 'onTrouble'>,
): SessionParts {
  const { stream, clock, log, timeouts, host, facts, policy, pin, pinMemory, smsc, gapMs, admit } = options;
  const port = new ModemPort({ stream, clock, log, timeouts, ...hooks });
  const registration = new Registration();
  const lapsed = (): void => keepAlive.sweep(false);
  const indications = new Indications({ port, clock, log, lapsed });
  const reported = (): void => policy.reported();
  const inbox = new Inbox({ port, host, clock, log, timeouts, reported });
  const failed = (): void => inbox.markUnfinished();
  const direct = new DirectInbox({ host, clock, log, indications, reported, failed });
  const sender = new Sender({ port, clock, timeouts, policy, smsc, gapMs });
  const context: InitContext = { port, indications, clock, log, facts, timeouts, pin, pinMemory, admit };
  const keepAlive: KeepAlive = new KeepAlive({ context, registration, inbox, indications });
  return { port, indications, inbox, direct, sender, registration, keepAlive, context };
}
