import { causeOf } from '../../../domain/reason.ts';
import type { Blocked, InitContext } from './context.ts';
import { readIccid, readIdentity, readImsi, readOwnNumber, setManners, switchOn } from './identity.ts';
import { setUpMessages } from './messages.ts';
import type { MessageSetup } from './messages.ts';
import { readOperator, readRegistration, readSignal, watchRegistration } from './network.ts';
import type { Registration } from './network.ts';
import { quirksOf } from '../quirks/quirks-of.ts';
import { unlockSim } from './sim.ts';

/** The modem is known now: from here on its own manners count. */
async function adapt({ nature, facts, place, port }: InitContext): Promise<void> {
  nature.quirks = quirksOf({ ...facts, usb: place.usb });
  for (const { send, at } of nature.quirks.setUp) {
    if (at === undefined || at === place.role) await port.command(send);
  }
}

/**
 * Everything between the first answer and readiness, in the order in which modems want it. Every step asks for itself
 * whether the port is still there, so an end in the middle only makes the rest fail fast.
 */
export async function setUpModem(context: InitContext, registration: Registration): Promise<MessageSetup | Blocked> {
  const { facts } = context;
  await setManners(context);
  await readIdentity(context);
  const refused = context.admit(facts);
  if (refused !== null)
    return {
      state: 'faulty',
      reason: refused,
      cause: causeOf('modem.foreign', { detail: refused }),
      recheckMs: 0,
      foreign: true,
    };
  await adapt(context);
  await switchOn(context);
  await readIccid(context);
  const locked = await unlockSim(context);
  if (locked !== null) return locked;
  if (facts.iccid === null) await readIccid(context);
  await readImsi(context);
  await readOwnNumber(context);
  await watchRegistration(context);
  await readRegistration(context, registration);
  await readSignal(context);
  if (registration.ready) await readOperator(context);
  return setUpMessages(context);
}
