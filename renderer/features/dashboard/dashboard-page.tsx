import { Button } from '@mantine/core';
import { useMay } from '../../api/session.ts';
import { dayOf } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { useStatus } from '../../layout/status.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { useNow } from '../../ui/clock.ts';
import { Icon } from '../../ui/icon.tsx';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { Fault } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useAccountChoice } from '../../router/history.ts';
import { AccountsCard } from './accounts-card.tsx';
import { Attention } from './attention.tsx';
import { CarriersCard } from './carriers-card.tsx';
import { CodesChart, QueueChart, SentChart } from './charts.tsx';
import classes from './dashboard.module.css';
import { GettingStarted } from './getting-started.tsx';
import { LatestCard } from './latest-card.tsx';
import { periodNames, usePeriod } from './period.ts';
import { SuccessCard } from './success-card.tsx';
import { Tiles } from './tiles.tsx';
import { useLatest } from './use-latest.ts';
import { useOverview } from './use-overview.ts';

/** How the box is doing: what asks for somebody, today's figures, how it went, the carriers, the credits. */
export function DashboardPage() {
  const { language, t } = useLanguage();
  const now = useNow();
  const period = usePeriod();
  const overview = useOverview(period);
  const status = useStatus();
  const latest = useLatest(useAccountChoice());
  const maySend = useMay('operator');
  const isNew = status.data !== undefined && latest?.length === 0 && overview.data?.total.accepted === 0;
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
      <Attention overview={overview.data} />
      {overview.isError && overview.data === undefined && (
        <Fault title={t('dashboard.failed')} error={overview.error} onRetry={() => void overview.refetch()} />
      )}
      {isNew ? (
        <>
          <GettingStarted status={status.data} />
          <div className={classes.pair}>
            <CarriersCard status={status.data} />
            <AccountsCard />
          </div>
        </>
      ) : (
        <>
          <Tiles overview={overview.data} status={status.data} />
          <div className={classes.period}>
            <LinkTabs
              label={t('dashboard.period')}
              tabs={periodNames.map((name) => ({
                name: t(`dashboard.period.${name}`),
                to: `${pathTo('dashboard')}${name === '24h' ? '' : `?period=${name}`}`,
                current: name === period,
              }))}
            />
          </div>
          <div className={classes.grid}>
            <div className={classes.two}>
              <SentChart overview={overview.data} period={period} />
            </div>
            <CarriersCard status={status.data} />
            <SuccessCard overview={overview.data} />
            <QueueChart overview={overview.data} period={period} />
            <CodesChart overview={overview.data} period={period} />
            <div className={classes.two}>
              <LatestCard rows={latest} />
            </div>
            <AccountsCard />
          </div>
        </>
      )}
    </Page>
  );
}
