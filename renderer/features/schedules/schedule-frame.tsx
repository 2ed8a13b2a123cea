import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { ListPage } from '../../ui/list-page.tsx';

interface ScheduleFrameProps {
  readonly calendar: boolean;
  readonly filters?: ReactNode;
  readonly active?: boolean;
  readonly onClear?: () => void;
  readonly children: ReactNode;
}

/** Leads to a new schedule; nothing for who may not make one. */
export function useNewSchedule(): ReactNode {
  const t = useText();
  const mayWrite = useMay('operator');
  return (
    mayWrite && (
      <Button component={Link} to={pathTo('schedules', 'new')} leftSection={<Icon name="plus" />}>
        {t('schedules.new')}
      </Button>
    )
  );
}

/** The list and the calendar of schedules, side by side as two tabs. */
export function ScheduleFrame({ calendar, filters, active = false, onClear = () => {}, children }: ScheduleFrameProps) {
  const t = useText();
  return (
    <ListPage
      title={t('nav.schedules')}
      text={t('schedules.text')}
      actions={useNewSchedule()}
      filters={
        <FilterBar active={active} onClear={onClear}>
          <LinkTabs
            label={t('nav.schedules')}
            tabs={[
              { to: pathTo('schedules'), name: t('schedules.list'), current: !calendar },
              { to: pathTo('schedules', 'calendar'), name: t('schedules.calendar'), current: calendar },
            ]}
          />
          {filters}
        </FilterBar>
      }
    >
      {children}
    </ListPage>
  );
}
