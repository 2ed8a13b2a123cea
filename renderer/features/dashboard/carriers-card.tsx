import type { OverviewAnswer } from '../../../server/contract/admin-overview.ts';
import type { BoxStatus } from '../../../server/contract/admin-shapes.ts';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { percent, wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { CarrierState } from '../../ui/carrier-state.tsx';
import { Signal } from '../../ui/signal.tsx';
import { Card } from '../../ui/page.tsx';
import classes from './dashboard.module.css';

interface CarriersCardProps {
  readonly status: BoxStatus | undefined;
  readonly overview: OverviewAnswer | undefined;
}

/** Each carrier: how it is, how well it hears, and how its messages fared in the last 24 hours. */
export function CarriersCard({ status, overview }: CarriersCardProps) {
  const { t } = useLanguage();
  return (
    <Card title={t('health.carriers')}>
      {status?.carriers.length === 0 && <p className={classes.quiet}>{t('health.noCarrierText')}</p>}
      <ul className={classes.list}>
        {status?.carriers.map((carrier) => (
          <CarrierLine key={carrier.id} carrier={carrier} overview={overview} />
        ))}
      </ul>
    </Card>
  );
}

function CarrierLine({
  carrier,
  overview,
}: {
  readonly carrier: CarrierItem;
  readonly overview: OverviewAnswer | undefined;
}) {
  const { language, t } = useLanguage();
  const figures = overview?.carriers.find(({ carrierId }) => carrierId === carrier.id);
  const ended = figures === undefined ? 0 : figures.delivered + figures.failed + figures.unknown;
  return (
    <li className={classes.carrier}>
      <span className={classes.name}>{carrier.name}</span>
      <CarrierState state={carrier.state} />
      <span className={classes.quiet}>
        {figures !== undefined && t('dashboard.carrierSent', { count: figures.sent })}
        {ended > 0 && ` · ${t('dashboard.rate', { rate: percent(figures?.delivered ?? 0, ended, language) })}`}
        {figures !== undefined &&
          figures.unknown > 0 &&
          ` · ${wholeNumber(figures.unknown, language)} ${t('state.unknown')}`}
      </span>
      <Signal dbm={carrier.facts['signalDbm']} />
      {carrier.reason !== '' && <span className={classes.reason}>{carrier.reason}</span>}
    </li>
  );
}
