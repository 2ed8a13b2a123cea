import { memo } from 'react';
import type { MessageRow } from '../../../server/contract/admin-shapes.ts';
import { phoneNumber, wholeNumber } from '../../i18n/format.ts';
import { waitingWords } from '../../ui/reason-words.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { useKeptQuery } from '../../router/filters.ts';
import { pathTo } from '../../router/routes.ts';
import { useNow } from '../../ui/clock.ts';
import { DeliveryBar } from '../../ui/delivery-bar.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { stateOfMessage } from '../../ui/states.ts';
import { RelativeTime } from '../../ui/time.tsx';
import classes from './message-line.module.css';

interface MessageLineProps {
  readonly row: MessageRow;
  readonly selected: boolean;
}

/** One message in the list; the whole line is its link. */
export const MessageLine = memo(function MessageLine({ row, selected }: MessageLineProps) {
  const { language, t } = useLanguage();
  const kept = useKeptQuery();
  const waiting = waitingWords(row, useNow(), language, t);
  return (
    <div role="row" className={classes.line} data-selected={selected}>
      <span role="cell" className={classes.state}>
        <StateBadge state={stateOfMessage(row)} />
      </span>
      <span role="cell" className={classes.message}>
        <Link
          to={`${pathTo('messages', row.uuid)}${kept}`}
          className={classes.link}
          data-row={row.uuid}
          aria-current={selected ? 'true' : undefined}
        >
          {row.excerpt}
        </Link>
        {/* One line, waiting or not: a row whose height changed would move what is being read. */}
        <span className={classes.about}>
          {waiting !== null && <span className={classes.waiting}>{waiting}</span>}
          <span>{row.origin}</span>
          <span className={classes.code}>{row.refNo}</span>
          {row.clientRef !== null && <span className={classes.code}>{row.clientRef}</span>}
        </span>
      </span>
      <span role="cell" className={classes.recipients} data-single={row.totalMsisdn === 1}>
        <span>
          {row.msisdn === null ? t('messages.recipients', { count: row.totalMsisdn }) : phoneNumber(row.msisdn)}
        </span>
        {row.totalMsisdn > 1 && <DeliveryBar summary={row.drSummary} total={row.totalMsisdn} />}
      </span>
      <span role="cell" className={classes.credits} title={t('messages.parts', { count: row.segments })}>
        {wholeNumber(row.totalCredit, language)}
      </span>
      <span role="cell" className={classes.time}>
        <RelativeTime iso={row.status === 'scheduled' ? (row.scheduledTime ?? row.createdAt) : row.createdAt} />
      </span>
    </div>
  );
});
