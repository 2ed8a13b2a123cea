import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { BlockedItem } from '../../../server/contract/guard-shapes.ts';
import { useAct, usePages } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { phoneNumber } from '../../i18n/format.ts';
import { useText } from '../../i18n/language-context.tsx';
import { AccountFilter } from '../../layout/account-filter.tsx';
import { useFilters } from '../../router/filters.ts';
import { useAccountChoice } from '../../router/history.ts';
import { Badge } from '../../ui/badge.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar, SearchField } from '../../ui/filter-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState, More } from '../../ui/list-state.tsx';
import { FullTime } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { BlockNumbers } from './block-numbers.tsx';

const filterNames = ['begins'] as const;
const pageSize = 100;

/** Numbers that an account does not send to, put there by a person or by their owners. */
export function BlocklistPage() {
  const t = useText();
  const account = useAccountChoice();
  const filters = useFilters(filterNames);
  const { begins } = filters.values;
  const { set } = filters;
  const ofAccount = account === null ? {} : { account };
  const blocked = usePages('blocklist', { query: { ...ofAccount, ...(begins === '' ? {} : { begins }) } }, pageSize);
  const mayChange = useMay('operator');
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<BlockedItem | null>(null);
  const search = useCallback((text: string) => set({ begins: text.replaceAll(/[^\d+]/gu, '') }), [set]);
  const add = mayChange && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
      {t('blocklist.add')}
    </Button>
  );
  return (
    <ListPage
      title={t('nav.blocklist')}
      text={t('blocklist.text')}
      actions={add}
      filters={
        <FilterBar active={filters.active} onClear={filters.clear}>
          <SearchField label={t('blocklist.search')} value={begins} onSearch={search} />
          <AccountFilter />
        </FilterBar>
      }
    >
      <ListState
        query={blocked}
        count={blocked.items.length}
        empty={
          filters.active ? (
            <EmptyState icon="search" title={t('blocklist.none.title')} text={t('blocklist.none.text')} />
          ) : (
            <EmptyState
              icon="shield"
              title={t('blocklist.empty.title')}
              text={t('blocklist.empty.text')}
              action={add}
            />
          )
        }
      >
        <DataTable
          label={t('nav.blocklist')}
          rows={blocked.items}
          columns={useColumns(mayChange ? setRemoving : null)}
          idOf={(item) => item.msisdn}
        />
        <More query={blocked} end={t('list.end')} />
      </ListState>
      <BlockNumbers open={adding} account={account} onClose={() => setAdding(false)} />
      <Unblock item={removing} account={account} onClose={() => setRemoving(null)} />
    </ListPage>
  );
}

function useColumns(onRemove: ((item: BlockedItem) => void) | null): readonly Column<BlockedItem>[] {
  const t = useText();
  return [
    {
      key: 'number',
      title: t('blocklist.number'),
      cell: (item) => (
        <>
          {phoneNumber(item.msisdn)} <CopyButton value={item.msisdn} what={phoneNumber(item.msisdn)} />
        </>
      ),
    },
    {
      key: 'cause',
      title: t('blocklist.cause'),
      width: 'minmax(0, 1fr)',
      cell: (item) =>
        item.cause === 'opt-out' ? (
          <Badge tone="orange" icon="inbound">
            {t('blocklist.cause.optOut')}
          </Badge>
        ) : (
          <Badge tone="grey" icon="user">
            {t('blocklist.cause.manual')}
          </Badge>
        ),
    },
    {
      key: 'since',
      title: t('blocklist.since'),
      width: '200px',
      cell: (item) => <FullTime iso={item.createdAt} />,
    },
    ...(onRemove === null
      ? []
      : [
          {
            key: 'remove',
            title: '',
            width: '40px',
            cell: (item: BlockedItem) => (
              <IconButton
                icon="trash"
                label={`${t('blocklist.remove')}: ${phoneNumber(item.msisdn)}`}
                onClick={() => onRemove(item)}
              />
            ),
          },
        ]),
  ];
}

interface UnblockProps {
  readonly item: BlockedItem | null;
  readonly account: string | null;
  readonly onClose: () => void;
}

function Unblock({ item, account, onClose }: UnblockProps) {
  const t = useText();
  const say = useToast();
  const remove = useAct('blocklistRemove', ['blocklist']);
  const number = item === null ? '' : phoneNumber(item.msisdn);
  return (
    <Confirm
      open={item !== null}
      title={t('blocklist.removeTitle', { number })}
      action={t('blocklist.remove')}
      danger={item?.cause === 'opt-out'}
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { body: { numbers: [item?.msisdn ?? ''], ...(account === null ? {} : { account }) } },
          {
            onSuccess: () => {
              onClose();
              say(t('blocklist.removed', { number }));
            },
          },
        )
      }
    >
      <p>{t(item?.cause === 'opt-out' ? 'blocklist.removeOptOut' : 'blocklist.removeText')}</p>
    </Confirm>
  );
}
