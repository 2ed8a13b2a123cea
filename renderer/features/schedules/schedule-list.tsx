import type { ScheduleItem } from '../../../server/contract/campaign-shapes.ts';
import { useAsk } from '../../api/ask.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { useAccounts } from '../../layout/account-field.tsx';
import { useFilters } from '../../router/filters.ts';
import { useAccountChoice } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Choice } from '../../ui/filter-bar.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { whenWords } from './recurrence-words.ts';
import { ScheduleFrame, useNewSchedule } from './schedule-frame.tsx';
import { RunOutcome, ScheduleState } from './schedule-state.tsx';

const names = ['state'] as const;
const states = ['active', 'paused', 'cancelled'] as const;
const often = 15_000;

/** Schedules, newest first; those that ended only where they are asked for. */
export function ScheduleList() {
  const t = useText();
  const { values, active, set, clear } = useFilters(names);
  const account = useAccountChoice();
  const schedules = useAsk('schedules', { query: account === null ? {} : { account } }, { every: often });
  const all = schedules.data?.items ?? [];
  const state = states.find((name) => name === values.state);
  const rows = all.filter((item) => (state === undefined ? item.state !== 'cancelled' : item.state === state));
  const make = useNewSchedule();
  return (
    <ScheduleFrame
      calendar={false}
      active={active}
      onClear={clear}
      filters={
        <Choice
          label={t('messages.column.state')}
          value={values.state}
          options={[
            { value: '', label: t('schedules.current') },
            ...states.map((name) => ({ value: name, label: t(`schedules.state.${name}`) })),
          ]}
          onChange={(chosen) => set({ state: chosen })}
        />
      }
    >
      <ListState
        query={schedules}
        count={rows.length}
        empty={
          active ? (
            <EmptyState icon="calendar" title={t('schedules.none.title')} text={t('messages.none.text')} />
          ) : (
            <EmptyState
              icon="calendar"
              title={t('schedules.empty.title')}
              text={t('schedules.empty.text')}
              action={make}
            />
          )
        }
      >
        <ScheduleTable rows={rows} />
      </ListState>
    </ScheduleFrame>
  );
}

function ScheduleTable({ rows }: { readonly rows: readonly ScheduleItem[] }) {
  const { language, t } = useLanguage();
  const { names: accounts } = useAccounts();
  const columns: readonly Column<ScheduleItem>[] = [
    { key: 'name', title: t('campaigns.name'), cell: (item) => item.name },
    { key: 'when', title: t('compose.when'), cell: (item) => whenWords(item.cron, language, t) },
    {
      key: 'next',
      title: t('schedules.nextOne'),
      width: '136px',
      cell: (item) => (item.nextRuns[0] === undefined ? '–' : <RelativeTime iso={item.nextRuns[0]} />),
    },
    {
      key: 'last',
      title: t('schedules.lastOne'),
      width: '128px',
      from: 'wide',
      cell: (item) => (item.lastRun === null ? '–' : <RunOutcome outcome={item.lastRun.outcome} />),
    },
    ...(accounts.length > 1
      ? [
          {
            key: 'account',
            title: t('panel.account'),
            width: 'minmax(72px, 112px)',
            from: 'wide' as const,
            cell: (item: ScheduleItem) => item.account,
          },
        ]
      : []),
    {
      key: 'state',
      title: t('messages.column.state'),
      width: '120px',
      cell: (item) => <ScheduleState state={item.state} />,
    },
  ];
  return (
    <DataTable
      label={t('nav.schedules')}
      rows={rows}
      columns={columns}
      idOf={(item) => String(item.id)}
      linkOf={(item) => pathTo('schedules', item.id)}
    />
  );
}
