/** What a command answers. */

import type { ModemContext } from './context.ts';
import type { CommandForm } from './at-command.ts';

/** What AT+CMGS was told before its prompt. */
export type PromptRequest =
  | { readonly mode: 'pdu'; readonly octets: number }
  | { readonly mode: 'text'; readonly destination: string };

export type Answer =
  | {
      readonly kind: 'ok';
      readonly lines: readonly string[];
      /** How long the command takes, in milliseconds. */
      readonly afterMs?: number;
      /** What follows its OK. */
      readonly follow?: () => void;
    }
  | { readonly kind: 'error' }
  | { readonly kind: 'cme' | 'cms'; readonly code: number }
  | { readonly kind: 'prompt'; readonly request: PromptRequest };

export type Handler = (modem: ModemContext, args: readonly string[]) => Answer;
export type CommandSpec = Partial<Readonly<Record<CommandForm, Handler>>>;
export type CommandTable = Readonly<Record<string, CommandSpec>>;

export const error: Answer = { kind: 'error' };

export function ok(...lines: readonly string[]): Answer {
  return { kind: 'ok', lines };
}

/** OK, and something that follows it. */
export function okThen(follow: () => void): Answer {
  return { kind: 'ok', lines: [], follow };
}

export function cme(code: number): Answer {
  return { kind: 'cme', code };
}

export function cms(code: number): Answer {
  return { kind: 'cms', code };
}

/** `(0-2)` or `(0,3)`, as test commands list values. */
export function listed(values: readonly number[]): string {
  const first = values[0];
  const last = values.at(-1);
  if (first === undefined || last === undefined) return '()';
  const whole = values.length > 1 && values.every((value, at) => value === first + at);
  return whole ? `(${first}-${last})` : `(${values.join(',')})`;
}

const cmeTexts: Readonly<Record<number, string>> = {
  3: 'operation not allowed',
  10: 'SIM not inserted',
  11: 'SIM PIN required',
  12: 'SIM PUK required',
  13: 'SIM failure',
  14: 'SIM busy',
  16: 'incorrect password',
  30: 'no network service',
  50: 'Incorrect parameters',
};

const cmsTexts: Readonly<Record<number, string>> = {
  38: 'Network out of order',
  302: 'operation not allowed',
  304: 'invalid PDU mode parameter',
  305: 'invalid text mode parameter',
  310: 'SIM not inserted',
  311: 'SIM PIN required',
  313: 'SIM failure',
  314: 'SIM busy',
  316: 'SIM PUK required',
  321: 'invalid memory index',
  322: 'memory full',
  331: 'no network service',
  340: 'no +CNMA acknowledgement expected',
};

/** The final line of a failed command in the form that AT+CMEE chose. 3GPP TS 27.007 §9.1, TS 27.005 §3.2.5. */
export function errorLine(answer: Exclude<Answer, { kind: 'ok' | 'prompt' }>, form: number): string {
  if (answer.kind === 'error') return 'ERROR';
  if (answer.kind === 'cme') {
    if (form === 0) return 'ERROR';
    return `+CME ERROR: ${form === 2 ? (cmeTexts[answer.code] ?? 'unknown') : answer.code}`;
  }
  return `+CMS ERROR: ${form === 2 ? (cmsTexts[answer.code] ?? 'unknown error') : answer.code}`;
}
