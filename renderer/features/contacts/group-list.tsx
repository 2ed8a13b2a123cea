import { Button } from '@mantine/core';
import { useState } from 'react';
import type { GroupItem } from '../../../server/contract/admin-contacts.ts';
import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { AccountFilter } from '../../layout/account-filter.tsx';
import { useKeptQuery } from '../../router/filters.ts';
import { navigate, useAccountChoice } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { ContactTabs } from './contact-tabs.tsx';
import { NewGroup } from './group-dialogs.tsx';
import { GroupPanel } from './group-panel.tsx';
import { ofAccount } from './use-found.ts';

/** Groups of an account's contacts. */
export function GroupList({ open }: { readonly open: string | null }) {
  const t = useText();
  const account = useAccountChoice();
  const groups = useAsk('groups', { query: ofAccount(account) });
  const rows = groups.data?.items ?? [];
  const closed = `${pathTo('contacts', 'groups')}${useKeptQuery()}`;
  const mayChange = useMay('operator');
  const [making, setMaking] = useState(false);
  const add = mayChange && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setMaking(true)}>
      {t('groups.add')}
    </Button>
  );
  return (
    <ListPage
      title={t('nav.contacts')}
      text={t('groups.text')}
      actions={add}
      open={open}
      closed={closed}
      filters={
        <FilterBar active={false} onClear={() => {}}>
          <ContactTabs current="groups" />
          <AccountFilter />
        </FilterBar>
      }
      panel={
        open !== null && (
          <GroupPanel
            key={open}
            item={rows.find(({ id }) => String(id) === open)}
            waiting={groups.isPending}
            account={account}
            closed={closed}
          />
        )
      }
    >
      <ListState
        query={groups}
        count={rows.length}
        empty={<EmptyState icon="users" title={t('groups.empty.title')} text={t('groups.empty.text')} action={add} />}
      >
        <GroupTable rows={rows} open={open} />
      </ListState>
      <NewGroup
        open={making}
        account={account}
        onClose={() => setMaking(false)}
        onMade={(id) => navigate(pathTo('contacts', 'groups', id))}
      />
    </ListPage>
  );
}

function GroupTable({ rows, open }: { readonly rows: readonly GroupItem[]; readonly open: string | null }) {
  const { language, t } = useLanguage();
  const kept = useKeptQuery();
  const columns: readonly Column<GroupItem>[] = [
    { key: 'name', title: t('groups.name'), cell: (group) => group.name },
    {
      key: 'members',
      title: t('nav.contacts'),
      width: '120px',
      align: 'end',
      cell: (group) => wholeNumber(group.members, language),
    },
    {
      key: 'created',
      title: t('groups.created'),
      width: '136px',
      from: 'wide',
      cell: (group) => <RelativeTime iso={group.createdAt} />,
    },
  ];
  return (
    <DataTable
      label={t('groups.title')}
      rows={rows}
      columns={columns}
      idOf={(group) => String(group.id)}
      linkOf={(group) => `${pathTo('contacts', 'groups', group.id)}${kept}`}
      selected={open}
    />
  );
}
