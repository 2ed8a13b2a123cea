import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { monthName } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { useFilters } from '../../router/filters.ts';
import { useAccountChoice } from '../../router/history.ts';
import { useNow } from '../../ui/clock.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Fault, Hint } from '../../ui/notice.tsx';
import { Agenda } from './agenda.tsx';
import { byDay, dayOf, daysFrom, isMonth, monthSheet, monthsFrom, startOf } from './calendar-days.ts';
import { CalendarGrid } from './calendar-grid.tsx';
import classes from './calendar.module.css';
import { weekOrder } from './recurrence-words.ts';
import { ScheduleFrame } from './schedule-frame.tsx';

const names = ['month', 'day'] as const;
const often = 30_000;

/** What passed and what is to come, a month at a time; on a phone as a list of days. */
export function ScheduleCalendar() {
  const { language, t } = useLanguage();
  const { values, set } = useFilters(names);
  const today = dayOf(new Date(useNow()));
  const month = isMonth(values.month) ? values.month : today.slice(0, 7);
  const sheet = monthSheet(month, weekOrder(language)[0] ?? 0);
  const calendar = useCalendar(sheet.flat());
  const entries = byDay(calendar.data?.items ?? []);
  const chosen = values.day.startsWith(month) ? values.day : today.startsWith(month) ? today : `${month}-01`;
  const choose = (day: string) => set({ day, month: day.slice(0, 7) === today.slice(0, 7) ? '' : day.slice(0, 7) });
  const go = (to: string) => set({ month: to === today.slice(0, 7) ? '' : to, day: '' });
  const inMonth = sheet.flat().filter((day) => day.startsWith(month));
  return (
    <ScheduleFrame calendar>
      <div className={classes.calendar}>
        <header className={classes.head}>
          <IconButton icon="chevronBack" label={t('schedules.monthBefore')} onClick={() => go(monthsFrom(month, -1))} />
          <h2 aria-live="polite">{monthName(startOf(`${month}-01`), language)}</h2>
          <IconButton icon="chevron" label={t('schedules.monthAfter')} onClick={() => go(monthsFrom(month, 1))} />
          <Button variant="default" size="compact-sm" onClick={() => go(today.slice(0, 7))}>
            {t('schedules.today')}
          </Button>
          <span className={classes.zone}>
            {t('schedules.deviceTime', { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone })}
          </span>
        </header>
        {calendar.isError && (
          <Fault title={t('list.failed')} error={calendar.error} onRetry={() => void calendar.refetch()} />
        )}
        {calendar.data?.more === true && <Hint tone="orange">{t('schedules.more')}</Hint>}
        <CalendarGrid sheet={sheet} month={month} today={today} chosen={chosen} entries={entries} onChoose={choose} />
        <div className={classes.dayAgenda}>
          <Agenda days={[chosen]} today={today} entries={entries} />
        </div>
        <div className={classes.monthAgenda}>
          <Agenda days={inMonth.filter((day) => entries.has(day))} today={today} entries={entries} />
        </div>
      </div>
    </ScheduleFrame>
  );
}

/** Entries of the days of a sheet; those of the month before stay until they are there. */
function useCalendar(days: readonly string[]) {
  const account = useAccountChoice();
  const [first = '1970-01-01'] = days;
  const query = {
    from: startOf(first).toISOString(),
    to: startOf(daysFrom(days.at(-1) ?? first, 1)).toISOString(),
    ...(account === null ? {} : { account }),
  };
  return useQuery({
    queryKey: ['scheduleCalendar', { query }],
    queryFn: ({ signal }) => call('scheduleCalendar', { query }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: often,
  });
}
