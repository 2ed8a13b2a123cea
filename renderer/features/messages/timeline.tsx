import { Skeleton } from '@mantine/core';
import type { TimelineEntry } from '../../../server/contract/admin-shapes.ts';
import { dayOf, fullTime, preciseTime } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { Fault } from '../../ui/notice.tsx';
import { shownStates } from '../../ui/states.ts';
import type { ShownState, Tone } from '../../ui/states.ts';
import { timelineLooks } from './timeline-looks.ts';
import { timelineWords } from './timeline-words.ts';
import classes from './timeline.module.css';
import { useTimeline } from './use-message.ts';

interface TimelineProps {
  readonly uuid: string;
  readonly txId: string;
  /** How it stands with the recipient now. */
  readonly state: ShownState;
}

/** What happened to one recipient, oldest first; it grows while it is watched. */
export function Timeline({ uuid, txId, state }: TimelineProps) {
  const { language, t } = useLanguage();
  const timeline = useTimeline(uuid, txId);
  if (timeline.data === undefined) {
    return timeline.isError ? (
      <Fault title={t('timeline.failed')} error={timeline.error} onRetry={() => void timeline.refetch()} />
    ) : (
      <Waiting />
    );
  }
  const entries = timeline.data.items;
  if (entries.length === 0) return <p className={classes.empty}>{t('timeline.empty')}</p>;
  const days = entries.map((entry) => dayOf(entry.at, language));
  return (
    <ol className={classes.timeline} aria-label={t('timeline.label')} aria-live="polite" aria-relevant="additions">
      {entries.map((entry, index) => (
        <Step
          key={`${index} ${entry.at} ${entry.kind}`}
          entry={entry}
          state={state}
          look={entry.kind === 'final' ? shownStates[state] : timelineLooks[entry.kind]}
          day={days[index] === days[index - 1] ? null : (days[index] ?? null)}
        />
      ))}
    </ol>
  );
}

interface StepProps {
  readonly entry: TimelineEntry;
  readonly state: ShownState;
  readonly look: { readonly icon: IconName; readonly tone: Tone };
  /** The day, where it is another than that of the step before. */
  readonly day: string | null;
}

function Step({ entry, state, look, day }: StepProps) {
  const { language, t } = useLanguage();
  return (
    <li className={classes.step}>
      <span className={classes.mark} data-tone={look.tone}>
        <Icon name={look.icon} size={12} />
      </span>
      <div className={classes.head}>
        <span className={classes.kind}>{t(`timeline.${entry.kind}`)}</span>
        <time dateTime={entry.at} title={fullTime(entry.at, language)}>
          {day !== null && `${day} `}
          {preciseTime(entry.at, language)}
        </time>
      </div>
      <p className={classes.text}>
        {timelineWords(entry, state, language, t)}
        {entry.code !== null && <code>{entry.code}</code>}
      </p>
    </li>
  );
}

function Waiting() {
  const t = useText();
  return (
    <div className={classes.waiting} aria-busy="true" aria-label={t('timeline.label')}>
      <Skeleton height={14} width="70%" />
      <Skeleton height={14} width="55%" />
      <Skeleton height={14} width="62%" />
    </div>
  );
}
