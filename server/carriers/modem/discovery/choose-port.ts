import type { DevicePort } from '../usb/devices.ts';
import type { PortRole } from '../usb/port-role.ts';
import type { PortAnswer } from './ask-port.ts';

/** A port that answered, and what. */
export interface AnsweredPort {
  readonly port: DevicePort;
  readonly answer: PortAnswer;
}

const byRole: Readonly<Record<PortRole, number>> = {
  commands: 30,
  unknown: 20,
  dial: 10,
  diagnostic: 0,
  position: 0,
  sound: 0,
};
const toldHere = 25;
const cannotAnnounce = -15;

/**
 * The port that answers AT and takes what the modem tells by itself. A modem that sends its indications elsewhere by the
 * maker's own setting is used where they come.
 */
export function choosePort(answered: readonly AnsweredPort[]): AnsweredPort | null {
  return answered.toSorted((a, b) => score(b) - score(a))[0] ?? null;
}

/** No other port of the device can be better, so the others need not be asked. */
export function isBest({ port, answer }: AnsweredPort): boolean {
  return port.role === 'commands' && answer.announces && (answer.tellsAt === null || answer.tellsAt === 'commands');
}

function score({ port, answer }: AnsweredPort): number {
  const here = answer.tellsAt !== null && answer.tellsAt === port.role;
  return byRole[port.role] + (here ? toldHere : 0) + (answer.announces ? 0 : cannotAnnounce);
}
