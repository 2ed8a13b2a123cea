import type { BoxStatus } from '../../../server/contract/admin-shapes.ts';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { CarrierState } from '../../ui/carrier-state.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Signal } from '../../ui/signal.tsx';
import { Card } from '../../ui/page.tsx';
import classes from './dashboard.module.css';

/** More are on the page of carriers; those that ask for somebody come first. */
const shown = 6;
const order: Readonly<Record<CarrierItem['state'], number>> = {
  faulty: 0,
  stopped: 1,
  waiting: 2,
  starting: 3,
  ready: 4,
  paused: 5,
  disabled: 6,
};

/** Each carrier: how it is, how well it hears, how much of its quota and of its SIM's credit is left. */
export function CarriersCard({ status }: { readonly status: BoxStatus | undefined }) {
  const t = useText();
  const carriers = (status?.carriers ?? []).toSorted((a, b) => order[a.state] - order[b.state]);
  return (
    <Card
      title={t('health.carriers')}
      actions={
        <Link to={pathTo('carriers')} className={classes.link}>
          {t('dashboard.allCarriers')}
        </Link>
      }
    >
      {status?.carriers.length === 0 && <p className={classes.quiet}>{t('health.noCarrierText')}</p>}
      <ul className={classes.list}>
        {carriers.slice(0, shown).map((carrier) => (
          <CarrierLine key={carrier.id} carrier={carrier} />
        ))}
      </ul>
    </Card>
  );
}

function CarrierLine({ carrier }: { readonly carrier: CarrierItem }) {
  const { language, t } = useLanguage();
  const { balance, balanceUnit, operator, signalDbm } = carrier.facts;
  const limit = tightest(carrier);
  const amount = [balance, balanceUnit].filter((word) => word !== null && word !== undefined && word !== '').join(' ');
  const isKnown = balance !== null && balance !== undefined && balance !== '';
  const credit = isKnown ? t('dashboard.credit', { amount }) : null;
  const about = [operator, credit].filter((word) => typeof word === 'string' && word !== '');
  return (
    <li className={classes.carrier}>
      <Link to={pathTo('carriers', carrier.id)} className={classes.carrierName}>
        {carrier.name}
      </Link>
      <CarrierState state={carrier.state} />
      <span className={classes.quiet}>{about.join(' · ')}</span>
      <Signal dbm={signalDbm} />
      {limit !== null && (
        <span className={classes.limit}>
          <Meter value={limit.used} most={limit.limit} label={t(`dashboard.quota.${limit.period}`)} />
          <span>
            {t(`dashboard.quota.${limit.period}`)}{' '}
            {t('dashboard.ofQuota', {
              used: wholeNumber(limit.used, language),
              limit: wholeNumber(limit.limit, language),
            })}
          </span>
        </span>
      )}
    </li>
  );
}

/** The quota of which the largest part is used. */
function tightest({ usage }: CarrierItem) {
  const limits = usage.flatMap(({ period, used, limit }) => (limit === null ? [] : [{ period, used, limit }]));
  return limits.toSorted((a, b) => b.used / b.limit - a.used / a.limit)[0] ?? null;
}
