import { isApiError } from '../api/api-error.ts';
import type { Translate } from './translate.ts';

/** Codes whose message names what is wrong with what was typed: it is told beside the translated words. */
const particular: ReadonlySet<string> = new Set([
  'carrier.command_unsupported',
  'carrier.config_invalid',
  'carrier.not_ready',
  'keyword.invalid',
  'message.missing_variable',
  'message.too_long',
  'port.in_use',
  'port.not_allowed',
  'route.invalid',
  'schedule.invalid',
  'setting.invalid',
  'webhook.url_refused',
]);

/** What to tell a person about a failure: the reader's language where the code is known, else the box's own words. */
export function errorMessage(error: unknown, t: Translate): string {
  if (!isApiError(error)) return t('error.internal.fault');
  const words = t.known(`error.${error.code}`);
  const [fault] = error.details;
  if (words === null) {
    return fault === undefined ? error.message : `${error.message} (${fault.path}: ${fault.message})`;
  }
  if (fault !== undefined) return `${words} (${fault.path}: ${fault.message})`;
  return particular.has(error.code) ? `${words} (${error.message})` : words;
}
