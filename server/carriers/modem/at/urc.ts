import type { LineToken } from './line-parser.ts';

/** What a line that nobody asked for means to the driver. */
export type UrcKind =
  | 'stored-message'
  | 'message'
  | 'stored-report'
  | 'report'
  | 'registration'
  | 'sim'
  | 'restart'
  | 'started'
  | 'memory-full'
  | 'ussd'
  | 'call-end'
  | 'noise';

export interface Urc {
  readonly kind: UrcKind;
  readonly line: string;
  /** The hex line behind +CMT and +CDS; it may be damaged. */
  readonly pdu: string | null;
}

interface UrcRule {
  readonly kind: UrcKind;
  readonly match: RegExp;
  /** No command is ever answered by it, whatever is in flight. */
  readonly always: boolean;
}

/** First match wins. `restart` is sure; `started` also comes late after a normal power-up. */
const rules: readonly UrcRule[] = [
  { kind: 'stored-message', match: /^\+CMTI:/, always: true },
  { kind: 'stored-report', match: /^\+CDSI:/, always: true },
  { kind: 'message', match: /^\+CMT:/, always: true },
  { kind: 'report', match: /^\+CDS:/, always: true },
  { kind: 'registration', match: /^\+C(?:|E|G)REG:/, always: false },
  { kind: 'sim', match: /^\+CPIN:/, always: false },
  { kind: 'sim', match: /^\+(?:QSIMSTAT|SIMCARD):|^\^SIMST:/, always: false },
  { kind: 'restart', match: /^(?:RDY|\^SYSSTART|\*ATREADY: ?1|APP RDY|NORMAL POWER DOWN)\b/, always: true },
  {
    kind: 'started',
    match: /^(?:SMS DONE|SMS Ready|Call Ready|PB DONE|\+WIND:.*|\+QIND: "?(?:SMS|PB) DONE"?)$/,
    always: true,
  },
  { kind: 'started', match: /^\+CFUN: ?1$/, always: false },
  { kind: 'memory-full', match: /^(?:\^SMMEMFULL|[*+]SMS FULL|\+QIND: ?"smsfull")/i, always: true },
  { kind: 'ussd', match: /^\+CUSD:/, always: false },
  { kind: 'call-end', match: /^(?:NO CARRIER|BUSY|NO ANSWER|NO DIALTONE)$/, always: true },
  { kind: 'noise', match: /^(?:RING|\+CRING:|\+CLIP:|\+CBMI?:|\+QIND:|UNDER-VOLTAGE|OVER-VOLTAGE)/, always: true },
];

const namedLine = /^[+^*]([A-Z0-9]+)(?::|$)/;

/**
 * The indication that a token is, or null when it belongs to the command in flight. `answering` are the names of
 * results that this command may give, such as `CREG`; other named lines, even unknown ones, are indications.
 */
export function parseUrc(token: LineToken, answering: readonly string[]): Urc | null {
  if (token.type === 'prompt') return null;
  const line = token.type === 'pdu' ? token.header : token.text;
  const pdu = token.type === 'pdu' ? token.text : null;
  const rule = rules.find((candidate) => candidate.match.test(line));
  if (rule?.always === true) return { kind: rule.kind, line, pdu };
  const name = namedLine.exec(line)?.[1];
  if (name !== undefined && answering.includes(name)) return null;
  if (rule !== undefined) return { kind: rule.kind, line, pdu };
  return name === undefined ? null : { kind: 'noise', line, pdu };
}

/** Memory and index of `+CMTI: "SM",3` or `+CDSI: SR,1`. */
export function parseStoredAt(line: string): { readonly memory: string; readonly index: number } | null {
  const match = /^\+C(?:MT|DS)I:\s*"?([A-Z]{2})"?\s*,\s*"?(\d{1,5})"?/.exec(line);
  const memory = match?.[1];
  const index = match?.[2];
  return memory === undefined || index === undefined ? null : { memory, index: Number(index) };
}
