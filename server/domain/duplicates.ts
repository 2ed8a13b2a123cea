import type { Millis } from './ports.ts';

/** Why a recipient is not sent to when the same text went to its number a moment ago. */
export function repeatedText(windowMs: Millis): { readonly errorCode: string; readonly errorMessage: string } {
  const minutes = Math.round(windowMs / 60_000);
  return {
    errorCode: 'duplicate_content',
    errorMessage: `The same text goes to this number within ${minutes === 1 ? 'a minute' : `${minutes} minutes`} already.`,
  };
}
