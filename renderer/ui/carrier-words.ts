import type { CarrierItem } from '../../server/contract/carrier-forms.ts';
import type { Translate } from '../i18n/translate.ts';

/** Why a carrier is as it is, in the reader's language where it is a usual reason; else in the box's own words. */
export function carrierWords({ reason, cause }: Pick<CarrierItem, 'reason' | 'cause'>, t: Translate): string {
  return cause === null ? reason : (t.known(`reason.${cause.code}`, cause.values) ?? reason);
}
