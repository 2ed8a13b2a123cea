import { useState } from 'react';
import type { CampaignItem } from '../../../server/contract/campaign-shapes.ts';
import { duration, fullTime, percent, wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { useNow } from '../../ui/clock.ts';
import { StateCount } from '../../ui/state-badge.tsx';
import { countOf, ordered, shownStates, stateOfStatus } from '../../ui/states.ts';
import { isOver, paceOf, progressOf, timeLeft, withSample } from './campaign-pace.ts';
import type { Sample } from './campaign-pace.ts';
import classes from './campaign-progress.module.css';

interface CampaignProgressProps {
  readonly item: CampaignItem;
  /** When that was so, in milliseconds. */
  readonly at: number;
}

/** How far a campaign has come: a bar, its counts, how fast it goes and how long it will take. */
export function CampaignProgress({ item, at }: CampaignProgressProps) {
  const { language, t } = useLanguage();
  const progress = progressOf(item);
  const { total, unmade, done } = progress;
  const label = t('campaigns.progressOf', { done, total });
  return (
    <section className={classes.progress} aria-label={t('campaigns.progress')}>
      <p className={classes.line}>
        <b>{percent(done, total, language)}</b>
        <span>{label}</span>
        <span className={classes.pace}>
          <Pace item={item} at={at} />
        </span>
      </p>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={t('campaigns.progress')}
        aria-valuemin={0}
        aria-valuemax={Math.max(1, total)}
        aria-valuenow={done}
        aria-valuetext={label}
      >
        {ordered(item.drSummary).map(({ drStatus, count }) => {
          const state = stateOfStatus(drStatus);
          return (
            <span key={drStatus} data-tone={shownStates[state].tone} data-state={state} style={{ flexGrow: count }} />
          );
        })}
        {unmade > 0 && <span data-state="unmade" style={{ flexGrow: unmade }} />}
      </div>
      <ul className={classes.counts}>
        {ordered(item.drSummary).map(({ drStatus }) => (
          <li key={drStatus}>
            <StateCount
              state={stateOfStatus(drStatus)}
              count={wholeNumber(countOf(item.drSummary, drStatus), language)}
            />
          </li>
        ))}
        {unmade > 0 && <li className={classes.rest}>{t('campaigns.unmade', { count: unmade })}</li>}
        {item.skipped > 0 && <li className={classes.rest}>{t('campaigns.skipped', { count: item.skipped })}</li>}
      </ul>
    </section>
  );
}

/** How fast it goes, as seen while this page is open. */
function Pace({ item, at }: CampaignProgressProps) {
  const { language, t } = useLanguage();
  const now = useNow();
  const progress = progressOf(item);
  const { done } = progress;
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const seen = withSample(samples, { at, done });
  if (seen !== samples) setSamples(seen);
  if (isOver(item) || item.state === 'paused' || item.state === 'cancelling') return null;
  if (item.scheduledTime !== null && Date.parse(item.scheduledTime) > now)
    return t('campaigns.goesAt', { time: fullTime(item.scheduledTime, language) });
  const pace = paceOf(seen);
  const left = timeLeft(pace, progress);
  if (progress.waiting + progress.unmade === 0) return t('campaigns.reports');
  if (pace === null) return t('campaigns.measuring');
  if (left === null) return t('campaigns.stands');
  return t('campaigns.pace', { pace: Math.round(pace), time: duration(left, language) });
}
