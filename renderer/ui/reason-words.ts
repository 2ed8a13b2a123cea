import type { CarrierItem } from '../../server/contract/carrier-forms.ts';
import type { ReasonItem } from '../../server/contract/admin-shapes.ts';
import type { Language, Translate } from '../i18n/translate.ts';

const dayMs = 86_400_000;

/**
 * Why something is as it is, in the reader's language; the box's own words where the code is not known.
 * @param now milliseconds; a moment of another day is told with its day.
 */
export function reasonWords(reason: ReasonItem, now: number, language: Language, t: Translate): string {
  const { code, values, text } = reason;
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isMoment(value) ? moment(value, now, language) : value]),
  );
  const words = t.known(`reason.${code}`, shown);
  if (words === null) return text;
  const { carrier } = values;
  // What a carrier says of itself does not name it; what routing says of it does.
  const named = code.startsWith('carrier.') || code.startsWith('quota.') || code.startsWith('waiting.');
  return named || typeof carrier !== 'string' ? words : t('reason.of', { carrier, words });
}

/**
 * Why a carrier is as it is, in the reader's language: what its SIM wants, else its reason by code, else the box's own
 * words; empty when there is nothing to say.
 */
export function carrierWords(
  { cause, reason, facts }: Pick<CarrierItem, 'cause' | 'reason' | 'facts'>,
  now: number,
  language: Language,
  t: Translate,
): string {
  const sim = typeof facts['sim'] === 'string' ? t.known(`carriers.simHelp.${facts['sim']}`) : null;
  if (sim !== null || reason === '' || cause === null) return sim ?? reason;
  return reasonWords({ ...cause, text: reason }, now, language, t);
}

/** What became of a recipient that failed, in the reader's language; the box's or the network's own words where the code is not known. */
export function failureWords(code: string, message: string | null, t: Translate): string {
  return t.known(`failure.${code}`) ?? message ?? code;
}

/** All reasons for which something waits, in one line; null when nothing waits. */
export function waitingWords(
  { waiting, waitingReasons }: { readonly waiting: string | null; readonly waitingReasons: readonly ReasonItem[] },
  now: number,
  language: Language,
  t: Translate,
): string | null {
  if (waiting === null || waitingReasons.length === 0) return waiting;
  const words = waitingReasons.map((reason) => reasonWords(reason, now, language, t));
  return t('reason.waiting', { words: words.join(' · ') });
}

function isMoment(value: string | number): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/u.test(value);
}

function moment(iso: string, now: number, language: Language): string {
  const time = new Date(iso);
  const near = time.getTime() - now < (20 / 24) * dayMs;
  return new Intl.DateTimeFormat(language, {
    ...(near ? {} : { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(time);
}
