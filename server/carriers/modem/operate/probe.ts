import type { CarrierCommandAnswer } from '../../../domain/carrier-command.ts';
import { parseOperator, parsePinState, parseSignal, parseUsage } from '../at/answers.ts';
import { priorities } from '../at/command-queue.ts';
import type { AtResult } from '../at/command.ts';
import { classifyError } from '../at/error-class.ts';
import type { InitContext } from '../init/context.ts';
import { readRegistration } from '../init/network.ts';
import type { Registration } from '../init/network.ts';

const pinMs = 10_000;

/** Asks the modem whether it lives, what it hears, and how its SIM and memory are; in words, and in its own lines. */
export async function probeModem(context: InitContext, registration: Registration): Promise<CarrierCommandAnswer> {
  const { port, facts } = context;
  const said: string[] = [];
  const ask = async (command: string, timeoutMs?: number): Promise<AtResult> => {
    const priority = priorities.send;
    const answer = await port.command(command, timeoutMs === undefined ? { priority } : { priority, timeoutMs });
    said.push(command, ...toldBy(answer));
    return answer;
  };
  const life = await ask('AT');
  if (life.kind === 'timeout' || life.kind === 'closed') {
    return { ok: false, text: 'The modem does not answer. The box tries to bring it back.', lines: said, more: false };
  }
  const signal = await ask('AT+CSQ');
  facts.signalDbm = signal.kind === 'ok' ? parseSignal(signal.lines) : null;
  await readRegistration(context, registration);
  const network = await ask('AT+COPS?', context.timeouts.operator);
  const operator = network.kind === 'ok' ? parseOperator(network.lines) : null;
  const sim = await ask('AT+CPIN?', pinMs);
  const memory = await ask('AT+CPMS?');
  const usage = memory.kind === 'ok' ? parseUsage(memory.lines) : null;
  const text = [
    'The modem answers.',
    `Signal: ${signalWords(facts.signalDbm)}.`,
    `Network: ${[registration.words ?? 'unknown', operator].filter((word) => word !== null).join(', ')}.`,
    `SIM: ${simWords(sim)}.`,
    usage === null ? 'Message memory: unknown.' : `Message memory: ${usage.used} of ${usage.total} places used.`,
  ].join(' ');
  return { ok: true, text, lines: said, more: false };
}

/** The lines of an answer with its end, as the modem gave them. */
export function toldBy(answer: AtResult): readonly string[] {
  if (answer.kind === 'error') return [answer.error.text];
  if (answer.kind !== 'ok') return [];
  const pdus = [...answer.pdus];
  const lines = answer.lines.flatMap((line) => {
    const at = pdus.findIndex((pdu) => pdu.header === line);
    return at < 0 ? [line] : [line, ...pdus.splice(at, 1).map((pdu) => pdu.text)];
  });
  return [...lines, 'OK'];
}

function signalWords(dbm: number | null): string {
  if (dbm === null) return 'unknown';
  const grade = dbm >= -75 ? 'very good' : dbm >= -85 ? 'good' : dbm >= -95 ? 'fair' : 'weak';
  return `${dbm} dBm (${grade})`;
}

function simWords(answer: AtResult): string {
  if (answer.kind === 'error') return classifyError(answer.error).message.replace(/\.$/, '').toLowerCase();
  const state = answer.kind === 'ok' ? parsePinState(answer.lines) : null;
  return state === null ? 'unknown' : state === 'READY' ? 'ready' : `locked (${state})`;
}
