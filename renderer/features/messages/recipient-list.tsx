import { Skeleton } from '@mantine/core';
import type { RecipientItem } from '../../../server/contract/v2-message-shapes.ts';
import { phoneNumber, wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { useFilters, useKeptQuery } from '../../router/filters.ts';
import { pathTo } from '../../router/routes.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Fault } from '../../ui/notice.tsx';
import { failureWords } from '../../ui/reason-words.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Choice } from '../../ui/filter-bar.tsx';
import { ordered, stateOfRecipient, stateOfStatus } from '../../ui/states.ts';
import type { DrStatus } from '../../ui/states.ts';
import { RelativeTime } from '../../ui/time.tsx';
import classes from './recipient-list.module.css';
import { Resend } from './resend.tsx';
import { Timeline } from './timeline.tsx';
import { useRecipients } from './use-message.ts';
import type { MessageFacts } from './use-message.ts';

const filterNames = ['recipients'] as const;
const drStatuses = [
  'pending',
  'sent',
  'success',
  'failed',
  'expired',
  'blocked',
  'cancelled',
  'unknown',
] as const satisfies readonly DrStatus[];

interface RecipientListProps {
  readonly message: MessageFacts;
  readonly txId: string | null;
  readonly mayResend: boolean;
}

/** A message's recipients; the one that the address names, or the only one, shows what happened to it. */
export function RecipientList({ message, txId, mayResend }: RecipientListProps) {
  const { language, t } = useLanguage();
  const filters = useFilters(filterNames);
  const status = drStatuses.find((one) => one === filters.values.recipients) ?? null;
  const recipients = useRecipients(message.uuid, status);
  const items = recipients.data?.pages.flatMap((page) => page.items) ?? [];
  const open = txId ?? (message.totalMsisdn === 1 ? items[0]?.txId : null);

  return (
    <section className={classes.section} aria-labelledby="recipients-title">
      <h2 id="recipients-title">
        {t('panel.section.recipients')}
        <span>{wholeNumber(message.totalMsisdn, language)}</span>
      </h2>
      {message.totalMsisdn > 1 && (
        <div className={classes.filter}>
          <Choice
            label={t('recipient.filter')}
            value={status ?? ''}
            options={[
              { value: '', label: t('messages.anyState') },
              ...ordered(message.drSummary)
                .filter(({ drStatus, count }) => count > 0 || drStatus === status)
                .map(({ drStatus, count }) => ({
                  value: drStatus,
                  label: `${t(`state.${stateOfStatus(drStatus)}`)} · ${wholeNumber(count, language)}`,
                })),
            ]}
            onChange={(chosen) => filters.set({ recipients: chosen })}
          />
        </div>
      )}
      {recipients.isSuccess && items.length === 0 && <p className={classes.notes}>{t('recipient.none')}</p>}
      {recipients.isPending && <Skeleton height={44} radius={8} />}
      {recipients.isError && recipients.data === undefined && (
        <Fault title={t('recipient.failed')} error={recipients.error} onRetry={() => void recipients.refetch()} />
      )}
      <ul>
        {items.map((item) => (
          <li key={item.txId} className={classes.item} data-open={item.txId === open}>
            <RecipientLine item={item} uuid={message.uuid} open={item.txId === open} />
            {item.txId === open && (
              <div className={classes.inside}>
                <RecipientNotes item={item} />
                {mayResend && item.drStatus === 'unknown' && <Resend uuid={message.uuid} txId={item.txId} />}
                <Timeline uuid={message.uuid} txId={item.txId} state={stateOfRecipient(item)} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {recipients.hasNextPage && (
        <button
          type="button"
          className={classes.more}
          disabled={recipients.isFetchingNextPage}
          onClick={() => void recipients.fetchNextPage()}
        >
          {t('action.showMore')}
        </button>
      )}
    </section>
  );
}

interface RecipientLineProps {
  readonly item: RecipientItem;
  readonly uuid: string;
  readonly open: boolean;
}

function RecipientLine({ item, uuid, open }: RecipientLineProps) {
  const t = useText();
  const kept = useKeptQuery();
  const number = phoneNumber(item.msisdn);
  const time = item.deliveredAt ?? item.sentAt;
  return (
    <div className={classes.line}>
      <Link
        to={`${pathTo('messages', uuid, open ? null : item.txId)}${kept}`}
        className={classes.toggle}
        aria-expanded={open}
        aria-label={t('recipient.showTimeline', { number })}
      >
        <Icon name="chevron" size={12} />
        <span className={classes.number}>{number}</span>
      </Link>
      <CopyButton value={item.msisdn} what={number} />
      <span className={classes.time}>{time !== null && <RelativeTime iso={time} />}</span>
      <StateBadge state={stateOfRecipient(item)} />
    </div>
  );
}

/** What is worth knowing beyond the state: the carrier, the tries, and why it failed. */
function RecipientNotes({ item }: { readonly item: RecipientItem }) {
  const t = useText();
  const notes = [
    item.carrier === null ? null : t('recipient.via', { carrier: item.carrier }),
    item.attempts > 1 ? t('recipient.attempts', { count: item.attempts }) : null,
    item.credit > 0 ? t('messages.credits', { count: item.credit }) : null,
    item.refunded ? t('recipient.refunded') : null,
  ].filter((note) => note !== null);
  return (
    <>
      {notes.length > 0 && <p className={classes.notes}>{notes.join(' · ')}</p>}
      {item.errorCode !== null && (
        <p className={classes.fault} data-tone="red">
          <span>{failureWords(item.errorCode, item.errorMessage, t)}</span>
          <code>{item.errorCode}</code>
        </p>
      )}
    </>
  );
}
