import { Skeleton } from '@mantine/core';
import type { OverviewAnswer } from '../../../server/contract/admin-overview.ts';
import { dayOf, duration, hourOf, seconds, shortTime, wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import type { Language } from '../../i18n/translate.ts';
import { BarChart, niceCount, niceTime } from '../../ui/bar-chart.tsx';
import type { Point } from '../../ui/bar-chart.tsx';
import { Card } from '../../ui/page.tsx';
import { bucketsOf } from './buckets.ts';
import type { Bucket } from './buckets.ts';
import classes from './dashboard.module.css';
import type { Period } from './period.ts';

interface ChartProps {
  readonly overview: OverviewAnswer | undefined;
  readonly period: Period;
}

/** Bars between two that are named below the axis. */
const markEvery: Readonly<Record<Period, number>> = { '24h': 4, '7d': 4, '30d': 5 };

function pointsOf(
  { overview, period }: ChartProps,
  language: Language,
  values: (bucket: Bucket) => Point['values'],
): readonly Point[] {
  const buckets = bucketsOf(overview?.hours ?? [], period);
  const last = buckets.length - 1;
  return buckets.map((bucket, index) => {
    const { at } = bucket;
    const isMarked = (last - index) % markEvery[period] === 0;
    const mark = period === '24h' ? hourOf(at, language) : dayInFewWords(at, language);
    const title =
      period === '24h'
        ? hourOf(at, language)
        : period === '7d'
          ? shortTime(at, Date.parse(at), language)
          : dayOf(at, language);
    return { key: at, mark: isMarked ? mark : '', title, values: values(bucket) };
  });
}

function dayInFewWords(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'numeric' }).format(new Date(iso));
}

/** Sent beside delivered and failed. */
export function SentChart(props: ChartProps) {
  const { language, t } = useLanguage();
  return (
    <Card title={t(`dashboard.sentChart.${props.period}`)}>
      {props.overview === undefined ? (
        <Skeleton height={180} />
      ) : (
        <BarChart
          label={t(`dashboard.sentChart.${props.period}`)}
          head={t('chart.time')}
          stacks={[
            [{ key: 'sent', name: t('state.sent'), look: 'light' }],
            [
              { key: 'delivered', name: t('state.delivered'), look: 'solid' },
              { key: 'failed', name: t('state.failed'), look: 'hatched' },
            ],
          ]}
          points={pointsOf(props, language, ({ sent, delivered, failed }) => ({ sent, delivered, failed }))}
          format={(value) => wholeNumber(value, language)}
          topOf={niceCount}
        />
      )}
    </Card>
  );
}

/** How long the first in the queue had waited, at the worst moment of each bar. */
export function QueueChart(props: ChartProps) {
  const { language, t } = useLanguage();
  const points = pointsOf(props, language, ({ queueAgeMs }) => ({ age: queueAgeMs }));
  return (
    <Card title={t('dashboard.queueChart')}>
      {props.overview === undefined ? (
        <Skeleton height={180} />
      ) : points.every(({ values }) => values['age'] === 0) ? (
        <p className={classes.nothing}>{t('dashboard.queueNever')}</p>
      ) : (
        <BarChart
          label={t('dashboard.queueChart')}
          head={t('chart.time')}
          stacks={[[{ key: 'age', name: t('dashboard.queueAge'), look: 'solid' }]]}
          points={points}
          format={(value) => duration(value, language)}
          topOf={niceTime}
        />
      )}
    </Card>
  );
}

/** How long one-time codes took until they were handed over. */
export function CodesChart(props: ChartProps) {
  const { language, t } = useLanguage();
  const total = props.overview?.total;
  return (
    <Card title={t('dashboard.codesChart')}>
      {total === undefined ? (
        <Skeleton height={180} />
      ) : total.codes === 0 ? (
        <p className={classes.nothing}>{t('dashboard.noCodes')}</p>
      ) : (
        <BarChart
          label={t('dashboard.codesChart')}
          head={t('chart.time')}
          stacks={[
            [{ key: 'usual', name: t('dashboard.codesUsual'), look: 'solid' }],
            [{ key: 'most', name: t('dashboard.codesMost'), look: 'light' }],
          ]}
          points={pointsOf(props, language, ({ codeMs, codeMostMs }) => ({ usual: codeMs, most: codeMostMs }))}
          format={(value) => seconds(value, language)}
          topOf={niceTime}
        />
      )}
    </Card>
  );
}
