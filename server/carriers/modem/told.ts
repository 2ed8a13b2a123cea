import type { CarrierState } from '../../domain/carrier.ts';
import { isAppError } from '../../domain/errors.ts';
import { causeOf, type Cause, type ReasonCode } from '../../domain/reason.ts';
import type { RecoveryStep } from './recovery.ts';

/** Tells how the modem is: in words, and as one of the usual reasons where it is one. */
export type Publish = (state: CarrierState, reason: string, cause: Cause | null) => void;

interface Told {
  readonly words: string;
  readonly cause: Cause;
}

/** What is done about a modem that hangs. `resets` are those of the last hour. */
export function toldOf(step: RecoveryStep, resets: number): Told {
  switch (step) {
    case 'reopen':
      return { words: 'The modem does not answer; its port is being opened anew.', cause: causeOf('modem.reopen') };
    case 'reset':
      return { words: 'The modem hangs and is being reset; this takes half a minute.', cause: causeOf('modem.reset') };
    case 'power-cycle':
      return {
        words: 'The modem hangs and its reset did not help; it is taken off the USB bus and back on.',
        cause: causeOf('modem.power_cycle'),
      };
    case 'give-up':
      return resets === 0 ? silent : hopeless(resets);
  }
}

const silent: Told = {
  words: 'The port opens, but no modem answers on it. Check that it is the port for AT commands.',
  cause: causeOf('modem.silent'),
};

function hopeless(resets: number): Told {
  const words = `The modem hangs again and again (${resets} resets within the hour). Unplug it, plug it in again, and check its power supply.`;
  return { words, cause: causeOf('modem.hopeless', { resets }) };
}

const openings: Readonly<Record<string, ReasonCode>> = {
  'port.not_allowed': 'port.not_allowed',
  'port.in_use': 'port.in_use',
  'carrier.config_invalid': 'port.missing',
  'carrier.not_found': 'port.missing',
};

/** Why a port did not open, as one of the usual reasons. */
export function causeOfOpening(error: unknown): Cause | null {
  const code = isAppError(error) ? openings[error.code] : undefined;
  return code === undefined ? null : causeOf(code);
}
