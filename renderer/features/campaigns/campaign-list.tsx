import { Button } from '@mantine/core';
import { campaignStates } from '../../../server/contract/campaign-shapes.ts';
import type { CampaignItem } from '../../../server/contract/campaign-shapes.ts';
import { usePages } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { useAccounts } from '../../layout/account-field.tsx';
import { useFilters } from '../../router/filters.ts';
import { useAccountChoice } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { DeliveryBar } from '../../ui/delivery-bar.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Choice, FilterBar } from '../../ui/filter-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState, More } from '../../ui/list-state.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { isOver, progressOf } from './campaign-counts.ts';
import { CampaignState } from './campaign-state.tsx';

const pageSize = 25;
/** Milliseconds after which the list is asked for again: sooner while something is under way. */
const soon = 5_000;
const later = 30_000;
const names = ['state'] as const;

/** Campaigns, newest first. */
export function CampaignList() {
  const t = useText();
  const { values, active, set, clear } = useFilters(names);
  const account = useAccountChoice();
  const state = campaignStates.find((name) => name === values.state);
  const query = { ...(account === null ? {} : { account }), ...(state === undefined ? {} : { state }) };
  const campaigns = usePages('campaigns', { query }, pageSize, {
    every: (items) => (items.every(isOver) ? later : soon),
  });
  const mayWrite = useMay('operator');
  const begin = mayWrite && (
    <Button component={Link} to={pathTo('campaigns', 'new')} leftSection={<Icon name="plus" />}>
      {t('campaigns.new')}
    </Button>
  );
  return (
    <ListPage
      title={t('nav.campaigns')}
      text={t('campaigns.text')}
      actions={begin}
      filters={
        <FilterBar active={active} onClear={clear}>
          <Choice
            label={t('messages.column.state')}
            value={values.state}
            options={[
              { value: '', label: t('messages.anyState') },
              ...campaignStates.map((name) => ({ value: name, label: t(`campaigns.state.${name}`) })),
            ]}
            onChange={(chosen) => set({ state: chosen })}
          />
        </FilterBar>
      }
    >
      <ListState
        query={campaigns}
        count={campaigns.items.length}
        empty={
          active ? (
            <EmptyState icon="megaphone" title={t('campaigns.none.title')} text={t('messages.none.text')} />
          ) : (
            <EmptyState
              icon="megaphone"
              title={t('campaigns.empty.title')}
              text={t('campaigns.empty.text')}
              action={begin}
            />
          )
        }
      >
        <CampaignTable rows={campaigns.items} />
        <More query={campaigns} end={t('list.end')} />
      </ListState>
    </ListPage>
  );
}

function CampaignTable({ rows }: { readonly rows: readonly CampaignItem[] }) {
  const { language, t } = useLanguage();
  const { names: accounts } = useAccounts();
  const columns: readonly Column<CampaignItem>[] = [
    { key: 'name', title: t('campaigns.name'), cell: (item) => item.name },
    {
      key: 'state',
      title: t('messages.column.state'),
      width: '136px',
      cell: (item) => <CampaignState item={item} />,
    },
    {
      key: 'progress',
      title: t('campaigns.progress'),
      width: '144px',
      from: 'wide',
      cell: (item) => <DeliveryBar summary={item.drSummary} total={progressOf(item).total} />,
    },
    ...(accounts.length > 1
      ? [
          {
            key: 'account',
            title: t('panel.account'),
            width: 'minmax(72px, 112px)',
            from: 'wide' as const,
            cell: (item: CampaignItem) => item.account,
          },
        ]
      : []),
    {
      key: 'recipients',
      title: t('messages.column.recipients'),
      width: '96px',
      align: 'end',
      cell: (item) => wholeNumber(progressOf(item).total, language),
    },
    {
      key: 'credits',
      title: t('messages.column.credits'),
      width: '88px',
      align: 'end',
      from: 'wide',
      cell: (item) => wholeNumber(item.credits, language),
    },
    {
      key: 'time',
      title: t('messages.column.time'),
      width: '128px',
      align: 'end',
      cell: (item) => <RelativeTime iso={item.scheduledTime ?? item.createdAt} />,
    },
  ];
  return (
    <DataTable
      label={t('nav.campaigns')}
      rows={rows}
      columns={columns}
      idOf={(item) => String(item.id)}
      linkOf={(item) => pathTo('campaigns', item.id)}
    />
  );
}
