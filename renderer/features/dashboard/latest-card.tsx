import type { MessageRow } from '../../../server/contract/admin-shapes.ts';
import { phoneNumber } from '../../i18n/format.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Card } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { stateOfMessage } from '../../ui/states.ts';
import { RelativeTime } from '../../ui/time.tsx';
import classes from './dashboard.module.css';

/** The newest messages, live. */
export function LatestCard({ rows }: { readonly rows: readonly MessageRow[] | undefined }) {
  const t = useText();
  return (
    <Card
      title={t('dashboard.latest')}
      actions={
        <Link to={pathTo('messages')} className={classes.link}>
          {t('dashboard.all')}
        </Link>
      }
    >
      {rows?.length === 0 && <p className={classes.quiet}>{t('dashboard.noMessages')}</p>}
      <ul className={classes.list}>
        {rows?.map((row) => (
          <LatestLine key={row.uuid} row={row} />
        ))}
      </ul>
    </Card>
  );
}

function LatestLine({ row }: { readonly row: MessageRow }) {
  const t = useText();
  return (
    <li className={classes.message}>
      <StateBadge state={stateOfMessage(row)} />
      <Link to={pathTo('messages', row.uuid)} className={classes.excerpt} translate="no">
        {row.excerpt}
      </Link>
      <span className={classes.quiet}>
        {row.msisdn === null ? t('messages.recipients', { count: row.totalMsisdn }) : phoneNumber(row.msisdn)}
      </span>
      <span className={classes.quiet}>
        <RelativeTime iso={row.createdAt} />
      </span>
    </li>
  );
}
