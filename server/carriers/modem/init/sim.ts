import { parsePinState, parsePinTries } from '../at/answers.ts';
import type { AtResult } from '../at/command.ts';
import { classifyError, isSimMissing } from '../at/error-class.ts';
import type { AtError } from '../at/final-result.ts';
import { causeOf, type Cause } from '../../../domain/reason.ts';
import { delay } from '../../../platform/pause.ts';
import type { Blocked, InitContext } from './context.ts';

const busyTries = 30;
const busyPauseMs = 1_000;
/** Some modems leave out the OK behind `+CPIN:`. */
const graceMs = 1_000;
const recheckMs = 10_000;
/** Fewer than this many tries left are kept for a person. */
const triesKept = 2;
const triesCommands = ['AT^CPIN?', 'AT+SPIC', 'AT+QPINC="SC"'] as const;

/**
 * Brings the SIM to READY (3GPP TS 27.007 §8.3), with the stored PIN where it wants one. Null when it is ready. The PIN is
 * sent once per SIM; a refusal is remembered.
 */
export async function unlockSim(context: InitContext): Promise<Blocked | null> {
  const { facts } = context;
  facts.sim = null;
  const answer = await askPin(context);
  if (answer.kind === 'error') {
    if (isSimMissing(answer.error)) facts.sim = 'missing';
    return simError(answer.error);
  }
  if (answer.kind !== 'ok')
    return waiting('The modem does not tell the state of its SIM yet.', causeOf('modem.sim_unknown'));
  const state = parsePinState(answer.lines);
  if (state === 'READY') {
    facts.sim = 'ready';
    await context.pinMemory.forget(simKey(context));
    return null;
  }
  if (state === 'SIM PIN') return enterPin(context);
  if (state === 'SIM PUK') {
    facts.sim = 'puk';
    return faulty(
      'The SIM is locked and wants its PUK. Put it into a phone and unlock it there; the box does not try.',
      causeOf('modem.sim_puk'),
    );
  }
  if (state === null) return waiting('The modem does not tell the state of its SIM yet.', causeOf('modem.sim_unknown'));
  facts.sim = 'locked';
  return faulty(
    `The modem or its SIM is locked (${state}): it may be tied to another operator. Use another SIM or modem.`,
    causeOf('modem.sim_locked', { detail: state }),
  );
}

function askPin({ port, timeouts }: InitContext): Promise<AtResult> {
  return port.patient('AT+CPIN?', busyTries, busyPauseMs, { timeoutMs: timeouts.pin, graceMs });
}

async function enterPin(context: InitContext): Promise<Blocked | null> {
  const { pin, pinMemory, port, timeouts, log, facts } = context;
  facts.sim = 'pin';
  const sim = simKey(context);
  if (pin === null)
    return faulty(
      'The modem answers, but the SIM wants its PIN. Enter the PIN in the settings of this modem.',
      causeOf('modem.pin_needed'),
    );
  if (!/^\d{4,8}$/.test(pin))
    return faulty(
      'The stored PIN is not 4 to 8 digits. Correct it in the settings of this modem.',
      causeOf('modem.pin_malformed'),
    );
  if (await pinMemory.refused(sim)) return refused(context);
  const tries = await triesLeft(context);
  if (tries !== null && tries < triesKept) {
    return faulty(
      `The SIM allows only ${tries} more PIN attempt. Unlock it in a phone; the box does not risk it.`,
      causeOf('modem.pin_last_try', { count: tries }),
    );
  }
  await pinMemory.remember(sim);
  log.info('modem.pin_entered', { triesLeft: tries });
  const answer = await port.command(`AT+CPIN="${pin}"`, { timeoutMs: timeouts.pin * 3 });
  if (answer.kind === 'error') {
    log.warn('modem.pin_refused');
    return refused(context);
  }
  if (answer.kind !== 'ok' || !(await becomesReady(context)))
    return waiting('The PIN was entered; the SIM is not ready yet.', causeOf('modem.pin_entered'));
  facts.sim = 'ready';
  await pinMemory.forget(sim);
  return null;
}

async function becomesReady(context: InitContext): Promise<boolean> {
  for (let attempt = 0; attempt < busyTries; attempt += 1) {
    const answer = await askPin(context);
    if (answer.kind === 'closed') return false;
    if (answer.kind === 'ok' && parsePinState(answer.lines) === 'READY') return true;
    await delay(context.clock, busyPauseMs);
  }
  return false;
}

async function triesLeft({ port }: InitContext): Promise<number | null> {
  for (const command of triesCommands) {
    const answer = await port.command(command);
    const tries = answer.kind === 'ok' ? parsePinTries(answer.lines) : null;
    if (tries !== null) return tries;
  }
  return null;
}

function simKey({ facts }: InitContext): string {
  if (facts.iccid !== null) return `iccid:${facts.iccid}`;
  return `imei:${facts.imei ?? 'unknown'}`;
}

function simError(error: AtError): Blocked {
  const { kind, message } = classifyError(error);
  if (kind === 'carrier' && isSimMissing(error))
    return faulty(`${message} The modem itself answers.`, causeOf('modem.sim_missing'));
  if (kind === 'carrier')
    return faulty(`${message} The modem itself answers.`, causeOf('modem.sim_fault', { detail: message }));
  return waiting(
    'The modem does not tell the state of its SIM yet. If it stays so, check that a SIM is in it.',
    causeOf('modem.sim_unknown'),
  );
}

function refused({ facts }: InitContext): Blocked {
  facts.sim = 'pin-refused';
  return faulty(
    'The SIM refused the stored PIN. Correct it; the box does not try it again, so that the SIM is not locked.',
    causeOf('modem.pin_refused'),
  );
}

function faulty(reason: string, cause: Cause): Blocked {
  return { state: 'faulty', reason, cause, recheckMs };
}

function waiting(reason: string, cause: Cause): Blocked {
  return { state: 'waiting', reason, cause, recheckMs };
}
