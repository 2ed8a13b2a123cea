import { Button } from '@mantine/core';
import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { useKeptQuery } from '../../router/filters.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { AccountPanel } from './account-panel.tsx';
import { AccountState } from './account-state.tsx';
import type { Account } from './account-state.tsx';
import { NewAccount } from './new-account.tsx';

/** Departments or customers, each with its own keys, sender names and credits. */
export function AccountsPage({ parts }: { readonly parts: readonly string[] }) {
  const [open = null, form = null] = parts;
  const { language, t } = useLanguage();
  const accounts = useAsk('accounts', {});
  const kept = useKeptQuery();
  const closed = `${pathTo('accounts')}${kept}`;
  const mayChange = useMay('admin');
  const columns: readonly Column<Account>[] = [
    { key: 'name', title: t('accounts.name'), cell: (account) => account.name },
    {
      key: 'balance',
      title: t('credits.balance'),
      width: '128px',
      align: 'end',
      cell: (account) =>
        account.metered
          ? wholeNumber(account.balance, language)
          : `${wholeNumber(account.balance, language)} (${t('credits.unmetered')})`,
    },
    {
      key: 'threshold',
      title: t('accounts.threshold'),
      width: '128px',
      align: 'end',
      from: 'wide',
      cell: (account) =>
        account.lowCreditThreshold === null ? '–' : wholeNumber(account.lowCreditThreshold, language),
    },
    {
      key: 'state',
      title: t('messages.column.state'),
      width: '144px',
      cell: (account) => <AccountState account={account} />,
    },
  ];
  return (
    <ListPage
      title={t('nav.accounts')}
      text={t('accounts.text')}
      open={open}
      closed={closed}
      actions={
        mayChange && (
          <Button component={Link} to={pathTo('accounts', '-', 'new')} leftSection={<Icon name="plus" />}>
            {t('accounts.add')}
          </Button>
        )
      }
      panel={
        form === 'new' ? (
          <NewAccount closed={closed} />
        ) : (
          open !== null && (
            <AccountPanel
              key={open}
              account={accounts.data?.items.find(({ name }) => name === open)}
              waiting={accounts.isPending}
              closed={closed}
            />
          )
        )
      }
    >
      <ListState query={accounts} count={accounts.data?.items.length ?? 0} empty={null}>
        <DataTable
          label={t('nav.accounts')}
          rows={accounts.data?.items ?? []}
          columns={columns}
          idOf={(account) => account.name}
          linkOf={(account) => `${pathTo('accounts', account.name)}${kept}`}
          selected={open}
        />
      </ListState>
    </ListPage>
  );
}
