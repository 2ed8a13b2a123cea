import {
  parseFunctionality,
  parseIccid,
  parseImei,
  parseImsi,
  parseOwnNumber,
  parseRawIccid,
  plainValue,
} from '../at/answers.ts';
import { delay } from '../../../platform/pause.ts';
import type { InitContext } from './context.ts';

/** Manners of the line: no echo, words instead of numbers, numbered errors. Each is optional. */
export async function setManners({ port }: InitContext): Promise<void> {
  for (const command of ['ATE0', 'ATV1', 'ATQ0', 'AT+CMEE=1']) await port.command(command);
}

/**
 * Maker, model, firmware and IMEI; each is optional, the IMEI is the identity, and is asked for at every start of the
 * modem: at the same port there may be another one by now. 3GPP TS 27.007 §5.
 */
export async function readIdentity(context: InitContext): Promise<void> {
  const { facts } = context;
  const imei = parseImei(await linesOf(context, 'AT+CGSN'));
  const same = imei !== null && imei === facts.imei;
  facts.imei = imei;
  if (same && facts.model !== null) return;
  facts.manufacturer = plainValue(await linesOf(context, 'AT+CGMI'));
  facts.model = plainValue(await linesOf(context, 'AT+CGMM'));
  facts.firmware = plainValue(await linesOf(context, 'AT+CGMR'));
}

/** Wakes the radio when another program switched it off. 3GPP TS 27.007 §8.2. */
export async function switchOn({ port, clock, timeouts }: InitContext): Promise<void> {
  const answer = await port.command('AT+CFUN?');
  if (answer.kind !== 'ok') return;
  const level = parseFunctionality(answer.lines);
  if (level === null || level === 1) return;
  await port.command('AT+CFUN=1', { timeoutMs: timeouts.cfun });
  await delay(clock, settleMs);
}

/** The makers' ways to the ICCID, the most common first. */
const iccidCommands = ['AT+CCID', 'AT^ICCID?', 'AT+QCCID', 'AT+ICCID', 'AT+CICCID'] as const;

/** ICCID of the SIM, which many modems tell before the PIN. Null when none of the ways works. */
export async function readIccid(context: InitContext): Promise<void> {
  const { port, facts } = context;
  facts.iccid = null;
  for (const command of iccidCommands) {
    const answer = await port.command(command, { alsoAnswers: ['ICCID', 'CCID', 'QCCID', 'CICCID'] });
    if (answer.kind === 'closed') return;
    facts.iccid = answer.kind === 'ok' ? parseIccid(answer.lines) : null;
    if (facts.iccid !== null) return;
  }
  facts.iccid = parseRawIccid(await linesOf(context, 'AT+CRSM=176,12258,0,0,10'));
}

export async function readImsi(context: InitContext): Promise<void> {
  context.facts.imsi = parseImsi(await linesOf(context, 'AT+CIMI'));
}

/** The number on the SIM, where there is one. */
export async function readOwnNumber(context: InitContext): Promise<void> {
  context.facts.msisdn = parseOwnNumber(await linesOf(context, 'AT+CNUM'));
}

const settleMs = 2_000;

async function linesOf({ port }: InitContext, command: string): Promise<readonly string[]> {
  const answer = await port.command(command);
  return answer.kind === 'ok' ? answer.lines : [];
}
