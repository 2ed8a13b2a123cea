import type { CarrierItem } from '../../server/contract/carrier-forms.ts';
import { useText } from '../i18n/language-context.tsx';
import { Badge } from './badge.tsx';
import type { IconName } from './icon.tsx';
import type { Tone } from './states.ts';

/** Colour and picture of each state of a carrier; the same on every page. */
export const carrierLooks: Readonly<Record<CarrierItem['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  ready: { tone: 'green', icon: 'tick' },
  starting: { tone: 'blue', icon: 'arrow' },
  paused: { tone: 'grey', icon: 'pause' },
  waiting: { tone: 'orange', icon: 'clock' },
  faulty: { tone: 'red', icon: 'alert' },
  stopped: { tone: 'grey', icon: 'pause' },
  disabled: { tone: 'grey', icon: 'slash' },
};

/** How a carrier is, by label, colour and picture. */
export function CarrierState({ state }: { readonly state: CarrierItem['state'] }) {
  const t = useText();
  const { tone, icon } = carrierLooks[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`carrier.${state}`)}
    </Badge>
  );
}
