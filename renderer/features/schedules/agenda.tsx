import type { CalendarEntry } from '../../../server/contract/campaign-shapes.ts';
import { dayName, hourOf } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Badge } from '../../ui/badge.tsx';
import { startOf } from './calendar-days.ts';
import type { Day } from './calendar-days.ts';
import classes from './calendar.module.css';
import { outcomeLooks } from './schedule-state.tsx';

interface AgendaProps {
  readonly days: readonly Day[];
  readonly today: Day;
  readonly entries: ReadonlyMap<Day, readonly CalendarEntry[]>;
}

/** Days with all that passed or is to come on them. */
export function Agenda({ days, today, entries }: AgendaProps) {
  const { language, t } = useLanguage();
  if (days.length === 0) return <p className={classes.nothing}>{t('schedules.nothingMonth')}</p>;
  return days.map((day) => (
    <section key={day} className={classes.day} aria-label={dayName(startOf(day), language)}>
      <h3>
        {dayName(startOf(day), language)}
        {day === today && <span>{t('schedules.today')}</span>}
      </h3>
      {entries.has(day) ? (
        <ul>
          {(entries.get(day) ?? []).map((entry) => (
            <li key={`${entry.scheduleId} ${entry.at} ${entry.outcome}`}>
              <Line entry={entry} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.nothing}>{t('schedules.nothingDay')}</p>
      )}
    </section>
  ));
}

function Line({ entry }: { readonly entry: CalendarEntry }) {
  const { language, t } = useLanguage();
  const { at, last, count, outcome, scheduleId, campaignId, name } = entry;
  return (
    <>
      <span className={classes.hour}>
        {count > 1 ? `${hourOf(at, language)}–${hourOf(last, language)}` : hourOf(at, language)}
      </span>
      <Link to={pathTo('schedules', scheduleId)}>{name}</Link>
      {count > 1 && <span>{t('schedules.times', { count })}</span>}
      <Badge {...outcomeLooks[outcome]}>{t(`schedules.outcome.${outcome}`)}</Badge>
      {campaignId !== null && <Link to={pathTo('campaigns', campaignId)}>{t('schedules.campaign')}</Link>}
    </>
  );
}
