import type { CampaignItem } from '../../../server/contract/campaign-shapes.ts';
import { duration, fullTime, percent, wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { useNow } from '../../ui/clock.ts';
import { StateCount } from '../../ui/state-badge.tsx';
import { countOf, ordered, shownStates, stateOfStatus } from '../../ui/states.ts';
import { useRate } from '../../ui/use-rate.ts';
import { isOver, progressOf } from './campaign-counts.ts';
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

/** Milliseconds over which the pace is an average: a modem sends little at a time. */
const paceSpan = 60_000;

/** How fast it goes, as seen while this page is open. */
function Pace({ item, at }: CampaignProgressProps) {
  const { language, t } = useLanguage();
  const now = useNow();
  const { done, waiting, unmade } = progressOf(item);
  const moves = !isOver(item) && item.state !== 'paused' && item.state !== 'cancelling';
  const rate = useRate({ done, at }, moves, paceSpan);
  if (!moves) return null;
  if (item.scheduledTime !== null && Date.parse(item.scheduledTime) > now)
    return t('campaigns.goesAt', { time: fullTime(item.scheduledTime, language) });
  if (waiting + unmade === 0) return t('campaigns.reports');
  if (rate === null) return t('campaigns.measuring');
  if (rate <= 0) return t('campaigns.stands');
  const time = duration(((waiting + unmade) / rate) * 1000 + 999, language);
  return t('campaigns.pace', { pace: Math.max(1, Math.round(rate * 60)), time });
}
