import type { TimelineEntry } from '../../../server/contract/admin-shapes.ts';
import { fullTime } from '../../i18n/format.ts';
import type { Language, Translate } from '../../i18n/translate.ts';
import { failureWords } from '../../ui/reason-words.ts';
import type { ShownState } from '../../ui/states.ts';

/**
 * What happened at one step, in the reader's language; words of the network stay as they came.
 * @param state how it stands with the recipient now, which the final step tells.
 */
export function timelineWords(entry: TimelineEntry, state: ShownState, language: Language, t: Translate): string {
  const { about } = entry;
  const part =
    about.part !== undefined && about.parts !== undefined && about.parts > 1
      ? t('timeline.part', { part: about.part, parts: about.parts })
      : null;
  const via = entry.carrier === null ? null : t('recipient.via', { carrier: entry.carrier });
  const { code } = entry;
  const detail = code === null ? (about.detail ?? null) : failureWords(code, about.detail ?? null, t);
  switch (entry.kind) {
    case 'accepted':
      return '';
    case 'scheduled':
      return about.scheduledTime === undefined ? '' : fullTime(about.scheduledTime, language);
    case 'handing':
    case 'rejected':
    case 'retry':
    case 'uncertain':
      return joined(part, via, detail);
    case 'handed':
      return joined(
        part,
        via,
        about.reference === undefined ? null : t('timeline.reference', { reference: about.reference }),
      );
    case 'report':
      return joined(part, about.verdict === undefined ? null : t(`timeline.verdict.${about.verdict}`));
    case 'final':
      return joined(t(`state.${state}`), detail);
    case 'refund':
      return about.credits === undefined ? '' : t('messages.credits', { count: about.credits });
    case 'webhook':
      return joined(
        about.event ?? null,
        about.host ?? null,
        t(about.delivered === true ? 'webhooks.delivery.delivered' : 'webhooks.delivery.failed'),
      );
    default:
      return entry.kind satisfies never;
  }
}

function joined(...pieces: readonly (string | null)[]): string {
  return pieces.filter((piece) => piece !== null && piece !== '').join(' · ');
}
