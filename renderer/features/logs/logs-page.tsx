import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { LogItem } from '../../../server/contract/admin-logs.ts';
import { adminRoutes } from '../../../server/contract/admin.ts';
import { useAsk } from '../../api/ask.ts';
import { address } from '../../api/call.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useFilters } from '../../router/filters.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Choice, FilterBar, SearchField } from '../../ui/filter-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { Hint } from '../../ui/notice.tsx';
import { LogLine } from './log-line.tsx';
import classes from './logs.module.css';
import { filterNames, levels, queryOf } from './filters.ts';

/** How often new lines are looked for while the page follows, in milliseconds. */
const followMs = 2_000;

/** The latest lines of the box's own log, as they come. */
export function LogsPage() {
  const t = useText();
  const filters = useFilters(filterNames);
  const [paused, setPaused] = useState(false);
  const logs = useAsk('logs', { query: queryOf(filters.values) }, paused ? {} : { every: followMs });
  const items = logs.data?.items ?? [];
  return (
    <ListPage
      title={t('nav.logs')}
      text={t('logs.text')}
      mark={
        <Badge tone={paused ? 'grey' : 'green'} icon={paused ? 'pause' : 'refresh'}>
          {t(paused ? 'logs.paused' : 'logs.live')}
        </Badge>
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<Icon name={paused ? 'play' : 'pause'} />}
            onClick={() => setPaused(!paused)}
          >
            {t(paused ? 'logs.follow' : 'logs.pause')}
          </Button>
          <Button
            component="a"
            href={address(adminRoutes.logsDownload, {})}
            download
            variant="default"
            leftSection={<Icon name="download" />}
          >
            {t('logs.download')}
          </Button>
        </>
      }
      filters={<LogFilterBar filters={filters} parts={logs.data?.parts ?? []} />}
    >
      {typeof logs.data?.problem === 'string' && (
        <div className={classes.problem}>
          <Hint tone="orange">{t('logs.problem', { problem: logs.data.problem })}</Hint>
        </div>
      )}
      <ListState
        query={logs}
        count={items.length}
        empty={
          filters.active ? (
            <EmptyState icon="search" title={t('logs.none.title')} text={t('logs.none.text')} />
          ) : (
            <EmptyState icon="logs" title={t('logs.empty.title')} text={t('logs.empty.text')} />
          )
        }
      >
        <Lines items={items} />
        <p className={classes.end}>{t(logs.data?.more === true ? 'logs.more' : 'list.end')}</p>
      </ListState>
    </ListPage>
  );
}

function Lines({ items }: { readonly items: readonly LogItem[] }) {
  const t = useText();
  return (
    <ul className={classes.lines} aria-label={t('nav.logs')} tabIndex={0}>
      {items.map((item) => (
        <LogLine key={item.seq} item={item} />
      ))}
    </ul>
  );
}

interface LogFilterBarProps {
  readonly filters: ReturnType<typeof useFilters<(typeof filterNames)[number]>>;
  readonly parts: readonly string[];
}

function LogFilterBar({ filters, parts }: LogFilterBarProps) {
  const t = useText();
  const { values, set } = filters;
  const search = useCallback((text: string) => set({ text }), [set]);
  const known = values.part === '' || parts.includes(values.part) ? parts : [values.part, ...parts];
  return (
    <FilterBar active={filters.active} onClear={filters.clear}>
      <SearchField label={t('logs.search')} value={values.text} onSearch={search} />
      <Choice
        label={t('logs.level')}
        value={values.level}
        options={[
          { value: '', label: t('logs.level.debug') },
          ...levels.map((level) => ({ value: level, label: t(`logs.level.${level}`) })),
        ]}
        onChange={(level) => set({ level })}
      />
      <Choice
        label={t('logs.part')}
        value={values.part}
        options={[{ value: '', label: t('logs.anyPart') }, ...known.map((part) => ({ value: part, label: part }))]}
        onChange={(part) => set({ part })}
      />
    </FilterBar>
  );
}
