import type { Clock, Timer } from '../../../domain/ports.ts';
import { errorText } from '../../../domain/errors.ts';
import { parseFinalResult } from './final-result.ts';
import type { AtError } from './final-result.ts';
import type { Wire } from './wire.ts';

/** A PDU with the header line that stood in front of it. */
export interface PduLine {
  readonly header: string;
  readonly text: string;
}

export interface AtCommand {
  /** Without the CR, such as `AT+CSQ`. */
  readonly text: string;
  readonly timeoutMs: number;
  /** Further names under which modems answer, such as `ICCID` for `AT+CCID`. */
  readonly alsoAnswers?: readonly string[];
  /** Some modems forget the OK: this long after an information line the command counts as done. */
  readonly graceMs?: number;
}

export type AtResult =
  | {
      readonly kind: 'ok';
      readonly lines: readonly string[];
      readonly pdus: readonly PduLine[];
      /** No final result came; one may still come late. */
      readonly unfinished?: true;
    }
  | { readonly kind: 'error'; readonly error: AtError }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'closed'; readonly reason: string };

/** More lines than the largest message memory can list are a modem gone mad. */
const maxLines = 2000;

/** Runs one command up to its final result (ITU-T V.250 §5.7). Always settles within the time-out; never rejects. */
export function runCommand(wire: Wire, clock: Clock, command: AtCommand): Promise<AtResult> {
  return new Promise((resolve) => {
    const lines: string[] = [];
    const pdus: PduLine[] = [];
    let timer: Timer | null = null;
    let settled = false;
    const settle = (result: AtResult): void => {
      if (settled) return;
      settled = true;
      timer?.cancel();
      wire.unlisten();
      resolve(result);
    };
    const takeLine = (text: string): void => {
      const final = parseFinalResult(text);
      if (final !== null) {
        settle(final.ok ? { kind: 'ok', lines, pdus } : { kind: 'error', error: final.error });
        return;
      }
      if (lines.length < maxLines) lines.push(text);
      if (command.graceMs === undefined || settled) return;
      timer?.cancel();
      timer = clock.after(command.graceMs, () => settle({ kind: 'ok', lines, pdus, unfinished: true }));
    };
    timer = clock.after(command.timeoutMs, () => settle({ kind: 'timeout' }));
    wire.listen({
      answering: [...namesOf(command.text), ...(command.alsoAnswers ?? [])],
      token: (token) => {
        if (token.type === 'line') takeLine(token.text);
        else if (token.type === 'pdu' && pdus.length < maxLines) pdus.push({ header: token.header, text: token.text });
      },
      // A modem that restarts has forgotten the command; waiting for its answer would only lose time.
      restarted: () => settle({ kind: 'timeout' }),
      closed: (reason) => settle({ kind: 'closed', reason }),
    });
    if (settled) return;
    wire.write(`${command.text}\r`).catch((error: unknown) => settle({ kind: 'closed', reason: errorText(error) }));
  });
}

function namesOf(text: string): string[] {
  const name = /^AT[+^*]([A-Z0-9]+)/.exec(text)?.[1];
  return name === undefined ? [] : [name];
}
