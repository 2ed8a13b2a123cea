import type { CarrierCommandAnswer } from '../../../domain/carrier-command.ts';
import type { Logger } from '../../../domain/ports.ts';
import { priorities } from '../at/command-queue.ts';
import type { AtResult } from '../at/command.ts';
import { classifyError } from '../at/error-class.ts';
import type { ModemPort } from '../modem-port.ts';
import { toldBy } from './probe.ts';

const answerMs = 30_000;
const mostLines = 200;
const longestLine = 600;

/** Passes one checked line on to the modem. Its answer is cut to 200 lines of 600 characters. Never rejects. */
export async function runAtLine(port: ModemPort, line: string, log: Logger): Promise<CarrierCommandAnswer> {
  const alsoAnswers = [...line.matchAll(/[+^*$#]([A-Z0-9]+)/gi)].map((match) => (match[1] ?? '').toUpperCase());
  const answer = await port.command(line, { priority: priorities.send, timeoutMs: answerMs, alsoAnswers });
  log.info('modem.console', { answer: answer.kind });
  const all = toldBy(answer);
  const lines = all.slice(0, mostLines).map((each) => each.slice(0, longestLine));
  const cut = all.length > mostLines ? ` Of ${all.length} lines the first ${mostLines} are shown.` : '';
  return { ok: answer.kind === 'ok', text: `${wordsOf(answer)}${cut}`, lines, more: false };
}

function wordsOf(answer: AtResult): string {
  switch (answer.kind) {
    case 'ok':
      return 'The modem answered OK.';
    case 'error':
      return `The modem answered ${answer.error.text}. ${classifyError(answer.error).message}`;
    case 'timeout':
      return 'The modem did not answer within 30 seconds. The box brings it back in step.';
    case 'closed':
      return 'The modem went away before it answered. Try again when it is back.';
  }
}
