import { causeOf } from '../../../domain/reason.ts';
import { parseGroups, parseSmsc, parseUsage } from '../at/answers.ts';
import type { InitContext, Blocked } from './context.ts';

/** How messages are kept and announced by this modem, found out anew after each start of it. */
export interface MessageSetup {
  /** Where new messages are kept; null when the modem has not told. */
  readonly memory: string | null;
  /** Memories that can be read. */
  readonly memories: readonly string[];
  /** Nothing is announced, so the memory must be looked at. */
  readonly polling: boolean;
}

const startTries = 10;
const startPauseMs = 2_000;

/** PDU mode, service centre, memory and notification. A blocked answer says that messages cannot be sent or received. */
export async function setUpMessages(context: InitContext): Promise<MessageSetup | Blocked> {
  const { port, facts, indications, gate, nature } = context;
  await gate.passed(nature.quirks.ready);
  await indications.chooseService();
  const mode = await port.patient('AT+CMGF=0', startTries, startPauseMs);
  if (mode.kind !== 'ok') {
    const reason = 'The modem does not take PDU mode for messages yet. If it stays so, it cannot be used for SMS.';
    return { state: 'waiting', reason, cause: causeOf('modem.no_pdu_mode'), recheckMs: 10_000 };
  }
  await readCentre(context);
  const { memory, memories } = await chooseMemory(context);
  facts.memory = memory;
  const { words, polling } = await indications.choose();
  facts.notification = words;
  return { memory, memories, polling };
}

/**
 * The SIM's service centre. Where it has none, the one that its owner named is written to it: each message brings that one
 * along, but what the modem sends by itself does not.
 */
async function readCentre({ port, facts, smsc }: InitContext): Promise<void> {
  const answer = await port.command('AT+CSCA?');
  facts.smsc = answer.kind === 'ok' ? parseSmsc(answer.lines) : null;
  facts.smscMissing = answer.kind === 'ok' && facts.smsc === null;
  if (!facts.smscMissing || smsc === null) return;
  const number = smsc.replace(/^\+/, '');
  const set = await port.command(`AT+CSCA="+${number}",145`);
  facts.smscMissing = false;
  if (set.kind === 'ok') facts.smsc = `+${number}`;
}

interface MemoryChoice {
  readonly memory: string | null;
  readonly memories: readonly string[];
}

/** The memory that this modem is best used with, for reading, sending and receiving alike. 3GPP TS 27.005 §3.2.2. */
async function chooseMemory(context: InitContext): Promise<MemoryChoice> {
  const { port, timeouts, nature } = context;
  const offered = await port.patient('AT+CPMS=?', startTries, startPauseMs, { timeoutMs: timeouts.pin });
  const groups = offered.kind === 'ok' ? parseGroups(offered.lines) : [];
  const receiving = groups.at(-1) ?? ['SM', 'ME'];
  const reading = groups[0] ?? ['SM', 'ME', 'SR'];
  for (const memory of nature.quirks.memories.filter((name) => receiving.includes(name) && reading.includes(name))) {
    for (const count of [3, 2, 1]) {
      const names = Array.from({ length: count }, () => `"${memory}"`).join(',');
      const answer = await port.patient(`AT+CPMS=${names}`, startTries, startPauseMs, { timeoutMs: timeouts.pin });
      if (answer.kind === 'closed' || answer.kind === 'timeout') return { memory: null, memories: reading };
      if (answer.kind === 'ok') return { memory, memories: reading };
    }
  }
  return { memory: null, memories: reading };
}

/** Used and total places, for the health view. What it was before it was emptied at the start says nothing. */
export async function readUsage({ port, facts }: InitContext): Promise<void> {
  const answer = await port.command('AT+CPMS?');
  const usage = answer.kind === 'ok' ? parseUsage(answer.lines) : null;
  facts.memoryUsed = usage?.used ?? facts.memoryUsed;
  facts.memoryTotal = usage?.total ?? facts.memoryTotal;
}
