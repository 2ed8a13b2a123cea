import type { CalendarEntry, ScheduleItem, ScheduleRun } from '../../../server/contract/campaign-shapes.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/states.ts';

type Looks<S extends string> = Readonly<Record<S, { readonly tone: Tone; readonly icon: IconName }>>;

const scheduleLooks: Looks<ScheduleItem['state']> = {
  active: { tone: 'green', icon: 'tick' },
  paused: { tone: 'grey', icon: 'pause' },
  cancelled: { tone: 'grey', icon: 'slash' },
};

/** What became of a time, or that it is to come: the same in the calendar and in the list. */
export const outcomeLooks: Looks<CalendarEntry['outcome']> = {
  coming: { tone: 'blue', icon: 'clock' },
  sent: { tone: 'green', icon: 'tick' },
  late: { tone: 'orange', icon: 'hourglass' },
  skipped: { tone: 'grey', icon: 'slash' },
  manual: { tone: 'teal', icon: 'user' },
  failed: { tone: 'red', icon: 'cross' },
};

export function ScheduleState({ state }: { readonly state: ScheduleItem['state'] }) {
  const t = useText();
  return (
    <Badge {...scheduleLooks[state]} title={t(`schedules.stateHelp.${state}`)}>
      {t(`schedules.state.${state}`)}
    </Badge>
  );
}

export function RunOutcome({ outcome }: { readonly outcome: ScheduleRun['outcome'] }) {
  const t = useText();
  return (
    <Badge {...outcomeLooks[outcome]} title={t(`schedules.outcomeHelp.${outcome}`)}>
      {t(`schedules.outcome.${outcome}`)}
    </Badge>
  );
}
