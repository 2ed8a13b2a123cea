import { Button } from '@mantine/core';
import { useCallback } from 'react';
import type { TemplateItem } from '../../../server/contract/admin-templates.ts';
import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { AccountFilter } from '../../layout/account-filter.tsx';
import { useFilters } from '../../router/filters.ts';
import { useAccountChoice } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Bubble } from '../../ui/phone-bubble.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Choice, FilterBar, SearchField } from '../../ui/filter-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { matches } from './matches.ts';
import classes from './templates.module.css';

const filterNames = ['q', 'purpose'] as const;

/** Templates of an account by name. */
export function TemplateList() {
  const t = useText();
  const account = useAccountChoice();
  const filters = useFilters(filterNames);
  const { set } = filters;
  const { q, purpose } = filters.values;
  const templates = useAsk('templates', { query: account === null ? {} : { account } });
  const all = templates.data?.items ?? [];
  const rows = all.filter((item) => matches(item, q, purpose));
  const search = useCallback((text: string) => set({ q: text }), [set]);
  const mayChange = useMay('operator');
  const add = mayChange && (
    <Button component={Link} to={pathTo('templates', 'new')} leftSection={<Icon name="plus" />}>
      {t('templates.add')}
    </Button>
  );
  return (
    <ListPage
      title={t('nav.templates')}
      text={t('templates.text')}
      actions={add}
      filters={
        <FilterBar active={filters.active} onClear={filters.clear}>
          <SearchField label={t('templates.search')} value={q} onSearch={search} />
          <Choice
            label={t('senders.purposes')}
            value={purpose}
            options={[
              { value: '', label: t('templates.everyPurpose') },
              { value: 'marketing', label: t('senders.purpose.marketing') },
              { value: 'otp', label: t('senders.purpose.otp') },
            ]}
            onChange={(chosen) => set({ purpose: chosen })}
          />
          <AccountFilter />
        </FilterBar>
      }
    >
      <ListState query={templates} count={rows.length} empty={<Empty filtered={all.length > 0} add={add} />}>
        <TemplateTable rows={rows} />
      </ListState>
    </ListPage>
  );
}

function Empty({ filtered, add }: { readonly filtered: boolean; readonly add: React.ReactNode }) {
  const t = useText();
  if (filtered) return <EmptyState icon="search" title={t('templates.none.title')} text={t('templates.none.text')} />;
  return (
    <EmptyState icon="template" title={t('templates.empty.title')} text={t('templates.empty.text')} action={add}>
      <div className={classes.lesson}>
        <Bubble parts={[t('templates.empty.example')]} />
      </div>
    </EmptyState>
  );
}

function TemplateTable({ rows }: { readonly rows: readonly TemplateItem[] }) {
  const { language, t } = useLanguage();
  const columns: readonly Column<TemplateItem>[] = [
    { key: 'name', title: t('templates.name'), width: 'minmax(0, 0.7fr)', cell: (item) => item.name },
    {
      key: 'text',
      title: t('compose.text'),
      width: 'minmax(0, 1.5fr)',
      cell: (item) => <span className={classes.excerpt}>{item.text}</span>,
    },
    {
      key: 'purposes',
      title: t('senders.purposes'),
      width: '152px',
      from: 'wide',
      cell: (item) => item.purposes.map((purpose) => t(`senders.purpose.${purpose}`)).join(' · '),
    },
    {
      key: 'parts',
      title: t('preview.parts'),
      width: '72px',
      align: 'end',
      cell: (item) => wholeNumber(item.segments, language),
    },
    {
      key: 'updated',
      title: t('contacts.updated'),
      width: '120px',
      from: 'wide',
      cell: (item) => <RelativeTime iso={item.updatedAt} />,
    },
  ];
  return (
    <DataTable
      label={t('nav.templates')}
      rows={rows}
      columns={columns}
      idOf={(item) => String(item.id)}
      linkOf={(item) => pathTo('templates', item.id)}
    />
  );
}
