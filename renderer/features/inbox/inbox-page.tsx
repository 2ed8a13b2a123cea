import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { InboxItem } from '../../../server/contract/admin-inbox.ts';
import { askAgain, useAct, useAsk, usePages } from '../../api/ask.ts';
import { useLive } from '../../api/live-context.tsx';
import { useMay } from '../../api/session.ts';
import { phoneNumber } from '../../i18n/format.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useFilters, useKeptQuery } from '../../router/filters.ts';
import { useAccountChoice } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Badge } from '../../ui/badge.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Choice, SearchField } from '../../ui/filter-bar.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListSkeleton, ListState, More } from '../../ui/list-state.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { InboxPanel } from './inbox-panel.tsx';
import { InboxTabs } from './inbox-tabs.tsx';
import { RulesPage } from './rules/rules-page.tsx';
import classes from './inbox.module.css';

const filterNames = ['from', 'q', 'show'] as const;
const pageSize = 50;
const numberForm = /^\+?[\d\s().-]{6,24}$/u;

/** Texts that come in, and the rules by which they are answered. */
export function InboxPage({ parts }: { readonly parts: readonly string[] }) {
  const [open = null, rule = null] = parts;
  return open === 'rules' ? <RulesPage open={rule} /> : <ReceivedTexts open={open} />;
}

/** Received texts, newest first, with what became of each. */
function ReceivedTexts({ open }: { readonly open: string | null }) {
  const t = useText();
  const client = useQueryClient();
  const filters = useFilters(filterNames);
  const { from, q, show } = filters.values;
  const account = useAccountChoice();
  const inbox = usePages(
    'inbox',
    {
      query: {
        ...(from === '' ? {} : { from }),
        ...(q === '' ? {} : { q }),
        ...(show === 'unread' ? { unread: 'true' as const } : {}),
        ...(account === null ? {} : { account }),
      },
    },
    pageSize,
  );
  useLive((events) => {
    if (events.some(({ type }) => type === 'inbound' || type === 'reset')) void askAgain(client, ['inbox']);
  });
  const { set } = filters;
  const search = useCallback(
    (text: string) => set(numberForm.test(text) ? { from: text, q: '' } : { from: '', q: text }),
    [set],
  );
  const closed = `${pathTo('inbox')}${useKeptQuery()}`;
  return (
    <ListPage
      title={t('nav.inbox')}
      text={t('inbox.text')}
      mark={<UnreadCount />}
      actions={<ReadAll account={account} />}
      open={open}
      closed={closed}
      filters={
        <InboxTabs active={filters.active} onClear={filters.clear}>
          <SearchField label={t('inbox.search')} value={from || q} onSearch={search} />
          <Choice
            label={t('inbox.show')}
            value={show}
            options={[
              { value: '', label: t('inbox.showAll') },
              { value: 'unread', label: t('inbox.showUnread') },
            ]}
            onChange={(choice) => set({ show: choice })}
          />
        </InboxTabs>
      }
      panel={open !== null && <InboxPanel key={open} uuid={open} closed={closed} />}
    >
      <ListState
        query={inbox}
        count={inbox.items.length + (inbox.hasNextPage ? 1 : 0)}
        empty={<Empty filtered={filters.active} />}
      >
        {inbox.items.length === 0 ? <ListSkeleton /> : <InboxTable rows={inbox.items} open={open} />}
        <More query={inbox} end={t('list.end')} />
      </ListState>
    </ListPage>
  );
}

/** How many texts of the whole box nobody has read. */
function UnreadCount() {
  const t = useText();
  const inbox = useAsk('inbox', { query: { unread: 'true', limit: 1 } });
  const count = inbox.data?.unread ?? 0;
  if (count === 0) return null;
  return (
    <Badge tone="blue" icon="inbox">
      {t('inbox.unreadCount', { count })}
    </Badge>
  );
}

function Empty({ filtered }: { readonly filtered: boolean }) {
  const t = useText();
  if (filtered) return <EmptyState icon="search" title={t('messages.none.title')} text={t('messages.none.text')} />;
  return <EmptyState icon="inbox" title={t('inbox.empty.title')} text={t('inbox.empty.text')} />;
}

function ReadAll({ account }: { readonly account: string | null }) {
  const t = useText();
  const may = useMay('operator');
  const readAll = useAct('inboxReadAll', ['inbox', 'inboxText']);
  if (!may) return null;
  return (
    <Button
      variant="default"
      loading={readAll.isPending}
      onClick={() => readAll.mutate({ body: account === null ? {} : { account } })}
    >
      {t('inbox.readAll')}
    </Button>
  );
}

function InboxTable({ rows, open }: { readonly rows: readonly InboxItem[]; readonly open: string | null }) {
  const t = useText();
  const kept = useKeptQuery();
  const columns: readonly Column<InboxItem>[] = [
    {
      key: 'from',
      title: t('inbox.from'),
      width: '168px',
      cell: (item) => (
        <span className={classes.from} data-read={item.read}>
          {!item.read && <span className={classes.dot} role="img" aria-label={t('inbox.unread')} />}
          {phoneNumber(item.from)}
        </span>
      ),
    },
    { key: 'text', title: t('panel.text'), cell: (item) => <span className={classes.excerpt}>{item.text}</span> },
    {
      key: 'to',
      title: t('inbox.to'),
      width: '152px',
      from: 'wide',
      cell: (item) => item.carrier ?? (item.to === null ? null : phoneNumber(item.to)),
    },
    {
      key: 'at',
      title: t('messages.column.time'),
      width: '112px',
      align: 'end',
      cell: (item) => <RelativeTime iso={item.receivedAt} />,
    },
  ];
  return (
    <DataTable
      label={t('nav.inbox')}
      rows={rows}
      columns={columns}
      idOf={(item) => item.uuid}
      linkOf={(item) => `${pathTo('inbox', item.uuid)}${kept}`}
      selected={open}
    />
  );
}
