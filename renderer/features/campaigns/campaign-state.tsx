import type { CampaignItem } from '../../../server/contract/campaign-shapes.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { useNow } from '../../ui/clock.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/states.ts';

type Shown = CampaignItem['state'] | 'scheduled' | 'stuck';

const looks: Readonly<Record<Shown, { readonly tone: Tone; readonly icon: IconName }>> = {
  preparing: { tone: 'blue', icon: 'dots' },
  scheduled: { tone: 'blue', icon: 'clock' },
  sending: { tone: 'blue', icon: 'arrow' },
  paused: { tone: 'grey', icon: 'pause' },
  stuck: { tone: 'red', icon: 'alert' },
  cancelling: { tone: 'grey', icon: 'hourglass' },
  done: { tone: 'green', icon: 'tick' },
  cancelled: { tone: 'grey', icon: 'slash' },
};

/** How a campaign is, by label, colour and picture. */
export function CampaignState({ item }: { readonly item: CampaignItem }) {
  const t = useText();
  const shown = shownState(item, useNow());
  return (
    <Badge {...looks[shown]} title={t(`campaigns.stateHelp.${shown}`)}>
      {t(`campaigns.state.${shown}`)}
    </Badge>
  );
}

/** The state as a person understands it: one whose time is to come is scheduled, one that the box paused is stuck. */
function shownState({ state, problem, scheduledTime }: CampaignItem, now: number): Shown {
  if (state === 'paused' && problem !== null) return 'stuck';
  return state === 'sending' && scheduledTime !== null && Date.parse(scheduledTime) > now ? 'scheduled' : state;
}
