import { Button } from '@mantine/core';
import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useAccounts } from '../../layout/account-field.tsx';
import { useFilters, useKeptQuery } from '../../router/filters.ts';
import { useAccountChoice } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Choice, FilterBar } from '../../ui/filter-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { SenderForm } from './sender-form.tsx';
import { SenderPanel } from './sender-panel.tsx';
import { SenderState } from './sender-state.tsx';
import type { Sender } from './sender-state.tsx';

const filterNames = ['state'] as const;
const states = ['requested', 'approved', 'rejected'] as const;

/** Names that messages are sent under: asked for, approved, rejected. */
export function SendersPage({ parts }: { readonly parts: readonly string[] }) {
  const [open = null] = parts;
  const t = useText();
  const filters = useFilters(filterNames);
  const account = useAccountChoice();
  const senders = useAsk('senders', {});
  const rows = (senders.data?.items ?? [])
    .filter((sender) => account === null || sender.account === account)
    .filter((sender) => filters.values.state === '' || sender.state === filters.values.state);
  const closed = `${pathTo('senders')}${useKeptQuery()}`;
  const mayAsk = useMay('operator');
  const add = mayAsk && (
    <Button component={Link} to={pathTo('senders', 'new')} leftSection={<Icon name="plus" />}>
      {t('senders.add')}
    </Button>
  );
  return (
    <ListPage
      title={t('nav.senders')}
      text={t('senders.text')}
      actions={add}
      open={open}
      closed={closed}
      filters={
        <FilterBar active={filters.active} onClear={filters.clear}>
          <Choice
            label={t('messages.column.state')}
            value={filters.values.state}
            options={[
              { value: '', label: t('messages.anyState') },
              ...states.map((state) => ({ value: state, label: t(`senders.state.${state}`) })),
            ]}
            onChange={(state) => filters.set({ state })}
          />
        </FilterBar>
      }
      panel={
        open === 'new' ? (
          <SenderForm closed={closed} />
        ) : (
          open !== null && (
            <SenderPanel
              key={open}
              sender={senders.data?.items.find(({ id }) => String(id) === open)}
              query={senders}
              closed={closed}
            />
          )
        )
      }
    >
      <ListState
        query={senders}
        count={rows.length}
        empty={
          <EmptyState icon="sender" title={t('senders.empty.title')} text={t('senders.empty.text')} action={add} />
        }
      >
        <SenderTable rows={rows} open={open} />
      </ListState>
    </ListPage>
  );
}

function SenderTable({ rows, open }: { readonly rows: readonly Sender[]; readonly open: string | null }) {
  const t = useText();
  const kept = useKeptQuery();
  const { names } = useAccounts();
  const columns: readonly Column<Sender>[] = [
    { key: 'name', title: t('senders.name'), cell: (sender) => sender.name },
    {
      key: 'state',
      title: t('messages.column.state'),
      width: '128px',
      cell: (sender) => <SenderState sender={sender} />,
    },
    {
      key: 'purposes',
      title: t('senders.purposes'),
      width: '200px',
      from: 'wide',
      cell: (sender) => sender.purposes.map((purpose) => t(`senders.purpose.${purpose}`)).join(' · '),
    },
    ...(names.length > 1
      ? [{ key: 'account', title: t('panel.account'), width: '128px', cell: (sender: Sender) => sender.account }]
      : []),
  ];
  return (
    <DataTable
      label={t('nav.senders')}
      rows={rows}
      columns={columns}
      idOf={(sender) => String(sender.id)}
      linkOf={(sender) => `${pathTo('senders', sender.id)}${kept}`}
      selected={open}
    />
  );
}
