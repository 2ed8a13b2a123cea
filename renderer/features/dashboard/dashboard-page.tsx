import { Button } from '@mantine/core';
import { useMay } from '../../api/session.ts';
import { dayOf } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { useStatus } from '../../layout/status.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { useNow } from '../../ui/clock.ts';
import { HourChart } from '../../ui/hour-chart.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Fault } from '../../ui/notice.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { AccountsCard } from './accounts-card.tsx';
import { Attention } from './attention.tsx';
import { CarriersCard } from './carriers-card.tsx';
import { CodesCard } from './codes-card.tsx';
import classes from './dashboard.module.css';
import { LatestCard } from './latest-card.tsx';
import { Tiles } from './tiles.tsx';
import { useOverview } from './use-overview.ts';

/** How the box is doing: what asks for somebody, today's figures, the carriers, the credits. */
export function DashboardPage() {
  const { language, t } = useLanguage();
  const now = useNow();
  const overview = useOverview();
  const status = useStatus();
  const maySend = useMay('operator');
  return (
    <Page
      title={t('nav.dashboard')}
      text={dayOf(new Date(now).toISOString(), language)}
      actions={
        maySend && (
          <Button component={Link} to={pathTo('compose')} leftSection={<Icon name="compose" />}>
            {t('nav.compose')}
          </Button>
        )
      }
    >
      <Attention />
      <Tiles overview={overview.data} status={status.data} />
      {overview.isError && overview.data === undefined && (
        <Fault title={t('dashboard.failed')} error={overview.error} onRetry={() => void overview.refetch()} />
      )}
      <div className={classes.grid}>
        <Card title={t('dashboard.hours')}>
          <HourChart
            label={t('dashboard.hours')}
            hours={(overview.data?.hours ?? []).map(({ hour, ...counts }) => ({ at: hour, ...counts }))}
          />
        </Card>
        <CarriersCard status={status.data} overview={overview.data} />
        <LatestCard />
        <div className={classes.stack}>
          <AccountsCard />
          <CodesCard overview={overview.data} />
        </div>
      </div>
    </Page>
  );
}
