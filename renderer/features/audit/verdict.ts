import type { CallAnswer } from '../../api/call.ts';
import type { Translate } from '../../i18n/translate.ts';

/** What following the chain of the log found. */
export type Verdict = CallAnswer<'auditVerify'>;

/** What is wrong with the chain, in the reader's language. */
export function faultWords({ cause, row, problem }: Verdict, t: Translate): string {
  return cause === null ? (problem ?? '') : t(`audit.chain.${cause}`, { row: row ?? 0 });
}
