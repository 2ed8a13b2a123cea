import { Button } from '@mantine/core';
import type { KeyItem } from '../../../server/contract/admin-shapes.ts';
import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useAccounts } from '../../layout/account-field.tsx';
import { useFilters, useKeptQuery } from '../../router/filters.ts';
import { useAccountChoice } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { useNow } from '../../ui/clock.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Choice, FilterBar } from '../../ui/filter-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { curlLine } from './curl-line.ts';
import { KeyForm } from './key-form.tsx';
import { KeyPanel } from './key-panel.tsx';
import { KeyState, stateOfKey } from './key-state.tsx';

const filterNames = ['show'] as const;

/** Keys by which programs use the API. */
export function KeysPage({ parts }: { readonly parts: readonly string[] }) {
  const [open = null] = parts;
  const t = useText();
  const now = useNow();
  const filters = useFilters(filterNames);
  const account = useAccountChoice();
  const keys = useAsk('keys', {}, { every: 60_000 });
  const all = filters.values.show === 'all';
  const ofAccount = (keys.data?.items ?? []).filter((key) => account === null || key.account === account);
  const rows = ofAccount.filter((key) => all || stateOfKey(key, now) === 'active');
  const closed = `${pathTo('keys')}${useKeptQuery()}`;
  const mayChange = useMay('admin');
  const add = mayChange && (
    <Button component={Link} to={pathTo('keys', 'new')} leftSection={<Icon name="plus" />}>
      {t('keys.add')}
    </Button>
  );
  return (
    <ListPage
      title={t('nav.keys')}
      text={t('keys.text')}
      actions={add}
      open={open}
      closed={closed}
      filters={
        ofAccount.length > 0 && (
          <FilterBar active={filters.active} onClear={filters.clear}>
            <Choice
              label={t('messages.column.state')}
              value={filters.values.show}
              options={[
                { value: '', label: t('keys.showActive') },
                { value: 'all', label: t('keys.showAll') },
              ]}
              onChange={(show) => filters.set({ show })}
            />
          </FilterBar>
        )
      }
      panel={
        open === 'new' ? (
          <KeyForm closed={closed} />
        ) : (
          open !== null && (
            <KeyPanel
              key={open}
              item={keys.data?.items.find(({ id }) => String(id) === open)}
              waiting={keys.isPending}
              closed={closed}
            />
          )
        )
      }
    >
      <ListState query={keys} count={rows.length} empty={<Empty add={add} />}>
        <KeyTable rows={rows} open={open} />
      </ListState>
    </ListPage>
  );
}

function Empty({ add }: { readonly add: React.ReactNode }) {
  const t = useText();
  return (
    <EmptyState icon="key" title={t('keys.empty.title')} text={t('keys.empty.text')} action={add}>
      <CodeBlock label={t('messages.empty.command')} code={curlLine(window.location.origin, 'sk_sep_...', 'SEPSMS')} />
    </EmptyState>
  );
}

function KeyTable({ rows, open }: { readonly rows: readonly KeyItem[]; readonly open: string | null }) {
  const t = useText();
  const kept = useKeptQuery();
  const { names } = useAccounts();
  const columns: readonly Column<KeyItem>[] = [
    { key: 'name', title: t('keys.name'), cell: (key) => key.name },
    { key: 'key', title: t('keys.key'), width: '176px', cell: (key) => <code>{key.display}</code> },
    ...(names.length > 1
      ? [
          {
            key: 'account',
            title: t('panel.account'),
            width: '112px',
            from: 'wide' as const,
            cell: (key: KeyItem) => key.account,
          },
        ]
      : []),
    { key: 'state', title: t('messages.column.state'), width: '112px', cell: (key) => <KeyState item={key} /> },
    {
      key: 'used',
      title: t('keys.lastUsed'),
      width: '120px',
      from: 'wide',
      cell: (key) => (key.lastUsedAt === null ? t('keys.never') : <RelativeTime iso={key.lastUsedAt} />),
    },
  ];
  return (
    <DataTable
      label={t('nav.keys')}
      rows={rows}
      columns={columns}
      idOf={(key) => String(key.id)}
      linkOf={(key) => `${pathTo('keys', key.id)}${kept}`}
      selected={open}
    />
  );
}
