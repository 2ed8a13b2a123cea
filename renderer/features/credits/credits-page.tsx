import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { useAccounts } from '../../layout/account-field.tsx';
import { AccountFilter } from '../../layout/account-filter.tsx';
import { pathTo } from '../../router/routes.ts';
import { Badge } from '../../ui/badge.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { AddCredits, OrderCredits } from './credit-dialogs.tsx';
import classes from './credits.module.css';
import { Ledger } from './ledger.tsx';
import { Orders } from './orders.tsx';

/** What an account has, where it went, and what is ordered. */
export function CreditsPage({ parts }: { readonly parts: readonly string[] }) {
  const { t } = useLanguage();
  const { first: account } = useAccounts();
  const mayOrder = useMay('operator');
  const mayAdd = useMay('admin');
  const [open, setOpen] = useState<'add' | 'order' | null>(null);
  const orders = parts[0] === 'orders';
  return (
    <ListPage
      title={t('nav.credits')}
      text={t('credits.text')}
      actions={
        <>
          {mayOrder && (
            <Button variant="default" onClick={() => setOpen('order')}>
              {t('credits.order')}
            </Button>
          )}
          {mayAdd && (
            <Button leftSection={<Icon name="plus" />} onClick={() => setOpen('add')}>
              {t('credits.add')}
            </Button>
          )}
        </>
      }
      filters={
        <>
          <Balance account={account} />
          <FilterBar active={false} onClear={() => {}}>
            <LinkTabs
              label={t('nav.credits')}
              tabs={[
                { to: pathTo('credits'), name: t('credits.ledger'), current: !orders },
                { to: pathTo('credits', 'orders'), name: t('credits.orders'), current: orders },
              ]}
            />
            <AccountFilter />
          </FilterBar>
        </>
      }
    >
      {orders ? <Orders account={account} /> : <Ledger account={account} />}
      <AddCredits open={open === 'add'} account={account} onClose={() => setOpen(null)} />
      <OrderCredits open={open === 'order'} account={account} onClose={() => setOpen(null)} />
    </ListPage>
  );
}

function Balance({ account }: { readonly account: string }) {
  const { language, t } = useLanguage();
  const accounts = useAsk('accounts', {}, { every: 30_000 });
  const item = accounts.data?.items.find(({ name }) => name === account);
  if (item === undefined) return <div className={classes.balance} />;
  const low = item.metered && (item.balance <= 0 || item.balance < (item.lowCreditThreshold ?? 0));
  return (
    <div className={classes.balance}>
      <span className={classes.figure}>{wholeNumber(item.balance, language)}</span>
      <span>{t('credits.unit', { account: item.name })}</span>
      {low && (
        <Badge tone="orange" icon="alert">
          {t('credits.low')}
        </Badge>
      )}
      {!item.metered && (
        <Badge tone="grey" icon="info" title={t('accounts.meteredHint')}>
          {t('credits.unmetered')}
        </Badge>
      )}
    </div>
  );
}
