import { cmeTexts, cmsTexts } from './error-texts.ts';

/** Which of the two numberings an error uses; `plain` has no number at all. */
export type ErrorFamily = 'cms' | 'cme' | 'plain';

export interface AtError {
  readonly family: ErrorFamily;
  /** Null for a plain `ERROR` and for a text that no table knows. */
  readonly code: number | null;
  /** The modem's own line. */
  readonly text: string;
}

export type FinalResult = { readonly ok: true } | { readonly ok: false; readonly error: AtError };

const plainErrors = new Set(['ERROR', 'COMMAND NOT SUPPORT', 'TOO MANY PARAMETERS', 'ABORTED', 'NOT SUPPORTED']);
const numbered = /^\+(CM[SE]) ERROR:\s*(.*)$/i;

/**
 * The final result that a line is, or null. Numeric and text forms of +CMS ERROR (3GPP TS 27.005 §3.2.5) and
 * +CME ERROR (27.007 §9.2) are taken alike. `NO CARRIER` and `BUSY` end voice calls, which this driver never makes,
 * so a caller who hangs up cannot end a command.
 */
export function parseFinalResult(line: string): FinalResult | null {
  if (line === 'OK') return { ok: true };
  if (plainErrors.has(line.toUpperCase())) return { ok: false, error: { family: 'plain', code: null, text: line } };
  const match = numbered.exec(line);
  if (match === null) return null;
  const family = match[1]?.toUpperCase() === 'CMS' ? 'cms' : 'cme';
  return { ok: false, error: { family, code: codeOf(family, (match[2] ?? '').trim()), text: line } };
}

function codeOf(family: 'cms' | 'cme', detail: string): number | null {
  const digits = /^"?(\d{1,4})"?$/.exec(detail)?.[1];
  if (digits !== undefined) return Number(digits);
  const texts = family === 'cms' ? cmsTexts : cmeTexts;
  return texts.get(detail.toLowerCase().replaceAll('"', '')) ?? null;
}

/** Short name for logs, codes and reasons, such as `CMS 500`. */
export function errorName(error: AtError): string {
  if (error.family === 'plain') return 'ERROR';
  return `${error.family.toUpperCase()} ${error.code ?? 'unknown'}`;
}
