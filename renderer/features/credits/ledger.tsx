import type { LedgerItem } from '../../../server/contract/admin-credits.ts';
import { usePages } from '../../api/ask.ts';
import { signedNumber, wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListState, More } from '../../ui/list-state.tsx';
import { FullTime } from '../../ui/time.tsx';
import classes from './credits.module.css';

const pageSize = 50;

/** Every change of the balance with its cause, newest first. */
export function Ledger({ account }: { readonly account: string }) {
  const { language, t } = useLanguage();
  const ledger = usePages('creditLedger', { query: account === '' ? {} : { account } }, pageSize);
  const columns: readonly Column<LedgerItem>[] = [
    { key: 'cause', title: t('credits.cause'), cell: (item) => t(`credits.cause.${item.cause}`) },
    { key: 'about', title: t('credits.about'), cell: (item) => <About item={item} /> },
    {
      key: 'change',
      title: t('credits.change'),
      width: '96px',
      align: 'end',
      cell: (item) => (
        <span data-tone={item.change > 0 ? 'green' : undefined} className={item.change > 0 ? classes.gain : undefined}>
          {signedNumber(item.change, language)}
        </span>
      ),
    },
    {
      key: 'balance',
      title: t('credits.balance'),
      width: '112px',
      align: 'end',
      cell: (item) => wholeNumber(item.balance, language),
    },
    {
      key: 'at',
      title: t('messages.column.time'),
      width: '200px',
      align: 'end',
      cell: (item) => <FullTime iso={item.at} />,
    },
  ];
  return (
    <ListState
      query={ledger}
      count={ledger.items.length}
      empty={<EmptyState icon="credits" title={t('credits.empty.title')} text={t('credits.empty.text')} />}
    >
      <DataTable label={t('credits.ledger')} rows={ledger.items} columns={columns} idOf={(item) => String(item.id)} />
      <More query={ledger} end={t('list.end')} />
    </ListState>
  );
}

function About({ item }: { readonly item: LedgerItem }) {
  const { t } = useLanguage();
  if (item.uuid !== null) {
    return (
      <Link to={pathTo('messages', item.uuid)} className={classes.link}>
        {t('credits.ofMessage')}
      </Link>
    );
  }
  if (item.order !== null) return t('credits.ofOrder', { number: String(item.order) });
  return item.note;
}
