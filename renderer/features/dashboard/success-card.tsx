import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { OverviewAnswer } from '../../../server/contract/admin-overview.ts';
import { percent, wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { ChartTable, Legend } from '../../ui/bar-chart.tsx';
import type { Series } from '../../ui/bar-chart.tsx';
import { Card } from '../../ui/page.tsx';
import classes from './dashboard.module.css';

type Row = OverviewAnswer['carriers'][number];

/** What has ended of what a carrier had. */
function endedOf({ delivered, failed, expired, unknown }: Row): number {
  return delivered + failed + expired + unknown;
}

/** How the messages of each carrier ended in the span of the charts. */
export function SuccessCard({ overview }: { readonly overview: OverviewAnswer | undefined }) {
  const { t } = useLanguage();
  const [asTable, setAsTable] = useState(false);
  const rows = (overview?.carriers ?? []).filter((row) => endedOf(row) > 0);
  const series: readonly Series[] = [
    { key: 'delivered', name: t('state.delivered'), look: 'solid' },
    { key: 'failed', name: t('state.failed'), look: 'hatched' },
    { key: 'unknown', name: t('state.unknown'), look: 'light' },
  ];
  return (
    <Card title={t('dashboard.success')}>
      {overview === undefined ? (
        <Skeleton height={180} />
      ) : rows.length === 0 ? (
        <p className={classes.nothing}>{t('dashboard.noEnded')}</p>
      ) : (
        <>
          <div className={classes.chartHead}>
            <Legend series={series} />
            <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
              {asTable ? t('chart.draw') : t('chart.numbers')}
            </button>
          </div>
          {asTable ? <Numbers rows={rows} /> : <Bars rows={rows} />}
        </>
      )}
    </Card>
  );
}

function Bars({ rows }: { readonly rows: readonly Row[] }) {
  const { language, t } = useLanguage();
  return (
    <ul className={classes.shares}>
      {rows.map((row) => (
        <li key={row.carrierId}>
          <span className={classes.name}>{row.carrier || t('dashboard.removed')}</span>
          <b>{percent(row.delivered, endedOf(row), language)}</b>
          <span className={classes.share} aria-hidden="true">
            <span data-look="solid" style={{ flexGrow: row.delivered }} />
            <span data-look="hatched" style={{ flexGrow: row.failed + row.expired }} />
            <span data-look="light" style={{ flexGrow: row.unknown }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Numbers({ rows }: { readonly rows: readonly Row[] }) {
  const { language, t } = useLanguage();
  const number = (value: number) => wholeNumber(value, language);
  return (
    <ChartTable label={t('dashboard.success')}>
      <thead>
        <tr>
          <th scope="col">{t('dashboard.carrier')}</th>
          <th scope="col">{t('state.delivered')}</th>
          <th scope="col">{t('state.failed')}</th>
          <th scope="col">{t('state.unknown')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.carrierId}>
            <th scope="row">{row.carrier || t('dashboard.removed')}</th>
            <td>{number(row.delivered)}</td>
            <td>{number(row.failed + row.expired)}</td>
            <td>{number(row.unknown)}</td>
          </tr>
        ))}
      </tbody>
    </ChartTable>
  );
}
