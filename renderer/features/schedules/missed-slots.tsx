import { useAsk } from '../../api/ask.ts';
import { duration } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import classes from './schedules.module.css';

/** What happens to a time at which the box was off, and where that is set. */
export function MissedSlots() {
  const { language, t } = useLanguage();
  const settings = useAsk('settings', {});
  const value = settings.data?.items.find(({ name }) => name === 'schedule.lateMinutes')?.value;
  if (typeof value !== 'number') return null;
  return (
    <p className={classes.missed}>
      {t('schedules.missed', { time: duration(Math.max(1, value) * 60_000, language) })}{' '}
      <Link to={pathTo('settings', 'sending')} className={classes.link}>
        {t('schedules.missedSetting')}
      </Link>
    </p>
  );
}
