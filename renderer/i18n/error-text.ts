import { isApiError } from '../api/api-error.ts';
import type { Translate } from './translate.ts';
import { isErrorTextKey } from './translate.ts';

/** What to tell a person about a failure: the reader's language where the code is known, else the box's own words. */
export function errorMessage(error: unknown, t: Translate): string {
  if (!isApiError(error)) return t('error.internal.fault');
  const key = `error.${error.code}`;
  if (isErrorTextKey(key)) return t(key);
  const [fault] = error.details;
  return fault === undefined ? error.message : `${error.message} (${fault.path}: ${fault.message})`;
}
